"""Reads who belongs to whom and what differs from before, of everything at once and without making values of it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Row, Table, select

from audiobook_daemon.store.catalogue_tables import authors, gaps, series
from audiobook_daemon.store.catalogue_values import GapKind
from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.tables import books, wants

Rows = Sequence[Row[*tuple[Any, ...]]]
_PAGE = 1000
_BOOK = (
    *("authors", "series", "library", "item_id", "title", "subtitle", "language", "year", "isbn", "asin", "narrators"),
    *("runtime", "missing", "abridged", "publisher"),
)
_STANDING = ("key", "name", "total", "owned", "missing", "status", "checked", "reason", "changed")
_GAP = ("kind", "owner", "want_id", "key", "position", "state", "released", "reason", "wanted", "changed")


class BookGlimpse(NamedTuple):
    """Whom a book belongs to; `mark` is another when what the book says of itself is."""

    id: int
    authors: tuple[str, ...]
    series: tuple[str, ...]
    """The names."""
    mark: int


class StandingGlimpse(NamedTuple):
    """A series or an author; `mark` is another when what is known of it is."""

    key: str
    name: str
    authors: tuple[str, ...]
    mark: int


class GapGlimpse(NamedTuple):
    """Whose gap it is; `mark` is another when the gap is, or its want stands otherwise."""

    kind: GapKind
    owner: str
    mark: int


class Glimpses:
    """Marks can be compared as long as the program runs, and no longer."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def books(self) -> AsyncIterator[list[BookGlimpse]]:
        """Yield every book, in portions."""
        async for rows in self._pages(books, _BOOK):
            yield await asyncio.to_thread(_books, rows)

    async def series(self) -> AsyncIterator[list[StandingGlimpse]]:
        """Yield every series, in portions."""
        async for rows in self._pages(series, (*_STANDING, "authors")):
            yield [StandingGlimpse(row[1], row[2], _names(row[-1]), hash(tuple(row))) for row in rows]

    async def authors(self) -> AsyncIterator[list[StandingGlimpse]]:
        """Yield every author, in portions."""
        async for rows in self._pages(authors, _STANDING):
            yield [StandingGlimpse(row[1], row[2], (row[2],), hash(tuple(row))) for row in rows]

    async def gaps(self) -> AsyncIterator[list[GapGlimpse]]:
        """Yield every gap, in portions."""
        states = {row[0]: row[1] async for rows in self._pages(wants, ("state",)) for row in rows}
        async for rows in self._pages(gaps, _GAP):
            yield [GapGlimpse(GapKind(row[1]), row[2], hash((tuple(row), states.get(row[3])))) for row in rows]

    async def _pages(self, table: Table, names: Sequence[str]) -> AsyncIterator[Rows]:
        """Yield all rows in portions, each with its id first; SQLite's as the driver gives them."""
        last = 0
        text = f"SELECT id, {', '.join(names)} FROM {table.name} WHERE id > ? ORDER BY id LIMIT {_PAGE}"  # noqa: S608
        statement = select(table.c.id, *(table.c[name] for name in names)).order_by(table.c.id).limit(_PAGE)
        while True:
            async with self._connections.reading() as connection:
                if self._connections.postgres:
                    rows = (await connection.execute(statement.where(table.c.id > last))).all()
                else:
                    rows = (await connection.exec_driver_sql(text, (last,))).all()
            if not rows:
                return
            yield rows
            last = rows[-1][0]


def _books(rows: Rows) -> list[BookGlimpse]:
    return [BookGlimpse(row[0], _names(row[1]), _places(row[2]), hash(tuple(row))) for row in rows]


def _names(written: str | tuple[str, ...]) -> tuple[str, ...]:
    return _read(written) if isinstance(written, str) else written


def _places(written: Any) -> tuple[str, ...]:  # noqa: ANN401 - places, or the text that SQLite keeps of them
    if written == "[]":
        return ()
    if isinstance(written, str):
        return tuple(place["name"] for place in json.loads(written))
    return tuple(place.name for place in written)


@lru_cache(maxsize=4096)
def _read(written: str) -> tuple[str, ...]:
    return tuple(json.loads(written))
