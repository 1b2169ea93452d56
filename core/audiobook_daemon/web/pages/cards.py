"""A book as it stands on a shelf: its cover, its title, and how well it is described."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from audiobook_daemon.catalogue.wording import worded
from audiobook_daemon.models import LibraryItem
from audiobook_daemon.store import OwnedBook

HUES = 12
"""So many colours there are for the boards of books without a cover."""


@dataclass(frozen=True, slots=True)
class Card:
    """A book on a shelf."""

    id: int
    title: str
    author: str | None
    place: str | None
    """Its series and the place in it."""
    picture: str | None
    """The path of its cover; None if it is known to have none."""
    hue: int
    """The colour of its board, always the same for a title."""
    completeness: int | None
    gone: bool
    """Whether its files are missing."""


def card(book: OwnedBook) -> Card:
    """Return an owned book as it stands on a shelf."""
    return card_of(book.id, book.item, book.completeness)


def card_of(number: int, item: LibraryItem, completeness: int | None = None) -> Card:
    """Return an item of this number as it stands on a shelf."""
    return Card(
        number,
        item.book.title,
        ", ".join(item.book.authors) or None,
        worded(item.book.series[:1]),
        f"/api/books/{number}/cover" if item.cover is not False and item.library else None,
        zlib.crc32(item.book.title.encode()) % HUES,
        completeness,
        item.missing,
    )
