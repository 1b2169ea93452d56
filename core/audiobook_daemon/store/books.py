"""The library as it was last seen, so that "do we own it?" needs no question to the server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, delete, false, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from audiobook_daemon.models import Book, BookStatus, LibraryItem
from audiobook_daemon.store.book_reading import BookReader, items_of
from audiobook_daemon.store.book_rows import BOOK, ITEM, BookChange
from audiobook_daemon.store.book_writing import BookWriter, Keyed, Written
from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.pages import SeenPage, write_page
from audiobook_daemon.store.tables import book_marks, books, wants
from audiobook_daemon.store.trash import taken_out

T = TypeVar("T")

_CHUNK = 500
"""Rows at a time: large enough to be fast, small enough not to hold up the event loop."""
_IDS = 5000


class Books:
    """Keeps the items of the libraries; hundreds of thousands are fine."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._writer = BookWriter(connections)
        self._reader = BookReader(connections)

    async def upsert(
        self,
        items: Sequence[Keyed],
        pages: Sequence[SeenPage] = (),
        *,
        renew: bool = False,
        read: datetime | None = None,
    ) -> tuple[BookChange, ...]:
        """Write down items, each with its keys (see Keys), and the pages they came on, in one transaction.

        Returns those that were not known or differ; nothing else is written. That the files of a known item are gone
        is not taken from here, but from `mark_missing`; that they are there again is. With `renew` the keys of
        items that say what they said are found as well. What has been written after the items were `read` is newer
        than they are and stays; the page of such an item is to be read again.
        """
        written = Written()

        async def all_items(connection: AsyncConnection) -> None:
            for chunk in _chunks(items):
                found = await self._writer.write(connection, chunk, renew=renew, read=read)
                written.changes += found.changes
                written.overtaken |= found.overtaken
            for page in pages:
                known = page if written.overtaken.isdisjoint(page.ids) else replace(page, mark=None)
                await write_page(connection, self._connections, known)

        if items or pages:
            await self._connections.write(all_items)
        return tuple(written.changes)

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
        statement = select(books).where(books.c.id.in_(_ids_marked(marks)))
        statement = statement.order_by(books.c.missing, books.c.id).limit(limit)
        async with self._connections.reading() as connection:
            return tuple(_item(row) for row in await connection.execute(statement))

    async def ids(self, library: str) -> AsyncIterator[tuple[tuple[str, bool], ...]]:
        """Yield the ids of all items of a library, each with whether its files are missing, in lots of thousands."""
        columns = select(books.c.item_id, books.c.missing).where(books.c.library == library)
        after = ""
        while True:
            statement = columns.where(books.c.item_id > after).order_by(books.c.item_id).limit(_IDS)
            async with self._connections.reading() as connection:
                found = tuple([(row[0], bool(row[1])) for row in await connection.execute(statement)])
            if not found:
                return
            yield found
            after = found[-1][0]

    async def mark_missing(self, library: str, ids: Collection[str], *, missing: bool = True) -> None:
        """Mark items as missing, or as there again. The rows stay: absence never deletes."""
        mark = (
            update(books)
            .where(and_(books.c.library == library, books.c.item_id == bindparam("one"), books.c.missing != missing))
            .values(missing=missing)
        )

        async def mark_each(connection: AsyncConnection) -> None:
            for chunk in _chunks(list(ids)):
                await connection.execute(mark, [{"one": item_id} for item_id in chunk])

        if ids:
            await self._connections.write(mark_each)

    async def moved(self, library: str, ids: Collection[str]) -> dict[str, str]:
        """Return which of these items, no longer listed, lie where an item of another id now lies: old id, new id."""
        mine, other = books.alias("mine"), books.alias("other")
        found: dict[str, str] = {}
        for chunk in _chunks(list(ids)):
            statement = (
                select(mine.c.item_id, other.c.item_id)
                .join(other, and_(other.c.library == mine.c.library, other.c.path == mine.c.path))
                .where(mine.c.library == library, mine.c.item_id.in_(chunk), ~other.c.missing)
            )
            async with self._connections.reading() as connection:
                pairs = (await connection.execute(statement)).all()
            found |= {old: new for old, new in pairs if new not in ids}
        return found

    async def adopt(self, library: str, moved: dict[str, str]) -> None:
        """Let rows go on under new ids: what is known of them stays, and the rows made for the new ids go."""
        new_row = select(books).where(books.c.library == library, books.c.item_id == bindparam("one"))
        own = {"id", "item_id", "first_seen", "corrected", "correction", "status", "import_source", "metadata_source"}

        async def adopt_each(connection: AsyncConnection) -> None:
            for old, new in moved.items():
                row = (await connection.execute(new_row, {"one": new})).one_or_none()
                if row is None:
                    continue
                await connection.execute(delete(books).where(books.c.id == row.id))
                values = {name: value for name, value in row._mapping.items() if name not in own}
                known = and_(books.c.library == library, books.c.item_id == old)
                await connection.execute(update(books).where(known).values(**values, item_id=new))
                wanted = and_(wants.c.library == library, wants.c.item == old)
                await connection.execute(update(wants).where(wanted).values(item=new))

        if moved:
            await self._connections.write(adopt_each)

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

    async def below(self, library: str, folder: str) -> tuple[LibraryItem, ...]:
        """Return the items that lie deeper in a folder, the missing ones too."""
        inside = books.c.path.startswith(f"{folder.rstrip('/')}/", autoescape=True)
        statement = select(books).where(books.c.library == library, inside).order_by(books.c.id)
        async with self._connections.reading() as connection:
            return tuple(_item(row) for row in await connection.execute(statement))

    async def get(self, library: str, item_id: str) -> LibraryItem | None:
        """Return one item, or None."""
        statement = select(books).where(books.c.library == library, books.c.item_id == item_id)
        async with self._connections.reading() as connection:
            row = (await connection.execute(statement)).one_or_none()
        return None if row is None else _item(row)

    async def at(self, library: str, path: str) -> LibraryItem | None:
        """Return the item whose folder on this machine this is, or None."""
        statement = select(books).where(books.c.library == library, books.c.path == path, ~books.c.missing).limit(1)
        async with self._connections.reading() as connection:
            row = (await connection.execute(statement)).one_or_none()
        return None if row is None else _item(row)

    async def get_by_id(self, id: int) -> LibraryItem | None:  # noqa: A002
        """Return the item of a row, or None."""
        async with self._connections.reading() as connection:
            row = (await connection.execute(select(books).where(books.c.id == id))).one_or_none()
        return None if row is None else _item(row)

    async def id_of(self, library: str, item_id: str) -> int | None:
        """Return the number of an item's row, or None."""
        statement = select(books.c.id).where(books.c.library == library, books.c.item_id == item_id)
        async with self._connections.reading() as connection:
            return (await connection.execute(statement)).scalar_one_or_none()

    async def all(
        self, after_id: int = 0, limit: int = 500, *, brief: bool = False, active: bool = False
    ) -> tuple[tuple[int, LibraryItem], ...]:
        """Return the next items after a row, each with the number of its row; empty at the end.

        Those that were taken out of a library by the daemon are left out, their libraries list them as missing.

        `brief` leaves their descriptions out, for whoever holds all items at once; `active` leaves out what a person
        has put away.
        """
        async with self._connections.reading() as connection:
            rows = await self._reader.after(connection, after_id, limit, brief=brief, active=active)
        return await asyncio.to_thread(items_of, rows)

    async def in_series(self, series_key: str) -> tuple[LibraryItem, ...]:
        """Return the items of the series of this name (or of a series' whole key, then of its namesakes too)."""
        name = series_key.partition("|")[0]
        listed = books.c.series_keys.contains(f"|{name}|", autoescape=True)
        return await self._marked(f"series {name}", listed)

    async def by_author(self, author_key: str) -> tuple[LibraryItem, ...]:
        """Return the items by an author; one may have lost this author since it was first seen."""
        return await self._marked(f"author {author_key}")

    async def _marked(self, mark: str, *conditions: ColumnElement[bool]) -> tuple[LibraryItem, ...]:
        marked = books.c.id.in_(_ids_marked([mark]))
        statement = select(books).where(marked, ~taken_out(), *conditions).order_by(books.c.id)
        async with self._connections.reading() as connection:
            return tuple(_item(row) for row in await connection.execute(statement))

    async def count(self) -> int:
        """Return how many items of libraries there are whose files are not missing."""
        statement = select(func.count()).select_from(books).where(~books.c.missing, books.c.library != "")
        async with self._connections.reading() as connection:
            return (await connection.execute(statement)).scalar_one()

    async def recent(self, limit: int) -> tuple[LibraryItem, ...]:
        """Return the items the libraries took in last, the newest first."""
        newest = select(books).where(books.c.status == BookStatus.ACTIVE, books.c.library != "")
        statement = newest.order_by(books.c.added.desc().nulls_last(), books.c.id.desc()).limit(limit)
        async with self._connections.reading() as connection:
            return tuple(_item(row) for row in await connection.execute(statement))


def _ids_marked(marks: Collection[str]) -> Select[int]:
    same_item = and_(books.c.library == book_marks.c.library, books.c.item_id == book_marks.c.item_id)
    return select(books.c.id).join(book_marks, same_item).where(book_marks.c.mark.in_(marks))


def _chunks(sequence: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(sequence), _CHUNK):
        yield sequence[start : start + _CHUNK]


def _item(row: Row[*tuple[Any, ...]]) -> LibraryItem:
    book = Book(**{name: row._mapping[name] for name in BOOK})
    rest = {name: row._mapping[name] for name in ITEM}
    return LibraryItem(library=row.library, id=row.item_id, book=book, **rest)
