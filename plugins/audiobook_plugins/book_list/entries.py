"""What a list says, before anything is looked up."""

from __future__ import annotations

from dataclasses import dataclass

from audiobook_daemon import Book


@dataclass(frozen=True, slots=True)
class Entry:
    """One book of a list; without a title it is known by its id alone."""

    line: int
    """Where it begins, from 1."""
    book: Book
    shelves: tuple[str, ...] = ()
    """Its shelves, tags and read status, if the list has such."""
    added: str | None = None
    """When it was put on the list, as the list says it."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A line that names no book."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything a list says, in its order."""

    kind: str
    """What it is, for people."""
    entries: tuple[Entry, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
