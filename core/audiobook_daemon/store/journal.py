"""The steps with files, written down before they are taken, so that they can be finished or taken back."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, insert, select, update

from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.tables import journal
from audiobook_daemon.store.values import FileStep


class Journal:
    """Keeps file steps; paths are absolute, as text."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def begin(
        self,
        want_id: int | None,
        kind: str,
        source: str,
        target: str,
        *,
        plan_id: int | None = None,
        details: Mapping[str, object] | None = None,
    ) -> int:
        """Announce a step before the disk is touched, and return its id."""
        statement = (
            insert(journal)
            .values(
                want_id=want_id,
                kind=kind,
                source=source,
                target=target,
                begun=self._connections.clock(),
                plan_id=plan_id,
                details=None if details is None else dict(details),
            )
            .returning(journal.c.id)
        )
        return int(await self._connections.write(lambda connection: connection.scalar(statement)))

    async def note(
        self, want_id: int | None, kind: str, source: str, target: str, details: Mapping[str, object]
    ) -> None:
        """Write down what was seen, a step that touches nothing and is done at once."""
        now = self._connections.clock()
        statement = insert(journal).values(
            want_id=want_id, kind=kind, source=source, target=target, begun=now, done=now, details=dict(details)
        )
        await self._connections.write(lambda connection: connection.execute(statement))

    async def done(self, step_id: int, details: Mapping[str, object] | None = None) -> None:
        """Write down that a step is complete, and what it did if that is needed for taking it back."""
        await self._mark(step_id, "done", **({} if details is None else {"details": dict(details)}))

    async def undone(self, step_id: int) -> None:
        """Write down that a step was taken back, whether it had been complete or not."""
        await self._mark(step_id, "undone")

    async def open_steps(self, want_id: int | None = None) -> tuple[FileStep, ...]:
        """Return the steps begun and neither done nor undone, of one want if named, the oldest first."""
        conditions: list[ColumnElement[bool]] = [journal.c.done.is_(None), journal.c.undone.is_(None)]
        if want_id is not None:
            conditions.append(journal.c.want_id == want_id)
        return await self._read(*conditions)

    async def for_want(self, want_id: int) -> tuple[FileStep, ...]:
        """Return every step of a want, the oldest first."""
        return await self._read(journal.c.want_id == want_id)

    async def for_plan(self, plan_id: int) -> tuple[FileStep, ...]:
        """Return every step of a plan, the oldest first."""
        return await self._read(journal.c.plan_id == plan_id)

    async def _mark(self, step_id: int, column: str, **more: object) -> None:
        values = {column: self._connections.clock(), **more}
        statement = update(journal).where(journal.c.id == step_id).values(values)
        await self._connections.write(lambda connection: connection.execute(statement))

    async def _read(self, *conditions: ColumnElement[bool]) -> tuple[FileStep, ...]:
        statement = select(journal).where(*conditions).order_by(journal.c.id)
        async with self._connections.reading() as connection:
            return tuple(FileStep(**row._mapping) for row in await connection.execute(statement))
