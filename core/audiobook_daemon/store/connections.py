"""Short transactions on SQLite or PostgreSQL, one writer at a time, driver errors told as sentences."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Column, ColumnElement, Connection, Table, and_, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, NotSupportedError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from audiobook_daemon.errors import DatabaseError
from audiobook_daemon.store.address import Address

T = TypeVar("T")

Clock = Callable[[], datetime]

_BUGS = (DataError, IntegrityError, NotSupportedError, ProgrammingError)
_READERS = 3
_LAST_CHARACTER = "\U0010ffff"
_WAIT = 30.0
"""Seconds a connection waits for its turn before the database counts as stuck."""


class Connections:
    """Lends connections to the repositories; a transaction is never held while waiting for the world."""

    def __init__(self, address: Address, clock: Clock, *, read_only: bool = False) -> None:
        self.clock = clock
        self._label = address.label
        self._turn = asyncio.Lock()
        if address.path is None:
            self.postgres = True
            self._writer = self._reader = postgres_engine(address)
        else:
            self.postgres = False
            self._writer = sqlite_engine(address, size=1, begin="BEGIN IMMEDIATE", read_only=read_only)
            self._reader = sqlite_engine(address, size=_READERS, begin="BEGIN", read_only=True)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Lend a connection that sees one consistent state; beside writers, never blocked by them."""
        with told_as_sentences(self._label):
            async with self._reader.connect() as connection:
                yield connection

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
                    return await work(connection)
        finally:
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


@contextmanager
def told_as_sentences(label: str) -> Iterator[None]:
    """Turn what the database itself does wrong into DatabaseError; our own mistakes stay what they are."""
    try:
        yield
    except _BUGS:
        raise
    except DBAPIError as error:
        raise DatabaseError(f"The database {label} cannot be used: {error.orig}.") from error
    except OSError as error:  # what asyncpg raises while no server answers
        raise DatabaseError(f"The database {label} cannot be reached: {error}.") from error


def sqlite_engine(
    address: Address, *, size: int, begin: str, read_only: bool = False, foreign_keys: bool = True
) -> AsyncEngine:
    """Make an engine of `size` connections (0: a fresh one each time) that starts transactions by `begin`."""
    pool = {"pool_size": size, "max_overflow": 0, "pool_timeout": _WAIT} if size else {"poolclass": NullPool}
    engine = create_async_engine(
        address.url,
        # Bound values hold session cookies; they must not come out in error texts.
        hide_parameters=True,
        # The driver's own implicit BEGIN spares DDL and SELECT; without it a transaction holds everything.
        connect_args={"isolation_level": None},
        **pool,
    )
    pragmas = [f"busy_timeout = {int(_WAIT * 1000)}", f"foreign_keys = {int(foreign_keys)}"]
    if read_only:
        pragmas.append("query_only = 1")
    else:
        # FULL waits for the disk at each commit. NORMAL would survive kill -9, but a power cut could forget a
        # rotated session cookie or a journalled file step; at a few commits a minute the wait costs nothing.
        pragmas += ["journal_mode = WAL", "synchronous = FULL"]

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def postgres_engine(address: Address) -> AsyncEngine:
    """Make an engine for PostgreSQL; raises DatabaseError when its driver is not installed."""
    try:
        return create_async_engine(address.url, hide_parameters=True, pool_pre_ping=True, pool_timeout=_WAIT)
    except ModuleNotFoundError as error:
        raise DatabaseError(
            f"The database {address.label} needs the Python package {error.name}. Install it beside the daemon."
        ) from error
