"""What all documents have in common: how their keys are described, and how much room a text has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar, overload

from pydantic import ConfigDict, with_config

from audiobook_daemon.mqtt.payloads import Document, plain, shortened

D = TypeVar("D", bound=Document)

MOST_ENTRIES = 20
MOST_NAMES = 100
NAME_LENGTH = 64
TITLE_LENGTH = 200
SENTENCE_LENGTH = 300
"""Characters; each may take four bytes."""

described = with_config(ConfigDict(extra="forbid", use_attribute_docstrings=True))
"""Marks the shape of a document: the text below each key says what it means, and there is no key without one."""


@overload
def cut(text: str, limit: int) -> str: ...
@overload
def cut(text: None, limit: int) -> None: ...
@overload
def cut(text: str | None, limit: int) -> str | None: ...
def cut(text: str | None, limit: int) -> str | None:
    """Shorten a text that may be unknown."""
    return None if text is None else shortened(text, limit)


def names(found: Sequence[str], most: int = MOST_ENTRIES) -> list[str]:
    """Return the first of many names, none of them too long."""
    return [shortened(name, NAME_LENGTH) for name in found[:most]]


def readable(name: str) -> str:
    """Make a name for people of one that stands in the configuration."""
    return shortened(name.replace("_", " ").replace("-", " ").capitalize(), NAME_LENGTH)


def fitting(entries: Sequence[D], room: int) -> list[D]:
    """Return the first entries that take at most `room` bytes together, and `MOST_ENTRIES` of them at the most."""
    taken = 0
    for place, entry in enumerate(entries[:MOST_ENTRIES]):
        taken += len(plain(entry)) + 1
        if taken > room:
            return list(entries[:place])
    return list(entries[:MOST_ENTRIES])
