"""Faults of the database: another program holds it locked."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing

from tests.faults.script import Script
from tests.faults.trial import Trial

PATIENCE = 0.3
"""Seconds the daemon waits for its turn in these lives; else half a minute, which no test has."""


async def locked(trial: Trial) -> None:
    """Another program writes for longer than the daemon waits, and for a shorter time."""
    await trial.live(Script(rounds=1, limit=1))
    for number in range(2 + trial.books // 2):
        holding = asyncio.create_task(_hold(trial, 3 * PATIENCE if number % 2 else PATIENCE / 3))
        ended = await trial.live(Script(rounds=4, limit=1, patience=PATIENCE))
        await holding
        if ended == "settled":
            break


async def _hold(trial: Trial, seconds: float) -> None:
    path = trial.address.removeprefix("sqlite://")
    for _ in range(4):
        await asyncio.sleep(trial.rng.uniform(0.0, 0.5))
        trial.record.add("database locked", f"{seconds:.1f} s")
        with closing(sqlite3.connect(path, isolation_level=None, timeout=5)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            await asyncio.sleep(seconds)
            connection.execute("ROLLBACK")
