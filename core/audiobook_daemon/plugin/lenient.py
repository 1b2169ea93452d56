"""Reads JSON that may hold anything: a value of a wrong type says nothing, and costs nothing else. Pure."""

from __future__ import annotations

import html
import math
import re
from collections.abc import Iterator, Mapping

_UNSEEN = re.compile("[\u200b\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069]")
_BLANKS = re.compile(r"[\x00-\x1f\x7f-\x9f\s]+")


def mapping(value: object) -> Mapping[str, object]:
    """The members of an object; none of anything else."""
    return value if isinstance(value, dict) else {}


def objects(value: object) -> Iterator[Mapping[str, object]]:
    """The objects of a list."""
    yield from (one for one in (value if isinstance(value, list) else ()) if isinstance(one, dict))


def text(value: object, *, numbers: bool = False, longest: int | None = None) -> str | None:
    """One line of text without entities, control signs and letters that nobody sees.

    With `numbers` a number is text too; what has more than `longest` characters is none.
    """
    if numbers:
        value = _written(value)
    if not isinstance(value, str) or (longest is not None and len(value) > longest):
        return None
    plain = html.unescape(value).encode("utf-8", "replace").decode("utf-8")
    return _BLANKS.sub(" ", _UNSEEN.sub("", plain)).strip() or None


def texts(value: object, *, numbers: bool = False) -> tuple[str, ...]:
    """The texts of a list, each once."""
    found = (text(one, numbers=numbers) for one in (value if isinstance(value, list) else ()))
    return tuple(dict.fromkeys(filter(None, found)))


def address(value: object) -> str | None:
    """The address of a page or picture."""
    return value if isinstance(value, str) and value.startswith(("https://", "http://")) else None


def _written(value: object) -> object:
    """A number as a person writes it: `2`, `2.5`; anything else as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return str(int(value)) if value == int(value) else str(value)
