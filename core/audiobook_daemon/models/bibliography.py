"""What there is of a series or an author, owned or not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from audiobook_daemon.models.books import Book


class WorkKind(StrEnum):
    """What sort of work a bibliography lists; UNKNOWN counts as a whole book until something says otherwise."""

    NOVEL = "novel"
    NOVELLA = "novella"
    SHORT = "short"
    COLLECTION = "collection"
    """Stories that stand together nowhere else."""
    OMNIBUS = "omnibus"
    """Several books of the series in one, box sets too."""
    PART = "part"
    """A piece of a book that is sold in pieces."""
    DRAMATISATION = "dramatisation"
    ANTHOLOGY = "anthology"
    """By several authors."""
    COMPANION = "companion"
    """About the books: guides, atlases, colouring books."""
    OTHER = "other"
    """No book to listen to: comics, games, fragments."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Work:
    """A work as one source lists it, or as several agree on it."""

    book: Book
    """Title, authors, ids, and its places in series; `aliases` are its titles elsewhere."""
    source: str = ""
    """The instance that lists it."""
    key: str | None = None
    """The record's id at the source."""
    kind: WorkKind = WorkKind.UNKNOWN
    released: str | None = None
    """The date of the recording, or else of the book: ISO 8601, a year, a month or a day; may lie in the future."""
    narrators: tuple[str, ...] = ()
    runtime: float | None = None
    """Seconds."""
    abridged: bool | None = None
    audiobook: bool | None = None
    """Whether there is a recording; None if the source does not know of recordings."""
    region: str | None = None
    """The shop's region (`us`, `de`), for its ids are good there only."""
    contains: tuple[str, ...] = ()
    """The titles of the works an omnibus holds, if told."""
    readers: int | None = None
    """How many people the source counts with it; the more, the surer it is a real work."""


@dataclass(frozen=True, slots=True)
class SeriesQuestion:
    """Which series is meant: its name and what is owned of it, for names alone mislead."""

    name: str
    authors: tuple[str, ...] = ()
    owned: tuple[Book, ...] = ()
    """Owned books of the series, those with an ASIN or ISBN first."""
    language: str | None = None
    """The language of the owned books, ISO 639-1."""


@dataclass(frozen=True, slots=True)
class SeriesRecord:
    """A series as one source lists it."""

    source: str
    name: str
    authors: tuple[str, ...] = ()
    key: str | None = None
    """The series' id at the source."""
    works: tuple[Work, ...] = ()
    """Everything the source lists, in its order: novellas, omnibus editions, doublets and unreleased volumes too."""
    primary: int | None = None
    """How many main volumes the source counts."""
    finished: bool | None = None
    """Whether the series is said to have ended."""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AuthorQuestion:
    """Whose works are asked for."""

    name: str
    owned: tuple[Book, ...] = ()
    """Owned books of the author, which tell namesakes apart."""
    languages: tuple[str, ...] = ()
    """Wanted languages, ISO 639-1; empty means any."""
