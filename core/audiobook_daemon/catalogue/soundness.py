"""Which values of a source can be true at all; what cannot is left out, as if it had not been said.

Sources send blanks, fillers, markup, and whole pages. Nothing of that may reach a library.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

from audiobook_daemon.catalogue.fields import FIELDS, is_blank
from audiobook_daemon.catalogue.markup import plain_text
from audiobook_daemon.matching.ids import normal_asin, normal_isbn
from audiobook_daemon.matching.languages import language_code
from audiobook_daemon.matching.people import is_placeholder
from audiobook_daemon.models import Facts, FieldValue, SeriesPlace

LONGEST_TEXT: Final = 500
"""Characters of a title, a name, a publisher."""
LONGEST_DESCRIPTION: Final = 20_000
_MOST: Final = 60
"""Entries of a list."""
_YEARS: Final = range(1, 2200)
_SHORTEST, _LONGEST = 60.0, 1_000 * 3600.0
"""Seconds that a recording may run."""
_ADDRESS = re.compile(r"https?://[^\s<>\"']{4,2000}", re.IGNORECASE)
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_NOTHING = frozenset({"n/a", "na", "none", "null", "nil", "undefined", "unknown", "tbd", "tba", "-", "--", "?"})


def sound_values(facts: Facts) -> dict[str, FieldValue]:
    """The values of a record that can be true, without markup and without what is no letter or sign."""
    found = {field: _CHECKS[field](value) for field in FIELDS if (value := getattr(facts, field)) is not None}
    return {field: value for field, value in found.items() if value is not None and not is_blank(value)}


def sound_runtime(seconds: float | None) -> float | None:
    """A running time that a recording may have; also None for what is no number."""
    return seconds if isinstance(seconds, float | int) and _SHORTEST <= seconds <= _LONGEST else None


def _line(value: object) -> str | None:
    """One line of text."""
    if not isinstance(value, str):
        return None
    text = " ".join(plain_text(_visible(value[: LONGEST_TEXT * 4])).split())
    return text if text and len(text) <= LONGEST_TEXT and text.casefold() not in _NOTHING else None


def _prose(value: object) -> str | None:
    if not isinstance(value, str) or len(value) > LONGEST_DESCRIPTION:
        return None
    text = _visible(value)
    told = plain_text(text).strip()
    return text.strip() if told and told.casefold() not in _NOTHING else None


def _names(value: object) -> tuple[str, ...] | None:
    return tuple(name for name in _lines(value) if not is_placeholder(name))


def _lines(value: object) -> tuple[str, ...]:
    if not isinstance(value, tuple | list) or len(value) > _MOST:
        return ()
    return tuple(dict.fromkeys(line for entry in value if (line := _line(entry))))


def _places(value: object) -> tuple[SeriesPlace, ...]:
    if not isinstance(value, tuple | list) or len(value) > _MOST:
        return ()
    places = (
        SeriesPlace(name, _line(place.position) if place.position else None)
        for place in value
        if isinstance(place, SeriesPlace) and (name := _line(place.name))
    )
    return tuple(dict.fromkeys(places))


def _year(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value in _YEARS else None


def _matched(pattern: re.Pattern[str]) -> Callable[[object], str | None]:
    def check(value: object) -> str | None:
        return value.strip() if isinstance(value, str) and pattern.fullmatch(value.strip()) else None

    return check


def _read(reader: Callable[[str], str | None]) -> Callable[[object], str | None]:
    return lambda value: reader(value[:LONGEST_TEXT]) if isinstance(value, str) else None


def _visible(text: str) -> str:
    """The text without control characters and without those that turn the direction round."""
    return "".join(
        char if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"} else " "
        for char in unicodedata.normalize("NFC", text)
    )


_CHECKS: Final[Mapping[str, Callable[[object], FieldValue | None]]] = {
    "title": _line,
    "subtitle": _line,
    "authors": _names,
    "narrators": _names,
    "series": _places,
    "publisher": _line,
    "year": _year,
    "published": _matched(_DATE),
    "description": _prose,
    "language": _read(language_code),
    "isbn": _read(normal_isbn),
    "asin": _read(normal_asin),
    "genres": _lines,
    "tags": _lines,
    "abridged": lambda value: value if isinstance(value, bool) else None,
    "cover": _matched(_ADDRESS),
}
