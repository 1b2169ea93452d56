"""Plans: what was going to be done with files, and what came of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import insert, select, update

from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.shelving_tables import plans
from audiobook_daemon.store.shelving_values import PlanState, StoredPlan


class Plans:
    """Keeps plans; they are written down before anything is touched."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def add(self, want_id: int | None, kind: str, plan: Mapping[str, object]) -> int:
        """Write a plan down and return its id."""
        now = self._connections.clock()
        statement = (
            insert(plans)
            .values(want_id=want_id, kind=kind, state=PlanState.MADE, plan=dict(plan), made=now, changed=now)
            .returning(plans.c.id)
        )
        return int(await self._connections.write(lambda connection: connection.scalar(statement)))

    async def become(
        self, plan_id: int, state: PlanState, *, result: Mapping[str, object] | None = None, reason: str | None = None
    ) -> None:
        """Write down how far a plan has come; a `result` or `reason` that is not given stays."""
        told = {"result": None if result is None else dict(result), "reason": reason}
        values = {name: value for name, value in told.items() if value is not None}
        statement = (
            update(plans).where(plans.c.id == plan_id).values(state=state, changed=self._connections.clock(), **values)
        )
        await self._connections.write(lambda connection: connection.execute(statement))

    async def get(self, plan_id: int) -> StoredPlan | None:
        """Return one plan, or None."""
        async with self._connections.reading() as connection:
            row = (await connection.execute(select(plans).where(plans.c.id == plan_id))).one_or_none()
        return None if row is None else StoredPlan(**row._mapping)

    async def for_want(self, want_id: int) -> tuple[StoredPlan, ...]:
        """Return every plan for a want, the oldest first."""
        statement = select(plans).where(plans.c.want_id == want_id).order_by(plans.c.id)
        async with self._connections.reading() as connection:
            return tuple(StoredPlan(**row._mapping) for row in await connection.execute(statement))

    async def standing(self, states: Collection[PlanState]) -> tuple[StoredPlan, ...]:
        """Return the plans in one of these states, the oldest first."""
        statement = select(plans).where(plans.c.state.in_(states)).order_by(plans.c.id)
        async with self._connections.reading() as connection:
            return tuple(StoredPlan(**row._mapping) for row in await connection.execute(statement))
