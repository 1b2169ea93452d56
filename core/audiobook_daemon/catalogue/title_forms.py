"""Titles as series lists need them: without the name of the series, and with the number it gives."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from audiobook_daemon.catalogue.naming import SeriesNames
from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.parse import title_range
from audiobook_daemon.matching.titles import TitleReading, read_title
from audiobook_daemon.matching.titles.likeness import compare_readings
from audiobook_daemon.models import Book

_DOUBLED = re.compile(r"([^\W\d])\1")


@dataclass(frozen=True, slots=True)
class TitleForm:
    """A title without the name of the series that it is looked for in."""

    reading: TitleReading
    core: str
    """The naming words in one key, with the numbers that belong to them."""
    keys: frozenset[str]
    """The keys of the naming stretches."""
    tight: str
    """All of them but the descriptive in one, without doubled letters."""
    bare: bool
    """Whether it holds nothing but the name of the series, and perhaps a number."""
    position: str | None
    """The number of the volume that it gives behind the name of the series."""
    range: tuple[str, str] | None
    """The first and last volume, of a title that says that it holds several."""


@lru_cache(maxsize=100_000)
def title_forms(book: Book, names: SeriesNames) -> tuple[TitleForm, ...]:
    """The forms of all titles of a book, as they look from a series of these names."""
    first = _form(book.title, names)
    if book.subtitle and len(first.reading.names) < 2 and not first.position:
        first = _form(f"{book.title}: {book.subtitle}", names)
    return (first, *(_form(alias, names) for alias in book.aliases))


def compare_forms(mine: tuple[TitleForm, ...], theirs: tuple[TitleForm, ...]) -> Likeness:
    """The best that any title of the one has to do with any of the other."""
    found = set()
    for one in mine:
        for other in theirs:
            likeness = _compare(one, other)
            if likeness is Likeness.SAME:
                return likeness
            found.add(likeness)
    return Likeness.UNSURE if Likeness.UNSURE in found else Likeness.DIFFERENT


def _compare(one: TitleForm, other: TitleForm) -> Likeness:
    if one.bare != other.bare and one.core and other.core and one.core != other.core:
        return Likeness.DIFFERENT
    if one.keys.isdisjoint(other.keys) and one.tight != other.tight and one.reading.whole != other.reading.whole:
        return Likeness.DIFFERENT
    return compare_readings(one.reading, other.reading)


@lru_cache(maxsize=100_000)
def _form(title: str, series: SeriesNames) -> TitleForm:
    names = series.keys
    reading = read_title(series.in_one(title))
    said = title_range(title) if reading.collection else None
    position = next(
        ("-".join(part.numbers) for part in (*reading.places, *reading.names) if part.numbers and part.key in names),
        None,
    )
    kept = tuple(name for name in reading.names if name.key not in names)
    bare = not any(not name.descriptive for name in kept)
    if bare:
        kept = reading.names
    places = tuple(place for place in reading.places if place.key not in names)
    if len(kept) < len(reading.names) or len(places) < len(reading.places):
        reading = replace(reading, names=kept, places=places)
    told = [name for name in kept if not name.descriptive] or list(kept[:1])
    core = "|".join(f"{name.key}{'#'.join(name.numbers)}" for name in told)
    keys = frozenset(name.key for name in kept)
    tight = _DOUBLED.sub(r"\1", "".join(name.key for name in told))
    return TitleForm(reading, core, keys, tight, bare, position, (said[0], said[1]) if said else None)
