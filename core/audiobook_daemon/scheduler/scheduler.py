"""Starts jobs at their times: one sleeping task for all, nothing to do between due times."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.events import Bus, JobsChanged
from audiobook_daemon.models import JobStatus, Outcome, Run
from audiobook_daemon.scheduler.cron import next_after, previous_before
from audiobook_daemon.scheduler.pauses import WHOLE, JobMemory, Pauses
from audiobook_daemon.scheduler.runner import AlreadyRunning, Runner, Step

_log = logging.getLogger(__name__)
_OFTEN = timedelta(hours=1)
_LONGEST_SLEEP = 300.0
"""Seconds; a clock that was set is noticed within this time."""
_SMALL_STEP = timedelta(minutes=1)
"""A clock set back by less than this is only waited for: its times would otherwise come twice."""

_INSTANT = timedelta(microseconds=1)


class UnknownJob(AudiobookDaemonError):
    """No job has this name."""


@dataclass(frozen=True, slots=True)
class JobSpec:
    """A job as the configuration asks for it."""

    name: str
    at: str
    steps: tuple[Step, ...]
    catch_up: timedelta = timedelta(hours=24)
    """How old a missed time may be to be made up for, once, after downtime; zero for never."""
    description: str | None = None


class RunHistory(Protocol):
    """What is known of earlier runs."""

    async def last_scheduled(self, name: str) -> datetime | None:
        """The latest time a run of this job was due, or None."""

    async def latest(self, name: str | None = None, *, limit: int = 50) -> Sequence[Run]:
        """The newest runs first."""


class Scheduler:
    """Keeps the times of all jobs in one zone."""

    def __init__(
        self,
        runner: Runner,
        history: RunHistory,
        memory: JobMemory,
        bus: Bus,
        now: Callable[[], datetime],
    ) -> None:
        self._runner = runner
        self._history = history
        self._pauses = Pauses(memory)
        self._bus = bus
        self.now = now
        self.zone = ZoneInfo("UTC")
        self._jobs: dict[str, JobSpec] = {}
        self._due: dict[str, datetime] = {}
        self._last: dict[str, Run] = {}
        self._looked: datetime | None = None
        self._overlapped: set[str] = set()
        self._changed = asyncio.Event()

    async def apply(self, jobs: Sequence[JobSpec], zone: ZoneInfo) -> None:
        """Take over the jobs of a configuration; a job that did not change keeps its next time."""
        now = self.now()
        same_zone = zone == self.zone
        due = {}
        for job in jobs:
            old = self._jobs.get(job.name)
            kept = same_zone and old is not None and old.at == job.at and job.name in self._due
            due[job.name] = self._due[job.name] if kept else next_after(job.at, zone, now)
            if job.name not in self._last and (runs := await self._history.latest(job.name, limit=1)):
                self._last[job.name] = runs[0]
        self.zone, self._jobs, self._due = zone, {job.name: job for job in jobs}, due
        await self._pauses.load(now)
        self._tell()

    @property
    def paused(self) -> bool:
        """Whether the whole schedule stands still."""
        return self._pauses.hold(WHOLE, self.now())

    @property
    def paused_until(self) -> datetime | None:
        """When the pause of the whole schedule ends by itself; None without one, and without an end."""
        return self._pauses.until(WHOLE, self.now())

    def statuses(self) -> tuple[JobStatus, ...]:
        """Every job as people see it."""
        return tuple(self._status(job) for job in self._jobs.values())

    async def keep_time(self) -> None:
        """Start what falls due, beginning with one run for each job that missed its time; until cancelled."""
        await self._catch_up()
        while True:
            now = self._look()
            for name, moment in tuple(self._due.items()):
                if moment <= now:
                    self._due[name] = next_after(self._jobs[name].at, self.zone, now)
                    self._start(name, "schedule", moment)
            self._tell_of_ends(now)
            coming = min(filter(None, (*self._due.values(), self._pauses.next_end(now))), default=None)
            wait = _LONGEST_SLEEP if coming is None else (coming - self.now()).total_seconds()
            self._changed.clear()
            try:
                async with asyncio.timeout(max(0.0, min(wait, _LONGEST_SLEEP))):
                    await self._changed.wait()
            except TimeoutError:
                continue

    def run_now(self, name: str, trigger: str) -> str:
        """Start a job at once, paused or not, and return the run's id; raises UnknownJob or AlreadyRunning."""
        return self._begin(self._job(name), trigger, None)[0]

    async def run_once(self, key: str, asked: str, name: str, trigger: str) -> str:
        """Start a job as `run_now` does, but only once for each key; raises Repeated or KeyTaken as well."""
        job = self._job(name)
        run_id, task = await self._runner.begin_once(key, asked, name, job.steps, trigger)
        self._follow(name, task)
        return run_id

    def cancel(self, name: str) -> Run | None:
        """Call the run of a job off and return it, or None if it is not under way; raises UnknownJob."""
        run = self._runner.latest_under_way(self._job(name).name)
        return None if run is None else self._runner.cancel(run.id)

    async def run_and_wait(self, name: str, trigger: str) -> tuple[Run, Outcome | None]:
        """Start a job at once and wait for its end."""
        return await self._begin(self._job(name), trigger, None)[1]

    async def pause(self, name: str, until: datetime | None = None) -> None:
        """Let a job's times pass until it is resumed, or until a moment; survives restarts."""
        await self._pauses.begin(self._job(name).name, until, self.now())
        self._tell()

    async def resume(self, name: str) -> None:
        """Let a paused job run at its times again; what was due meanwhile is not made up for."""
        await self._pauses.end(self._job(name).name, self.now())
        self._tell()

    async def pause_all(self, until: datetime | None = None) -> None:
        """Let the times of all jobs pass until the schedule is resumed, or until a moment; survives restarts."""
        await self._pauses.begin(WHOLE, until, self.now())
        self._tell()

    async def resume_all(self) -> None:
        """Let the schedule go on; a job that was paused by itself stays so."""
        await self._pauses.end(WHOLE, self.now())
        self._tell()

    def _look(self) -> datetime:
        """Return the time; when the clock was set back, every job gets its next time anew."""
        now = self.now()
        if self._looked is None or now >= self._looked:
            self._looked = now
        elif self._looked - now >= _SMALL_STEP:
            _log.warning("The clock was set back by %s; the times of all jobs are reckoned anew.", self._looked - now)
            self._looked = now
            self._due = {name: next_after(job.at, self.zone, now) for name, job in self._jobs.items()}
            self._tell()
        return now

    def _tell_of_ends(self, now: datetime) -> None:
        if ended := self._pauses.ended(now):
            for name in sorted(ended):
                _log.info("The pause of %s has ended by itself.", "the schedule" if name == WHOLE else name)
            self._tell()

    async def _catch_up(self) -> None:
        now = self.now()
        for job in tuple(self._jobs.values()):
            last = await self._history.last_scheduled(job.name)
            missed = previous_before(job.at, self.zone, now)
            if last is not None and last < missed and now - missed <= job.catch_up:
                self._start(job.name, "catch_up", missed)

    def _start(self, name: str, trigger: str, scheduled: datetime) -> None:
        if self._pauses.hold(WHOLE, scheduled) or self._pauses.hold(name, scheduled):
            _log.debug("%s is paused.", name)
            return
        try:
            self._begin(self._jobs[name], trigger, scheduled)
        except AlreadyRunning:
            level = logging.DEBUG if name in self._overlapped else logging.WARNING
            self._overlapped.add(name)
            _log.log(level, "%s is still running; its time at %s is skipped.", name, scheduled.astimezone(self.zone))
        except AudiobookDaemonError as error:
            _log.error("%s cannot run: %s", name, error)

    def _begin(
        self, job: JobSpec, trigger: str, scheduled: datetime | None
    ) -> tuple[str, asyncio.Task[tuple[Run, Outcome | None]]]:
        quiet = trigger == "schedule" and self._often(job)
        run_id, task = self._runner.begin(job.name, job.steps, trigger, scheduled, quiet=quiet)
        self._follow(job.name, task)
        return run_id, task

    def _follow(self, name: str, task: asyncio.Task[tuple[Run, Outcome | None]]) -> None:
        self._overlapped.discard(name)
        task.add_done_callback(lambda done: self._ended(name, done))
        self._tell()

    def _often(self, job: JobSpec) -> bool:
        due = self._due.get(job.name)
        return due is not None and due - self.now() < _OFTEN

    def _ended(self, name: str, task: asyncio.Task[tuple[Run, Outcome | None]]) -> None:
        if not task.cancelled() and task.exception() is None:
            self._last[name] = task.result()[0]
        self._tell()

    def _job(self, name: str) -> JobSpec:
        if name not in self._jobs:
            known = ", ".join(sorted(self._jobs)) or "none"
            raise UnknownJob(f"There is no job called {name!r}. Jobs: {known}.")
        return self._jobs[name]

    def _status(self, job: JobSpec) -> JobStatus:
        now = self.now()
        return JobStatus(
            name=job.name,
            at=job.at,
            actions=tuple(step.action for step in job.steps),
            paused=self._pauses.hold(job.name, now),
            running=job.name in self._runner.running,
            next_run=self._next_run(job, now),
            last_run=self._last.get(job.name),
            description=job.description,
            paused_until=self._pauses.until(job.name, now),
            held=self.paused,
        )

    def _next_run(self, job: JobSpec, now: datetime) -> datetime | None:
        due = self._due.get(job.name)
        for name in (WHOLE, job.name):
            if due is not None and self._pauses.hold(name, due):
                until = self._pauses.until(name, now)
                # The moment at which a pause ends counts again.
                due = None if until is None else next_after(job.at, self.zone, until - _INSTANT)
        return due

    def _tell(self) -> None:
        self._changed.set()
        self._bus.publish(JobsChanged(at=self.now()))
