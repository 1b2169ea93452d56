"""Lists of owned books, page by page; each order and each search is served by an index, see `tables.books`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select

from audiobook_daemon.models import BookStatus
from audiobook_daemon.store.book_reading import BookReader, OwnedBook, owned_of
from audiobook_daemon.store.book_search import searched
from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.remembered import Remembered
from audiobook_daemon.store.shelving_tables import trash
from audiobook_daemon.store.tables import book_marks, books

_AT_ONCE = 500


class BookOrder(StrEnum):
    """In which order books are listed."""

    NEWEST = "newest"
    TITLE = "title"
    COMPLETENESS = "completeness"
    """The worst described first; those that were not read in full are left out."""


@dataclass(frozen=True, slots=True)
class BookQuery:
    """Which books are asked for."""

    status: BookStatus | None = BookStatus.ACTIVE
    """None means all."""
    order: BookOrder = BookOrder.NEWEST
    below: int | None = None
    """Only those that are less complete, in percent; the worst come first then."""
    words: str | None = None
    """Only active books with all these words (or beginnings) in title, subtitle or authors; the newest first."""
    limit: int = 100
    offset: int = 0


class BookLists:
    """Reads lists of books; what was taken out of a library and lies in the trash is never among them."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._reader = BookReader(connections)
        self._remembered = Remembered(connections)

    async def page(self, query: BookQuery, *, brief: bool = True) -> tuple[tuple[OwnedBook, ...], int]:
        """Return a part of a list, `brief` without descriptions, and how long the whole is."""
        asked = self.statements(query)
        if asked is None:
            return (), 0
        wanted, number = asked
        async with self._connections.reading() as connection:
            ids = (await connection.execute(wanted)).scalars().all()
            rows = await self._reader.owned(connection, ids, brief=brief)
        if 0 < len(ids) < query.limit or (not ids and not query.offset):
            total = query.offset + len(ids)
        else:
            whole = replace(query, limit=0, offset=0)
            total = await self._remembered.get(whole, lambda: self._count(number))
        return owned_of(rows, ids), total

    async def _count(self, statement: Select[*tuple[int]]) -> int:
        async with self._connections.reading() as connection:
            return int((await connection.execute(statement)).scalar_one())

    async def get(self, book_id: int) -> OwnedBook | None:
        """Return one book with all that is known of it, or None."""
        async with self._connections.reading() as connection:
            rows = await self._reader.owned(connection, [book_id], brief=False)
        return owned_of(rows, [book_id])[0] if rows else None

    async def by_hand(self, match_key: str) -> int | None:
        """Return the id of the book with this match key that was written down by hand, or None."""
        statement = select(books.c.id).where(books.c.match_key == match_key, books.c.library == "").limit(1)
        async with self._connections.reading() as connection:
            found: int | None = (await connection.execute(statement)).scalar_one_or_none()
        return found

    async def some(self, ids: Sequence[int]) -> tuple[OwnedBook, ...]:
        """Return books by their ids, in this order, without descriptions; what is gone is left out."""
        found: list[OwnedBook] = []
        for start in range(0, len(ids), _AT_ONCE):
            part = ids[start : start + _AT_ONCE]
            async with self._connections.reading() as connection:
                rows = await self._reader.owned(connection, part, brief=True)
            found += owned_of(rows, part)
        return tuple(found)

    async def in_series(self, key: str) -> tuple[OwnedBook, ...]:
        """Return the active books of the series whose name has this key, in no order, without descriptions."""
        same_item = and_(books.c.library == book_marks.c.library, books.c.item_id == book_marks.c.item_id)
        marked = select(books.c.id).join(book_marks, same_item).where(book_marks.c.mark == f"series {key}")
        listed = books.c.series_keys.contains(f"|{key}|", autoescape=True)
        statement = marked.where(listed, has_status(BookStatus.ACTIVE), _not_taken_out(books.c.id))
        async with self._connections.reading() as connection:
            ids = (await connection.execute(statement)).scalars().all()
            rows = await self._reader.owned(connection, ids, brief=True)
        return owned_of(rows, ids)

    async def statuses(self) -> dict[BookStatus, int]:
        """Return how many books there are of each status, every status named."""
        return await self._remembered.get("statuses", self._statuses)

    async def _statuses(self) -> dict[BookStatus, int]:
        statement = select(books.c.status, func.count()).where(_not_taken_out(books.c.id)).group_by(books.c.status)
        async with self._connections.reading() as connection:
            found: dict[str, int] = {row[0]: row[1] for row in await connection.execute(statement)}
        return {status: found.get(status.value, 0) for status in BookStatus}

    def statements(self, query: BookQuery) -> tuple[Select[*tuple[int]], Select[*tuple[int]]] | None:
        """Return what asks for the ids of a list, and what counts it; None for a search without any word."""
        if query.words is not None:
            found = searched(self._connections, query.words)
            if found is None:
                return None
            ids, has_words = found
            return _asked(query, ids, (has_words, _not_taken_out(ids)), (ids.desc(),))
        conditions, order = [_not_taken_out(books.c.id)], _order(query)
        if query.below is not None or query.order is BookOrder.COMPLETENESS:
            conditions.append(books.c.completeness < (101 if query.below is None else query.below))
            order = (books.c.completeness, books.c.id)
        if query.status is not None:
            by_title = order[0] is books.c.match_key
            conditions.append(has_status(query.status) if by_title else books.c.status == query.status)
        return _asked(query, books.c.id, conditions, order)


def _asked(
    query: BookQuery,
    ids: ColumnElement[int],
    conditions: Sequence[ColumnElement[bool]],
    order: Sequence[ColumnElement[Any]],
) -> tuple[Select[*tuple[int]], Select[*tuple[int]]]:
    whole = select(ids).where(*conditions)
    number = select(func.count()).select_from(ids.table).where(*conditions)
    return whole.order_by(*order).limit(query.limit).offset(query.offset), number


def _order(query: BookQuery) -> Sequence[ColumnElement[Any]]:
    if query.order is BookOrder.TITLE:
        return books.c.match_key, books.c.status, books.c.id  # as the index has them
    if query.status is None:
        return (books.c.id.desc(),)
    return books.c.added.desc().nulls_last(), books.c.id.desc()


def has_status(status: BookStatus) -> ColumnElement[bool]:
    """The condition on a status for statements that are to find books by another index: nearly all are active."""
    return books.c.status.concat("") == status


def _not_taken_out(ids: ColumnElement[int]) -> ColumnElement[bool]:
    """As `trash.taken_out`, from the side of the trash, which is small."""
    same = and_(trash.c.library == books.c.library, trash.c.item == books.c.item_id)
    lying = select(books.c.id).join(trash, same).where(books.c.missing, trash.c.restored.is_(None))
    return ids.not_in(lying)
