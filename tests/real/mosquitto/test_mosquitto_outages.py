"""Outages of the real mosquitto: short, long, in the middle of a burst; and a password that is mended."""

from __future__ import annotations

import asyncio
import logging
import subprocess
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiomqtt
import pytest
from tests.real.mosquitto.line import line_to

from audiobook_daemon.mqtt import MqttSettings, Presence
from audiobook_daemon.mqtt.messages import Message
from audiobook_daemon.mqtt.sending import MOST_UNDER_WAY

if TYPE_CHECKING:
    from tests.real.mosquitto.conftest import Broker

pytestmark = pytest.mark.real

AVAILABILITY = "audiobook-daemon/availability"


@asynccontextmanager
async def running(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until(true: Callable[[], bool], seconds: float = 60.0) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.02)


async def test_every_event_of_a_burst_over_outages_is_seen_or_counted_and_the_last_states_are_right(
    make_broker: Callable[..., Broker],
) -> None:
    burst, jobs, cuts = 4000, 10, 4
    broker = make_broker("allow_anonymous true", "max_queued_messages 0")
    await broker.start()
    async with line_to(broker.port) as line, broker.observing("books/#") as seen:
        presence = Presence(MqttSettings(port=line.port, base="books"), first_pause=0.01, longest_pause=0.05)
        outgoing = presence.outgoing
        outgoing.limit = 300
        async with running(presence.run()):
            await until(lambda: presence.connected)
            for number in range(burst):
                if number % 1000 == 250:
                    await until(lambda number=number: f"books/event/{number - 200}" in seen.last)  # type: ignore[misc]
                    line.cut()
                outgoing.put(Message(f"books/event/{number}", b"{}"))
                outgoing.put(Message(f"books/job/{number % jobs}", b"%d" % number, retained=True))
                if number % 50 == 0:
                    await asyncio.sleep(0)
                if number % 1000 == 999:
                    await until(lambda: not presence.connected)
                    line.mend()
                    await until(lambda: presence.connected and outgoing.first() is None)
            outgoing.put(Message("books/event/last", b"{}"))
            await until(lambda: "books/event/last" in seen.last)
        events = Counter(topic for topic in seen.order if topic.startswith("books/event/"))
        states = {topic: int(payload) for topic, payload in seen.last.items() if topic.startswith("books/job/")}
    lost = burst + 1 - len(events)
    assert 0 < lost <= outgoing.dropped <= lost + cuts * MOST_UNDER_WAY, "what is not seen is counted"
    assert events.total() - len(events) <= cuts * MOST_UNDER_WAY, "only what was under way can come twice"
    assert states == {f"books/job/{number % jobs}": number for number in range(burst - jobs, burst)}


async def test_a_long_outage_is_told_of_once_and_the_pauses_grow(
    broker: Broker, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    async with broker.serving() as bridge:
        presence = bridge.presence
        presence.first_pause, presence.longest_pause = 0.01, 0.16
        await until(lambda: presence.connected)
        lost = presence._lost

        def noted(code: int | None, words: str) -> float:
            pauses.append(lost(code, words))
            return pauses[-1]

        monkeypatch.setattr(presence, "_lost", noted)
        broker.stop()
        await until(lambda: len(pauses) >= 8)
        await broker.start()
        async with broker.observing() as late:
            await until(lambda: late.last.get(AVAILABILITY) == "online")
    assert pauses[:5] == [0.01, 0.02, 0.04, 0.08, 0.16]
    assert set(pauses[5:]) == {0.16}
    assert sum(record.levelno >= logging.WARNING for record in caplog.records) == 1


async def test_a_password_mended_at_the_broker_is_found_within_the_longest_pause(
    strict_broker: Broker, tmp_path: Path
) -> None:
    async with strict_broker.serving(password="new") as bridge:
        await until(lambda: bridge.presence.trouble is not None)
        assert not bridge.presence.connected
        subprocess.run(["mosquitto_passwd", "-b", str(tmp_path / "passwords"), "daemon", "new"], check=True)
        strict_broker.stop()
        await strict_broker.start()
        await until(lambda: bridge.presence.connected)


async def test_what_strangers_made_the_broker_keep_on_our_topics_is_replaced_or_cleared(
    broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audiobook_daemon.mqtt.sweep.PATIENCE", 0.05)
    ours = ["state", "info", "wants", "job/hunt", "service/mam", "library", "downloads"]
    nobodys = ["job/gone", "service/gone", "tracker/gone"]
    async with aiomqtt.Client("127.0.0.1", broker.port) as client:
        for topic in (*ours, *nobodys, "availability"):
            await client.publish(f"audiobook-daemon/{topic}", b"\xff junk {", qos=1, retain=True)
    async with broker.observing() as live, broker.serving() as bridge:
        await until(lambda: bridge.presence.connected)
        await until(lambda: all(live.last.get(f"audiobook-daemon/{topic}") == "" for topic in nobodys))
        await until(lambda: bridge.presence.outgoing.first() is None)
        async with broker.observing() as late:
            await until(lambda: late.last.get(AVAILABILITY) == "online")
            await until(lambda: all(f"audiobook-daemon/{topic}" in late.last for topic in ours))
            assert all(late.document(f"audiobook-daemon/{topic}") for topic in ours)
            assert not [topic for topic in nobodys if late.last.get(f"audiobook-daemon/{topic}")]
