"""How often was asked, day by day: with each key, and by us of each service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.web_tables import usage

_KEPT = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class CallsOfDay:
    """The calls of one who asks, or of one who is asked."""

    kind: str
    """`key` or `service`."""
    name: str
    calls: int
    failures: int
    day: date | None = None
    """In UTC; None in sums of several."""


class Usage:
    """Counts on for a little more than a year."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def add(self, lines: Sequence[CallsOfDay]) -> None:
        """Add calls to those of today, or of the day they name, and forget those of last year."""
        today = self._connections.clock().astimezone(UTC).date()
        insert = self._connections.insert(usage)
        statement = insert.on_conflict_do_update(
            index_elements=["day", "kind", "name"],
            set_={
                "calls": usage.c.calls + insert.excluded.calls,
                "failures": usage.c.failures + insert.excluded.failures,
            },
        )
        rows = [
            {
                "day": (line.day or today).isoformat(),
                "kind": line.kind,
                "name": line.name,
                "calls": line.calls,
                "failures": line.failures,
            }
            for line in lines
        ]
        old = delete(usage).where(usage.c.day < (today - _KEPT).isoformat())

        async def count(connection: AsyncConnection) -> None:
            await connection.execute(statement, rows)
            await connection.execute(old)

        if rows:
            await self._connections.write(count)

    async def since(self, day: date) -> tuple[CallsOfDay, ...]:
        """Return the sums from a day on, the most asked first."""
        calls, failures = func.sum(usage.c.calls), func.sum(usage.c.failures)
        statement = (
            select(usage.c.kind, usage.c.name, calls.label("calls"), failures.label("failures"))
            .where(usage.c.day >= day.isoformat())
            .group_by(usage.c.kind, usage.c.name)
            .order_by(calls.desc(), usage.c.kind, usage.c.name)
        )
        async with self._connections.reading() as connection:
            rows = await connection.execute(statement)
            return tuple(CallsOfDay(row.kind, row.name, int(row.calls), int(row.failures)) for row in rows)
