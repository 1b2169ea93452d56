"""Keeps the keys that were made while the daemon ran."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from sqlalchemy import delete, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.key_hashes import beginning_of, hashed
from audiobook_daemon.store.web_tables import api_keys

T = TypeVar("T")
MOST = 100
"""Keys that are kept at most."""


class KeyTaken(AudiobookDaemonError):
    """There is a key of this name, or there are too many keys."""


@dataclass(frozen=True, slots=True)
class StoredKey:
    """What is known of a key; not the key itself."""

    id: int
    name: str
    hash: str = field(repr=False)
    prefix: str
    """The letters it begins with."""
    scope: str
    created: datetime
    expires: datetime | None = None
    last_used: datetime | None = None
    previous_hash: str | None = field(default=None, repr=False)
    previous_prefix: str | None = None
    previous_until: datetime | None = None
    """Until when the key before the last rotation opens as well."""


class Keys:
    """Keeps one row for each name; `version` grows with every change, so that those who remember keys look again."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self.version = 0

    async def all(self) -> tuple[StoredKey, ...]:
        """Return all of them, by name."""
        async with self._connections.reading() as connection:
            rows = await connection.execute(select(api_keys).order_by(api_keys.c.name))
            return tuple(StoredKey(**row._mapping) for row in rows)

    async def beginning(self, beginning: str) -> tuple[StoredKey, ...]:
        """Return those that begin with these letters, or did before the last rotation."""
        same = or_(api_keys.c.prefix == beginning, api_keys.c.previous_prefix == beginning)
        async with self._connections.reading() as connection:
            rows = await connection.execute(select(api_keys).where(same).order_by(api_keys.c.id))
            return tuple(StoredKey(**row._mapping) for row in rows)

    async def get(self, name: str) -> StoredKey | None:
        """Return the key of this name."""
        async with self._connections.reading() as connection:
            row = (await connection.execute(select(api_keys).where(api_keys.c.name == name))).first()
            return StoredKey(**row._mapping) if row else None

    async def add(self, name: str, key: str, scope: str, expires: datetime | None = None) -> StoredKey:
        """Keep a new key; raises KeyTaken if the name is in use, or if there are as many as there may be."""
        now = self._connections.clock()
        kept = await asyncio.to_thread(hashed, key)
        row = {"name": name, "hash": kept, "prefix": beginning_of(key), "scope": scope, "expires": expires}
        statement = api_keys.insert().values(**row, created=now).returning(api_keys)

        async def insert(connection: AsyncConnection) -> StoredKey:
            if len((await connection.execute(select(api_keys.c.id).limit(MOST))).all()) == MOST:
                raise KeyTaken(f"There are {MOST} keys already; remove one first.")
            return StoredKey(**(await connection.execute(statement)).one()._mapping)

        try:
            return await self._changed(insert)
        except IntegrityError:
            raise KeyTaken(f"There is a key called {name!r} already.") from None

    async def rotate(self, name: str, key: str, until: datetime, expires: datetime | None) -> StoredKey | None:
        """Put another key in the place of the present one, which opens `until` then; None if there is none."""
        kept = await asyncio.to_thread(hashed, key)
        statement = (
            update(api_keys)
            .where(api_keys.c.name == name)
            .values(
                hash=kept,
                prefix=beginning_of(key),
                expires=expires,
                previous_hash=api_keys.c.hash,
                previous_prefix=api_keys.c.prefix,
                previous_until=until,
            )
            .returning(api_keys)
        )

        async def exchange(connection: AsyncConnection) -> StoredKey | None:
            row = (await connection.execute(statement)).first()
            return StoredKey(**row._mapping) if row else None

        return await self._changed(exchange)

    async def remove(self, name: str) -> bool:
        """Let a key open nothing any more; returns whether there was one."""
        statement = delete(api_keys).where(api_keys.c.name == name)

        async def remove(connection: AsyncConnection) -> bool:
            return (await connection.execute(statement)).rowcount > 0

        return await self._changed(remove)

    async def used(self, key_id: int) -> None:
        """Note that a key is used now; told of once in a while, not at each request."""
        statement = update(api_keys).where(api_keys.c.id == key_id).values(last_used=self._connections.clock())
        await self._connections.write(lambda connection: connection.execute(statement))

    async def _changed(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        done = await self._connections.write(work)
        self.version += 1
        return done
