"""What was considered for a want and why: feeds `explain`, and lets new rules be tried on old choices."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.tables import decisions, wants
from audiobook_daemon.store.types import as_row
from audiobook_daemon.store.values import Decision, DecisionLine

_KEPT = 10
"""Decisions of one want; a book that nobody offers is searched for again and again."""


class Decisions:
    """Keeps decisions."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def add(self, want_id: int, decision: Decision) -> Decision:
        """Keep a decision, and return it with its id, its want and its moment; the want's oldest ones are forgotten."""
        decision = replace(decision, want_id=want_id, at=decision.at or self._connections.clock())
        row = as_row(decision)
        del row["id"]
        newest = select(decisions.c.id).where(decisions.c.want_id == want_id).order_by(decisions.c.id.desc())
        outdated = delete(decisions).where(decisions.c.want_id == want_id, decisions.c.id.not_in(newest.limit(_KEPT)))

        async def add_and_forget(connection: AsyncConnection) -> int | None:
            new: int | None = await connection.scalar(insert(decisions).values(row).returning(decisions.c.id))
            await connection.execute(outdated)
            return new

        return replace(decision, id=await self._connections.write(add_and_forget))

    async def for_want(self, want_id: int, limit: int = _KEPT) -> tuple[Decision, ...]:
        """Return the last decisions about a want, the newest first."""
        statement = select(decisions).where(decisions.c.want_id == want_id).order_by(decisions.c.id.desc()).limit(limit)
        async with self._connections.reading() as connection:
            return tuple(Decision(**row._mapping) for row in await connection.execute(statement))

    async def get(self, decision_id: int) -> Decision | None:
        """Return one decision, or None."""
        statement = select(decisions).where(decisions.c.id == decision_id)
        async with self._connections.reading() as connection:
            row = (await connection.execute(statement)).one_or_none()
        return None if row is None else Decision(**row._mapping)

    async def page(
        self, *, want_id: int | None = None, outcome: str | None = None, limit: int = 100, offset: int = 0
    ) -> tuple[tuple[DecisionLine, ...], int]:
        """Return part of the decisions in a few words, the newest first, and how many there are in all."""
        conditions = []
        if want_id is not None:
            conditions.append(decisions.c.want_id == want_id)
        if outcome is not None:
            conditions.append(decisions.c.outcome == outcome)
        columns = (decisions.c.id, decisions.c.want_id, wants.c.title, decisions.c.at, decisions.c.outcome)
        statement = (
            select(*columns, decisions.c.reason)
            .join(wants, wants.c.id == decisions.c.want_id)
            .where(*conditions)
            .order_by(decisions.c.id.desc())
        )
        count = select(func.count()).select_from(decisions).where(*conditions)
        async with self._connections.reading() as connection:
            rows = await connection.execute(statement.limit(limit).offset(offset))
            found = tuple(DecisionLine(*row) for row in rows)
            return found, int((await connection.execute(count)).scalar_one())

    async def latest(self, since: datetime | None = None, *, after: int = 0, limit: int = 100) -> tuple[Decision, ...]:
        """Return the newest decision about each want, in the order of the wants; `after` is the last want seen."""
        newest = select(func.max(decisions.c.id)).group_by(decisions.c.want_id)
        statement = select(decisions).where(decisions.c.id.in_(newest), decisions.c.want_id > after)
        if since is not None:
            statement = statement.where(decisions.c.at >= since)
        async with self._connections.reading() as connection:
            rows = await connection.execute(statement.order_by(decisions.c.want_id).limit(limit))
            return tuple(Decision(**row._mapping) for row in rows)
