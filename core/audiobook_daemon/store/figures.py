"""A few figures about what is on its way, and about the database itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select, text

from audiobook_daemon.models import WantState
from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.tables import wants

_PAGES = text("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
_SERVER = text("SELECT pg_database_size(current_database())")


class Figures:
    """Counts; reads no row as a whole."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def sources(self) -> Mapping[str, Mapping[WantState, int]]:
        """Return how many wants that have had a release stand in each state, by the instance that offered it."""
        source = func.coalesce(wants.c.release["source"].as_string(), "")
        statement = select(source.label("source"), wants.c.state, func.count().label("number"))
        found: dict[str, dict[WantState, int]] = {}
        async with self._connections.reading() as connection:
            has_release = statement.where(wants.c.release.is_not(None))
            for row in await connection.execute(has_release.group_by(source, wants.c.state)):
                found.setdefault(row.source, {})[row.state] = row.number
        return found

    async def due(self, now: datetime) -> int:
        """Return how many open wants are looked at again by themselves, and whose time has come."""
        again = (wants.c.state == WantState.WANTED) & (wants.c.attempts > 0) & (wants.c.next_try <= now)
        async with self._connections.reading() as connection:
            return (await connection.execute(select(func.count()).select_from(wants).where(again))).scalar_one()

    async def size(self) -> int:
        """Return how large the database is, in bytes."""
        async with self._connections.reading() as connection:
            statement = _SERVER if self._connections.postgres else _PAGES
            return int((await connection.execute(statement)).scalar_one())
