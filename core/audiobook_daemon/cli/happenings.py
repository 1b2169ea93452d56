"""What has been done, what has happened, and what comes next."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from audiobook_daemon.cli.listing import Listing
from audiobook_daemon.cli.printing import local, print_json, print_json_line, say, say_line
from audiobook_daemon.cli.reading import look, read_file
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.models import Run, RunOutcome
from audiobook_daemon.scheduler import WHOLE, Pauses, next_after
from audiobook_daemon.store import Database, LoggedEvent, utc_now

_SECONDS = 1.0
"""How often is looked for new events; reading them takes a millisecond."""
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Planned:
    """A time at which a job runs if nothing changes."""

    at: datetime
    job: str


def runs(path: Path, name: str | None, outcome: str | None, limit: int, *, as_json: bool) -> None:
    """Print what has been done, without what was logged."""

    async def read(database: Database) -> Sequence[Run]:
        return (await database.runs.page(limit, name=name, outcome=RunOutcome(outcome) if outcome else None))[0]

    _RUNS.read(path, read, as_json=as_json)


def run(path: Path, run_id: str, *, as_json: bool) -> None:
    """Print one run with what was logged in it."""

    async def read(database: Database) -> Run:
        if found := await database.runs.get(run_id):
            return found
        raise AudiobookDaemonError(f"There is no run {run_id!r}; `audiobook-daemon runs` lists them.")

    found = look(path, read)
    if as_json:
        print_json(found)
        return
    _RUNS.show([found], as_json=False)
    if found.log:
        say(found.log)


def events(path: Path, want: int | None, after: int | None, limit: int, *, follow: bool, as_json: bool) -> None:
    """Print what has happened, the newest first; or, to follow it, the oldest first and without end."""
    if follow:
        with suppress(KeyboardInterrupt):
            look(path, lambda database: tell_on(database, want, after, as_json=as_json))
        return

    async def read(database: Database) -> Sequence[LoggedEvent]:
        if after is None:
            return await database.events.newest(limit, want_id=want)
        async for found in _after(database, after, want, limit):
            return found
        return ()

    _EVENTS.read(path, read, as_json=as_json)


def upcoming(path: Path, hours: int, limit: int, *, as_json: bool) -> None:
    """Print the times at which jobs run within the next hours."""
    configuration, _ = read_file(path)

    async def read(database: Database) -> Pauses:
        pauses = Pauses(database.jobs)
        await pauses.load(utc_now())
        return pauses

    pauses, now = look(path, read), utc_now()
    until = now + timedelta(hours=hours)

    def times(name: str, at: str) -> Iterator[tuple[datetime, str]]:
        moment = next_after(at, configuration.timezone, now)
        while moment is not None and moment <= until:
            yield moment, name
            moment = next_after(at, configuration.timezone, moment)

    running = [
        job
        for job in configuration.jobs
        if job.enabled and not any(pauses.hold(name, now) for name in (job.name, WHOLE))
    ]
    planned = heapq.merge(*(times(job.name, job.at) for job in running))
    _PLANNED.show([Planned(*one) for one in islice(planned, limit)], as_json=as_json)


async def tell_on(database: Database, want: int | None, after: int | None, *, as_json: bool) -> None:
    """Print what happens from now on, or after an event, without end."""
    last = (await database.events.bounds())[1] if after is None else after
    while True:
        async for found in _after(database, last, None, _AT_ONCE):
            last = found[-1].id
            for event in found:
                if want in {None, event.want_id}:
                    _tell(event, as_json=as_json)
        await asyncio.sleep(_SECONDS)


async def _after(database: Database, after: int, want: int | None, limit: int) -> AsyncIterator[Sequence[LoggedEvent]]:
    """Yield the events that followed one, of one want or of all, as long as there are any, `limit` at a time."""
    kept: list[LoggedEvent] = []
    while found := await database.events.after(after, _AT_ONCE):
        after = found[-1].id
        kept += [event for event in found if want in {None, event.want_id}]
        while len(kept) >= limit:
            yield kept[:limit]
            del kept[:limit]
    if kept:
        yield kept


def _tell(event: LoggedEvent, *, as_json: bool) -> None:
    if as_json:
        print_json_line(event)
    else:
        of = f"want {event.want_id} " if event.want_id else ""
        say_line(f"{local(event.at)}  {of}{event.after or event.kind}: {event.reason or ''}")


def _run(one: Run) -> Sequence[object]:
    took = None if one.finished is None else f"{(one.finished - one.started).total_seconds():.1f} s"
    told = one.error or one.summary
    return one.id, one.name, local(one.started), took, one.trigger, one.outcome.value, told


def _event(one: LoggedEvent) -> Sequence[object]:
    return one.id, local(one.at), one.want_id, one.after or one.kind, one.reason


_RUNS: Listing[Run] = Listing(["run", "of", "began", "took", "by", "", ""], _run, "No such run is on record.")
_EVENTS: Listing[LoggedEvent] = Listing(["no.", "when", "want", "", ""], _event, "Nothing has happened yet.")
_PLANNED: Listing[Planned] = Listing(["at", "job"], lambda one: (local(one.at), one.job), "No job is due by then.")
