"""Lists of owned books, page by page; each order and each search is served by an index, see `tables.books`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, partial
from typing import TypeAlias

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from audiobook_daemon.models import BookStatus
from audiobook_daemon.store.book_reading import OwnedBook, owned_books
from audiobook_daemon.store.book_search import Begun, begun_words, searched
from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.remembered import Remembered
from audiobook_daemon.store.shelving_tables import trash
from audiobook_daemon.store.tables import book_marks, books

Statements: TypeAlias = tuple[Select[*tuple[int]], Select[*tuple[int]]]
Conditions: TypeAlias = Sequence[ColumnElement[bool]]
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
        self._remembered = Remembered(connections)

    async def page(self, query: BookQuery, *, brief: bool = True) -> tuple[tuple[OwnedBook, ...], int]:
        """Return a part of a list, `brief` without descriptions, and how long the whole is."""

        def look(connection: Connection) -> tuple[OwnedBook, ...]:
            asked = self.statements(query, _begun(connection, query))
            ids = connection.execute(asked[0]).scalars().all() if asked else ()
            return owned_books(connection, ids, brief=brief)

        found = await self._connections.read(look)
        if 0 < len(found) < query.limit or (not found and not query.offset):
            return found, query.offset + len(found)
        return found, await self._remembered.get(_whole(query), lambda: self._count(query))

    async def _count(self, query: BookQuery) -> int:
        def count(connection: Connection) -> int:
            asked = self.statements(query, _begun(connection, query))
            return int(connection.execute(asked[1]).scalar_one()) if asked else 0

        return await self._connections.read(count)

    async def get(self, book_id: int) -> OwnedBook | None:
        """Return one book with all that is known of it, or None."""
        found = await self._connections.read(partial(owned_books, ids=[book_id], brief=False))
        return found[0] if found else None

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
            found += await self._connections.read(partial(owned_books, ids=ids[start : start + _AT_ONCE], brief=True))
        return tuple(found)

    async def in_series(self, key: str) -> tuple[OwnedBook, ...]:
        """Return the active books of the series whose name has this key, in no order, without descriptions."""
        same_item = and_(books.c.library == book_marks.c.library, books.c.item_id == book_marks.c.item_id)
        marked = select(books.c.id).join(book_marks, same_item).where(book_marks.c.mark == f"series {key}")
        listed = books.c.series_keys.contains(f"|{key}|", autoescape=True)
        statement = marked.where(listed, has_status(BookStatus.ACTIVE), _not_taken_out(books.c.id))

        def look(connection: Connection) -> tuple[OwnedBook, ...]:
            return owned_books(connection, connection.execute(statement).scalars().all(), brief=True)

        return await self._connections.read(look)

    async def statuses(self) -> dict[BookStatus, int]:
        """Return how many books there are of each status, every status named."""
        return dict(await self._remembered.get("statuses", lambda: self._connections.read(_statuses)))

    def statements(self, query: BookQuery, begun: Begun) -> Statements | None:
        """Return what asks for the ids of a list, and what counts it; None for a search without any word."""
        if query.words is None:
            return self._ids(query), _number(books.c.id, _conditions(query))
        found = searched(self._connections, query.words, begun)
        if found is None:
            return None
        ids, has_words = found
        conditions = (has_words, _not_taken_out(ids))
        whole = select(ids).where(*conditions).order_by(ids.desc())
        return whole.limit(query.limit).offset(query.offset), _number(ids, conditions)

    def _ids(self, query: BookQuery) -> Select[*tuple[int]]:
        chosen = select(books.c.id).where(*_conditions(query))
        if _below(query) is not None:
            return _part(chosen.order_by(books.c.completeness, books.c.id), query)
        if query.order is BookOrder.TITLE:
            # As the index has them; nearly all are of the status that is asked for.
            by_title = select(books.c.id).where(*_conditions(replace(query, status=None)))
            chosen = by_title.where(has_status(query.status)) if query.status else by_title
            return _part(chosen.order_by(books.c.match_key, books.c.status, books.c.id), query)
        added = books.c.added.desc()
        if self._connections.postgres:
            added = added.nulls_last()  # as SQLite does, which walks more slowly for being told
        order = (added, books.c.id.desc()) if query.status else (books.c.id.desc(),)
        return _part(chosen.order_by(*order), query)


def _statuses(connection: Connection) -> dict[BookStatus, int]:
    statement = select(books.c.status, func.count()).where(_not_taken_out(books.c.id)).group_by(books.c.status)
    found: dict[str, int] = {row[0]: row[1] for row in connection.execute(statement)}
    return {status: found.get(status.value, 0) for status in BookStatus}


def _begun(connection: Connection, query: BookQuery) -> Begun:
    return {} if query.words is None else begun_words(connection, query.words)


def _whole(query: BookQuery) -> BookQuery:
    """What stands for all lists that have the same books."""
    return BookQuery(query.status, below=_below(query), words=query.words, limit=0)


def _below(query: BookQuery) -> int | None:
    return 101 if query.below is None and query.order is BookOrder.COMPLETENESS else query.below


def _conditions(query: BookQuery) -> Conditions:
    conditions = [_not_taken_out(books.c.id)]
    if (below := _below(query)) is not None:
        conditions.append(books.c.completeness < below)
    if query.status is not None:
        conditions.append(books.c.status == query.status)
    return conditions


def _part(whole: Select[*tuple[int]], query: BookQuery) -> Select[*tuple[int]]:
    return whole.limit(query.limit).offset(query.offset)


def _number(ids: ColumnElement[int], conditions: Conditions) -> Select[*tuple[int]]:
    return select(func.count()).select_from(ids.table).where(*conditions)


def has_status(status: BookStatus) -> ColumnElement[bool]:
    """The condition on a status for statements that are to find books by another index: nearly all are active."""
    return books.c.status.concat("") == status


@cache
def _not_taken_out(ids: ColumnElement[int]) -> ColumnElement[bool]:
    """As `trash.taken_out`, from the side of the trash, which is small."""
    same = and_(trash.c.library == books.c.library, trash.c.item == books.c.item_id)
    lying = select(books.c.id).join(trash, same).where(books.c.missing, trash.c.restored.is_(None))
    # Mostly there is none; that is asked once, not of each book on the way to a page.
    return or_(~lying.exists(), ids.not_in(lying))
