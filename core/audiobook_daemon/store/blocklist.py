"""The releases that turned out wrong, so that none is taken twice."""

from __future__ import annotations

from sqlalchemy import delete, func, insert, select, update
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

    async def page(
        self, *, want_id: int | None = None, source: str | None = None, limit: int = 100, offset: int = 0
    ) -> tuple[tuple[Blocked, ...], int]:
        """Return part of what is blocked, of one want or one source if named, the newest first, and how much it is."""
        conditions = []
        if want_id is not None:
            conditions.append(blocklist.c.want_id == want_id)
        if source is not None:
            conditions.append(blocklist.c.source == source)
        newest_first = (blocklist.c.added.desc(), blocklist.c.id.desc())
        statement = select(blocklist).where(*conditions).order_by(*newest_first).limit(limit).offset(offset)
        count = select(func.count()).select_from(blocklist).where(*conditions)
        async with self._connections.reading() as connection:
            found = tuple(Blocked(**row._mapping) for row in await connection.execute(statement))
            return found, int((await connection.execute(count)).scalar_one())

    async def get(self, blocked_id: int) -> Blocked | None:
        """Return one blocked release, or None."""
        async with self._connections.reading() as connection:
            statement = select(blocklist).where(blocklist.c.id == blocked_id)
            row = (await connection.execute(statement)).one_or_none()
        return None if row is None else Blocked(**row._mapping)

    async def remove(self, blocked_id: int) -> bool:
        """Allow a release again; returns whether it was blocked."""
        statement = delete(blocklist).where(blocklist.c.id == blocked_id)
        removed = await self._connections.write(lambda connection: connection.execute(statement))
        return removed.rowcount > 0
