"""Short transactions on SQLite or PostgreSQL, one writer at a time, driver errors told as sentences."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Column, ColumnElement, Connection, Table, and_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, NotSupportedError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncConnection

from audiobook_daemon.errors import DamagedDatabase, DatabaseError
from audiobook_daemon.store.address import Address
from audiobook_daemon.store.engines import postgres_engine, reading_engine, sqlite_engine
from audiobook_daemon.store.threads import Threads

T = TypeVar("T")

Clock = Callable[[], datetime]

Fence = Callable[[AsyncConnection], Awaitable[None]]
"""Awaited within each write, before anything is written; raises when this daemon may not write any more."""

_BUGS = (DataError, IntegrityError, NotSupportedError, ProgrammingError)
_READERS = 3
_LAST_CHARACTER = "\U0010ffff"
_AWAY = ("08", "57P")
"""How PostgreSQL numbers lost connections, and that it stops or starts."""


class DatabaseAway(DatabaseError):
    """No server answers, or it hung up; it may well come back."""


class Connections:
    """Lends connections to the repositories; a transaction is never held while waiting for the world."""

    def __init__(self, address: Address, clock: Clock, *, read_only: bool = False, fence: Fence | None = None) -> None:
        self.clock = clock
        self._fence = fence
        self._label = address.label
        self._turn = asyncio.Lock()
        self.writes: int | None = None if read_only else 0
        """How often something was written, by which one sees that nothing has changed; None if others may write."""
        if address.path is None:
            self.postgres, self._threads = True, None
            self._writer = self._reader = postgres_engine(address, read_only=read_only)
        else:
            self.postgres = False
            self._writer = sqlite_engine(address, size=1, begin="BEGIN IMMEDIATE", read_only=read_only)
            self._reader = sqlite_engine(address, size=_READERS, begin="BEGIN", read_only=True)
            self._threads = Threads(reading_engine(address, size=_READERS), _READERS)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Lend a connection that sees one consistent state; beside writers, never blocked by them."""
        with told_as_sentences(self._label):
            async with self._reader.connect() as connection:
                yield connection

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Do some reading that sees one consistent state; for lists and pages, which read a lot and often.

        For SQLite all of it is done in a thread at once: with `reading` each step of each statement is a way to one.
        """
        with told_as_sentences(self._label):
            if self._threads is not None:
                return await self._threads.read(work)
            async with self._reader.connect() as connection:
                return await connection.run_sync(work)

    async def write(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """Do the work in one transaction: committed on disk on return, undone when it raises.

        A caller that is cancelled meanwhile leaves at once, and the transaction is ended in its stead.
        """
        # Waiting here is fair and without limit; SQLite's own waiting is neither.
        await self._turn.acquire()
        # Cancelled in the driver's midst, a connection can stay behind half closed and keep the file locked.
        return await asyncio.shield(asyncio.create_task(self._write(work)))

    async def _write(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        try:
            with told_as_sentences(self._label):
                async with self._writer.begin() as connection:
                    if self._fence is not None:
                        await self._fence(connection)
                    return await work(connection)
        finally:
            self.writes = (self.writes or 0) + 1
            self._turn.release()

    def insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        """Return an INSERT that knows `on_conflict_do_update` in the dialect at hand."""
        return postgresql.insert(table) if self.postgres else sqlite.insert(table)

    def begins(self, column: Column[str], beginning: str) -> ColumnElement[bool]:
        """Return the condition that a text begins so, in a form that the index of the dialect at hand can serve."""
        if self.postgres:
            return column.startswith(beginning, autoescape=True)
        return and_(column >= beginning, column < beginning + _LAST_CHARACTER)

    async def close(self) -> None:
        """Close every connection, when the last transaction has ended."""
        async with self._turn:
            await self._writer.dispose()
        await self._reader.dispose()
        if self._threads is not None:
            await self._threads.close()


@contextmanager
def told_as_sentences(label: str) -> Iterator[None]:
    """Turn what the database itself does wrong into DatabaseError; our own mistakes stay what they are."""
    try:
        yield
    except _BUGS:
        raise
    except DBAPIError as error:
        if error.connection_invalidated or _sqlstate(error).startswith(_AWAY):
            raise _away(label, error.orig) from error
        if "malformed" in str(error.orig):  # how SQLite says that a file is damaged
            told = f"The database {label} is damaged; `audiobook-daemon check-database` says how, and how to go on."
            raise DamagedDatabase(told) from error
        raise DatabaseError(f"The database {label} cannot be used: {error.orig}.") from error
    except OSError as error:  # what asyncpg raises while no server answers
        raise _away(label, error) from error


def _away(label: str, error: BaseException | None) -> DatabaseAway:
    told = " ".join(str(error or "it does not answer in time").split())
    return DatabaseAway(f"The database {label} cannot be reached: {told}.")


def _sqlstate(error: DBAPIError) -> str:
    return getattr(error.orig, "sqlstate", None) or ""
