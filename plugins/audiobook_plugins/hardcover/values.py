"""Reads values as Hardcover writes them: numbers and yes or no may be texts, and texts numbers. Pure."""

from __future__ import annotations

import re

from audiobook_daemon import lenient

_TAGS = re.compile(r"<[^<>]{1,200}>")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def text(value: object) -> str | None:
    """A text in one line; numbers are text too."""
    return lenient.text(value, numbers=True)


def prose(value: object) -> str | None:
    """A longer text: lines stay, tags go."""
    if not isinstance(value, str):
        return None
    lines = re.sub(r"<(?:br|/p|/li|/div)\b[^<>]*>", "\n", value, flags=re.IGNORECASE).split("\n")
    return "\n".join(line for one in lines if (line := text(_TAGS.sub("", one)))) or None


def texts(value: object) -> tuple[str, ...]:
    """The texts of a list, each once; numbers are texts too."""
    return lenient.texts(value, numbers=True)


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
