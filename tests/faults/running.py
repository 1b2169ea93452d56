"""Brings as many books as asked for through one kind of fault, and says what came of it."""

from __future__ import annotations

import time
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.faults.kinds import KINDS
from tests.faults.trial import Broken, trial
from tests.postgresql.databases import Databases

from audiobook_daemon.demo.processes import find_program
from audiobook_daemon.demo.services import CAN_BE_REAL

MOST_BOOKS = 70
"""The demo world has no more."""


@dataclass(slots=True)
class Result:
    """What came of one kind of fault."""

    kind: str
    seed: int
    books: int = 0
    injected: int = 0
    lives: int = 0
    killed: int = 0
    seconds: float = 0.0
    broken: list[str] = field(default_factory=list)
    """What must not be, in full; empty if nothing was lost."""


async def run(
    kind: str,
    seed: int,
    books: int,
    folder: Path,
    *,
    databases: Databases | None = None,
) -> Result:
    """Run households until `books` books had to be found under this kind of fault; the first loss ends it.

    With `databases` each has a fresh one on PostgreSQL, else a SQLite file.
    """
    result = Result(kind, seed)
    began = time.monotonic()
    number = 0
    while result.books < books and not result.broken:
        number += 1
        rng = Random(f"{kind}-{seed}-{number}")
        place = folder / f"{kind}-{number}"
        place.mkdir(parents=True)
        size = min(MOST_BOOKS, max(2, round((books - result.books) * 1.1) + 1))
        async with (
            databases.fresh() if databases else nullcontext() as database,
            trial(place, rng, books=size, real=_installed(kind), database=database) as household,
        ):
            try:
                await KINDS[kind].way(household)
                await household.converge()
            except Broken as error:
                result.broken.append(str(error))
            result.books += household.books
            result.injected += len(household.record.read())
            result.lives += len(household.lives)
            result.killed += household.lives.count("killed")
    result.seconds = time.monotonic() - began
    return result


def _installed(kind: str) -> frozenset[str]:
    return frozenset(name for name in KINDS[kind].real if find_program(CAN_BE_REAL[name]))
