from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import UTC, datetime
from functools import wraps
from typing import TYPE_CHECKING, Any

import pytest
from tests.core.conftest import TravellingLoop

from audiobook_daemon.doors import BookDownload, FinishedDownloads, LibraryCounts
from audiobook_daemon.events import (
    Bus,
    DownloadsSeen,
    InstanceChanged,
    JobsChanged,
    RunFinished,
    RunStarted,
    WantChanged,
)
from audiobook_daemon.models import (
    Book,
    Download,
    DownloadState,
    Health,
    InstanceStatus,
    JobStatus,
    Run,
    RunOutcome,
    Want,
    WantState,
    Wish,
)
from audiobook_daemon.mqtt import publish
from audiobook_daemon.mqtt.bursts import MOST_ALIKE
from audiobook_daemon.mqtt.messages import Message
from audiobook_daemon.mqtt.presence import Presence
from audiobook_daemon.mqtt.publish import Publisher

if TYPE_CHECKING:
    from tests.core.mqtt.conftest import Outbox, World

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
COVER = "library/last_added/cover"
KEPT = {"info", "state", "job/hunt", "service/mam", "wants", "approvals", "downloads", "library", "settings", "update"}


@pytest.fixture
def bus() -> Bus:
    return Bus()


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish, "STATUS_DELAY", 0.02)
    monkeypatch.setattr(publish, "LIBRARY_DELAY", 0.1)
    monkeypatch.setattr(publish, "WANTS_EVERY", 0.03)


@pytest.fixture
def publisher(presence: Presence, world: World, bus: Bus) -> Publisher:
    return Publisher(
        presence,
        world,
        bus,
        redact=lambda text: text.replace("hush", "***"),
        transaction_of=lambda run_id: "phone-17" if run_id == "r1" else None,
    )


