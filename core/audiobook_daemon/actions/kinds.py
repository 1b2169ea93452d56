"""What the arguments of actions may be: each has its bounds, which every door keeps and every schema tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field

Id = Annotated[int, Field(ge=1, le=2**31 - 1)]
"""The number of a row; no database counts further."""
Limit = Annotated[int, Field(ge=1, le=1_000_000)]
"""How many at most."""
Days = Annotated[int, Field(ge=0, le=36_500)]
"""So many days back, a hundred years at most."""
Name = Annotated[str, Field(min_length=1, max_length=200)]
"""What something is called: an instance, a field, a key."""
Title = Annotated[str, Field(min_length=1, max_length=500)]
"""A book, a series or a person."""
Words = Annotated[str, Field(max_length=500)]
"""The same, but it may be empty."""
Sentence = Annotated[str, Field(min_length=1, max_length=1000)]
"""A reason as a person gives it."""
Names = Annotated[list[Name], Field(max_length=100)]
"""Some of those there are."""
Titles = Annotated[list[Title], Field(max_length=100)]

_BROKEN = re.compile("[\0\ud800-\udfff]")


def whole(value: object) -> object:
    """Return an argument as it is; raises ValueError for a text with what no database keeps: NUL, half a character."""
    if any(_BROKEN.search(text) for text in _texts(value)):
        raise ValueError("holds a character that cannot be kept")
    return value


def _texts(value: object) -> Iterator[str]:
    """Without calling itself: what is sent may be nested deeper than Python calls."""
    parts = [value]
    while parts:
        part = parts.pop()
        if isinstance(part, str):
            yield part
        elif isinstance(part, Mapping):
            parts += (*part.keys(), *part.values())
        elif isinstance(part, list | tuple | set | frozenset):
            parts += part
