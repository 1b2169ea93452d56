"""Makes room in a PostgreSQL database for what is restored: our tables of before move to a schema of their own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncConnection

from audiobook_daemon.errors import DatabaseError
from audiobook_daemon.store import reign
from audiobook_daemon.store.address import Address
from audiobook_daemon.store.connections import told_as_sentences
from audiobook_daemon.store.engines import postgres_engine
from audiobook_daemon.store.migrations import VERSION_TABLE
from audiobook_daemon.store.server_lock import KEY
from audiobook_daemon.store.tables import metadata
from audiobook_daemon.store.views import VIEWS

_THERE = text(
    "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'v')"
)


@asynccontextmanager
async def emptied_server(
    address: Address, *, aside: bool, now: datetime
) -> AsyncIterator[tuple[AsyncConnection, str | None]]:
    """Lend the one transaction in which the old tables go aside and the new ones come: both happen, or nothing.

    Yields the connection and the name of the schema where the old tables are, None if there were none.
    """
    engine = postgres_engine(address, lasting=False, patient=True)
    try:
        with told_as_sentences(address.label):
            async with engine.begin() as connection:
                if not await connection.scalar(text(f"SELECT pg_try_advisory_xact_lock({KEY})")):
                    raise DatabaseError(f"An audiobook-daemon works with the database {address.label}. Stop it first.")
                ours = {*metadata.tables, *VIEWS, VERSION_TABLE}
                there = [name for name in (await connection.scalars(_THERE)).all() if name in ours]
                if there and not aside:
                    raise DatabaseError(
                        f"There is a database at {address.label} already. With --set-aside its tables are kept in a "
                        "schema of their own, and the backup takes their place."
                    )
                number, _ = await reign.current(connection)
                yield connection, await _move(connection, there, now) if there else None
                # Who has the old number, frozen perhaps, must not take the new tables for its own.
                await connection.execute(
                    insert(metadata.tables["reign"]).values(id=1, number=number + 1, holder="restore")
                )
    finally:
        await engine.dispose()


async def _move(connection: AsyncConnection, names: list[str], now: datetime) -> str:
    schema = f"set_aside_{now.astimezone(UTC):%Y%m%dt%H%M%Sz}"
    await connection.execute(text(f'CREATE SCHEMA "{schema}"'))
    for name in names:
        await connection.execute(text(f'ALTER TABLE "{name}" SET SCHEMA "{schema}"'))
    return f"the schema {schema}"
