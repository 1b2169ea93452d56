"""Writes many books at a time: what is known is read first, and only what differs is written."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Executable, and_, func, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from audiobook_daemon.models import LibraryItem
from audiobook_daemon.store.book_rows import (
    CONTENT,
    KEPT,
    BookChange,
    BookKeys,
    Raw,
    edits,
    merged,
    raw_content,
    raw_keys,
    value_content,
)
from audiobook_daemon.store.book_search import add_words
from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.tables import book_marks, books

Keys = BookKeys | str | Callable[[LibraryItem], BookKeys]
"""The keys of an item, its match key alone, or what finds them when the item is new or says something else."""
Keyed = tuple[LibraryItem, Keys]
_COLUMNS = ("library", "item_id", *KEPT)
_DIALECT = sqlite.dialect(paramstyle="qmark")


@dataclass(slots=True)
class Written:
    """What came of writing items."""

    changes: list[BookChange] = field(default_factory=list)
    overtaken: set[str] = field(default_factory=set)
    """The ids of those that were left alone, for somebody else has written them since."""


@dataclass(slots=True)
class _Found:
    changes: list[BookChange] = field(default_factory=list)
    rows: list[Raw] = field(default_factory=list)
    marks: list[Raw] = field(default_factory=list)


class BookWriter:
    """Works within the transaction of the caller, on some hundreds of items."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._content = value_content if connections.postgres else raw_content
        self._texts: dict[tuple[str, ...], tuple[str, tuple[str, ...]]] = {}

    async def write(
        self, connection: AsyncConnection, items: Iterable[Keyed], *, renew: bool, read: datetime | None
    ) -> Written:
        """Write items that are not known or differ; `renew` and `read` as in Books.upsert."""
        by_library: defaultdict[str, dict[str, Keyed]] = defaultdict(dict)
        for item, keys in items:
            by_library[item.library][item.id] = (item, keys)
        written = Written()
        for library, keyed in by_library.items():
            known = await self._known(connection, library, list(keyed))
            # Comparing and the thinking behind keys are off the loop, for they take long for some hundreds of items.
            overtaken = {id_ for id_, row in known.items() if read is not None and _moment(row[-1]) > read}
            there = [one for id_, one in keyed.items() if id_ not in overtaken]
            found = await asyncio.to_thread(self._compared, there, known, renew)
            await self._execute(connection, self._upsert, (*_COLUMNS, "seen", "first_seen"), found.rows)
            await self._execute(connection, self._mark, ("mark", "library", "item_id"), found.marks)
            await add_words(connection, library, [change.item.id for change in found.changes if change.is_new])
            written.changes += found.changes
            written.overtaken |= overtaken
        return written

    def _compared(self, items: Iterable[Keyed], known: Mapping[str, Raw], renew: bool) -> _Found:
        found = _Found()
        now = self._connections.clock()
        moment = now if self._connections.postgres else now.isoformat(" ", "microseconds")[:26]
        for item, keys in items:
            content = self._content(item)
            number, *old = known.get(item.id, (None, None))
            before = tuple(old[:-1])
            if before:
                content = merged(content, before)
                if not renew and callable(keys) and content == before[:CONTENT] and before[-1] is not None:
                    continue
            stated = keys(item) if callable(keys) else BookKeys(keys) if isinstance(keys, str) else keys
            row = (*content, *raw_keys(stated))
            if row == before and not renew:
                continue
            found.marks += [(mark, item.library, item.id) for mark in stated.marks]
            if row == before:
                continue
            found.changes.append(BookChange(item, number, edits(row, before) if before else {}))
            found.rows.append((*row, moment, moment))
        return found

    async def _known(self, connection: AsyncConnection, library: str, ids: Sequence[str]) -> dict[str, Raw]:
        """Return the rows there are, each between its number and when it was written, by the items' ids."""
        columns = ("id", *_COLUMNS, "seen")
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


def _moment(value: Any) -> datetime:  # noqa: ANN401 - a moment, or what SQLite keeps of it
    return datetime.fromisoformat(value).replace(tzinfo=UTC) if isinstance(value, str) else value
