"""Writes many books at a time: what is known is read first, and only what differs is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Executable, and_, func, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from audiobook_daemon.models import LibraryItem
from audiobook_daemon.store.book_rows import KEPT, BookChange, BookKeys, Raw, edits, merged, raw_row, value_row
from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.tables import book_marks, books

Keyed = tuple[LibraryItem, BookKeys]
_COLUMNS = ("library", "item_id", *KEPT)
_DIALECT = sqlite.dialect(paramstyle="qmark")


class BookWriter:
    """Works within the transaction of the caller, on some hundreds of items."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._row = value_row if connections.postgres else raw_row
        self._texts: dict[tuple[str, ...], tuple[str, tuple[str, ...]]] = {}

    async def write(self, connection: AsyncConnection, items: Sequence[Keyed]) -> list[BookChange]:
        """Write items and return those that were not known or differ."""
        by_library: defaultdict[str, dict[str, Keyed]] = defaultdict(dict)
        for item, keys in items:
            by_library[item.library][item.id] = (item, keys)
        return [
            change
            for library, keyed in by_library.items()
            for change in await self._write_library(connection, library, keyed)
        ]

    async def _write_library(
        self, connection: AsyncConnection, library: str, keyed: dict[str, Keyed]
    ) -> list[BookChange]:
        known = await self._known(connection, library, list(keyed))
        now = self._connections.clock()
        moment = now if self._connections.postgres else now.isoformat(" ", "microseconds")[:26]
        rows: list[Raw] = []
        marks: list[Raw] = []
        changes: list[BookChange] = []
        for id_, (item, keys) in keyed.items():
            row = self._row(item, keys)
            if (before := known.get(id_)) is not None:
                number, old = before[0], before[1:]
                if (row := merged(row, old)) == old:
                    continue
                changes.append(BookChange(item, number, edits(row, old)))
            else:
                changes.append(BookChange(item))
            rows.append((*row, moment, moment))
            marks += [(mark, library, id_) for mark in keys.marks]
        await self._execute(connection, self._upsert, (*_COLUMNS, "seen", "first_seen"), rows)
        await self._execute(connection, self._mark, ("mark", "library", "item_id"), marks)
        return changes

    async def _known(self, connection: AsyncConnection, library: str, ids: Sequence[str]) -> dict[str, Raw]:
        """Return the rows there are, each with its number in front, by the items' ids."""
        columns = ("id", *_COLUMNS)
        if self._connections.postgres:
            statement = select(*(books.c[name] for name in columns)).where(
                books.c.library == library, books.c.item_id.in_(ids)
            )
            found = await connection.execute(statement)
        else:
            places = ", ".join("?" * len(ids))
            text = f"SELECT {', '.join(columns)} FROM books WHERE library = ? AND item_id IN ({places})"  # noqa: S608
            found = await connection.exec_driver_sql(text, (library, *ids))
        return {row[2]: tuple(row) for row in found}

    async def _execute(
        self, connection: AsyncConnection, statement: Executable, names: Sequence[str], rows: list[Raw]
    ) -> None:
        if not rows:
            return
        if self._connections.postgres:
            await connection.execute(statement, [dict(zip(names, row, strict=True)) for row in rows])
            return
        text, order = self._text(statement, names)
        if order != tuple(names):
            places = [names.index(name) for name in order]
            rows = [tuple(row[place] for place in places) for row in rows]
        await connection.exec_driver_sql(text, rows)

    @cached_property
    def _upsert(self) -> Any:  # noqa: ANN401 - the INSERT of the dialect at hand
        insert = self._connections.insert(books)
        new = insert.excluded
        changed: dict[str, ColumnElement[Any]] = {name: new[name] for name in (*KEPT, "seen")}
        # What `merged` keeps is kept here as well, should the row have been made meanwhile.
        changed["missing"] = and_(books.c.missing, new.missing)
        changed["format"] = func.coalesce(new.format, books.c.format)
        return insert.on_conflict_do_update(index_elements=["library", "item_id"], set_=changed)

    @cached_property
    def _mark(self) -> Any:  # noqa: ANN401
        return self._connections.insert(book_marks).on_conflict_do_nothing()

    def _text(self, statement: Executable, names: Sequence[str]) -> tuple[str, tuple[str, ...]]:
        """Return a statement as SQLite's driver takes it, and the order of its parameters."""
        if (known := self._texts.get(tuple(names))) is None:
            compiled = statement.compile(dialect=_DIALECT, column_keys=list(names))  # type: ignore[attr-defined]
            known = self._texts[tuple(names)] = (str(compiled), tuple(compiled.positiontup))
        return known
