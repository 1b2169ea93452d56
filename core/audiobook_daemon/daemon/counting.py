"""Writes down now and then how often was asked: with each key, and by us of each service."""

from __future__ import annotations

import asyncio
import logging

from audiobook_daemon.errors import DatabaseError
from audiobook_daemon.http import Tally
from audiobook_daemon.store import CallsOfDay, Database

_SECONDS = 600.0
_log = logging.getLogger(__name__)


async def write_down(tally: Tally, database: Database) -> None:
    """Write what was counted, every ten minutes and when it is cancelled; nothing if nobody has asked."""
    try:
        while True:
            await asyncio.sleep(_SECONDS)
            await write_now(tally, database)
    finally:
        await write_now(tally, database)


async def write_now(tally: Tally, database: Database) -> None:
    """Write what was counted since the last time; it stays counted if it cannot be written."""
    taken = tally.take()
    if not taken:
        return
    lines = [CallsOfDay(asker.kind, asker.name, calls.calls, calls.failures) for asker, calls in taken.items()]
    try:
        await database.usage.add(lines)
    except DatabaseError as error:
        tally.put_back(taken)
        _log.debug("What was counted cannot be written now: %s", error)
