"""A scheduler with a history in RAM, on a loop whose time passes by itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from audiobook_daemon import Outcome
from audiobook_daemon.actions import Actions
from audiobook_daemon.events import Bus, Event
from audiobook_daemon.models import Run
from audiobook_daemon.scheduler import JobSpec, Runner, Scheduler, Step


class History:
    """Runs as a database would keep them; outlives a scheduler."""

    def __init__(self) -> None:
        self.runs: dict[str, Run] = {}

    async def start(self, run: Run) -> None:
        self.runs[run.id] = run

    async def claim(self, run: Run) -> Run:
        await asyncio.sleep(0.01)
        return self.runs.setdefault((await self.of_key(run.key or "") or run).id, run)

    async def of_key(self, key: str) -> Run | None:
        return next((run for run in self.runs.values() if run.key == key), None)

    async def finish(self, run: Run) -> None:
        assert run.id in self.runs
        self.runs[run.id] = run

    async def last_scheduled(self, name: str) -> datetime | None:
        return max((run.scheduled for run in self.runs.values() if run.name == name and run.scheduled), default=None)

    async def latest(self, name: str | None = None, *, limit: int = 50) -> Sequence[Run]:
        return [run for run in reversed(self.runs.values()) if name in {None, run.name}][:limit]


class Paused:
    """Which jobs are paused; outlives a scheduler."""

    def __init__(self) -> None:
        self.ends: dict[str, datetime | None] = {}

    async def pauses(self) -> Mapping[str, datetime | None]:
        return dict(self.ends)

    async def pause(self, name: str, until: datetime | None) -> None:
        self.ends[name] = until

    async def resume(self, name: str, now: datetime) -> None:
        self.ends[name] = now


@dataclass
class Times:
    """A scheduler and what came of it; `began` holds when each run of the action `note` began."""

    now: Callable[[], datetime]
    history: History = field(default_factory=History)
    paused: Paused = field(default_factory=Paused)
    events: list[Event] = field(default_factory=list)
    began: list[datetime] = field(default_factory=list)
    seconds: float = 0.0
    """How long each run takes."""
    actions: Actions = field(default_factory=Actions)

    def __post_init__(self) -> None:
        async def note() -> Outcome:
            self.began.append(self.now())
            await asyncio.sleep(self.seconds)
            return Outcome("Noted.", 1, 1)

        self.bus = Bus()
        self.actions.add("note", note)
        self.restart()

    def restart(self) -> None:
        """Make runner and scheduler anew, as after an end of the daemon."""
        self.runner = Runner(self.actions, self.history, self.bus, self.now)
        self.scheduler = Scheduler(self.runner, self.history, self.paused, self.bus, self.now)

    async def plan(self, *jobs: JobSpec, zone: str = "UTC") -> None:
        await self.scheduler.apply(jobs, ZoneInfo(zone))

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Keep the time until the block ends."""
        with self.bus.listening(self.events.append):
            task = asyncio.create_task(self.scheduler.keep_time())
            try:
                yield
                assert not task.done()
            finally:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
                await self.runner.stop()


@pytest.fixture
def times(clock: Callable[[], datetime]) -> Times:
    return Times(clock)


@pytest.fixture
def job() -> Callable[..., JobSpec]:
    """A job that notes when it runs: `job("hunt", "*/30 * * * *")`."""

    def make(name: str, at: str, *, catch_up: timedelta = timedelta(hours=24), action: str = "note") -> JobSpec:
        return JobSpec(name, at, (Step(action),), catch_up)

    return make
