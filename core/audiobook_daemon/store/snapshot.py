"""Everything that is remembered, as it was at one moment, while the daemon goes on writing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager

from sqlalchemy import Integer, Table, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from audiobook_daemon.store.address import Address
from audiobook_daemon.store.connections import told_as_sentences
from audiobook_daemon.store.engines import postgres_engine, sqlite_engine
from audiobook_daemon.store.migrations import VERSION_TABLE
from audiobook_daemon.store.plain_rows import PlainRow, plain, portable_tables

CHUNK = 250
"""Rows that are in memory at a time; the largest have some tens of kilobytes."""

SECRET_COLUMNS: Mapping[str, tuple[str, ...]] = {"memory": ("value",), "torrents": ("content", "magnet")}
"""Where secrets may be: what plugins remember, and torrents, whose announce address holds the account's passkey."""
_OPEN_KEYS = "cache:"


class Snapshot:
    """One consistent state; made by `taken`."""

    def __init__(
        self,
        connection: AsyncConnection,
        tables: tuple[Table, ...],
        revision: str,
        sequences: Mapping[str, int],
        label: str,
    ) -> None:
        self.revision = revision
        self.sequences = sequences
        """The highest numbers ever given, of the tables that never give one twice."""
        self.tables = tuple(table.name for table in tables)
        """In an order in which they can be loaded."""
        self._connection = connection
        self._label = label
        self._tables = {table.name: table for table in tables}

    async def count(self, name: str) -> int:
        """Return how many rows a table has."""
        with told_as_sentences(self._label):
            counted = await self._connection.scalar(select(func.count()).select_from(self._tables[name]))
        return int(counted or 0)

    async def rows(self, name: str) -> AsyncIterator[list[PlainRow]]:
        """Yield the rows of a table, some at a time, in the order of their keys."""
        table = self._tables[name]
        with told_as_sentences(self._label):
            result = await self._connection.stream(select(table).order_by(*table.primary_key.columns))
            async for chunk in result.partitions(CHUNK):
                yield [plain(row, table) for row in chunk]


@asynccontextmanager
async def taken(address: Address) -> AsyncIterator[Snapshot]:
    """Hold one state of a database until the block ends, whatever its revision; nobody waits for it.

    SQLite shows a reader the state of its first look; PostgreSQL does so at this isolation level.
    """
    engine = _engine(address)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(engine.dispose)
        # Of the database only: what goes wrong where the rows are written to is another matter.
        with told_as_sentences(address.label):
            connection = await stack.enter_async_context(engine.connect())
            tables = await connection.run_sync(portable_tables)
            revision = await connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))  # noqa: S608
            sequences = await _sequences(connection, tables)
        yield Snapshot(connection, tables, str(revision), sequences, address.label)


def open_part(name: str, row: PlainRow) -> PlainRow | None:
    """Return what of a row may be read by others: None for none of it, the row itself for all of it."""
    columns = SECRET_COLUMNS.get(name, ())
    if all(row.get(column) is None for column in columns) or (name == "memory" and not _secret(row)):
        return row
    return None if name == "memory" else row | dict.fromkeys(columns)


def _secret(row: PlainRow) -> bool:
    """Rows of older revisions do not say; then only the answers of sites are none."""
    return bool(row.get("secret", not str(row.get("key")).startswith(_OPEN_KEYS)))


def _engine(address: Address) -> AsyncEngine:
    if address.path is not None:
        return sqlite_engine(address, size=0, begin="BEGIN", read_only=True)
    repeatable = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    # Nobody knows how long the disk takes in between.
    return postgres_engine(address, lasting=False, patient=True).execution_options(**repeatable)


async def _sequences(connection: AsyncConnection, tables: tuple[Table, ...]) -> Mapping[str, int]:
    if connection.dialect.name == "sqlite":
        if await connection.scalar(text("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'")) is None:
            return {}
        given = await connection.execute(text("SELECT name, seq FROM sqlite_sequence"))
        known = {table.name for table in tables}
        return {name: seq for name, seq in given if name in known}
    found = {}
    for table, sequence in await sequences_of(connection, tables):
        last, called = (await connection.execute(text(f"SELECT last_value, is_called FROM {sequence}"))).one()  # noqa: S608
        if called:
            found[table.name] = int(last)
    return found


async def sequences_of(connection: AsyncConnection, tables: tuple[Table, ...]) -> list[tuple[Table, str]]:
    """Return the tables whose numbers PostgreSQL gives, each with the name of its sequence."""
    found = []
    for table in tables:
        keys = list(table.primary_key.columns)
        if len(keys) == 1 and isinstance(keys[0].type, Integer):
            asked = select(func.pg_get_serial_sequence(table.name, keys[0].name))
            if sequence := await connection.scalar(asked):
                found.append((table, str(sequence)))
    return found
