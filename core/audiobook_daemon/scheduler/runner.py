"""Runs actions one after the other, with counts, log and history."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from audiobook_daemon.actions import Actions, CallingOff, may_be_called_off
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.events import Bus
from audiobook_daemon.models import Outcome, Run, RunOutcome
from audiobook_daemon.scheduler.recording import History, Record, listening

_log = logging.getLogger(__name__)
_QUIET_SECONDS = 1.0


class AlreadyRunning(AudiobookDaemonError):
    """A job or action never overlaps itself."""


class Repeated(AudiobookDaemonError):
    """The same was asked for before with the same key; `run` is what came of it, and nothing was done now."""

    def __init__(self, run: Run) -> None:
        super().__init__(f"It was asked for before with this key, as run {run.id}.")
        self.run = run


class KeyTaken(AudiobookDaemonError):
    """Something else was asked for with this key."""


@dataclass(frozen=True, slots=True)
class Step:
    """One action of a job, with its arguments."""

    action: str
    arguments: Mapping[str, object] = field(default_factory=dict)


class Runner:
    """Starts runs and remembers which are under way; a run that fails ends itself, never the daemon."""

    def __init__(self, actions: Actions, history: History, bus: Bus, now: Callable[[], datetime]) -> None:
        self._actions = actions
        self._history = history
        self._bus = bus
        self._now = now
        self._tasks: dict[str, asyncio.Task[tuple[Run, Outcome | None]]] = {}
        self._runs: dict[str, Run] = {}
        self._called_off: dict[str, CallingOff] = {}
        self._claiming = asyncio.Lock()

    @property
    def running(self) -> frozenset[str]:
        """The names of the jobs and actions under way."""
        return frozenset(run.name for run in self._runs.values())

    def under_way(self, run_id: str) -> Run | None:
        """Return a run that has not ended yet."""
        return self._runs.get(run_id)

    def latest_under_way(self, name: str) -> Run | None:
        """Return the newest run of a job or action that has not ended yet."""
        return next((run for run in reversed(self._runs.values()) if run.name == name), None)

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
        self._check(name, steps, alone=alone)
        run = self._new(name, trigger, scheduled)
        return run.id, self._set_off(run, steps, quiet=quiet)

    async def begin_once(
        self, key: str, asked: str, name: str, steps: Sequence[Step], trigger: str, *, alone: bool = True
    ) -> tuple[str, asyncio.Task[tuple[Run, Outcome | None]]]:
        """Start a run as `begin` does, but only once for each key, whoever asks and however often.

        `asked` is a digest of what is asked for. Raises Repeated for a key that was used for the same, and KeyTaken
        if it was used for something else; the key counts as long as its run is kept.
        """
        # Not to be cancelled halfway: a key whose run was written and never begun would be lost.
        work = self._begin_once(key, asked, name, steps, trigger, alone=alone)
        return await asyncio.shield(asyncio.create_task(work))

    def cancel(self, run_id: str) -> Run | None:
        """Call a run off and return it, or None if it is not under way; it ends soon, and says so as every run does."""
        run = self._runs.get(run_id)
        task = self._tasks.get(run_id)
        if run is None or task is None:
            return None
        calling_off = self._called_off[run_id]
        if calling_off.over:
            return None
        if calling_off.begun and not calling_off.asked:
            task.cancel()
        calling_off.asked = True
        return run

    async def _begin_once(
        self, key: str, asked: str, name: str, steps: Sequence[Step], trigger: str, *, alone: bool
    ) -> tuple[str, asyncio.Task[tuple[Run, Outcome | None]]]:
        async with self._claiming:
            if known := await self._history.of_key(key):
                raise _repeated(known, asked)
            self._check(name, steps, alone=alone)
            run = replace(self._new(name, trigger, None), key=key, asked=asked)
            self._runs[run.id] = run  # so that nothing of this name begins while the key is written
            try:
                owner = await self._history.claim(run)
            finally:
                del self._runs[run.id]
            if owner.id != run.id:
                raise _repeated(owner, asked)
            return run.id, self._set_off(run, steps, written=True)

    def _check(self, name: str, steps: Sequence[Step], *, alone: bool) -> None:
        if alone and name in self.running:
            raise AlreadyRunning(f"{name} is running already.")
        for step in steps:
            self._actions.get(step.action).validated(step.arguments)

    def _new(self, name: str, trigger: str, scheduled: datetime | None) -> Run:
        return Run(secrets.token_hex(4), name, trigger, self._now(), scheduled=scheduled)

    def _set_off(
        self, run: Run, steps: Sequence[Step], *, quiet: bool = False, written: bool = False
    ) -> asyncio.Task[tuple[Run, Outcome | None]]:
        record = Record(self._history, self._bus, run, written=written)
        self._runs[run.id], self._called_off[run.id] = run, CallingOff()
        task = asyncio.create_task(self._run(record, steps, quiet, self._called_off[run.id]), name=f"run {run.name}")
        self._tasks[run.id] = task
        task.add_done_callback(lambda _: self._forget(run.id))
        return task

    async def stop(self) -> None:
        """Cancel every run under way and wait until it has written its end."""
        tasks = tuple(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _forget(self, run_id: str) -> None:
        del self._tasks[run_id], self._runs[run_id], self._called_off[run_id]

    async def _run(
        self, record: Record, steps: Sequence[Step], quiet: bool, calling_off: CallingOff
    ) -> tuple[Run, Outcome | None]:
        total = Outcome("")
        async with record.opened(_QUIET_SECONDS if quiet else 0.0):
            with listening() as lines, may_be_called_off(calling_off), record.followed(self._now):
                try:
                    calling_off.begin()
                    for step in steps:
                        outcome = await self._actions.get(step.action).run(step.arguments)
                        level = logging.INFO if outcome.processed or outcome.failed else logging.DEBUG
                        _log.log(level, "%s", outcome.summary)
                        total = _sum(total, outcome)
                except AudiobookDaemonError as error:
                    _log.warning("%s: %s", record.run.name, error)
                    end = replace(record.run, outcome=RunOutcome.FAILED, error=str(error))
                except asyncio.CancelledError:
                    why = "It was called off." if calling_off.asked else "The daemon was stopped."
                    end = replace(record.run, outcome=RunOutcome.CANCELLED, error=why)
                    if not calling_off.asked:
                        await asyncio.shield(record.close(_ended(end, self._now(), total, lines)))
                        raise
                    if (task := asyncio.current_task()) and task.cancelling():
                        task.uncancel()
                except Exception as error:  # noqa: BLE001 - a bug ends the run, not the daemon
                    _log.exception("%s failed because of a mistake in the program.", record.run.name)
                    end = replace(record.run, outcome=RunOutcome.FAILED, error=f"{type(error).__name__}: {error}")
                else:
                    end = replace(record.run, outcome=RunOutcome.WARNING if total.failed else RunOutcome.SUCCESS)
                finally:
                    calling_off.over = True
            ended = _ended(end, self._now(), total, lines)
            if total.processed or ended.outcome is not RunOutcome.SUCCESS or not quiet or record.told:
                await record.close(ended)
        return ended, total


def _repeated(run: Run, asked: str) -> Repeated | KeyTaken:
    if run.asked == asked:
        return Repeated(run)
    return KeyTaken(f"This key was used for something else, the run {run.id} of {run.name}: take a new one.")


def _ended(run: Run, now: datetime, total: Outcome, lines: deque[str]) -> Run:
    return replace(
        run,
        finished=now,
        processed=total.processed,
        succeeded=total.succeeded,
        failed=total.failed,
        summary=total.summary or None,
        log="\n".join(lines) or None,
        data=total.data if run.key is not None else None,
    )


def _sum(total: Outcome, more: Outcome) -> Outcome:
    return Outcome(
        summary=f"{total.summary} {more.summary}".strip(),
        processed=total.processed + more.processed,
        succeeded=total.succeeded + more.succeeded,
        failed=total.failed + more.failed,
        data=more.data if more.data is not None else total.data,
    )
