"""Reads single values of JSON that may hold anything; what is of a wrong type or absurd is unknown. Pure."""

from __future__ import annotations

import re
from datetime import date

from audiobook_daemon import language_code, lenient, normal_asin, normal_isbn

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T.*)?", re.ASCII)
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
_LONGEST = 2_000
_MOST_MINUTES = 60 * 24 * 14
_FIRST_YEAR, _LAST_YEAR = 1800, 2099
"""The shops write 2200 for a day nobody knows."""


def text(value: object) -> str | None:
    """One line of text; none is longer than a page."""
    return lenient.text(value, longest=_LONGEST)


def prose(value: object) -> str | None:
    """Text as it is given, its HTML too."""
    return value.strip() or None if isinstance(value, str) else None


def asin(value: object) -> str | None:
    """An ASIN, in capitals."""
    return normal_asin(value) if isinstance(value, str) else None


def day(value: object) -> str | None:
    """The date of a date or a moment, if the calendar has it."""
    found = _DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None or not _FIRST_YEAR <= int(found[1]) <= _LAST_YEAR:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return None


def count(value: object) -> int | None:
    """A whole number, zero or more, perhaps written as text."""
    if isinstance(value, str):
        return int(value) if _NUMBER.fullmatch(value.strip()) else None
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0 or value != value // 1:
        return None
    return int(value)


def seconds(minutes: object) -> float | None:
    """A running time told in minutes; what lasts no time or a fortnight is a mistake."""
    found = count(minutes)
    return found * 60.0 if found and found <= _MOST_MINUTES else None


def language(value: object) -> str | None:
    """The ISO 639-1 code of an English word for a language (`german`)."""
    word = text(value)
    return language_code(word) if word else None


def isbn(value: object) -> str | None:
    """An ISBN with 13 digits, if its check digit is right."""
    word = text(value)
    return normal_isbn(word) if word else None
