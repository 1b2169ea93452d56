"""Reads many books at a time as the driver gives them; they are made into values off the event loop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, null, select
from sqlalchemy.ext.asyncio import AsyncConnection

from audiobook_daemon.models import BookStatus, LibraryItem
from audiobook_daemon.store.book_rows import KEPT, item_of, moment
from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.tables import books
from audiobook_daemon.store.trash import TAKEN_OUT, taken_out

_COLUMNS = ("id", "library", "item_id", *KEPT)
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM books"  # noqa: S608 - names of our own
_BRIEF = _SELECT.replace(" description,", " NULL,", 1)
_OWN = ("status", "completeness", "first_seen", "corrected", "correction", "import_source", "metadata_source")
"""What we know of a row beside the item itself."""
_OWNED = _SELECT.replace(" FROM", f", {', '.join(_OWN)} FROM")
_OWNED_BRIEF = _OWNED.replace(" description,", " NULL,", 1)
Rows = Sequence[Row[*tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class OwnedBook:
    """A book one owns: an item of a library, or one that was written down by hand (its library is empty then)."""

    id: int
    item: LibraryItem
    status: BookStatus
    completeness: int | None
    """In percent; None for one that was not read in full."""
    first_seen: datetime | None
    corrected: datetime | None
    """When its metadata was last looked after."""
    correction: str | None
    """What came of it: `corrected`, `unchanged`, `unknown`, `refused`, `waiting`."""
    import_source: str | None
    metadata_source: str | None


class BookReader:
    """Works on the connection of the caller; the rows go to `items_of`."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def after(
        self, connection: AsyncConnection, last: int, limit: int, *, brief: bool, active: bool = False
    ) -> Rows:
        """Return the next rows after the one of this id, in the order of their ids; `brief` without descriptions.

        What was taken out of a library is left out; with `active` also what a person has put away.
        """
        if self._connections.postgres:
            chosen = (_brief if brief else _whole).where(books.c.id > last, ~taken_out())
            if active:
                chosen = chosen.where(books.c.status == BookStatus.ACTIVE)
            return (await connection.execute(chosen.order_by(books.c.id).limit(limit))).all()
        only = " AND status || '' = 'active'" if active else ""
        text = f"{_BRIEF if brief else _SELECT} WHERE id > ? AND NOT ({TAKEN_OUT}){only} ORDER BY id LIMIT ?"
        return (await connection.exec_driver_sql(text, (last, limit))).all()


def named_rows(connection: Connection, ids: Sequence[int]) -> Rows:
    """Return the rows of these ids, some hundreds at most, for `items_of`."""
    if connection.dialect.name != "sqlite":
        return connection.execute(_whole.where(books.c.id.in_(ids))).all()
    return connection.exec_driver_sql(f"{_SELECT} WHERE id IN ({', '.join('?' * len(ids))})", tuple(ids)).all()


def owned_books(connection: Connection, ids: Sequence[int], *, brief: bool) -> tuple[OwnedBook, ...]:
    """Return the books of these ids, some hundreds at most, in this order; `brief` without descriptions."""
    if not ids:
        return ()
    if connection.dialect.name == "sqlite":
        text = f"{_OWNED_BRIEF if brief else _OWNED} WHERE id IN ({', '.join('?' * len(ids))})"
        rows: Rows = connection.exec_driver_sql(text, tuple(ids)).all()
    else:
        columns = [null() if brief and name == "description" else books.c[name] for name in (*_COLUMNS, *_OWN)]
        rows = connection.execute(select(*columns).where(books.c.id.in_(ids))).all()
    found = {row[0]: _owned(row) for row in rows}
    return tuple([found[one] for one in ids if one in found])


def _owned(row: Row[*tuple[Any, ...]]) -> OwnedBook:
    status, completeness, seen, corrected, *rest = row[-len(_OWN) :]
    item = item_of(row[1 : -len(_OWN)])
    return OwnedBook(row[0], item, BookStatus(status), completeness, moment(seen), moment(corrected), *rest)


def items_of(rows: Rows) -> tuple[tuple[int, LibraryItem], ...]:
    """Make values of rows, each with the number of its row; some hundreds take milliseconds."""
    return tuple([(row[0], item_of(row[1:])) for row in rows])


_whole = select(*(books.c[name] for name in _COLUMNS))
_brief = select(*(null() if name == "description" else books.c[name] for name in _COLUMNS))
