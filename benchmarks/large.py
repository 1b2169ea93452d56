"""What 100,000 books in the database cost a daemon that does nothing with them, beside none."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from audiobook_daemon.store import Database
from daemons import daemon
from figures import Figure
from shelf import Shelf
from surroundings import Household, report_from_household

_SIZE = 100_000
_ROUNDS = 3


def measure(home: Household) -> Iterator[Figure]:
    without, full = (home.configuration(name, mqtt=False) for name in ("none", "many"))
    asyncio.run(_fill(full.with_name("state.db")))
    with daemon(without):
        pass  # compiles what is not compiled yet, and makes the other database
    rounds = [(_look(without), _look(full)) for _ in range(_ROUNDS)]
    start, memory = ([median(one[side][what] for one in rounds) for side in (0, 1)] for what in (0, 1))
    yield Figure("100,000 books: start to READY", start[1], "s", start[0], "no book", most_ratio=1.5)
    yield Figure("100,000 books: memory, idle", memory[1], "MiB", memory[0], "no book", most_ratio=1.05)


def _look(configuration: Path) -> tuple[float, float]:
    """The seconds to READY, and the memory then, in MiB."""
    with daemon(configuration) as running:
        return running.started_in, running.resident


async def _fill(path: Path) -> None:
    async with Database.open(f"sqlite://{path}") as database:
        await database.books.upsert(Shelf(_SIZE))


if __name__ == "__main__":
    report_from_household(measure)
