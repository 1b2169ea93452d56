"""Writes what is remembered as JSON lines for other programs; never with a secret in it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from audiobook_daemon.backup.errors import BackupError
from audiobook_daemon.backup.lines import line
from audiobook_daemon.store import PlainRow, Snapshot, open_part
from audiobook_daemon.version import __version__

EXPORT_HEAD = b'{"export":"audiobook-daemon"'
"""How every export begins."""


async def export(snapshot: Snapshot, write: Callable[[bytes], object], tables: Collection[str], now: datetime) -> int:
    """Write a line about the whole, then one for each row of the named tables (none named: of all); return how many.

    Raises BackupError, before anything is written, for a table that is not there.
    """
    if unknown := sorted(set(tables) - set(snapshot.tables)):
        raise BackupError(f"There is no table {unknown[0]!r}; tables are {', '.join(sorted(snapshot.tables))}.")
    head = {
        "export": "audiobook-daemon",
        "version": __version__,
        "revision": snapshot.revision,
        "made": now.isoformat(),
    }
    write(line(head))
    written = 0
    for name in snapshot.tables:
        if tables and name not in tables:
            continue
        async for rows in snapshot.rows(name):
            written += await asyncio.to_thread(_write, write, name, rows)
    return written


def _write(write: Callable[[bytes], object], name: str, rows: Sequence[PlainRow]) -> int:
    shown = [open_part(name, row) for row in rows]
    content = [line({"table": name, "row": row}) for row in shown if row is not None]
    write(b"".join(content))
    return len(content)
