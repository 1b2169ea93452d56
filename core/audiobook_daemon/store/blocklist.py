"""The releases that turned out wrong, so that none is taken twice."""

from __future__ import annotations

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.tables import blocklist
from audiobook_daemon.store.values import Blocked


class Blocklist:
    """Keeps releases from being taken again, for one want or for all."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def add(
        self, want_id: int | None, source: str, key: str, info_hash: str | None, code: str, reason: str
    ) -> None:
        """Block the release `key` of `source`; blocking it once more renews the reason.

        `want_id` None blocks it for every want.
        """
        same = (blocklist.c.want_id.is_not_distinct_from(want_id), blocklist.c.source == source, blocklist.c.key == key)
        told = {"code": code, "reason": reason, "added": self._connections.clock()}
        if info_hash is not None:
            told["info_hash"] = info_hash

        async def renew_or_add(connection: AsyncConnection) -> None:
            renewed = await connection.execute(update(blocklist).where(*same).values(told))
            if not renewed.rowcount:
                row = {"want_id": want_id, "source": source, "key": key, **told}
                await connection.execute(insert(blocklist).values(row))

        await self._connections.write(renew_or_add)

    async def for_want(self, want_id: int) -> tuple[Blocked, ...]:
        """Return the releases blocked for a want, those blocked for all included, the oldest first."""
        statement = (
            select(blocklist)
            .where(blocklist.c.want_id.is_(None) | (blocklist.c.want_id == want_id))
            .order_by(blocklist.c.id)
        )
        async with self._connections.reading() as connection:
            return tuple(Blocked(**row._mapping) for row in await connection.execute(statement))

    async def remove(self, blocked_id: int) -> bool:
        """Allow a release again; returns whether it was blocked."""
        statement = delete(blocklist).where(blocklist.c.id == blocked_id)
        removed = await self._connections.write(lambda connection: connection.execute(statement))
        return removed.rowcount > 0
