"""Which of the owned books are to be looked after, and how complete they all are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, update

from audiobook_daemon.models import BookStatus, Release, WantState
from audiobook_daemon.store.book_lists import has_status
from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.tables import books, wants

_WAITING = "waiting"
_COLUMNS = (books.c.id, books.c.library, books.c.item_id, books.c.title, books.c.completeness)
_MOST_NAMED = 10
"""So many books of one title are enough to ask which one is meant."""


@dataclass(frozen=True, slots=True)
class BookRef:
    """An owned book in a few words."""

    id: int
    library: str
    item: str
    title: str
    completeness: int | None


class Attention:
    """Chooses the books whose turn it is; books whose files are missing have to wait, archived ones have none."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def due(
        self, before: datetime, limit: int, *, seen_since: datetime | None = None, below: int | None = None
    ) -> tuple[BookRef, ...]:
        """Return books that were not looked after since `before`, the longest untouched first.

        Those that were tried in vain come after all others, for their sources may stay away. With `seen_since` only
        those that are in the library no longer than that, with `below` only those less complete, in percent.
        """
        statement = (
            select(*_COLUMNS)
            .where(*_looked_after(), or_(books.c.corrected.is_(None), books.c.corrected < before))
            .order_by(_in_vain(), books.c.corrected.asc().nulls_first(), books.c.id)
            .limit(limit)
        )
        if below is not None:
            statement = statement.where(books.c.completeness < below)
        if seen_since is not None:
            # The first reading of a library finds only old books.
            statement = statement.where(
                books.c.first_seen >= seen_since, func.coalesce(books.c.added, books.c.first_seen) >= seen_since
            )
        return await self._refs(statement)

    async def shelved_lately(self, limit: int) -> tuple[BookRef, ...]:
        """Return books that came through this daemon and were never tried; those tried in vain are due like others."""
        ours = and_(wants.c.library == books.c.library, wants.c.item == books.c.item_id)
        statement = (
            select(*_COLUMNS)
            .join(wants, ours)
            .where(wants.c.state == WantState.SHELVED, *_looked_after(), books.c.corrected.is_(None), ~_in_vain())
            .group_by(*_COLUMNS)
            .order_by(books.c.id)
            .limit(limit)
        )
        return await self._refs(statement)

    async def named(self, text: str) -> tuple[BookRef, ...]:
        """Return the books of this id, or with this item id in any library, or else those of this very title."""
        same: list[ColumnElement[bool]] = [books.c.item_id == text]
        if text.isascii() and text.isdigit() and len(text) < 10:
            same.append(books.c.id == int(text))
        found = await self._refs(select(*_COLUMNS).where(or_(*same)).order_by(books.c.id))
        titled = func.lower(books.c.title) == func.lower(text)
        return found or await self._refs(select(*_COLUMNS).where(titled).order_by(books.c.id).limit(_MOST_NAMED))

    async def get(self, book_id: int) -> BookRef | None:
        """Return one book, or None."""
        found = await self._refs(select(*_COLUMNS).where(books.c.id == book_id))
        return found[0] if found else None

    async def is_due(self, book_id: int, before: datetime) -> bool:
        """Whether a book was not looked after since `before`."""
        statement = select(books.c.corrected).where(books.c.id == book_id)
        async with self._connections.reading() as connection:
            corrected: datetime | None = (await connection.execute(statement)).scalar_one_or_none()
        return corrected is None or corrected < before

    async def correction_of(self, book_id: int) -> str | None:
        """Return what came of it when a book was looked after the last time."""
        statement = select(books.c.correction).where(books.c.id == book_id)
        async with self._connections.reading() as connection:
            found: str | None = (await connection.execute(statement)).scalar_one_or_none()
        return found

    async def incomplete(self, below: int, limit: int) -> tuple[BookRef, ...]:
        """Return active books that are less complete than `below` percent, the worst first."""
        statement = (
            select(*_COLUMNS)
            .where(books.c.status == BookStatus.ACTIVE, ~books.c.missing, books.c.completeness < below)
            .order_by(books.c.completeness, books.c.id)
            .limit(limit)
        )
        return await self._refs(statement)

    async def described_in_full(self) -> int:
        """Return how many active books there are of which nothing is unknown."""
        whole = (books.c.status == BookStatus.ACTIVE, ~books.c.missing, books.c.completeness == 100)
        async with self._connections.reading() as connection:
            return (await connection.execute(select(func.count()).select_from(books).where(*whole))).scalar_one()

    async def completeness(self) -> dict[int, int]:
        """Return how many active books there are of each percentage."""
        statement = (
            select(books.c.completeness, func.count().label("number"))
            .where(books.c.status == BookStatus.ACTIVE, ~books.c.missing, books.c.completeness.is_not(None))
            .group_by(books.c.completeness)
            .order_by(books.c.completeness)
        )
        async with self._connections.reading() as connection:
            return {row.completeness: row.number for row in await connection.execute(statement)}

    async def looked_after(self, book_ids: Sequence[int], outcome: str) -> None:
        """Note that books were looked after, and what came of it (`corrected`, `unchanged`, `unknown`, `refused`)."""
        statement = (
            update(books)
            .where(books.c.id.in_(book_ids))
            .values(corrected=self._connections.clock(), correction=outcome)
        )
        if book_ids:
            await self._connections.write(lambda connection: connection.execute(statement))

    async def wait(self, book_ids: Sequence[int]) -> None:
        """Note that sources were silent about books: they stay due, and others go first."""
        statement = update(books).where(books.c.id.in_(book_ids)).values(correction=_WAITING)
        if book_ids:
            await self._connections.write(lambda connection: connection.execute(statement))

    async def release_of(self, library: str, item: str) -> Release | None:
        """Return the release that became this item, if it came through this daemon."""
        statement = (
            select(wants.c.release)
            .where(wants.c.library == library, wants.c.item == item, wants.c.release.is_not(None))
            .order_by(wants.c.id.desc())
            .limit(1)
        )
        async with self._connections.reading() as connection:
            found: Release | None = (await connection.execute(statement)).scalar_one_or_none()
        return found

    async def _refs(self, statement: Select[*tuple[Any, ...]]) -> tuple[BookRef, ...]:
        async with self._connections.reading() as connection:
            return tuple(BookRef(*row) for row in await connection.execute(statement))


def _looked_after() -> tuple[ColumnElement[bool], ...]:
    """Which books are corrected: active ones that lie in a library."""
    return ~books.c.missing, has_status(BookStatus.ACTIVE), books.c.library != ""


def _in_vain() -> ColumnElement[bool]:
    return func.coalesce(books.c.correction, "") == _WAITING
