"""Makes a database anew out of the rows of a backup, of this revision or an older one; it is in place when whole."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Table, delete, func, insert, select, text
from sqlalchemy.exc import OperationalError, StatementError
from sqlalchemy.ext.asyncio import AsyncConnection

from audiobook_daemon.errors import DatabaseError
from audiobook_daemon.store import file, migrations
from audiobook_daemon.store.address import read_address
from audiobook_daemon.store.book_search import renew_words
from audiobook_daemon.store.connections import told_as_sentences
from audiobook_daemon.store.engines import sqlite_engine
from audiobook_daemon.store.lock import only_daemon
from audiobook_daemon.store.owners import give_to_owner_of_folder
from audiobook_daemon.store.plain_rows import PlainRow, bound, portable_tables
from audiobook_daemon.store.server_room import emptied_server
from audiobook_daemon.store.set_aside import PARTS, flush_folder, part, set_aside
from audiobook_daemon.store.snapshot import sequences_of

UNFINISHED = ".restoring"


class Rebuilding:
    """A database that is being filled; made by `rebuilt`."""

    def __init__(self, connection: AsyncConnection, tables: tuple[Table, ...], aside: str | None) -> None:
        self.aside = aside
        """The name that what was there before has got."""
        self._connection = connection
        self._tables = {table.name: table for table in tables}

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables, in the order in which they have to be filled."""
        return tuple(self._tables)

    async def load(self, name: str, rows: Sequence[PlainRow]) -> None:
        """Add rows; raises DatabaseError when they do not fit."""
        table = self._table(name)
        await self._put(table, [bound(row, table) for row in rows])

    async def replace(self, name: str, row: PlainRow) -> None:
        """Add a row in the place of the one with its key, if there is one."""
        table = self._table(name)
        values = bound(row, table)
        same = [column == values[column.name] for column in table.primary_key.columns]
        await self._connection.execute(delete(table).where(*same))
        await self._put(table, [values])

    async def number_on(self, sequences: Mapping[str, int]) -> None:
        """Let the numbers go on where they were, so that none is given twice; called when all rows are there."""
        if self._connection.dialect.name == "sqlite":
            await _number_sqlite(self._connection, sequences)
            return
        for table, sequence in await sequences_of(self._connection, tuple(self._tables.values())):
            (key,) = table.primary_key.columns
            highest = int(await self._connection.scalar(select(func.max(key))) or 0)
            if last := max(highest, sequences.get(table.name, 0)):
                await self._connection.execute(select(func.setval(sequence, last)))

    def _table(self, name: str) -> Table:
        if name not in self._tables:
            raise DatabaseError(f"There is no table {name} in a database of this revision.")
        return self._tables[name]

    async def _put(self, table: Table, values: list[dict[str, object]]) -> None:
        if not values:
            return
        try:
            await self._connection.execute(insert(table), values)
        except OperationalError:  # the disk is full, the server gone
            raise
        except StatementError as error:
            raise DatabaseError(f"Rows of {table.name} do not fit the database: {error.orig}.") from None


@asynccontextmanager
async def rebuilt(url: str, revision: str, *, aside: bool, now: datetime) -> AsyncIterator[Rebuilding]:
    """Lend an empty database of a revision; when the block ends well, it is brought up to date and put in place.

    One that is there already is refused, or kept under another name if `aside`. When the block fails, everything is
    as before. Raises DatabaseError, also when a daemon works with the database.
    """
    if revision not in migrations.REVISIONS:
        raise DatabaseError(
            f"The backup was made by a newer version of audiobook-daemon (its revision {revision} is unknown, the "
            f"newest known is {migrations.REVISIONS[-1]}). Install that version, then restore again."
        )
    address = read_address(url)
    if address.path is None:
        async with (
            emptied_server(address, aside=aside, now=now) as (connection, name),
            _filled(connection, revision, name) as filling,
        ):
            yield filling
        return
    async with _file(address.path, revision, aside=aside, now=now) as filling:
        yield filling


@asynccontextmanager
async def _file(path: Path, revision: str, *, aside: bool, now: datetime) -> AsyncIterator[Rebuilding]:
    file.make_folder(path)
    with only_daemon(path):
        there = path.exists() and path.stat().st_size > 0
        if there and not aside:
            raise DatabaseError(
                f"There is a database at {path} already. With --set-aside it is kept beside under another name, "
                "and the backup takes its place."
            )
        partial = path.with_name(path.name + UNFINISHED)
        _clear(partial)
        try:
            async with _new_file(partial, revision) as filling:
                yield filling
            await asyncio.to_thread(file.complete, partial)
            _flush(partial)
        except BaseException:
            _clear(partial)
            raise
        kept = set_aside(path, "damaged" if there and _is_damaged(path) else "set-aside", now)
        filling.aside = str(kept) if kept else None
        for made in (partial, path.with_name(path.name + ".lock")):
            give_to_owner_of_folder(made)
        partial.rename(path)
        flush_folder(path.parent)


@asynccontextmanager
async def _new_file(partial: Path, revision: str) -> AsyncIterator[Rebuilding]:
    file.make(partial)
    address = read_address(f"sqlite://{partial}")
    engine = sqlite_engine(address, size=0, begin="BEGIN IMMEDIATE", foreign_keys=False)
    try:
        with told_as_sentences(address.label):
            async with engine.begin() as connection, _filled(connection, revision, None) as filling:
                yield filling
    finally:
        await engine.dispose()


@asynccontextmanager
async def _filled(connection: AsyncConnection, revision: str, aside: str | None) -> AsyncIterator[Rebuilding]:
    # Alembic costs a tenth of a second to import: only what needs it pays.
    from audiobook_daemon.store.migrations.upgrade import upgrade  # noqa: PLC0415

    await connection.run_sync(upgrade, revision, views=False)
    yield Rebuilding(connection, await connection.run_sync(portable_tables), aside)
    await connection.run_sync(upgrade)
    await renew_words(connection)
    if connection.dialect.name == "sqlite":
        for stray in (await connection.exec_driver_sql("PRAGMA foreign_key_check")).mappings():
            raise DatabaseError(f"Rows of {stray['table']} belong to rows of {stray['parent']} that are not there.")


async def _number_sqlite(connection: AsyncConnection, sequences: Mapping[str, int]) -> None:
    for name, last in sequences.items():
        sql = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = :name AND sql LIKE '%AUTOINCREMENT%'"
        if await connection.scalar(text(sql), {"name": name}) is None:
            continue
        values = {"name": name, "last": last}
        changed = text("UPDATE sqlite_sequence SET seq = MAX(seq, :last) WHERE name = :name")
        if (await connection.execute(changed, values)).rowcount == 0:
            await connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), values)


def _is_damaged(path: Path) -> bool:
    try:
        file.examine(path, thorough=True)
    except DatabaseError:
        return True
    return False


def _clear(partial: Path) -> None:
    for ending in PARTS:
        part(partial, ending).unlink(missing_ok=True)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
