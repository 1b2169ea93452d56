"""Reads which owned books may belong to some series and authors, without reading all others."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

from sqlalchemy import and_, select

from audiobook_daemon.models import LibraryItem
from audiobook_daemon.store.book_reading import BookReader, items_of
from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.tables import book_marks, books
from audiobook_daemon.store.trash import taken_out

_CHUNK = 500


class Belongings:
    """Finds books by their marks; one may have lost what it was marked for, so the reader compares the books."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._reader = BookReader(connections)

    async def of(self, *, series: Collection[str] = (), authors: Collection[str] = ()) -> dict[int, LibraryItem]:
        """Return the books of these series' names or authors, given by their keys, each under the id of its row.

        What was taken out of a library is left out.
        """
        marks = [*(f"series {key}" for key in series), *(f"author {key}" for key in authors)]
        same_item = and_(books.c.library == book_marks.c.library, books.c.item_id == book_marks.c.item_id)
        statement = (
            select(books.c.id).join(book_marks, same_item).where(book_marks.c.mark.in_(marks), ~taken_out()).distinct()
        )
        async with self._connections.reading() as connection:
            ids = sorted((await connection.execute(statement)).scalars())
            rows = [
                row
                for start in range(0, len(ids), _CHUNK)
                for row in await self._reader.named(connection, ids[start : start + _CHUNK])
            ]
        return dict(sorted(await asyncio.to_thread(items_of, rows)))
