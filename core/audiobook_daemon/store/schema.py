"""Makes sure, before anybody reads or writes, that the database is sound, ours alone and of this version."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from audiobook_daemon.errors import DatabaseError
from audiobook_daemon.store import file, migrations
from audiobook_daemon.store.address import Address
from audiobook_daemon.store.connections import told_as_sentences
from audiobook_daemon.store.engines import postgres_engine, sqlite_engine
from audiobook_daemon.store.guard import ALONE, Guard, Succession
from audiobook_daemon.store.lock import only_daemon
from audiobook_daemon.store.snapshot import Snapshot, taken

_log = logging.getLogger(__name__)

Keep = Callable[[Snapshot], Awaitable[None]]
"""Keeps what a database held before it is brought up to date."""


@asynccontextmanager
async def prepared(
    address: Address, *, exclusive: bool, succession: Succession = ALONE, keep: Keep | None = None
) -> AsyncIterator[Guard | None]:
    """Hold the database ready until the block ends; yields what guards it, if other daemons could come for it.

    `exclusive` takes the single-daemon lock and migrates; otherwise nothing is changed, and a database of
    another version is refused. Before it migrates, a file is copied, and a server's database given to `keep`.
    Raises DatabaseError.
    """
    if address.path is not None:
        async with _prepared_file(address, address.path, exclusive=exclusive):
            yield None
    elif exclusive:
        guard = Guard(address, succession)
        async with guard.held():
            await _upgrade_server(address, keep)
            await guard.begin()
            yield guard
    else:
        _require_newest(await _revision(address), address)
        yield None


@asynccontextmanager
async def _prepared_file(address: Address, path: Path, *, exclusive: bool) -> AsyncIterator[None]:
    if not exclusive:
        _require_newest(await asyncio.to_thread(file.examine, path, thorough=False), address)
        yield
        return
    file.expect(path)
    file.make(path)
    with only_daemon(path):
        revision = await asyncio.to_thread(file.examine, path, thorough=True)
        if _outdated(revision, address):
            if revision is not None:
                backup = path.with_name(f"{path.name}.before-{migrations.REVISIONS[-1]}.bak")
                await asyncio.to_thread(file.copy, path, backup)
            # A table that is rebuilt is dropped for a moment: its children must not notice.
            await _migrate(sqlite_engine(address, size=0, begin="BEGIN IMMEDIATE", foreign_keys=False), address)
        yield


async def _upgrade_server(address: Address, keep: Keep | None) -> None:
    revision = await _revision(address)
    if not _outdated(revision, address):
        return
    if revision is not None and keep is not None:
        async with taken(address) as snapshot:
            await keep(snapshot)
    await _migrate(postgres_engine(address, lasting=False, patient=True), address)


async def _revision(address: Address) -> str | None:
    """Return the revision of the tables on a server, None when there are none."""
    with told_as_sentences(address.label):
        async with postgres_engine(address, lasting=False).connect() as connection:
            known = await connection.scalar(text("SELECT to_regclass(:name)"), {"name": migrations.VERSION_TABLE})
            if known is None:
                return None
            found = await connection.scalar(text(f"SELECT version_num FROM {migrations.VERSION_TABLE}"))  # noqa: S608
            return None if found is None else str(found)


def _outdated(revision: str | None, address: Address) -> bool:
    if revision is not None and revision not in migrations.REVISIONS:
        raise DatabaseError(
            f"The database {address.label} was made by a newer version of audiobook-daemon (its revision {revision} "
            f"is unknown, the newest known is {migrations.REVISIONS[-1]}). Install that version again, "
            "or restore the backup that was made before the upgrade."
        )
    return revision != migrations.REVISIONS[-1]


def _require_newest(revision: str | None, address: Address) -> None:
    if _outdated(revision, address):
        raise DatabaseError(
            f"The database {address.label} is still of an older version of audiobook-daemon. "
            "Start the daemon once, it brings the database up to date."
        )


async def _migrate(engine: AsyncEngine, address: Address) -> None:
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it tells of every plugin it has, when imported already
    # Alembic and what it draws in cost a tenth of a second at every start: imported only for a database that needs it.
    from audiobook_daemon.store.migrations.upgrade import upgrade  # noqa: PLC0415

    try:
        async with engine.begin() as connection:
            await connection.run_sync(upgrade)
        _log.info("The database %s was brought up to date (revision %s).", address.label, migrations.REVISIONS[-1])
    except SQLAlchemyError as error:
        raise DatabaseError(
            f"The database {address.label} could not be brought up to date and was left as it was: {error}"
        ) from error
    finally:
        await engine.dispose()
