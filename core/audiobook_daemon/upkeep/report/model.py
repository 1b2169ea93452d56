"""What a report says; the JSON report is exactly this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

FORMAT = 1
"""Grows when the JSON report breaks with what it was; additions do not count."""


class Place(StrEnum):
    """What a place in a series is."""

    OWNED = "owned"
    MISSING = "missing"
    UNRELEASED = "unreleased"


@dataclass(frozen=True, slots=True)
class Totals:
    """The library in numbers."""

    books: int
    missing_files: int
    hours: float
    size_bytes: int
    authors: int
    narrators: int
    series: int
    completeness: float | None
    """The mean in percent; None without a book."""
    findings: int
    duplicates: int
    missing_books: int
    """Books that are out and missing from owned series and authors."""
    wanted: int
    """How many of these are on their way."""
    unreleased: int


@dataclass(frozen=True, slots=True)
class Share:
    """How much there is by somebody, or of something."""

    name: str
    books: int
    hours: float


@dataclass(frozen=True, slots=True)
class Month:
    """How the library has grown."""

    month: str
    """`2026-03`."""
    added: int
    books: int
    """All that had been added by its end."""


@dataclass(frozen=True, slots=True)
class Day:
    """The library as an audit found it on a day."""

    day: date
    books: int
    completeness: float | None
    missing_books: int


@dataclass(frozen=True, slots=True)
class SeriesPlaceLine:
    """One place of a series."""

    position: str
    state: Place
    title: str | None = None
    """None if only the number is known."""
    released: str | None = None


@dataclass(frozen=True, slots=True)
class SeriesBar:
    """A series and its places, in their order."""

    name: str
    authors: tuple[str, ...]
    places: tuple[SeriesPlaceLine, ...]
    owned: int
    missing: int
    unreleased: int
    placeless: int
    """Owned books whose place is not known."""
    known: bool
    """Whether a bibliography tells what there is; else the numbers of owned volumes alone do."""


@dataclass(frozen=True, slots=True)
class FoundBook:
    """A book that something was found about."""

    title: str
    author: str | None
    detail: str | None


@dataclass(frozen=True, slots=True)
class FindingTable:
    """All that one check found."""

    code: str
    grade: str
    title: str
    remedy: str
    count: int
    books: tuple[FoundBook, ...]
    """The first of them."""


@dataclass(frozen=True, slots=True)
class CopyLine:
    """One of several copies."""

    title: str
    author: str | None
    detail: str
    path: str | None
    keep: bool


@dataclass(frozen=True, slots=True)
class DuplicateTable:
    """Books that are one."""

    likeness: str
    reason: str
    copies: tuple[CopyLine, ...]


@dataclass(frozen=True, slots=True)
class GapTable:
    """A book that is missing."""

    of: str
    title: str
    position: str | None
    state: str
    released: str | None


@dataclass(frozen=True, slots=True)
class FailureLine:
    """Something that failed again and again."""

    task: str
    name: str
    times: int
    last: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a report says; lists are bounded, totals are not."""

    made: datetime
    version: str
    totals: Totals
    buckets: Mapping[str, int]
    """Books in each class of completeness, the best first."""
    tenths: tuple[int, ...]
    """Books that are described to 0-9, 10-19, ..., 90-99 and 100 percent."""
    lacking: tuple[tuple[str, int], ...]
    """How many books lack a field, the most lacked first."""
    months: tuple[Month, ...]
    undated: int
    days: tuple[Day, ...]
    authors: tuple[Share, ...]
    narrators: tuple[Share, ...]
    genres: tuple[Share, ...]
    formats: tuple[tuple[str, int], ...]
    languages: tuple[tuple[str, int], ...]
    series: tuple[SeriesBar, ...]
    """Those with something missing first, the nearest to complete before others."""
    series_open: int
    """Series with something missing, also those that are not listed."""
    bibliographies: bool
    """Whether any bibliography has told what there is."""
    gaps: tuple[GapTable, ...]
    findings: tuple[FindingTable, ...]
    duplicates: tuple[DuplicateTable, ...]
    failures: tuple[FailureLine, ...] = ()
    format: int = field(default=FORMAT)
