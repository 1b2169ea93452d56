"""Reads values of any type as what they should be; what is of no use is None. Pure."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

_UNSEEN = re.compile("[\u200b\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069]")
_BLANKS = re.compile(r"[\x00-\x1f\x7f-\x9f\s]+")
_TAGS = re.compile(r"<[^<>]{1,200}>")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def object_of(value: object) -> Mapping[str, object]:
    """The members of an object; none of anything else."""
    return value if isinstance(value, dict) else {}


def objects(value: object) -> Iterator[Mapping[str, object]]:
    """The objects of a list."""
    yield from (one for one in (value if isinstance(value, list) else ()) if isinstance(one, dict))


def text(value: object) -> str | None:
    """A text in one line without unseen signs; numbers are text too."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(int(value)) if value == int(value) else str(value)
    if not isinstance(value, str):
        return None
    plain = html.unescape(value).encode("utf-8", "replace").decode("utf-8")
    return _BLANKS.sub(" ", _UNSEEN.sub("", plain)).strip() or None


def prose(value: object) -> str | None:
    """A longer text: lines stay, tags go."""
    if not isinstance(value, str):
        return None
    lines = re.sub(r"<(?:br|/p|/li|/div)\b[^<>]*>", "\n", value, flags=re.IGNORECASE).split("\n")
    return "\n".join(line for one in lines if (line := text(_TAGS.sub("", one)))) or None


def texts(value: object) -> tuple[str, ...]:
    """The texts of a list, each once."""
    return tuple(dict.fromkeys(filter(None, map(text, value if isinstance(value, list) else ()))))


def whole(value: object) -> int | None:
    """A whole number, written as text or as a number."""
    if isinstance(value, bool):
        return None
    try:
        return int(str(value))
    except ValueError:
        return None


def truth(value: object) -> bool | None:
    """Yes or no, written as text or as a boolean."""
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(value.lower()) if isinstance(value, str) else None


def date(value: object) -> str | None:
    """A year, a month or a day at the beginning of a text."""
    found = _DATE.match(value) if isinstance(value, str) else None
    return found[0] if found else None


def address(value: object) -> str | None:
    """The address of a page or picture."""
    return value if isinstance(value, str) and value.startswith(("https://", "http://")) else None
