"""The daemon's main job in the demo world: gather, choose, grab, watch, verify, shelve, until every book is through."""

from __future__ import annotations

import asyncio
import json
import logging
import os
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from audiobook_daemon.daemon import Daemon
from audiobook_daemon.demo.glance import kept_messages
from audiobook_daemon.demo.journeys import Journeys
from audiobook_daemon.demo.show import Show, Warnings
from audiobook_daemon.demo.world import DemoWorld
from audiobook_daemon.models import Run
from audiobook_daemon.scheduler import AlreadyRunning, RunLog
from audiobook_daemon.service import Redaction, set_up_logging
from audiobook_daemon.store import utc_now

PATIENCE = 150.0
"""Seconds without any progress after which the demo says what hangs."""
_GATHER = "top10"
_WORK = ("hunt", "tend")
"""The jobs that are run again and again, beside each other, where a schedule would take half an hour."""
_FOR_PAGES = ("recount", "trackers")
"""What a household's own jobs would do in the course of a day, so that no page of the dashboard is empty."""
_BASE = "audiobook-daemon"
_MQTT_WITHIN = 30.0
"""Seconds for the last numbers to be published; a busy machine needs more than the moment it takes."""
_REST = 0.3
_LOOK = 0.1


@asynccontextmanager
async def serving(world: DemoWorld, show: Show) -> AsyncGenerator[Daemon, None]:
    """Run a daemon with the world's configuration, as `audiobook-daemon run` does, until the block ends.

    Its warnings go to the show, its whole log into a file beside the configuration.
    """
    redaction = Redaction()
    with _logging(world.config.with_suffix(".log"), redaction, show):
        async with Daemon.assembled(world.config, os.environ, redaction=redaction) as daemon:
            ready, stop = asyncio.Event(), asyncio.Event()
            served = asyncio.create_task(daemon.serve(ready.set, stop))
            up = asyncio.create_task(ready.wait())
            try:
                await asyncio.wait([served, up], return_when=asyncio.FIRST_COMPLETED)
                if served.done():
                    served.result()
                yield daemon
            finally:
                up.cancel()
                stop.set()
                await served


async def perform(world: DemoWorld, daemon: Daemon, show: Show, *, patience: float = PATIENCE) -> int:
    """Let the daemon shelve all wanted books, and show what became of them.

    Returns the exit status: 1 if a book is lost, which is so too when nothing has moved for `patience` seconds.
    """
    journeys = Journeys(show.changed)
    with daemon.bus.listening(journeys.hear), show.watching(journeys):
        work = asyncio.create_task(_work(daemon, show, journeys))
        try:
            while not work.done() and journeys.quiet < patience and not journeys.stuck(utc_now(), patience):
                show.refresh()
                await asyncio.sleep(_LOOK)
        finally:
            work.cancel()
            await asyncio.wait([work])
    if not work.cancelled():
        work.result()
    show.table(journeys.all, world)
    lost = journeys.lost(world.wanted)
    show.conclude(journeys, lost, world)
    show.note(await _seen_on_mqtt(world, journeys.shelved))
    if world.dashboard:
        for action in _FOR_PAGES:
            await daemon.doors.do(action, {}, "start")
    return 1 if lost else 0


async def _seen_on_mqtt(world: DemoWorld, shelved: int) -> str:
    """Say what anybody could see on the broker; the daemon publishes its last numbers within a moment.

    A broken look is repeated: the embedded broker (amqtt) drops who comes while others change their subscriptions.
    """
    port, seen = world.broker.port, 0
    now = asyncio.get_running_loop().time
    deadline = now() + _MQTT_WITHIN
    while True:
        try:
            kept = await kept_messages(port, f"{_BASE}/#")
        except (OSError, EOFError) as error:
            if isinstance(error, ConnectionRefusedError) or now() > deadline:
                return f"Nothing can be seen on MQTT: {error}"
        else:
            seen = int(json.loads(kept.get(f"{_BASE}/wants", b"{}")).get("shelved", 0))
            if seen == shelved or now() > deadline:
                break
        await asyncio.sleep(_LOOK)
    state = kept.get(f"{_BASE}/availability", b"not there").decode()
    return (
        f"On MQTT, 127.0.0.1:{port}, {_BASE}/ holds {len(kept)} documents: the daemon is {state}, {seen} books shelved."
    )


async def _work(daemon: Daemon, show: Show, journeys: Journeys) -> None:
    for job in _WORK:
        await daemon.scheduler.pause(job)
    try:
        gathered = await _do(daemon, _GATHER)
        show.note((gathered and gathered.summary) or "Nothing was gathered.")
        async with asyncio.TaskGroup() as group:
            for job in _WORK:
                group.create_task(_repeat(daemon, job, journeys))
    finally:
        for job in _WORK:
            await daemon.scheduler.resume(job)


async def _repeat(daemon: Daemon, job: str, journeys: Journeys) -> None:
    while not journeys.over:
        await _do(daemon, job)
        await asyncio.sleep(_REST)


async def _do(daemon: Daemon, job: str) -> Run | None:
    """Run a job; None if somebody else runs it at this moment."""
    try:
        run, _ = await daemon.doors.do_job(job, "start")
    except AlreadyRunning:
        return None
    return run


@contextmanager
def _logging(path: Path, redaction: Redaction, show: Show) -> Iterator[None]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    root.handlers.clear()
    warnings = Warnings(show)
    warnings.addFilter(redaction)
    with path.open("a", encoding="utf-8") as file:
        set_up_logging(redaction, stream=file)
        root.addHandler(warnings)
        root.addHandler(RunLog())
        try:
            yield
        finally:
            logging.captureWarnings(capture=False)
            root.handlers[:] = before
            root.setLevel(level)
