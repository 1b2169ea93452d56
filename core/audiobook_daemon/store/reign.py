"""The number of the daemon that works with a PostgreSQL database: its successor counts on, and then the old one is out.

A lock alone does not do: a daemon that was frozen and thaws still believes it has it. The number is looked at within
every write, and held until that is committed.
"""

from __future__ import annotations

import os
import platform

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from audiobook_daemon.errors import DatabaseError
from audiobook_daemon.store.daemon_tables import reign

_ROW = 1


class Overtaken(DatabaseError):
    """Another daemon has taken this one's place; nothing was written."""


async def begin(connection: AsyncConnection) -> int:
    """Begin a new reign and return its number; waits for what the old one is just committing."""
    holder = f"process {os.getpid()} on {platform.node() or 'an unnamed machine'}"
    first = insert(reign).values(id=_ROW, number=1, holder=holder)
    statement = first.on_conflict_do_update(
        index_elements=["id"], set_={"number": reign.c.number + 1, "holder": holder}
    ).returning(reign.c.number)
    return int((await connection.execute(statement)).scalar_one())


async def current(connection: AsyncConnection) -> tuple[int, str]:
    """Return the number of the reign and who has it; 0 and nobody in a database without tables."""
    if await connection.scalar(text("SELECT to_regclass(:name)"), {"name": reign.name}) is None:
        return 0, ""
    row = (await connection.execute(select(reign.c.number, reign.c.holder))).one_or_none()
    return (0, "") if row is None else (row.number, row.holder)


async def require(connection: AsyncConnection, number: int, label: str) -> None:
    """Make sure that nobody else reigns before this transaction ends; raises Overtaken."""
    statement = select(reign.c.number).where(reign.c.id == _ROW, reign.c.number == number)
    if await connection.scalar(statement.with_for_update(read=True)) is None:
        raise overtaken(label)


def overtaken(label: str) -> Overtaken:
    """Say what it means for this daemon."""
    return Overtaken(f"Another audiobook-daemon has taken over the database {label}; this one does nothing any more.")
