"""The history of jobs and actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, func, insert, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from audiobook_daemon.models import Run, RunOutcome
from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.jobs import remember_scheduled
from audiobook_daemon.store.tables import jobs, runs
from audiobook_daemon.store.types import as_row
from audiobook_daemon.store.values import RunSums

_IN_LISTS = [column for column in runs.c if column.name not in {"log", "data"}]
_MOST_SUMMED = 1000
_DONE = (RunOutcome.SUCCESS, RunOutcome.WARNING)


class Runs:
    """Keeps runs, and when each job was last due."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def start(self, run: Run) -> None:
        """Write down that a run began, and for which planned time if it had one."""

        async def run_and_planned_time(connection: AsyncConnection) -> None:
            await connection.execute(insert(runs).values(as_row(run)))
            if run.scheduled is not None:
                await remember_scheduled(connection, self._connections.insert(jobs), run.name, run.scheduled)

        await self._connections.write(run_and_planned_time)

    async def claim(self, run: Run) -> Run:
        """Write down that a run with a key began, unless there is one with that key; returns the one that has it."""
        statement = self._connections.insert(runs).values(as_row(run)).on_conflict_do_nothing(index_elements=["key"])

        async def one_of_the_key(connection: AsyncConnection) -> Run:
            await connection.execute(statement)
            return Run(**(await connection.execute(select(runs).where(runs.c.key == run.key))).one()._mapping)

        return await self._connections.write(one_of_the_key)

    async def finish(self, run: Run) -> None:
        """Write down how a run ended."""
        statement = update(runs).where(runs.c.id == run.id).values(as_row(run))
        await self._connections.write(lambda connection: connection.execute(statement))

    async def get(self, run_id: str) -> Run | None:
        """Return one run, or None."""
        async with self._connections.reading() as connection:
            row = (await connection.execute(select(runs).where(runs.c.id == run_id))).one_or_none()
        return None if row is None else Run(**row._mapping)

    async def of_key(self, key: str) -> Run | None:
        """Return the run that was asked for with a key, or None; it counts as long as the run is kept."""
        async with self._connections.reading() as connection:
            row = (await connection.execute(select(runs).where(runs.c.key == key))).one_or_none()
        return None if row is None else Run(**row._mapping)

    async def latest(
        self, name: str | None = None, limit: int = 50, *, before: datetime | None = None
    ) -> tuple[Run, ...]:
        """Return the last runs (before a moment, of one job or action, if named), the newest first."""
        statement = select(runs).order_by(runs.c.started.desc(), runs.c.id.desc()).limit(limit)
        if name is not None:
            statement = statement.where(runs.c.name == name)
        if before is not None:
            statement = statement.where(runs.c.started < before)
        async with self._connections.reading() as connection:
            return tuple(Run(**row._mapping) for row in await connection.execute(statement))

    async def page(
        self, limit: int, offset: int = 0, *, name: str | None = None, outcome: RunOutcome | None = None
    ) -> tuple[tuple[Run, ...], int]:
        """Return part of the history without the logs, the newest first, and how many runs there are in all."""
        of_name = true() if name is None else runs.c.name == name
        wanted = of_name if outcome is None else and_(of_name, runs.c.outcome == outcome)
        order = (runs.c.started.desc(), runs.c.id.desc())
        async with self._connections.reading() as connection:
            rows = await connection.execute(
                select(*_IN_LISTS).where(wanted).order_by(*order).limit(limit).offset(offset)
            )
            total = await connection.execute(select(func.count()).select_from(runs).where(wanted))
            return tuple(Run(**row._mapping) for row in rows), total.scalar_one()

    async def sums(self, name: str) -> RunSums:
        """Return how the last runs of a job or action went, a thousand at most."""
        columns = (runs.c.outcome, runs.c.started, runs.c.finished)
        statement = select(*columns).where(runs.c.name == name, runs.c.outcome != RunOutcome.RUNNING)
        async with self._connections.reading() as connection:
            rows = (await connection.execute(statement.order_by(runs.c.started.desc()).limit(_MOST_SUMMED))).all()
        times = [row.finished - row.started for row in rows if row.outcome in _DONE and row.finished]
        failed = sum(row.outcome is RunOutcome.FAILED for row in rows)
        return RunSums(len(rows), sum(row.outcome in _DONE for row in rows), failed, _mean(times))

    async def since(self, moment: datetime, limit: int) -> tuple[Run, ...]:
        """Return the runs that began after a moment without their logs, the newest first."""
        statement = select(*_IN_LISTS).where(runs.c.started > moment).order_by(runs.c.started.desc()).limit(limit)
        async with self._connections.reading() as connection:
            return tuple(Run(**row._mapping) for row in await connection.execute(statement))

    async def under_way(self) -> tuple[Run, ...]:
        """Return the runs that have not ended, the oldest first."""
        statement = select(runs).where(runs.c.outcome == RunOutcome.RUNNING).order_by(runs.c.started, runs.c.id)
        async with self._connections.reading() as connection:
            return tuple(Run(**row._mapping) for row in await connection.execute(statement))

    async def interrupted(self, now: datetime) -> tuple[Run, ...]:
        """Mark what an earlier life of the daemon left RUNNING as INTERRUPTED, and return it."""
        statement = (
            update(runs)
            .where(runs.c.outcome == RunOutcome.RUNNING)
            .values(outcome=RunOutcome.INTERRUPTED, finished=now)
            .returning(runs)
        )

        async def mark(connection: AsyncConnection) -> tuple[Run, ...]:
            return tuple(Run(**row._mapping) for row in await connection.execute(statement))

        return await self._connections.write(mark)

    async def last_scheduled(self, name: str) -> datetime | None:
        """Return the last planned time for which a job was started; it outlives the pruning of its runs."""
        async with self._connections.reading() as connection:
            statement = select(jobs.c.last_scheduled).where(jobs.c.name == name)
            return (await connection.execute(statement)).scalar_one_or_none()


def _mean(times: Sequence[timedelta]) -> float | None:
    return sum(times, timedelta()).total_seconds() / len(times) if times else None
