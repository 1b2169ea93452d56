"""Keeps the size of the library day by day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from audiobook_daemon.store.catalogue_tables import statistics
from audiobook_daemon.store.connections import Connections


class Statistics:
    """Keeps one row of figures for each day; a second one on the same day replaces the first."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def put(self, day: date, figures: Mapping[str, object]) -> None:
        """Write down the figures of a day."""
        insert = self._connections.insert(statistics).values(day=day.isoformat(), figures=dict(figures))
        statement = insert.on_conflict_do_update(index_elements=["day"], set_={"figures": insert.excluded.figures})
        await self._connections.write(lambda connection: connection.execute(statement))

    async def all(self, limit: int = 4000) -> tuple[tuple[date, Mapping[str, object]], ...]:
        """Return the newest days, the oldest first."""
        statement = select(statistics).order_by(statistics.c.day.desc()).limit(limit)
        async with self._connections.reading() as connection:
            found = [(date.fromisoformat(row.day), row.figures) for row in await connection.execute(statement)]
        return tuple(reversed(found))
