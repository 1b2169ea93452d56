"""Keeps who has logged in to the pages, over restarts too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.web_tables import sessions

MOST = 1000
"""Sessions that are kept at most; the oldest end first."""


@dataclass(frozen=True, slots=True)
class StoredSession:
    """One login; neither cookie nor key can be made of it."""

    digest: str
    key: str
    """The name of the key that was shown."""
    proof: str
    created: datetime
    expires: datetime


class Sessions:
    """Keeps one row for each login that has not ended; `version` grows when one ends."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self.version = 0

    async def get(self, digest: str) -> StoredSession | None:
        """Return a session that has not expired."""
        now = self._connections.clock()
        statement = select(sessions).where(sessions.c.digest == digest, sessions.c.expires > now)
        async with self._connections.reading() as connection:
            row = (await connection.execute(statement)).first()
            return StoredSession(**row._mapping) if row else None

    async def add(self, digest: str, key: str, proof: str, expires: datetime) -> StoredSession:
        """Keep a new one, and forget those that have expired or are too many."""
        now = self._connections.clock()
        session = StoredSession(digest, key, proof, now, expires)
        newest = select(sessions.c.digest).order_by(sessions.c.created.desc(), sessions.c.digest).limit(MOST - 1)

        async def change(connection: AsyncConnection) -> None:
            await connection.execute(delete(sessions).where(sessions.c.expires <= now))
            await connection.execute(delete(sessions).where(sessions.c.digest.not_in(newest)))
            await connection.execute(
                sessions.insert().values(digest=digest, key=key, proof=proof, created=now, expires=expires)
            )

        await self._connections.write(change)
        return session

    async def end(self, digest: str) -> None:
        """Log out."""
        statement = delete(sessions).where(sessions.c.digest == digest)
        await self._connections.write(lambda connection: connection.execute(statement))
        self.version += 1
