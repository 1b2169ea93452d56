"""Everything that a running daemon publishes stands in the table of docs/mqtt.md, and holds no secret."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import aiomqtt
import pytest
from paho.mqtt.subscribeoptions import SubscribeOptions
from tests.reference.examples import EVENTS
from tests.reference.holding import Published, Table

from audiobook_daemon.config import secret_values
from audiobook_daemon.daemon import Daemon
from audiobook_daemon.events import RunFinished, WantChanged
from audiobook_daemon.models import Book, Run, RunOutcome, Want, WantState, Wish
from audiobook_daemon.mqtt import cover
from audiobook_daemon.mqtt.bursts import MOST_ALIKE
from audiobook_daemon.mqtt.happenings import KINDS
from audiobook_daemon.mqtt.topics import TOPICS

if TYPE_CHECKING:
    from tests.flow.conftest import Household, Inhabit

BASE = "audiobook-daemon"
PATIENCE = 120.0
CROWD = 3000


class Witness:
    """A client that keeps every message, with its flags as they were sent."""

    def __init__(self, client: aiomqtt.Client) -> None:
        self.client = client
        self.messages: list[Published] = []
        self._more = asyncio.Event()

    async def watch(self) -> None:
        async for message in self.client.messages:
            assert isinstance(message.payload, bytes)
            one = Published(message.topic.value, message.payload, bool(message.retain), message.qos)
            self.messages.append(one)
            self._more.set()

    async def sees(self, topic: str, fits: Callable[[bytes], bool] = bool) -> None:
        """Wait for a message."""
        await self._until(lambda: any(one.topic == f"{BASE}/{topic}" and fits(one.payload) for one in self.messages))

    async def hears_all_of_a_crowd(self) -> None:
        """Wait for as many as are told one by one."""
        await self._until(lambda: self.count("event/approval/requested") >= MOST_ALIKE)

    async def _until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not true():
                self._more.clear()
                await self._more.wait()

    async def asks(self, path: str, payload: str = "") -> None:
        """Request something and wait for the answer."""
        await self.client.publish(f"{BASE}/request/{path}", payload.encode(), qos=1)
        await self.sees(f"response/{path}")

    def count(self, *paths: str) -> int:
        return sum(one.topic.removeprefix(f"{BASE}/") in paths for one in self.messages)


@asynccontextmanager
async def witness(port: int) -> AsyncIterator[Witness]:
    async with aiomqtt.Client("127.0.0.1", port, protocol=aiomqtt.ProtocolVersion.V5) as client:
        await client.subscribe(f"{BASE}/#", options=SubscribeOptions(qos=2, retainAsPublished=True))
        looking = Witness(client)
        task = asyncio.create_task(looking.watch())
        try:
            yield looking
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def shelve_everything(daemon: Daemon) -> None:
    await daemon.host.started()
    async with asyncio.timeout(PATIENCE):
        await daemon.doors.do_job("top10", "test")
        await daemon.doors.do_job("hunt", "test")
        while (await daemon.database.wants.counts()).get(WantState.SHELVED, 0) < 2:
            await daemon.doors.do_job("tend", "test")
            await asyncio.sleep(0.05)
        await daemon.doors.do("sync", {}, "test")
        await daemon.doors.do("trackers", {}, "test")


async def show_covers(household: Household, daemon: Daemon) -> None:
    """Let every book have a cover, as it would after its metadata were corrected, and look once more."""
    for item in household.world.services.audiobookshelf.shelf.items.values():
        item.cover = "cover.jpg"
    await daemon.doors.do("sync", {}, "test")


def tell_the_rest(daemon: Daemon, secret: str) -> None:
    """Let happen what does not happen on such a day, a fault with a secret in its text, and a crowd of new wishes."""
    now = datetime.now(UTC)
    for event in EVENTS:
        daemon.bus.publish(event)
    run = Run("0", "hunt", "test", now, RunOutcome.FAILED, now, error=f"https://example.org/?key={secret} is away.")
    daemon.bus.publish(RunFinished(now, run))
    want = Want(1, "x", Wish(Book("X")), WantState.WANTED, 1)
    review = replace(want, state=WantState.REVIEW)
    for state in (WantState.CHOSEN, WantState.WANTED):
        daemon.bus.publish(WantChanged(now, replace(review, state=state, approved=True), WantState.REVIEW))
    for number in range(CROWD):
        daemon.bus.publish(WantChanged(now, replace(want, id=number), None))
        daemon.bus.publish(WantChanged(now, replace(review, id=number), WantState.WANTED))


async def test_what_is_published_stands_in_the_table(inhabit: Inhabit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cover, "ASK_AGAIN", 0.0)
    async with inhabit(2, real={"mqtt"}) as household, witness(household.world.broker.port) as looking:
        async with Daemon.assembled(household.config) as daemon:
            stop = asyncio.Event()
            serving = asyncio.create_task(daemon.serve(lambda: None, stop))
            await looking.sees("availability", lambda payload: payload == b"online")
            await shelve_everything(daemon)
            await looking.asks("daemon/ping")
            await looking.asks("daemon/nothing", '{"transaction": "phone-17"}')
            await looking.sees("library", lambda payload: json.loads(payload)["added_total"] == 2)
            await show_covers(household, daemon)
            await looking.sees("library/last_added/cover")
            secrets = [secret for secret in secret_values(daemon.configuration) if len(secret) >= 6]
            tell_the_rest(daemon, secrets[0])
            await looking.hears_all_of_a_crowd()  # a stop has little time for what still waits
            stop.set()
            await serving
        await looking.sees("availability", lambda payload: payload == b"offline")
    table = Table(BASE)
    for message in looking.messages:
        table.hold(message)
    assert table.faults == []
    assert {topic.path for topic in TOPICS} - {topic.path for topic in table.seen} == set()
    assert {kind.event_type for kind in KINDS} - table.events == set()
    assert secrets
    told = b"\n".join(one.payload for one in looking.messages).decode(errors="replace")
    assert not [secret for secret in secrets if secret in told]
    assert b"stopped" in next(one.payload for one in reversed(looking.messages) if one.topic == f"{BASE}/state")
    assert looking.count("event/system/started", "event/system/stopping") == 2
    # A day of few books, then the crowd, which may meet the turn of a minute.
    assert looking.count("event/book/found", "event/approval/requested") <= 5 * MOST_ALIKE < CROWD
