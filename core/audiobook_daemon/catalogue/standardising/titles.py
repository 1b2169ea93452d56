"""Titles: what names the series, the volume or the edition stands in fields of its own."""

from __future__ import annotations

import re

from audiobook_daemon.catalogue.fields import Values
from audiobook_daemon.matching import words
from audiobook_daemon.matching.parse import peel, read_series, read_series_phrase
from audiobook_daemon.matching.parse.series import SeriesReading
from audiobook_daemon.matching.works import series_key
from audiobook_daemon.models import FieldValue, SeriesPlace

_EDITION = re.compile(
    r"\s*(?:[\[(]\s*(?:un)?abridged(?:\s+(?:edition|version|audiobook))?\s*[\])]"
    r"|[\[(]\s*(?:audio ?book|audio edition|mp3|m4b|ungekürzt|gekürzt)\s*[\])]"
    r"|\s[-–—:]\s*unabridged|,\s*unabridged)\s*$",
    re.IGNORECASE,
)
_VOLUME = re.compile(r"(?:book|volume|vol\.?|band|part|#)\s*\d{1,3}(?:\.\d)?", re.IGNORECASE)


def tidy_titles(values: Values) -> dict[str, FieldValue]:
    """Title, subtitle and series, each with its own; a title is never shortened to nothing.

    A series is moved out of a title only where the title says that it is one (`(Panes, Book 2)`), out of a subtitle
    only where the subtitle is nothing else or the book is known to stand in it.
    """
    places = _places(values.get("series"))
    title, subtitle = _text(values.get("title")), _text(values.get("subtitle"))
    bare, place = _without_series(_without_edition(title), places)
    found: dict[str, FieldValue] = {"title": bare or title}
    places = _with(places, place)
    if subtitle:
        rest, place = _without_series(_without_edition(subtitle), places, whole=True)
        places = _with(places, place)
        if rest and words(rest) != words(bare):
            found["subtitle"] = rest
    if places:
        found["series"] = places
    return found


def says_nothing_new(subtitle: str, title: str, places: tuple[SeriesPlace, ...]) -> bool:
    """Whether a subtitle only repeats the title, the series, the volume or the edition."""
    rest, place = _without_series(_without_edition(subtitle), places, whole=True)
    told = words(rest)
    if not told or _VOLUME.fullmatch(rest.strip()) or " ".join(told) in {"unabridged", "abridged", "audiobook"}:
        return True
    named = {words(name.name) for name in (*places, *((place,) if place else ()))}
    return told in named or " ".join(told) in " ".join(words(title))


def _without_edition(text: str) -> str:
    bare = _EDITION.sub("", text).strip()
    while bare != text:
        text, bare = bare, _EDITION.sub("", bare).strip()
    return text


def _without_series(
    text: str, places: tuple[SeriesPlace, ...], *, whole: bool = False
) -> tuple[str, SeriesPlace | None]:
    """A text without the series it names, and this; `whole` texts may be nothing but a series."""
    reading = read_series(text, known=[place.name for place in places])
    if reading is None or not reading.marked or reading.collection:
        return text, None
    if whole and not reading.title and (phrase := read_series_phrase(text)) and phrase.marked and phrase.name:
        return "", SeriesPlace(phrase.name, phrase.position)
    if not reading.title or not reading.name or not _may_move(text, reading, places):
        return text, None
    return peel(reading.title)[0], SeriesPlace(reading.name, reading.position)


def _may_move(text: str, reading: SeriesReading, places: tuple[SeriesPlace, ...]) -> bool:
    """Whether what was read as a series stands in brackets or behind a colon with a number, or is known to be one."""
    known = any(series_key(place.name) == series_key(reading.name or "") for place in places)
    return known or (reading.position is not None and text.rstrip().endswith((")", "]")))


def _with(places: tuple[SeriesPlace, ...], place: SeriesPlace | None) -> tuple[SeriesPlace, ...]:
    """The places with one more; a known series only gets the position it lacks."""
    if place is None:
        return places
    same = [series_key(one.name) == series_key(place.name) for one in places]
    if not any(same):
        return (*places, place)
    return tuple(
        SeriesPlace(one.name, one.position or place.position) if is_it else one
        for one, is_it in zip(places, same, strict=True)
    )


def _places(value: FieldValue | None) -> tuple[SeriesPlace, ...]:
    return tuple(place for place in value if isinstance(place, SeriesPlace)) if isinstance(value, tuple) else ()


def _text(value: FieldValue | None) -> str:
    return value if isinstance(value, str) else ""
