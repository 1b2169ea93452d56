"""The small things a plugin instance must not forget: rotating session cookies, cursors, caches."""

from __future__ import annotations

import json

from sqlalchemy import delete, select

from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.daemon_tables import memory


class Memory:
    """The rows of one instance; no instance can reach those of another."""

    def __init__(self, connections: Connections, instance: str) -> None:
        self._connections = connections
        self._instance = instance

    async def get(self, key: str) -> object:
        """Return what was put under a key, or None."""
        statement = select(memory.c.value).where(memory.c.instance == self._instance, memory.c.key == key)
        async with self._connections.reading() as connection:
            return (await connection.execute(statement)).scalar_one_or_none()

    async def put(self, key: str, value: object, *, secret: bool = True) -> None:
        """Remember a JSON value; when this returns, it is on the disk and survives any crash.

        A secret stays out of exports, and out of backups that are not encrypted. Raises TypeError or ValueError for a
        value that JSON cannot hold.
        """
        json.dumps(value, allow_nan=False)
        insert = self._connections.insert(memory)
        row = {"instance": self._instance, "key": key, "value": value, "version": 1, "secret": secret}
        statement = insert.values(**row, changed=self._connections.clock()).on_conflict_do_update(
            index_elements=["instance", "key"],
            set_={
                "value": insert.excluded.value,
                "changed": insert.excluded.changed,
                "secret": insert.excluded.secret,
                "version": memory.c.version + 1,
            },
        )
        await self._connections.write(lambda connection: connection.execute(statement))

    async def delete(self, key: str) -> None:
        """Forget a key, known or not."""
        statement = delete(memory).where(memory.c.instance == self._instance, memory.c.key == key)
        await self._connections.write(lambda connection: connection.execute(statement))
