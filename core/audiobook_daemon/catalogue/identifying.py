"""How surely a record is about an owned book, and whether it is about this very recording."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from audiobook_daemon.catalogue.fields import Values
from audiobook_daemon.catalogue.soundness import sound_runtime, sound_values
from audiobook_daemon.matching import compare_books, is_same_book, title_key
from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.ids import normal_asin, normal_isbn
from audiobook_daemon.matching.works import SURE, agreement
from audiobook_daemon.models import Book, Facts, LibraryItem

_DOUBTED: Final = 0.5
"""A record that its own source scores lower is not looked at."""


class Surely(Enum):
    """By what a record is known to be about a book, and what that is worth."""

    ID = 1.0
    EXACT = 0.8
    """Title and author letter by letter, but for their case."""
    NORMALISED = 0.7
    """Without articles, accents and punctuation."""
    FUZZY = 0.5
    """The titles differ, yet are surely those of one book (subtitles, places in series, spellings)."""
    INFERRED = 0.3
    """A translation of the book."""


class Recorded(Enum):
    """Whether a record speaks of the recording one owns."""

    THIS = "this"
    BY_LENGTH = "by length"
    """Nothing but the running time says so: good unless another record of the same length has other readers."""
    OTHER = "other"
    """Another one, or none at all, or one that cannot be told."""


@dataclass(frozen=True, slots=True)
class Identified:
    """A record that is surely about the book."""

    facts: Facts
    values: Values
    """What of the record can be true."""
    surely: Surely
    recorded: Recorded
    audio: bool
    """Whether it is a record of a recording, this one or another."""


def identify(item: LibraryItem, facts: Facts, *, tolerance: float) -> Identified | None:
    """Compare an owned book with a record; None unless they are surely one work.

    `tolerance` is the share by which the running times of one recording may differ.
    """
    values = sound_values(facts)
    doubted = isinstance(facts.score, float | int) and facts.score < _DOUBTED
    if "title" not in values or doubted:
        return None
    record = _book(values)
    surely = _surely(item.book, record)
    if surely is None:
        return None
    runtime = sound_runtime(facts.runtime)
    recorded = Recorded.OTHER if surely is Surely.INFERRED else _recorded(item, values, runtime, tolerance)
    return Identified(facts, values, surely, recorded, speaks_of_recordings(values, runtime))


def speaks_of_recordings(values: Values, runtime: float | None) -> bool:
    """Whether a record is one of a recording: it names a reader or a running time, or says what was cut."""
    return "narrators" in values or runtime is not None or "abridged" in values


def _surely(book: Book, record: Book) -> Surely | None:
    likeness = compare_books(book, record)
    if likeness not in SURE:
        return None
    if book.language and record.language and book.language != record.language:
        return Surely.INFERRED
    if not is_same_book(book, record):
        return None
    if _ids(book) & _ids(record):
        return Surely.ID
    if agreement(book.authors, record.authors) is not Likeness.SAME:
        return Surely.INFERRED
    if " ".join(book.title.split()).casefold() == " ".join(record.title.split()).casefold():
        return Surely.EXACT
    return Surely.NORMALISED if title_key(book.title) == title_key(record.title) else Surely.FUZZY


def _recorded(item: LibraryItem, values: Values, runtime: float | None, tolerance: float) -> Recorded:
    cut = values.get("abridged")
    if not speaks_of_recordings(values, runtime) or (item.abridged is not None and cut not in {None, item.abridged}):
        return Recorded.OTHER
    near = _near(item.runtime, runtime, tolerance)
    if near is False:
        return Recorded.OTHER
    if (mine := normal_asin(item.book.asin or "")) is not None and mine == values.get("asin"):
        return Recorded.THIS
    readers = agreement(item.narrators, names_in(values, "narrators"))
    if readers is Likeness.SAME:
        return Recorded.THIS
    return Recorded.BY_LENGTH if near and readers is None else Recorded.OTHER


def _near(one: float | None, other: float | None, tolerance: float) -> bool | None:
    if not one or not other:
        return None
    return abs(one - other) <= tolerance * max(one, other)


def _book(values: Values) -> Book:
    """The record as a book, made of what of it can be true."""
    fields = ("title", "authors", "subtitle", "series", "language", "isbn", "asin")
    stated: dict[str, Any] = {name: values[name] for name in fields if name in values}
    return Book(**stated)


def names_in(values: Values, field: str) -> tuple[str, ...]:
    """The people of a field."""
    names = values.get(field)
    return tuple(name for name in names if isinstance(name, str)) if isinstance(names, tuple) else ()


def _ids(book: Book) -> set[str]:
    given = (book.asin, book.isbn, *book.other_ids)
    return {known for one in given if one and (known := normal_isbn(one) or normal_asin(one))}
