"""What the stand-in for Hardcover knows: authors, books, their editions, series, and what its one user wants."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

READ, LISTENED, EBOOK = 1, 2, 4
"""The numbers of the reading formats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HardcoverAuthor:
    """A person; a narrator is one too."""

    id: int
    name: str
    alternate_names: tuple[str, ...] = ()
    canonical_id: int | None = None
    """The record this one was merged into."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HardcoverSeries:
    """A series; its books name it, not the other way round."""

    id: int
    name: str
    author: int | None = None
    is_completed: bool | None = None
    canonical_id: int | None = None


@dataclass(frozen=True, slots=True)
class HardcoverPlace:
    """A book's place in a series: the first number of it, and the text."""

    series: int
    position: float | None = None
    details: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HardcoverBook:
    """A work. One that was merged into another (`canonical_id`) and a part of one are rows like all others."""

    id: int
    title: str
    authors: tuple[int, ...] = ()
    subtitle: str | None = None
    description: str | None = None
    released: date | None = None
    compilation: bool = False
    partial: bool | None = False
    canonical_id: int | None = None
    users: int = 100
    genres: tuple[str, ...] = ()
    alternative_titles: tuple[str, ...] = ()
    places: tuple[HardcoverPlace, ...] = ()
    cover: str | None = None
    state: str = "normalized"


@dataclass(frozen=True, slots=True, kw_only=True)
class HardcoverEdition:
    """A printed, electronic or spoken edition."""

    id: int
    book: int
    title: str
    format: int = READ
    asin: str | None = None
    isbn: str | None = None
    seconds: int | None = None
    released: date | None = None
    language: str | None = "English"
    publisher: str | None = None
    narrators: tuple[int, ...] = ()
    information: str | None = None
    users: int = 10


@dataclass(slots=True)
class HardcoverCatalogue:
    """Everything; the order of the lists is without meaning."""

    authors: list[HardcoverAuthor] = field(default_factory=list)
    series: list[HardcoverSeries] = field(default_factory=list)
    books: list[HardcoverBook] = field(default_factory=list)
    editions: list[HardcoverEdition] = field(default_factory=list)
    wanted: list[tuple[int, date]] = field(default_factory=list)
    """Books on the want-to-read shelf of the token's owner, and since when."""
    lists: dict[str, list[tuple[int, date]]] = field(default_factory=dict)
    """Other lists of the owner, by slug."""
