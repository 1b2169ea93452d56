"""What must be remembered of a job beyond its configuration: whether it is paused, and when it was last due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.tables import jobs


class Jobs:
    """Keeps jobs paused over restarts."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def pauses(self) -> Mapping[str, datetime | None]:
        """Return until when the times of each job pass, or last passed; None is for good."""
        was_paused = or_(jobs.c.paused, jobs.c.paused_until.is_not(None))
        async with self._connections.reading() as connection:
            rows = await connection.execute(select(jobs.c.name, jobs.c.paused_until).where(was_paused))
            return {row.name: row.paused_until for row in rows}

    async def pause(self, name: str, until: datetime | None) -> None:
        """Let a job's times pass, until a moment or for good."""
        await self._set(name, paused=True, until=until)

    async def resume(self, name: str, now: datetime) -> None:
        """Let a job's times count from now on."""
        await self._set(name, paused=False, until=now)

    async def _set(self, name: str, *, paused: bool, until: datetime | None) -> None:
        statement = (
            self._connections.insert(jobs)
            .values(name=name, paused=paused, paused_until=until)
            .on_conflict_do_update(index_elements=["name"], set_={"paused": paused, "paused_until": until})
        )
        await self._connections.write(lambda connection: connection.execute(statement))


async def remember_scheduled(
    connection: AsyncConnection, insert: sqlite.Insert | postgresql.Insert, name: str, scheduled: datetime
) -> None:
    """Note the planned time of a run that begins, unless a later one is known."""
    await connection.execute(
        insert.values(name=name, paused=False, last_scheduled=scheduled).on_conflict_do_update(
            index_elements=["name"],
            set_={"last_scheduled": scheduled},
            where=jobs.c.last_scheduled.is_(None) | (jobs.c.last_scheduled < scheduled),
        )
    )
