"""Where the names that a book bears lead to: its authors and its series."""

from __future__ import annotations

from dataclasses import dataclass

from audiobook_daemon.catalogue.series_names import series_owner
from audiobook_daemon.catalogue.wording import worded
from audiobook_daemon.matching import author_key
from audiobook_daemon.models import Book
from audiobook_daemon.store import Database


@dataclass(frozen=True, slots=True)
class Link:
    """A name, and where it leads."""

    name: str
    path: str | None
    """None if there is no page about it yet."""


async def author_links(database: Database, book: Book) -> tuple[Link, ...]:
    """Return the authors of a book."""
    keys = {name: author_key(name) for name in book.authors}
    known = await database.whereabouts.authors(keys.values())
    return tuple(Link(name, _path("authors", known.get(key))) for name, key in keys.items())


async def series_links(database: Database, book: Book) -> tuple[Link, ...]:
    """Return the series of a book, each with its place in it; of namesakes the one by an author of the book."""
    owners = [(author,) for author in book.authors]
    keys = {place: [series_owner(place.name, owner) for owner in (*owners, ())] for place in book.series}
    known = await database.whereabouts.series([key for found in keys.values() for key in found])
    return tuple(
        Link(worded((place,)) or place.name, _path("series", next((known[key] for key in found if key in known), None)))
        for place, found in keys.items()
    )


def _path(room: str, number: int | None) -> str | None:
    return None if number is None else f"/{room}/{number}"
