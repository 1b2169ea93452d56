"""Finds the rows that belong to a book, so that one leads to the other; each question is answered by an index."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Table, and_, select

from audiobook_daemon.store.catalogue_tables import authors, series
from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.tables import books, wants


class Whereabouts:
    """Knows the numbers of rows only."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def series(self, keys: Collection[str]) -> dict[str, int]:
        """Return the ids of the series with these keys, by key; unknown ones are left out."""
        return await self._ids(series, keys)

    async def authors(self, keys: Collection[str]) -> dict[str, int]:
        """Return the ids of the authors with these keys, by key."""
        return await self._ids(authors, keys)

    async def want(self, book_id: int) -> int | None:
        """Return the id of the want that brought a book, or None."""
        same = and_(wants.c.key == books.c.match_key, wants.c.item == books.c.item_id)
        statement = select(wants.c.id).join(books, same).where(books.c.id == book_id)
        async with self._connections.reading() as connection:
            return (await connection.execute(statement)).scalar_one_or_none()

    async def _ids(self, table: Table, keys: Collection[str]) -> dict[str, int]:
        statement = select(table.c.key, table.c.id).where(table.c.key.in_(keys))
        async with self._connections.reading() as connection:
            return {row.key: row.id for row in await connection.execute(statement)}
