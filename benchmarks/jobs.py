"""1,000 jobs planned, and how late they begin when all of them are due at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from croniter import croniter

from audiobook_daemon.actions import Actions
from audiobook_daemon.events import Bus
from audiobook_daemon.models import Outcome, Run
from audiobook_daemon.scheduler import JobSpec, Runner, Scheduler, Step
from audiobook_daemon.store import Database
from figures import Figure, report

_COUNT = 1_000
_SOME = 20
_MINUTE = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
_LEAD = timedelta(seconds=3)
"""How long before the full minute the clock is set; the scheduler looks for missed times meanwhile."""
_WITHIN = 60.0
_ZONE = ZoneInfo("Europe/Berlin")
_STEPS = (Step("note"),)
_SPREAD = tuple(f"{number % 59 + 1} {number % 24} * * {number % 7}" for number in range(_COUNT))
_DUE = "0 * * * *"


class Clock:
    """A clock that is set and then runs on."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def set(self, moment: datetime) -> None:
        self._ahead = moment - datetime.now(UTC)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead


class Forgetful:
    """A history of runs that keeps nothing."""

    async def start(self, run: Run) -> None:
        """Keep nothing."""

    async def finish(self, run: Run) -> None:
        """Keep nothing."""


async def measure(folder: Path) -> AsyncIterator[Figure]:
    async with Database.open(f"sqlite://{folder}/state.db") as database:
        planned, some = await _kept(database, _SOME)
        _, every = await _kept(database, _COUNT)
    yield Figure("jobs: 1,000 planned", planned, "s", _least(), "croniter alone", most=0.2)
    yield Figure(f"jobs: {_SOME} of 1,000 due, p99 late", some, "ms", most=50)
    yield Figure("jobs: 1,000 of 1,000 due, p99 late", every, "ms")


async def _kept(database: Database, due: int) -> tuple[float, float]:
    """The seconds in which the jobs were planned, and the milliseconds by which those that were due began late."""
    clock, bus, actions, late, complete = Clock(), Bus(), Actions(), list[float](), asyncio.Event()

    async def note() -> Outcome:
        """Note how late the job began, in milliseconds."""
        late.append((clock.now() - _MINUTE).total_seconds() * 1000)
        if len(late) == due:
            complete.set()
        return Outcome("")

    actions.add("note", note)
    clock.set(_MINUTE - _LEAD)
    scheduler = Scheduler(Runner(actions, Forgetful(), bus, clock.now), database.runs, database.jobs, bus, clock.now)
    times = [*[_DUE] * due, *_SPREAD[due:]]
    begin = time.perf_counter()
    await scheduler.apply([JobSpec(f"job{number}", at, _STEPS) for number, at in enumerate(times)], _ZONE)
    planned = time.perf_counter() - begin
    clock.set(_MINUTE - _LEAD)
    keeping = asyncio.create_task(scheduler.keep_time())
    async with asyncio.timeout(_WITHIN):
        await complete.wait()
    keeping.cancel()
    return planned, quantiles(late, n=100)[-1]


def _least() -> float:
    begin = time.perf_counter()
    for at in _SPREAD:
        croniter(at, _MINUTE).get_next(datetime)
    return time.perf_counter() - begin


async def _all() -> list[Figure]:
    with TemporaryDirectory() as folder:
        return [figure async for figure in measure(Path(folder))]


if __name__ == "__main__":
    report(asyncio.run(_all()))
