"""Keeps what somebody has set while the daemon ran."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.daemon_tables import adjustments

Value = bool | int | float | str


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One setting that differs from the file."""

    name: str
    value: Value
    instead_of: Value
    """What the file said when it was set; when it says something else, the file counts again."""
    changed: datetime


class Adjustments:
    """Keeps one row for each setting that differs from the file."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def all(self) -> tuple[Adjustment, ...]:
        """Return all of them, by name."""
        async with self._connections.reading() as connection:
            rows = await connection.execute(select(adjustments).order_by(adjustments.c.name))
            return tuple(Adjustment(**row._mapping) for row in rows)

    async def change(self, put: Mapping[str, tuple[Value, Value]], drop: Collection[str] = ()) -> None:
        """Set some, each to its value instead of the file's, and drop others; all or none of it."""
        insert = self._connections.insert(adjustments)
        kept = ("value", "instead_of", "changed")
        upsert = insert.on_conflict_do_update(
            index_elements=["name"], set_={column: insert.excluded[column] for column in kept}
        )
        now = self._connections.clock()
        rows = [
            {"name": name, "value": value, "instead_of": before, "changed": now}
            for name, (value, before) in put.items()
        ]

        async def change(connection: AsyncConnection) -> None:
            if drop:
                await connection.execute(delete(adjustments).where(adjustments.c.name.in_(drop)))
            if rows:
                await connection.execute(upsert, rows)

        await self._connections.write(change)
