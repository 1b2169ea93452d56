"""What was considered for a want and why: feeds `explain`, and lets new rules be tried on old choices."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import insert, select

from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.tables import decisions
from audiobook_daemon.store.types import as_row
from audiobook_daemon.store.values import Decision


class Decisions:
    """Keeps decisions."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def add(self, want_id: int, decision: Decision) -> Decision:
        """Keep a decision, and return it with its id, its want and its moment."""
        decision = replace(decision, want_id=want_id, at=decision.at or self._connections.clock())
        row = as_row(decision)
        del row["id"]
        statement = insert(decisions).values(row).returning(decisions.c.id)
        return replace(decision, id=await self._connections.write(lambda connection: connection.scalar(statement)))

    async def for_want(self, want_id: int, limit: int = 10) -> tuple[Decision, ...]:
        """Return the last decisions about a want, the newest first."""
        statement = select(decisions).where(decisions.c.want_id == want_id).order_by(decisions.c.id.desc()).limit(limit)
        async with self._connections.reading() as connection:
            return tuple(Decision(**row._mapping) for row in await connection.execute(statement))
