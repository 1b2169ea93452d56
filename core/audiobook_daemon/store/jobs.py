"""What must be remembered of a job beyond its configuration: whether it is paused, and when it was last due."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.tables import jobs


class Jobs:
    """Keeps jobs paused over restarts."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def paused(self) -> frozenset[str]:
        """Return the names of the paused jobs."""
        async with self._connections.reading() as connection:
            rows = await connection.execute(select(jobs.c.name).where(jobs.c.paused))
            return frozenset(row.name for row in rows)

    async def is_paused(self, name: str) -> bool:
        """Return whether a job is paused; one never heard of is not."""
        return name in await self.paused()

    async def set_paused(self, name: str, paused: bool) -> None:
        """Pause a job or let it go on."""
        statement = (
            self._connections.insert(jobs)
            .values(name=name, paused=paused)
            .on_conflict_do_update(index_elements=["name"], set_={"paused": paused})
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
