"""The trash: what was taken out of a library can be put back until it is due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.shelving_tables import trash
from audiobook_daemon.store.shelving_values import TrashEntry
from audiobook_daemon.store.tables import books


def taken_out() -> ColumnElement[bool]:
    """The condition that an item was taken out of its library: its files are missing, and nobody wants them there."""
    lying = and_(trash.c.library == books.c.library, trash.c.item == books.c.item_id, trash.c.restored.is_(None))
    return and_(books.c.missing, exists().where(lying))


TAKEN_OUT = (
    "missing AND EXISTS (SELECT 1 FROM trash WHERE trash.library = books.library AND trash.item = books.item_id "
    "AND trash.restored IS NULL)"
)
"""The same in the words of SQLite, for those who ask its driver."""


class Trash:
    """Keeps what lies in the trash; its files lie on the library's own file system."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def add(
        self,
        want_id: int | None,
        *,
        library: str | None,
        item: str | None,
        title: str,
        origin: str,
        place: str,
        size: int | None,
        reason: str,
        due: datetime,
    ) -> TrashEntry:
        """Write down that a folder lies in the trash; one that lies at this place already is returned as it is."""
        values: Mapping[str, Any] = {
            "want_id": want_id,
            "library": library,
            "item": item,
            "title": title,
            "origin": origin,
            "place": place,
            "size": size,
            "reason": reason,
            "moved": self._connections.clock(),
            "due": due,
        }
        known = select(trash).where(trash.c.place == place, *_LYING)

        async def find_or_add(connection: AsyncConnection) -> TrashEntry:
            row = (await connection.execute(known)).one_or_none()
            if row is None:
                row = (await connection.execute(insert(trash).values(**values).returning(trash))).one()
            return TrashEntry(**row._mapping)

        return await self._connections.write(find_or_add)

    async def get(self, entry_id: int) -> TrashEntry | None:
        """Return one entry, or None."""
        return next(iter(await self._read(trash.c.id == entry_id)), None)

    async def lying(self) -> tuple[TrashEntry, ...]:
        """Return what lies in the trash, the oldest first."""
        return await self._read(*_LYING)

    async def sums(self) -> tuple[int, int]:
        """Return how many books lie in the trash, and their bytes as far as they are known."""
        statement = select(func.count(), func.coalesce(func.sum(trash.c.size), 0)).where(*_LYING)
        async with self._connections.reading() as connection:
            count, size = (await connection.execute(statement)).one()
        return int(count), int(size)

    async def places(self) -> frozenset[str]:
        """Return every place in a trash that ever had anything, also what is back or deleted."""
        async with self._connections.reading() as connection:
            return frozenset((await connection.execute(select(trash.c.place))).scalars())

    async def due(self, now: datetime) -> tuple[TrashEntry, ...]:
        """Return what has lain in the trash past its time, the oldest first."""
        return await self._read(trash.c.due <= now, *_LYING)

    async def of_item(self, library: str, item: str) -> TrashEntry | None:
        """Return the newest entry of an item that was taken out and not put back, deleted or not; None if it was not.

        The item itself may stand in the library still, without files.
        """
        found = await self._read(trash.c.library == library, trash.c.item == item, trash.c.restored.is_(None))
        return found[-1] if found else None

    async def restored(self, entry_id: int) -> None:
        """Write down that a folder lies where it lay before."""
        await self._mark(entry_id, "restored")

    async def deleted(self, entry_id: int) -> None:
        """Write down that a folder is gone for good."""
        await self._mark(entry_id, "deleted")

    async def _mark(self, entry_id: int, column: str) -> None:
        statement = update(trash).where(trash.c.id == entry_id).values({column: self._connections.clock()})
        await self._connections.write(lambda connection: connection.execute(statement))

    async def _read(self, *conditions: ColumnElement[bool]) -> tuple[TrashEntry, ...]:
        statement = select(trash).where(*conditions).order_by(trash.c.id)
        async with self._connections.reading() as connection:
            return tuple(TrashEntry(**row._mapping) for row in await connection.execute(statement))


_LYING = (trash.c.restored.is_(None), trash.c.deleted.is_(None))
