"""Reads which owned books may belong to some series and authors, without reading all others."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, and_, select

from audiobook_daemon.models import LibraryItem
from audiobook_daemon.store.book_reading import items_of, named_rows
from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.tables import book_marks, books
from audiobook_daemon.store.trash import taken_out

_CHUNK = 500


class Belongings:
    """Finds books by their marks; one may have lost what it was marked for, so the reader compares the books."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def of(self, *, series: Collection[str] = (), authors: Collection[str] = ()) -> dict[int, LibraryItem]:
        """Return the books of these series' names or authors, given by their keys, each under the id of its row.

        What was taken out of a library is left out.
        """
        marks = [*(f"series {key}" for key in series), *(f"author {key}" for key in authors)]
        same_item = and_(books.c.library == book_marks.c.library, books.c.item_id == book_marks.c.item_id)
        statement = (
            select(books.c.id).join(book_marks, same_item).where(book_marks.c.mark.in_(marks), ~taken_out()).distinct()
        )

        def look(connection: Connection) -> list[Row[*tuple[Any, ...]]]:
            ids = sorted(connection.execute(statement).scalars())
            parts = (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK))
            return [row for part in parts for row in named_rows(connection, part)]

        rows = await self._connections.read(look)
        return dict(sorted(await asyncio.to_thread(items_of, rows)))
