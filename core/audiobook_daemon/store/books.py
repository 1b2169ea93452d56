"""The library as it was last seen, so that "do we own it?" needs no question to the server."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from typing import Any, TypeVar

from sqlalchemy import Row, and_, bindparam, false, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from audiobook_daemon.models import Book, LibraryItem
from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.tables import book_marks, books

T = TypeVar("T")

_BOOK = ("title", "subtitle", "authors", "series", "language", "year", "isbn", "asin")
_ITEM = ("narrators", "runtime", "size", "path", "missing", "added", "abridged")
_CHUNK = 500
"""Rows at a time: large enough to be fast, small enough not to hold up the event loop."""


class Books:
    """Keeps the items of the libraries; hundreds of thousands are fine."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def upsert(self, items: Sequence[tuple[LibraryItem, str]]) -> None:
        """Write down items, each with its match key, in one transaction.

        What has not changed is not written again, but for `seen`, which is exact to a day.
        """
        if not items:
            return
        now = self._connections.clock()
        insert = self._connections.insert(books)
        new = insert.excluded
        kept = ("match_key", *_BOOK, *_ITEM)
        statement = insert.on_conflict_do_update(
            index_elements=["library", "item_id"],
            set_={name: new[name] for name in (*kept, "seen")},
            where=or_(
                *(books.c[name].is_distinct_from(new[name]) for name in kept),
                books.c.seen < now - timedelta(days=1),
            ),
        )

        async def all_items(connection: AsyncConnection) -> None:
            for chunk in _chunks(items):
                await connection.execute(statement, [{**_row(item, key), "seen": now} for item, key in chunk])

        await self._connections.write(all_items)

    async def mark(self, items: Sequence[tuple[LibraryItem, Collection[str]]]) -> None:
        """Let items be found by marks such as `author jane austen` as well, in one transaction; known marks stay."""
        insert = self._connections.insert(book_marks).on_conflict_do_nothing()
        rows = [{"mark": one, "library": item.library, "item_id": item.id} for item, marks in items for one in marks]

        async def all_marks(connection: AsyncConnection) -> None:
            for chunk in _chunks(rows):
                await connection.execute(insert, list(chunk))

        await self._connections.write(all_marks)

    async def marked(self, marks: Collection[str], limit: int = 500) -> tuple[LibraryItem, ...]:
        """Return items with any of these marks; one may have lost what it was marked for."""
        same_item = and_(books.c.library == book_marks.c.library, books.c.item_id == book_marks.c.item_id)
        found = select(books.c.id).join(book_marks, same_item).where(book_marks.c.mark.in_(marks))
        statement = select(books).where(books.c.id.in_(found)).order_by(books.c.missing, books.c.id).limit(limit)
        async with self._connections.reading() as connection:
            return tuple(_item(row) for row in await connection.execute(statement))

    async def mark_missing(self, library: str, present: Collection[str]) -> int:
        """Mark the items of a library that are not among the ids `present`, after a complete listing.

        Returns how many were not marked before. The rows stay: absence never deletes.
        """
        known = select(books.c.item_id).where(books.c.library == library, ~books.c.missing)
        mark = (
            update(books)
            .where(and_(books.c.library == library, books.c.item_id == bindparam("absent")))
            .values(missing=True)
        )
        still_there = frozenset(present)

        async def mark_absent(connection: AsyncConnection) -> int:
            absent = [row.item_id for row in await connection.execute(known) if row.item_id not in still_there]
            for chunk in _chunks(absent):
                await connection.execute(mark, [{"absent": item_id} for item_id in chunk])
            return len(absent)

        return await self._connections.write(mark_absent)

    async def owned(
        self, beginnings: Collection[str], isbn: str | None = None, asin: str | None = None
    ) -> tuple[LibraryItem, ...]:
        """Return the items whose match key begins in one of these ways, or with the ISBN or ASIN.

        Items whose files the server misses are among them (`missing`), after the others: a disk that is not
        mounted is no reason to fetch everything again.
        """
        same = [self._connections.begins(books.c.match_key, one) for one in beginnings]
        if isbn is not None:
            same.append(books.c.isbn == isbn)
        if asin is not None:
            same.append(books.c.asin == asin)
        statement = select(books).where(or_(false(), *same)).order_by(books.c.missing, books.c.id)
        async with self._connections.reading() as connection:
            return tuple(_item(row) for row in await connection.execute(statement))

    async def get(self, library: str, item_id: str) -> LibraryItem | None:
        """Return one item, or None."""
        statement = select(books).where(books.c.library == library, books.c.item_id == item_id)
        async with self._connections.reading() as connection:
            row = (await connection.execute(statement)).one_or_none()
        return None if row is None else _item(row)

    async def all(self, after_id: int = 0, limit: int = 1000) -> tuple[tuple[int, LibraryItem], ...]:
        """Return the items in pages, each with its row id: those behind `after_id`, in the order of the ids."""
        statement = select(books).where(books.c.id > after_id).order_by(books.c.id).limit(limit)
        async with self._connections.reading() as connection:
            return tuple((row.id, _item(row)) for row in await connection.execute(statement))

    async def count(self) -> int:
        """Return how many items there are whose files are not missing."""
        statement = select(func.count()).select_from(books).where(~books.c.missing)
        async with self._connections.reading() as connection:
            return (await connection.execute(statement)).scalar_one()

    async def recent(self, limit: int) -> tuple[LibraryItem, ...]:
        """Return the items the libraries took in last, the newest first."""
        statement = select(books).order_by(books.c.added.desc().nulls_last(), books.c.id.desc()).limit(limit)
        async with self._connections.reading() as connection:
            return tuple(_item(row) for row in await connection.execute(statement))


def _chunks(sequence: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(sequence), _CHUNK):
        yield sequence[start : start + _CHUNK]


def _row(item: LibraryItem, key: str) -> dict[str, Any]:
    return (
        {"library": item.library, "item_id": item.id, "match_key": key}
        | {name: getattr(item.book, name) for name in _BOOK}
        | {name: getattr(item, name) for name in _ITEM}
    )


def _item(row: Row[*tuple[Any, ...]]) -> LibraryItem:
    book = Book(**{name: row._mapping[name] for name in _BOOK})
    rest = {name: row._mapping[name] for name in _ITEM}
    return LibraryItem(library=row.library, id=row.item_id, book=book, **rest)
