"""Who said what about a book, what of it holds, and what was written into the library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal, TypeAlias

from audiobook_daemon.models.books import SeriesPlace

FactField: TypeAlias = Literal[
    "title",
    "subtitle",
    "authors",
    "narrators",
    "series",
    "publisher",
    "year",
    "published",
    "description",
    "language",
    "isbn",
    "asin",
    "genres",
    "tags",
    "abridged",
    "cover",
]
"""The fields of Facts that can be written into a library, in the order in which people read them."""
FieldValue: TypeAlias = bool | int | float | str | tuple[str, ...] | tuple[SeriesPlace, ...]
"""The value of a field of a book, by the names of the fields of Facts."""

LIBRARY = "library"
"""The source of a value that the library held before anybody else had a say."""
PERSON = "person"
"""The source of a value that somebody has set."""
RULES = "rules"
"""The source of a value that was only put into its proper form."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What one source says about one field of a book."""

    field: str
    source: str
    value: FieldValue
    weight: float
    """How surely the record is about this book, times how much the source is worth for this field; 0 to 1."""
    record: str | None = None
    """The record's id at the source."""
    at: datetime | None = None
    """The store fills this in when it is None."""


@dataclass(frozen=True, slots=True)
class BookField:
    """What one field of a book held when it was last looked at, whence that came, and whether it may be changed."""

    field: str
    value: FieldValue | None
    source: str
    """The instance that stated it, `library`, `rules` or `person`."""
    locked: bool = False
    changed: datetime | None = None
    """When the value came from this source; the store fills this in when it is None."""

    @property
    def guarded(self) -> bool:
        """Whether nobody but a person may change it."""
        return self.locked or self.source == PERSON


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One change of one field, wanted or done."""

    field: str
    before: FieldValue | None
    after: FieldValue | None
    source: str
    reason: str


class CorrectionState(StrEnum):
    """How far a correction is."""

    PLANNED = "planned"
    """On record; the library may or may not have been told."""
    APPLIED = "applied"
    FAILED = "failed"
    UNDONE = "undone"
    PARTLY_UNDONE = "partly_undone"
    """Some fields have been changed by others since and stayed."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One writing of metadata to one item."""

    id: int
    book_id: int
    occasion: str
    """`shelve`, `full`, `new`, `import`, `book`, or `person`."""
    run: str | None
    state: CorrectionState
    reason: str | None
    changes: tuple[FieldChange, ...]
    before: Mapping[str, object]
    """The changed fields in the library's own words, as they were."""
    after: Mapping[str, object] | None
    """The same after the writing; None until it is applied."""
    at: datetime
    undone: datetime | None = None
