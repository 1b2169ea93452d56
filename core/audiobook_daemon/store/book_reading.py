"""Reads many books at a time as the driver gives them; they are made into values off the event loop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, null, select
from sqlalchemy.ext.asyncio import AsyncConnection

from audiobook_daemon.models import LibraryItem
from audiobook_daemon.store.book_rows import KEPT, item_of
from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.tables import books
from audiobook_daemon.store.trash import TAKEN_OUT, taken_out

_COLUMNS = ("id", "library", "item_id", *KEPT)
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM books"  # noqa: S608 - names of our own
_BRIEF = _SELECT.replace(" description,", " NULL,")
Rows = Sequence[Row[*tuple[Any, ...]]]


class BookReader:
    """Works on the connection of the caller; the rows go to `items_of`."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def after(self, connection: AsyncConnection, last: int, limit: int, *, brief: bool) -> Rows:
        """Return the next rows after the one of this id, in the order of their ids; `brief` without descriptions.

        What was taken out of a library is left out.
        """
        if self._connections.postgres:
            statement = _brief if brief else _whole
            return (
                await connection.execute(
                    statement.where(books.c.id > last, ~taken_out()).order_by(books.c.id).limit(limit)
                )
            ).all()
        text = f"{_BRIEF if brief else _SELECT} WHERE id > ? AND NOT ({TAKEN_OUT}) ORDER BY id LIMIT ?"
        return (await connection.exec_driver_sql(text, (last, limit))).all()

    async def named(self, connection: AsyncConnection, ids: Sequence[int]) -> Rows:
        """Return the rows of these ids, some hundreds at most."""
        if self._connections.postgres:
            return (await connection.execute(_whole.where(books.c.id.in_(ids)))).all()
        text = f"{_SELECT} WHERE id IN ({', '.join('?' * len(ids))})"
        return (await connection.exec_driver_sql(text, tuple(ids))).all()


def items_of(rows: Rows) -> tuple[tuple[int, LibraryItem], ...]:
    """Make values of rows, each with the number of its row; some hundreds take milliseconds."""
    return tuple([(row[0], item_of(row[1:])) for row in rows])


_whole = select(*(books.c[name] for name in _COLUMNS))
_brief = select(*(null() if name == "description" else books.c[name] for name in _COLUMNS))
