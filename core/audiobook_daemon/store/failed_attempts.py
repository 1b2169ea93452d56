"""The permanent tally of what failed, for "this one has failed five times since May"."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, and_, false, func, or_, select

from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.remembered import Remembered
from audiobook_daemon.store.tables import failed_attempts
from audiobook_daemon.store.values import FailedAttempt

_COLUMNS = [column for column in failed_attempts.c if column.name != "id"]


class FailedAttempts:
    """Counts failures; nothing here is ever pruned."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._remembered = Remembered(connections)

    async def record(self, task: str, item_id: str, item_name: str, reason: str, code: str | None = None) -> int:
        """Count one more failure of a task with an item, keep its newest reason, and return the count."""
        now = self._connections.clock()
        insert = self._connections.insert(failed_attempts)
        statement = (
            insert.values(
                task=task,
                item_id=item_id,
                item_name=item_name,
                code=code,
                reason=reason,
                first_attempt=now,
                last_attempt=now,
                attempt_count=1,
            )
            .on_conflict_do_update(
                index_elements=["task", "item_id", "item_name"],
                set_={
                    "attempt_count": failed_attempts.c.attempt_count + 1,
                    "code": insert.excluded.code,
                    "reason": insert.excluded.reason,
                    "last_attempt": insert.excluded.last_attempt,
                },
            )
            .returning(failed_attempts.c.attempt_count)
        )
        return int(await self._connections.write(lambda connection: connection.scalar(statement)))

    async def newest(self, limit: int, *, at_least: int = 1) -> tuple[FailedAttempt, ...]:
        """Return what failed last, and no less than so often, the newest first."""
        statement = (
            select(*_COLUMNS)
            .where(failed_attempts.c.attempt_count >= at_least)
            .order_by(failed_attempts.c.last_attempt.desc(), failed_attempts.c.id.desc())
            .limit(limit)
        )
        async with self._connections.reading() as connection:
            return tuple(FailedAttempt(**row._mapping) for row in await connection.execute(statement))

    async def page(
        self,
        *,
        at_least: int = 1,
        task: str | None = None,
        code: str | None = None,
        items: Collection[tuple[str, str]] | None = None,
        worst_first: bool = False,
        limit: int = 100,
        offset: int = 0,
    ) -> tuple[tuple[FailedAttempt, ...], int]:
        """Return part of what failed, the newest or the worst first, and how much it is; `items` are task and item."""
        conditions: list[ColumnElement[bool]] = [failed_attempts.c.attempt_count >= at_least]
        if task is not None:
            conditions.append(failed_attempts.c.task == task)
        if code is not None:
            conditions.append(failed_attempts.c.code == code)
        if items is not None:
            same = (and_(failed_attempts.c.task == of, failed_attempts.c.item_id == item) for of, item in items)
            conditions.append(or_(false(), *same))
        newest = (failed_attempts.c.last_attempt.desc(), failed_attempts.c.id.desc())
        order = (failed_attempts.c.attempt_count.desc(), *newest) if worst_first else newest
        statement = select(*_COLUMNS).where(*conditions).order_by(*order).limit(limit).offset(offset)
        count = select(func.count()).select_from(failed_attempts).where(*conditions)
        async with self._connections.reading() as connection:
            found = tuple(FailedAttempt(**row._mapping) for row in await connection.execute(statement))
            return found, int((await connection.execute(count)).scalar_one())

    async def worst(self, limit: int, *, at_least: int = 1, task: str | None = None) -> tuple[FailedAttempt, ...]:
        """Return what failed most often, of one task if named, the worst first."""
        statement = (
            select(*_COLUMNS)
            .where(failed_attempts.c.attempt_count >= at_least)
            .order_by(
                failed_attempts.c.attempt_count.desc(), failed_attempts.c.last_attempt.desc(), failed_attempts.c.id
            )
            .limit(limit)
        )
        if task is not None:
            statement = statement.where(failed_attempts.c.task == task)
        async with self._connections.reading() as connection:
            return tuple(FailedAttempt(**row._mapping) for row in await connection.execute(statement))

    async def counts(self, at_least: int = 1) -> dict[str, int]:
        """Return how many things of each task failed no less than so often."""
        statement = (
            select(failed_attempts.c.task, func.count().label("number"))
            .where(failed_attempts.c.attempt_count >= at_least)
            .group_by(failed_attempts.c.task)
        )

        def count(connection: Connection) -> dict[str, int]:
            return {row.task: row.number for row in connection.execute(statement)}

        return dict(await self._remembered.get(at_least, lambda: self._connections.read(count)))
