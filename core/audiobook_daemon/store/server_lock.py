"""One daemon for one PostgreSQL database: a lock that the server drops with the connection that took it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from audiobook_daemon.store import reign
from audiobook_daemon.store.address import Address
from audiobook_daemon.store.connections import told_as_sentences
from audiobook_daemon.store.engines import postgres_engine

_log = logging.getLogger(__name__)

KEY: Final = 0x617564696F62
"""A number of our own (`audiob`); PostgreSQL keeps such locks per database."""
ANSWER_WITHIN: Final = 5.0
CLOSED_AFTER: Final = 10
"""Seconds of silence after which the server closes the connection, and with it frees the lock."""

_LIMIT = text("SELECT set_config(name, :seconds, false) FROM pg_settings WHERE name = 'idle_session_timeout'")
_SELF = text("SELECT pid, backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()")
_TAKE = text(f"SELECT pg_try_advisory_lock({KEY})")
_END = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = :pid AND backend_start = :started")


class ServerLock:
    """The lock and its connection, which nobody else uses; every method but `drop` raises DatabaseError."""

    def __init__(self, address: Address) -> None:
        self._engine = postgres_engine(address, lasting=False).execution_options(isolation_level="AUTOCOMMIT")
        self._label = address.label
        self._connection: AsyncConnection | None = None
        self._session: dict[str, Any] = {}
        self._holder: dict[str, Any] = {}
        self.broken = asyncio.Event()
        """Set when the connection is no more."""

    async def take(self) -> bool:
        """Take the lock if it is free, over a new connection where the last one is broken; tells whether it is ours."""
        async with self._connected() as connection:
            taken = bool(await connection.scalar(_TAKE))
        if taken:
            self._holder = self._session
        return taken

    async def confirm(self) -> None:
        """Make sure that the connection stands, and by that the lock."""
        async with self._connected(anew=False) as connection:
            await connection.scalar(text("SELECT 1"))

    async def reigning(self) -> tuple[int, str]:
        """Return the number of the present reign, and who has it."""
        async with self._connected() as connection:
            return await reign.current(connection)

    async def end_lost(self) -> None:
        """Let the server end our own earlier connection, should it not have noticed yet that nobody is there."""
        async with self._connected() as connection:
            await connection.execute(_END, self._holder)

    async def drop(self) -> None:
        """Leave the connection behind, without a word to a server that may not listen."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        self.broken.set()
        with suppress(Exception):
            await _terminate(connection)
        with suppress(Exception):
            await connection.invalidate()
            await connection.close()

    @asynccontextmanager
    async def _connected(self, *, anew: bool = True) -> AsyncIterator[AsyncConnection]:
        """Lend the connection for one question; a question that fails is its end."""
        try:
            with told_as_sentences(self._label):
                async with asyncio.timeout(ANSWER_WITHIN):
                    if self._connection is None or self.broken.is_set():
                        if not anew:
                            raise ConnectionResetError("the connection was closed")
                        await self._connect()
                    assert self._connection is not None
                    yield self._connection
        except BaseException:
            await self.drop()
            raise

    async def _connect(self) -> None:
        await self.drop()
        self._connection = connection = await self._engine.connect()
        self.broken = broken = asyncio.Event()
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        driver.add_termination_listener(lambda _: broken.set())
        pid, started = (await connection.execute(_SELF)).one()
        self._session = {"pid": pid, "started": started}
        if not (await connection.execute(_LIMIT, {"seconds": f"{CLOSED_AFTER}s"})).all():
            _log.warning("The server of %s is older than PostgreSQL 14: a frozen daemon keeps its lock.", self._label)


async def _terminate(connection: AsyncConnection) -> None:
    driver = (await connection.get_raw_connection()).driver_connection
    if driver is not None:
        driver.terminate()
