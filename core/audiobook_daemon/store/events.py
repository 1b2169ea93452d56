"""The log of what happened, kept for some days: for `explain`, and for a live page that was away."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.tables import events, wants
from audiobook_daemon.store.values import LoggedEvent, ToldEvent


class Events:
    """Reads the event log; a want's changes write themselves."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def add(self, kind: str, reason: str, *, code: str | None = None, want_id: int | None = None) -> None:
        """Log something that is no change of a want."""
        now = self._connections.clock()
        await self._connections.write(
            lambda connection: write_event(connection, at=now, kind=kind, want_id=want_id, code=code, reason=reason)
        )

    async def newest(self, limit: int, *, want_id: int | None = None) -> tuple[LoggedEvent, ...]:
        """Return the last events, of one want if named, the newest first."""
        statement = select(events).order_by(events.c.id.desc()).limit(limit)
        if want_id is not None:
            statement = statement.where(events.c.want_id == want_id)
        return await self._read(statement)

    async def told(self, limit: int, *, before: int | None = None) -> tuple[ToldEvent, ...]:
        """Return the last events (those before one, if named) with the titles of their books, the newest first."""
        statement = (
            select(events, wants.c.title, wants.c.author)
            .outerjoin(wants, wants.c.id == events.c.want_id)
            .order_by(events.c.id.desc())
            .limit(limit)
        )
        if before is not None:
            statement = statement.where(events.c.id < before)
        async with self._connections.reading() as connection:
            rows = [dict(row._mapping) for row in await connection.execute(statement)]
        return tuple(
            ToldEvent(title=row.pop("title"), author=row.pop("author"), event=LoggedEvent(**row)) for row in rows
        )

    async def of_want(self, want_id: int, *, limit: int, offset: int = 0) -> tuple[tuple[LoggedEvent, ...], int]:
        """Return part of what happened to a want, the newest first, and how much is on record in all."""
        mine = events.c.want_id == want_id
        statement = select(events).where(mine).order_by(events.c.id.desc()).limit(limit).offset(offset)
        async with self._connections.reading() as connection:
            found = tuple(LoggedEvent(**row._mapping) for row in await connection.execute(statement))
            count = await connection.execute(select(func.count()).select_from(events).where(mine))
            return found, int(count.scalar_one())

    async def after(self, event_id: int, limit: int) -> tuple[LoggedEvent, ...]:
        """Return the events that followed one, the oldest first."""
        return await self._read(select(events).where(events.c.id > event_id).order_by(events.c.id).limit(limit))

    async def bounds(self) -> tuple[int, int]:
        """Return the numbers of the oldest event that is kept and of the newest; 0 and 0 while there is none."""
        async with self._connections.reading() as connection:
            row = (await connection.execute(select(func.min(events.c.id), func.max(events.c.id)))).one()
        return row[0] or 0, row[1] or 0

    async def _read(self, statement: Select[*tuple[Any, ...]]) -> tuple[LoggedEvent, ...]:
        async with self._connections.reading() as connection:
            return tuple(LoggedEvent(**row._mapping) for row in await connection.execute(statement))


async def write_event(
    connection: AsyncConnection,
    *,
    at: datetime | None,
    kind: str,
    want_id: int | None,
    before: str | None = None,
    after: str | None = None,
    code: str | None,
    reason: str | None,
) -> None:
    """Log an event within the transaction of the change it tells of."""
    await connection.execute(
        insert(events).values(at=at, kind=kind, want_id=want_id, before=before, after=after, code=code, reason=reason)
    )
