"""Commands that only look into the database; they work beside a running daemon."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TypeVar

from audiobook_daemon.actions import parameters_of
from audiobook_daemon.backup import advised
from audiobook_daemon.cli.printing import local, print_json, print_table, say
from audiobook_daemon.cli.story import NOT_SEARCHED
from audiobook_daemon.config import Configuration
from audiobook_daemon.daemon import backup_of, declared, find_plugins, read_configuration
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.host import PluginTypes
from audiobook_daemon.models import Run, Want, WantState
from audiobook_daemon.plugin import action_methods
from audiobook_daemon.scheduler import WHOLE, Pauses, next_after
from audiobook_daemon.store import Database, WantFilter, utc_now

T = TypeVar("T")


def wants(path: Path, states: Sequence[str], words: str | None, limit: int, *, as_json: bool) -> None:
    """Print the books on their way."""
    known = {state.value: state for state in WantState}
    named = [state.replace("-", "_") for state in states]
    if unknown := [state for state in named if state not in known]:
        raise AudiobookDaemonError(f"There is no state {unknown[0]!r}; states are {', '.join(known)}.")
    chosen = [known[state] for state in named] or None

    async def read(database: Database) -> tuple[Want, ...]:
        if words is None:
            return await database.wants.list(chosen, limit=limit)
        return (await database.want_lists.page(WantFilter(chosen, words), limit=limit))[0]

    found = look(path, read)
    if as_json:
        print_json(found)
        return
    rows = [
        [str(want.id), want.state.value, want.wish.book.title, ", ".join(want.wish.book.authors), _why(want)]
        for want in found
    ]
    print_table(["id", "state", "title", "author", "why"], rows, empty=_none(states))


def jobs(path: Path, *, as_json: bool) -> None:
    """Print the jobs."""
    configuration, _ = read_file(path)

    async def read(database: Database) -> tuple[Pauses, dict[str, tuple[Run, ...]]]:
        runs = {job.name: await database.runs.latest(job.name, 1) for job in configuration.jobs}
        pauses = Pauses(database.jobs)
        await pauses.load(utc_now())
        return pauses, runs

    pauses, runs = look(path, read)
    now = utc_now()
    paused = {job.name for job in configuration.jobs if pauses.hold(job.name, now)}
    whole = pauses.hold(WHOLE, now)
    running = set() if whole else {job.name for job in configuration.jobs if job.enabled and job.name not in paused}
    listed = [
        {
            "name": job.name,
            "at": job.at,
            "actions": [step.action for step in job.do],
            "state": "off" if not job.enabled else "paused" if job.name in paused else "held" if whole else "on",
            "next_run": next_after(job.at, configuration.timezone, now) if job.name in running else None,
            "last_run": runs[job.name][0] if runs[job.name] else None,
        }
        for job in configuration.jobs
    ]
    if as_json:
        print_json(listed)
        return
    rows = []
    for line, job in zip(listed, configuration.jobs, strict=True):
        last = runs[job.name][0] if runs[job.name] else None
        told = f"{local(last.started)} {last.outcome.value}" if last else "never ran"
        when = next_after(job.at, configuration.timezone, now) if job.name in running else None
        does = ", ".join(step.action for step in job.do)
        rows.append([job.name, str(line["state"]), job.at, does, local(when), told])
    print_table(["job", "", "at", "does", "next", "last"], rows, empty="No jobs are configured.")
    if whole:
        until = pauses.until(WHOLE, now)
        lasting = f" until {local(until)}" if until else ""
        say(f"The whole schedule is paused{lasting}; audiobook-daemon resume lets it go on.")


def actions(path: Path, *, as_json: bool) -> None:
    """Print what can be run by name."""
    configuration, types = read_file(path)
    listed = {name: list(model.model_fields) for name, model in declared().items()} | {"doctor": []}
    for instance in configuration.instances:
        for method, function in action_methods(types.get(instance.type)) if instance.enabled else ():
            name = f"{instance.name}.{method}"
            listed[name] = list(parameters_of(name, function).model_fields)
    if as_json:
        print_json(listed)
        return
    rows = [[name, " ".join(f"--{argument.replace('_', '-')}" for argument in found)] for name, found in listed.items()]
    print_table(["action", "arguments"], rows, empty="")


def look(path: Path, read: Callable[[Database], Awaitable[T]]) -> T:
    """Read something from the database without taking it from a running daemon."""
    configuration, _ = read_file(path)

    async def inside() -> T:
        with advised(backup_of(path, configuration)):
            async with Database.open(configuration.database, exclusive=False) as database:
                return await read(database)

    return asyncio.run(inside())


def read_file(path: Path) -> tuple[Configuration, PluginTypes]:
    """Read the configuration and find the plugins."""
    types = find_plugins(path, os.environ)
    return read_configuration(path, types, os.environ), types


def _why(want: Want) -> str:
    waits = f" (again {local(want.next_try)})" if want.next_try and want.state.open else ""
    reason = want.reason or (_unsearched(want) if want.state is WantState.WANTED else "")
    return f"{reason}{waits}"


def _unsearched(want: Want) -> str:
    """Of what nobody has looked for yet there is only to say who wished it."""
    wish = want.wish
    return "; ".join(part for part in (wish.origin, wish.note, NOT_SEARCHED) if part)


def _none(states: Sequence[str]) -> str:
    return f"No book is in the state {' or '.join(states)}." if states else "No books are on their way."