def in_passing_time(story: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """Tell a story of a publisher that has begun, on a loop whose time passes by itself: no moment is too short."""

    async def begun(outbox: Outbox, publisher: Publisher, **more: object) -> None:
        with publisher.listening():
            await publisher.refresh()
            outbox.take()
            await story(outbox=outbox, publisher=publisher, **more)

    @wraps(story)
    def run(**fixtures: Any) -> None:  # noqa: ANN401
        with asyncio.Runner(loop_factory=TravellingLoop) as runner:
            runner.run(begun(**fixtures))

    return run


async def soon(outbox: Outbox, seconds: float = 0.08) -> list[tuple[str, object]]:
    """What was published within a moment that is longer than the usual delay."""
    await asyncio.sleep(seconds)
    return outbox.take()


def want(number: int, state: WantState = WantState.WANTED) -> Want:
    return Want(number, f"k{number}", Wish(Book(f"Book {number}")), state, 1)


async def test_a_refresh_makes_every_document(presence: Presence, world: World, bus: Bus, outbox: Outbox) -> None:
    await Publisher(presence, world, bus, redact=str).refresh()
    assert {topic for topic, _ in outbox.take()} == {*KEPT, COVER}


@in_passing_time
async def test_only_changes_are_published(publisher: Publisher, bus: Bus, world: World, outbox: Outbox) -> None:
    bus.publish(JobsChanged(NOW))
    assert await soon(outbox) == []
    world.job_list = [replace(world.job_list[0], paused=True)]
    bus.publish(JobsChanged(NOW))
    published = dict(await soon(outbox))
    assert set(published) == {"job/hunt"}
    job = published["job/hunt"]
    assert isinstance(job, dict)
    assert (job["enabled"], job["state"]) == (False, "disabled")


@in_passing_time
async def test_all_is_repeated_on_request(publisher: Publisher, outbox: Outbox) -> None:
    await publisher.repeat()
    assert {topic for topic, _ in outbox.take()} == KEPT


@in_passing_time
async def test_a_burst_of_wants_makes_few_documents_and_bounded_events(
    publisher: Publisher, presence: Presence, bus: Bus, world: World, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    put: list[str] = []
    take = presence.outgoing.put

    def noted(message: Message) -> None:
        if message.retained:
            put.append(message.topic)
        take(message)

    monkeypatch.setattr(presence.outgoing, "put", noted)
    loop = asyncio.get_running_loop()
    began = loop.time()
    for number in range(10_000):
        world.counts = {WantState.WANTED: number}
        bus.publish(WantChanged(NOW, want(number), None))
        if number % 1000 == 0:
            await asyncio.sleep(0)
    turns = 2 + (loop.time() - began) / publish.WANTS_EVERY
    published = await soon(outbox, 0.2)
    assert len(put) <= 3 * turns  # wants, approvals and downloads, once in a while however much happens
    assert sum(topic == "event/book/found" for topic, _ in published) == MOST_ALIKE
    assert presence.outgoing.dropped == 0
    wants = dict(published)["wants"]
    assert isinstance(wants, dict)
    assert wants["wanted"] == 9_999
    publisher.stopped()
    rest = dict(outbox.take())["event/book/many"]
    assert isinstance(rest, dict)
    assert (rest["left_out"], rest["actions"]) == (10_000 - MOST_ALIKE, {"found": 10_000 - MOST_ALIKE})


@in_passing_time
async def test_events_go_out_at_once_with_id_and_without_secrets(
    publisher: Publisher, bus: Bus, outbox: Outbox
) -> None:
    bus.publish(RunStarted(NOW, Run("r1", "hunt", "mqtt", NOW)))
    finished = Run("r1", "hunt", "mqtt", NOW, RunOutcome.FAILED, NOW, error="token hush refused")
    bus.publish(RunFinished(NOW, finished))
    events = [(topic, document) for topic, document in outbox.take() if topic.startswith("event/")]
    assert [topic for topic, _ in events] == ["event/job/started", "event/job/failed"]
    first, second = (document for _, document in events)
    assert isinstance(first, dict)
    assert isinstance(second, dict)
    assert first["id"] != second["id"]
    assert (second["run_id"], second["transaction"]) == ("r1", "phone-17")
    assert second["error"] == {"code": "failed", "message": "token *** refused"}


@in_passing_time
async def test_a_service_is_news_only_when_it_falls_or_comes_back(
    publisher: Publisher, bus: Bus, outbox: Outbox
) -> None:
    course = (Health.READY, Health.RESTING, Health.NEEDS_PERSON, Health.STARTING, Health.READY, Health.READY)
    for health in course:
        bus.publish(InstanceChanged(NOW, InstanceStatus("mam", "mam", (), health)))
    events = [topic for topic, _ in outbox.take() if topic.startswith("event/")]
    assert events == ["event/service/down", "event/service/up"]


@in_passing_time
async def test_the_document_of_a_job_that_is_gone_is_cleared(
    publisher: Publisher, bus: Bus, world: World, outbox: Outbox
) -> None:
    world.job_list = [JobStatus("tend", "* * * * *", ())]
    bus.publish(JobsChanged(NOW))
    published = dict(await soon(outbox))
    assert published["job/hunt"] == b""
    assert "job/tend" in published


@in_passing_time
async def test_a_name_that_fits_into_no_topic_is_left_out_and_told_once(
    publisher: Publisher, bus: Bus, world: World, outbox: Outbox, caplog: pytest.LogCaptureFixture
) -> None:
    for paused in (True, False):
        world.job_list = [JobStatus("Night Shift/#", "* * * * *", (), paused=paused)]
        bus.publish(JobsChanged(NOW))
        assert not [topic for topic, document in await soon(outbox) if "Night" in topic]
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


@in_passing_time
async def test_rates_wait_and_counts_do_not(
    publisher: Publisher, bus: Bus, world: World, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def downloading(*rates: int) -> None:
        states = [Download("q", str(number), DownloadState.DOWNLOADING, rate=rate) for number, rate in enumerate(rates)]
        world.download_list = [BookDownload(state, "Dune") for state in states]
        bus.publish(DownloadsSeen(NOW))

    monkeypatch.setattr(publish, "DOWNLOADS_EVERY", 0.6)
    downloading(1)
    assert [topic for topic, _ in await soon(outbox)] == ["downloads"]
    downloading(2)
    assert await soon(outbox) == []
    downloading(2, 2)
    assert [topic for topic, _ in await soon(outbox)] == ["downloads"]
    downloading(9, 9)
    assert await soon(outbox) == []
    ((topic, document),) = await soon(outbox, 1.0)  # the last rate is not forgotten
    assert topic == "downloads"
    assert isinstance(document, dict)
    assert document["rate_bps"] == 18


@in_passing_time
async def test_a_new_day_is_noticed_though_nothing_is_downloaded(
    publisher: Publisher, world: World, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def tomorrow() -> FinishedDownloads:
        return FinishedDownloads(0, 0, 7, 7_000)

    monkeypatch.setattr(publish, "IDLE_DOWNLOADS", 0.01)
    monkeypatch.setattr(publish, "DOWNLOADS_EVERY", 0.0)
    await publisher.refresh()
    monkeypatch.setattr(world, "finished", tomorrow)
    async with asyncio.timeout(60):
        while not (taken := outbox.take()):
            await asyncio.sleep(0.01)
    ((topic, document),) = taken
    assert topic == "downloads"
    assert isinstance(document, dict)
    assert document["finished_total"] == 7


@in_passing_time
async def test_the_library_is_counted_after_a_shelved_book_and_a_busy_run(
    publisher: Publisher, bus: Bus, world: World, outbox: Outbox
) -> None:
    world.books = LibraryCounts(books=1285)
    bus.publish(WantChanged(NOW, want(1, WantState.SHELVED), WantState.VERIFIED))
    assert "library" not in dict(await soon(outbox, 0.05))
    assert "library" in dict(await soon(outbox, 0.15))
    world.books = LibraryCounts(books=1286)
    bus.publish(RunFinished(NOW, Run("r2", "sync", "schedule", NOW, RunOutcome.SUCCESS, NOW, processed=9)))
    assert "library" in dict(await soon(outbox, 0.2))


@in_passing_time
async def test_a_locked_database_costs_one_document_only(
    publisher: Publisher, bus: Bus, world: World, outbox: Outbox, caplog: pytest.LogCaptureFixture
) -> None:
    world.database_is_away = True
    world.counts = {}
    bus.publish(WantChanged(NOW, want(1), None))
    assert [topic for topic, _ in await soon(outbox)] == ["event/book/found"]
    assert "The database is locked." in caplog.text
    world.database_is_away = False
    bus.publish(WantChanged(NOW, want(1), WantState.WANTED))
    assert [topic for topic, _ in await soon(outbox)] == ["wants"]


@in_passing_time
async def test_a_stop_is_told_and_nothing_after_it(
    publisher: Publisher, bus: Bus, world: World, outbox: Outbox
) -> None:
    world.job_list = [JobStatus("hunt", "* * * * *", (), running=True)]
    bus.publish(JobsChanged(NOW))
    publisher.stopped()
    published = dict(await soon(outbox))
    assert set(published) == {"state", "event/system/stopping"}
    state = published["state"]
    assert isinstance(state, dict)
    assert state["state"] == "stopped"


async def test_a_start_is_told_once_however_often_it_connects(
    presence: Presence, world: World, bus: Bus, outbox: Outbox
) -> None:
    publisher = Publisher(presence, world, bus, redact=str)
    for _ in range(3):
        with publisher.listening():
            await publisher.refresh()
    started = [document for topic, document in outbox.take() if topic == "event/system/started"]
    assert [document["version"] for document in started if isinstance(document, dict)] == ["0.1.0"]
