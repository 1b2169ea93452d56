"""However large the world and however much happens: documents stay small, and messages few."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.core.scheduler.conftest import History
from tests.reference.holding import Published, Table

from audiobook_daemon.actions import Actions, report_progress
from audiobook_daemon.doors import BookDownload, LastAdded, LibraryCounts, Versions
from audiobook_daemon.events import Bus, JobsChanged, RunProgressed, StandingSeen, WantChanged
from audiobook_daemon.models import (
    Book,
    Download,
    DownloadState,
    Health,
    InstanceStatus,
    JobStatus,
    Outcome,
    Proposal,
    Release,
    Run,
    RunOutcome,
    SeriesPlace,
    Standing,
    Want,
    WantState,
    Wish,
)
from audiobook_daemon.mqtt import publish, topics
from audiobook_daemon.mqtt.messages import Message
from audiobook_daemon.mqtt.presence import Presence
from audiobook_daemon.mqtt.publish import Publisher
from audiobook_daemon.mqtt.topics import TOPICS
from audiobook_daemon.scheduler import Runner, Step

if TYPE_CHECKING:
    from tests.core.mqtt.conftest import World

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
LONG = "\U0001f4da\0" * 1000
"""A text nobody writes: four bytes for a character, and one that JSON has to spell out."""
MANY = 120
HUGE = 10**18

BOOK = Book(LONG, (LONG,) * 9, series=(SeriesPlace(LONG, LONG),))
WANT = Want(
    HUGE, LONG, Wish(BOOK, origin=LONG), WantState.REVIEW, 1, LONG[:64], LONG,
    release=Release(LONG, LONG, LONG, narrators=(LONG,), size=HUGE, runtime=1e9),
    proposals=tuple(Proposal(number, LONG, LONG, LONG, LONG, LONG, HUGE, LONG) for number in range(MANY)),
    next_try=NOW, changed=NOW,
)  # fmt: skip
RUN = Run(
    "f" * 8, "job_0", "schedule", NOW, RunOutcome.FAILED, NOW + timedelta(days=9), HUGE, HUGE, HUGE, LONG, LONG, LONG
)
STANDING = Standing(NOW, LONG, 1e9, 1e9, HUGE, HUGE, HUGE, HUGE, NOW, HUGE, HUGE, HUGE, dangers=(LONG,) * MANY)


def enlarge(world: World) -> None:
    """Let the world hold as much of everything as nobody has, with texts that never end."""
    world.job_list = [
        JobStatus(f"job_{number}", LONG, (LONG,) * MANY, running=True, next_run=NOW, last_run=RUN, description=LONG)
        for number in range(MANY)
    ]
    world.instance_list = [
        InstanceStatus(
            f"instance_{number}", LONG, ("Tracker", *(LONG,) * MANY), Health.RESTING, LONG, NOW, NOW, LONG, 1e6
        )
        for number in range(MANY)
    ]
    world.counts = dict.fromkeys(WantState, HUGE)
    world.waiting = [WANT] * MANY
    download = Download("q", LONG, DownloadState.DOWNLOADING, progress=0.5, size=HUGE, rate=HUGE, eta=HUGE)
    world.download_list = [BookDownload(download, LONG, LONG)] * MANY
    last = LastAdded(LONG, LONG, LONG, LONG, 1e9, NOW)
    world.books = LibraryCounts(books=HUGE, runtime=1e12, size=HUGE, free=HUGE, last_added=last, series_known=HUGE)


async def large_cover(_book: str) -> bytes:
    return b"\xff\xd8\xff".ljust(topics.COVER.limit, b"\0")


def held(messages: list[Message]) -> Table:
    table = Table("audiobook-daemon")
    for message in messages:
        table.hold(Published(message.topic, message.payload, message.retained, message.qos))
    return table


@pytest.fixture
def put(presence: Presence, monkeypatch: pytest.MonkeyPatch) -> list[Message]:
    """Everything that is put into the outbox as something new, in its order."""
    messages: list[Message] = []
    take = presence.outgoing.put

    def noted(message: Message) -> None:
        if not message.retained or presence.outgoing._kept.get(message.topic) != message:
            messages.append(message)
        take(message)

    monkeypatch.setattr(presence.outgoing, "put", noted)
    return messages


async def test_the_largest_world_fits_into_its_bounds(
    presence: Presence, world: World, put: list[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    enlarge(world)
    monkeypatch.setattr(world, "standings", lambda: {one.name: STANDING for one in world.instance_list})
    monkeypatch.setattr(world, "adjusted", lambda: [LONG] * MANY)
    monkeypatch.setattr(world, "settings", lambda: {"log_level": LONG, "packs": LONG, "keep_free_bytes": HUGE})
    monkeypatch.setattr(world, "versions", lambda: Versions(LONG, LONG, LONG, "https://example.org/" + "x" * 5000))
    monkeypatch.setattr(world, "cover", large_cover)
    publisher = Publisher(presence, world, Bus(), redact=str, commands=[f"command/{number}" for number in range(100)])
    await publisher.refresh()
    await until(lambda: any(len(one.payload) == topics.COVER.limit for one in put))
    publisher.hear(RunProgressed(NOW, RUN, HUGE, 3, LONG))
    for state in (WantState.WANTED, None):
        publisher.hear(WantChanged(NOW, WANT, state))
    publisher.hear(StandingSeen(NOW, "mam", STANDING, None))
    publisher.stopped()
    table = held(put)
    assert table.faults == []
    kept = {topic for topic in TOPICS if topic.retained} - {topics.AVAILABILITY}
    assert kept | {topics.PROGRESS, topics.EVENT} == table.seen
    assert max(len(message.payload) for message in put) > 30_000, "the world was large indeed"


async def test_a_sync_of_a_hundred_thousand_books_is_a_few_messages(
    presence: Presence, world: World, put: list[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def sync() -> Outcome:
        """Read what the libraries hold."""
        for done in range(100_000):
            report_progress(done, 100_000, "writing down what the library says")
        world.books = LibraryCounts(books=100_000)
        return Outcome("sync: 100000 books.", 100_000, 100_000)

    monkeypatch.setattr(publish, "LIBRARY_DELAY", 0.05)
    bus, actions = Bus(), Actions()
    actions.add("sync", sync)
    runner = Runner(actions, History(), bus, lambda: datetime.now(UTC))
    publisher = Publisher(presence, world, bus, redact=str)
    with publisher.listening():
        await publisher.refresh()
        put.clear()
        await runner.begin("sync", [Step("sync")], "schedule")[1]
        await until(lambda: any(b"100000" in one.payload for one in put if one.topic.endswith("/library")))
    assert held(put).faults == []
    once_a_second = [one for one in put if one.topic.endswith("/progress")]
    assert len(put) - len(once_a_second) <= 20
    assert b'"done":99999' in once_a_second[-1].payload


async def test_a_thousand_changes_of_jobs_are_few_documents(
    presence: Presence, world: World, put: list[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    bus = Bus()
    publisher = Publisher(presence, world, bus, redact=str)
    loop = asyncio.get_running_loop()
    with publisher.listening():
        await publisher.refresh()
        put.clear()
        began = loop.time()
        for number in range(1000):
            world.job_list = [replace(world.job_list[0], description=f"change {number}")]
            bus.publish(JobsChanged(NOW))
            await asyncio.sleep(0)
        await until(lambda: any(b"change 999" in one.payload for one in put))
        turns = 2 + (loop.time() - began) / publish.STATUS_DELAY
    assert len([one for one in put if one.retained]) <= turns


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not true():
            await asyncio.sleep(0.01)
