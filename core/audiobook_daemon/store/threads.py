"""Threads that read from SQLite, each with a connection of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Connection, Engine

from audiobook_daemon.errors import DatabaseError

T = TypeVar("T")


class Threads:
    """Reads off the event loop, some at a time; threads and connections are made when they are first needed."""

    def __init__(self, engine: Engine, most: int) -> None:
        self._engine = engine
        self._executor = ThreadPoolExecutor(most, thread_name_prefix="reading")
        self._closed = False

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Do the work in one transaction, and return what it found; who is cancelled does not wait for its end.

        Raises DatabaseError after `close`.
        """
        if self._closed:
            raise DatabaseError("The database is closed.")
        return await asyncio.get_running_loop().run_in_executor(self._executor, self._read, work)

    async def close(self) -> None:
        """Close the connections when the last work is done."""
        self._closed = True
        await asyncio.to_thread(self._executor.shutdown)
        self._engine.dispose()

    def _read(self, work: Callable[[Connection], T]) -> T:
        with self._engine.connect() as connection:
            return work(connection)
