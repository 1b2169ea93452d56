"""A few figures about the database itself."""

from __future__ import annotations

from sqlalchemy import text

from audiobook_daemon.store.connections import Connections

_PAGES = text("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
_SERVER = text("SELECT pg_database_size(current_database())")


class Figures:
    """Measures; reads no row."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def size(self) -> int:
        """Return how large the database is, in bytes."""
        async with self._connections.reading() as connection:
            statement = _SERVER if self._connections.postgres else _PAGES
            return int((await connection.execute(statement)).scalar_one())
