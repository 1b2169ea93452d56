"""What Hardcover's records say, in words of our own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A book's place in a series."""

    series: int
    name: str
    position: str | None = None
    """As text, for a compilation's is `1-3`."""
    compilation: bool = False
    featured: bool = False


@dataclass(frozen=True, slots=True)
class Recording:
    """A spoken edition of a book."""

    id: int
    title: str | None = None
    asin: str | None = None
    isbn: str | None = None
    seconds: float | None = None
    published: str | None = None
    language: str | None = None
    publisher: str | None = None
    narrators: tuple[str, ...] = ()
    abridged: bool | None = None
    readers: int = 0


@dataclass(frozen=True, slots=True)
class BookRecord:
    """A work with its recordings."""

    id: int
    title: str
    subtitle: str | None = None
    authors: tuple[str, ...] = ()
    """Without narrators, translators and the like."""
    roles: tuple[tuple[int, str | None], ...] = ()
    """Who took part, by number, and as what; None is the author."""
    description: str | None = None
    published: str | None = None
    compilation: bool = False
    part: bool = False
    readers: int | None = None
    spoken: bool = False
    """Whether a recording is known, though it may not be among those told."""
    recordings: tuple[Recording, ...] = ()
    """The most used first."""
    aliases: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    cover: str | None = None
    places: tuple[Place, ...] = ()
    canonical: int | None = None
    """The record this one was merged into."""


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A series without its books."""

    id: int
    name: str
    authors: tuple[str, ...] = ()
    primary: int | None = None
    finished: bool | None = None
    canonical: int | None = None


@dataclass(frozen=True, slots=True)
class AuthorHit:
    """A person as the search knows them."""

    id: int
    name: str
    other_names: tuple[str, ...] = ()
    books: int = 0


@dataclass(frozen=True, slots=True)
class BookHit:
    """A book as the search knows it."""

    id: int
    title: str
    subtitle: str | None = None
    authors: tuple[str, ...] = ()
    isbns: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    readers: int = 0
