"""Runs actions one after the other, with counts, log and history."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import deque
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from audiobook_daemon.actions import Actions, reporting
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.events import Bus, RunFinished, RunProgressed, RunStarted
from audiobook_daemon.models import Outcome, Run, RunOutcome
from audiobook_daemon.scheduler.progress import Pace

_log = logging.getLogger(__name__)
_LOG_LINES = 200
_QUIET_SECONDS = 1.0


class AlreadyRunning(AudiobookDaemonError):
    """A job or action never overlaps itself."""


@dataclass(frozen=True, slots=True)
class Step:
    """One action of a job, with its arguments."""

    action: str
    arguments: Mapping[str, object] = field(default_factory=dict)


class History(Protocol):
    """Where runs are written down."""

    async def start(self, run: Run) -> None:
        """Write a run that begins."""

    async def finish(self, run: Run) -> None:
        """Write how it ended."""


class Runner:
    """Starts runs and remembers which are under way; a run that fails ends itself, never the daemon."""

    def __init__(self, actions: Actions, history: History, bus: Bus, now: Callable[[], datetime]) -> None:
        self._actions = actions
        self._history = history
        self._bus = bus
        self._now = now
        self._tasks: dict[str, asyncio.Task[tuple[Run, Outcome | None]]] = {}
        self._names: dict[str, str] = {}

    @property
    def running(self) -> frozenset[str]:
        """The names of the jobs and actions under way."""
        return frozenset(self._names.values())

    def begin(
        self,
        name: str,
        steps: Sequence[Step],
        trigger: str,
        scheduled: datetime | None = None,
        *,
        quiet: bool = False,
        alone: bool = True,
    ) -> tuple[str, asyncio.Task[tuple[Run, Outcome | None]]]:
        """Start a run in the background and return its id and task; the task never raises but CancelledError.

        A `quiet` run that ends soon and finds nothing to do is neither written down nor told of: a job that looks
        every minute would fill the history with nothing. A run that is not `alone` may begin while another of its
        name is under way: short commands of several people at once.

        Raises AlreadyRunning, UnknownAction or BadArguments before anything has begun.
        """
        if alone and name in self.running:
            raise AlreadyRunning(f"{name} is running already.")
        for step in steps:
            self._actions.get(step.action).validated(step.arguments)
        run = Run(secrets.token_hex(4), name, trigger, self._now(), scheduled=scheduled)
        task = asyncio.create_task(self._run(_Record(self._history, self._bus, run), steps, quiet), name=f"run {name}")
        self._tasks[run.id], self._names[run.id] = task, name
        task.add_done_callback(lambda _: self._forget(run.id))
        return run.id, task

    async def stop(self) -> None:
        """Cancel every run under way and wait until it has written its end."""
        tasks = tuple(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _forget(self, run_id: str) -> None:
        del self._tasks[run_id], self._names[run_id]

    async def _run(self, record: _Record, steps: Sequence[Step], quiet: bool) -> tuple[Run, Outcome | None]:
        total = Outcome("")
        async with record.opened(_QUIET_SECONDS if quiet else 0.0):
            with _listening() as lines, record.followed(self._now):
                try:
                    for step in steps:
                        outcome = await self._actions.get(step.action).run(step.arguments)
                        level = logging.INFO if outcome.processed or outcome.failed else logging.DEBUG
                        _log.log(level, "%s", outcome.summary)
                        total = _sum(total, outcome)
                except AudiobookDaemonError as error:
                    _log.warning("%s: %s", record.run.name, error)
                    end = replace(record.run, outcome=RunOutcome.FAILED, error=str(error))
                except asyncio.CancelledError:
                    end = replace(record.run, outcome=RunOutcome.CANCELLED, error="The daemon was stopped.")
                    await asyncio.shield(record.close(_ended(end, self._now(), total, lines)))
                    raise
                except Exception as error:  # noqa: BLE001 - a bug ends the run, not the daemon
                    _log.exception("%s failed because of a mistake in the program.", record.run.name)
                    end = replace(record.run, outcome=RunOutcome.FAILED, error=f"{type(error).__name__}: {error}")
                else:
                    end = replace(record.run, outcome=RunOutcome.WARNING if total.failed else RunOutcome.SUCCESS)
            ended = _ended(end, self._now(), total, lines)
            if total.processed or ended.outcome is not RunOutcome.SUCCESS or not quiet or record.told:
                await record.close(ended)
        return ended, total


class _Record:
    """One run as history and bus get to know of it: at once, or only when it has something to tell."""

    def __init__(self, history: History, bus: Bus, run: Run) -> None:
        self.run = run
        self.told = False
        self._history = history
        self._bus = bus
        self._telling = asyncio.Lock()

    @asynccontextmanager
    async def opened(self, after: float) -> AsyncGenerator[None, None]:
        """Tell that the run has begun, `after` seconds later if it still goes on then."""
        if not after:
            await self._tell()
            yield
            return
        later = asyncio.create_task(self._tell_later(after))
        try:
            yield
        finally:
            later.cancel()

    @contextmanager
    def followed(self, now: Callable[[], datetime]) -> Iterator[None]:
        """Tell how far it comes within the block, once it is known that it has begun."""

        def tell(done: int, total: int | None, text: str) -> None:
            if self.told:
                self._bus.publish(RunProgressed(now(), self.run, done, total, text))

        pace = Pace(tell)
        with reporting(pace.hear, too=True):
            try:
                yield
            finally:
                pace.end()

    async def close(self, ended: Run) -> None:
        """Write and tell how it ended."""
        await self._tell()
        await self._history.finish(ended)
        self._bus.publish(RunFinished(at=ended.finished or ended.started, run=ended))

    async def _tell_later(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        await asyncio.shield(self._tell())

    async def _tell(self) -> None:
        async with self._telling:
            if not self.told:
                await self._history.start(self.run)
                self.told = True
                self._bus.publish(RunStarted(at=self.run.started, run=self.run))


def _ended(run: Run, now: datetime, total: Outcome, lines: deque[str]) -> Run:
    return replace(
        run,
        finished=now,
        processed=total.processed,
        succeeded=total.succeeded,
        failed=total.failed,
        summary=total.summary or None,
        log="\n".join(lines) or None,
    )


def _sum(total: Outcome, more: Outcome) -> Outcome:
    return Outcome(
        summary=f"{total.summary} {more.summary}".strip(),
        processed=total.processed + more.processed,
        succeeded=total.succeeded + more.succeeded,
        failed=total.failed + more.failed,
        data=more.data if more.data is not None else total.data,
    )


_lines: ContextVar[deque[str] | None] = ContextVar("lines", default=None)


class RunLog(logging.Handler):
    """Keeps the last lines that were logged within a run; add one to the root logger."""

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line for the run it belongs to."""
        if (lines := _lines.get()) is not None:
            lines.append(self.format(record))


@contextmanager
def _listening() -> Iterator[deque[str]]:
    lines: deque[str] = deque(maxlen=_LOG_LINES)
    token = _lines.set(lines)
    try:
        yield lines
    finally:
        _lines.reset(token)
