"""What is a book, who wants it, and what is said about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class SeriesPlace:
    """A book's place in one series; `position` stays text, for `2.5` and `1-3` are positions too."""

    name: str
    position: str | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """A work, independent of any recording of it."""

    title: str
    authors: tuple[str, ...] = ()
    subtitle: str | None = None
    series: tuple[SeriesPlace, ...] = ()
    language: str | None = None
    """ISO 639-1, lower case (`en`)."""
    year: int | None = None
    isbn: str | None = None
    asin: str | None = None
    aliases: tuple[str, ...] = ()
    """Other titles of the same work: of another region, or with another subtitle."""
    other_ids: tuple[str, ...] = ()
    """Further ASINs and ISBNs of the same work: an ASIN is bound to a region and to one recording."""


@dataclass(frozen=True, slots=True)
class Quota:
    """The share of one list: of all wishes under this name, take the first `count` books nobody owns yet."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Wish:
    """A book somebody wants, and which recordings of it would do."""

    book: Book
    origin: str = ""
    """The instance that wished, or `manual`."""
    narrators: tuple[str, ...] = ()
    """Preferred readers, the dearest first; empty means any."""
    languages: tuple[str, ...] = ()
    """Accepted languages, ISO 639-1; empty means the configured default."""
    abridged: bool = False
    """Whether an abridged recording is welcome too."""
    dramatised: bool = False
    """Whether a dramatisation (several voices, cut text, sounds) is welcome too."""
    runtimes: tuple[float, ...] = ()
    """Known running times of good recordings, in seconds."""
    quota: Quota | None = None
    rank: int | None = None
    """The place in the list it comes from, from 1."""
    note: str | None = None
    """Why it is wished, for people: `most snatched in Fantasy, last 7 days, rank 3`."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What one source states about one book; also the changes asked of a library item (None leaves a field)."""

    source: str
    title: str | None = None
    subtitle: str | None = None
    authors: tuple[str, ...] | None = None
    narrators: tuple[str, ...] | None = None
    series: tuple[SeriesPlace, ...] | None = None
    publisher: str | None = None
    year: int | None = None
    published: str | None = None
    """The date as the source wrote it, ISO 8601, year, month or day."""
    description: str | None = None
    language: str | None = None
    isbn: str | None = None
    asin: str | None = None
    genres: tuple[str, ...] | None = None
    tags: tuple[str, ...] | None = None
    runtime: float | None = None
    """Seconds."""
    abridged: bool | None = None
    cover: str | None = None
    """Address of a picture."""
    key: str | None = None
    """The record's id at the source."""
    score: float | None = None
    """How well the record answers the question, 0 to 1; None when an exact id was asked for."""


@dataclass(frozen=True, slots=True)
class ChartRequest:
    """A question for a ranking: the most snatched new audiobooks of one genre."""

    genre: str
    """The genre's English name in lower case with hyphens, as in `science-fiction`."""
    days: int | None = 7
    """How far back an upload may lie to count as new; None for all time."""
    limit: int = 100
    languages: tuple[str, ...] = ()
    """Wanted languages, ISO 639-1; empty means any."""


@dataclass(frozen=True, slots=True)
class ChartEntry:
    """One line of a ranking, the best at rank 1."""

    rank: int
    book: Book
    narrators: tuple[str, ...] = ()
    runtime: float | None = None


@dataclass(frozen=True, slots=True)
class LibraryItem:
    """A book as a library server holds it."""

    library: str
    """The instance."""
    id: str
    book: Book
    narrators: tuple[str, ...] = ()
    runtime: float | None = None
    size: int | None = None
    path: str | None = None
    """Its folder on this machine (path mapping applied)."""
    missing: bool = False
    """The server no longer finds its files."""
    added: datetime | None = None
    abridged: bool | None = None
    """None where it is not said to be one; libraries rarely say that it is none."""
    publisher: str | None = None
    published: str | None = None
    """The date as the library holds it, as text."""
    description: str | None = None
    genres: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    cover: bool | None = None
    """Whether it has a cover; None if the library does not tell."""
    chapters: int | None = None
    """How many chapters it has; 0 is none, None unknown."""
    files: int | None = None
    """How many audio files it has; 0 for an item that holds only an e-book."""
    format: str | None = None
    """The format of its audio (`m4b`, `mp3`), if the library tells."""


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """Some hundreds of the items of a library, or the word that they are still as they were."""

    items: tuple[LibraryItem, ...] = ()
    """Empty when the page is `unchanged`."""
    next: str | None = None
    """What to ask for next; None after the last page."""
    mark: str | None = None
    """Names this page's content; given back when it is asked for again. None if the library cannot do so."""
    unchanged: bool = False
    """The page is still what the given mark names."""
    total: int | None = None
    """How many items there are in all, if the library tells."""
    damaged: tuple[str, ...] = ()
    """The ids of items that are there but cannot be read."""


class BookStatus(StrEnum):
    """How a person wants an owned book to be treated; it is owned in any case, and is never fetched again."""

    ACTIVE = "active"
    DUPLICATE = "duplicate"
    """A second copy: out of lists, sums and corrections."""
    ARCHIVED = "archived"
    """Out of lists, sums and corrections as well."""
