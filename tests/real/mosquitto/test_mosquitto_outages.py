"""Outages of the real mosquitto: short, long, in the middle of a burst; and a password that is mended."""

from __future__ import annotations

import asyncio
import logging
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import aiomqtt
import pytest

from audiobook_daemon.mqtt.messages import Message

if TYPE_CHECKING:
    from tests.real.mosquitto.conftest import Broker

pytestmark = pytest.mark.real

AVAILABILITY = "audiobook-daemon/availability"


async def until(true: Callable[[], bool], seconds: float = 60.0) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.02)


async def test_a_burst_of_events_over_an_outage_is_delivered_or_counted_and_the_states_are_right(
    broker: Broker,
) -> None:
    burst, seen = 5000, Counter[str]()
    async with broker.serving() as bridge:
        await until(lambda: bridge.presence.connected)
        outgoing = bridge.presence.outgoing

        async def watch() -> None:
            async with aiomqtt.Client("127.0.0.1", broker.port) as client:
                await client.subscribe("audiobook-daemon/event/#", qos=1)
                async for message in client.messages:
                    assert isinstance(message.payload, bytes)
                    seen[message.payload.decode()] += 1

        watching = asyncio.create_task(watch())
        await asyncio.sleep(0.1)
        for number in range(burst):
            if number == burst // 4:
                await until(lambda: bool(seen))
                broker.stop()
            outgoing.put(Message("audiobook-daemon/event/book/found", str(number).encode()))
            outgoing.put(Message("audiobook-daemon/wants", str(number).encode(), retained=True))
            if number % 100 == 0:
                await asyncio.sleep(0)
        await asyncio.wait([watching])
        assert isinstance(watching.exception(), aiomqtt.MqttError)
        await until(lambda: not bridge.presence.connected)
        await broker.start()
        watching = asyncio.create_task(watch())
        await until(lambda: outgoing.first() is None and bridge.presence.connected)
        async with broker.observing(AVAILABILITY, "audiobook-daemon/wants") as late:
            await until(lambda: late.last.get(AVAILABILITY) == "online" and "audiobook-daemon/wants" in late.last)
            assert late.document("audiobook-daemon/wants") != {}
        watching.cancel()
        await asyncio.wait([watching])
    assert outgoing.dropped > 0
    assert outgoing.dropped + outgoing.limit <= burst
    assert max(seen.values()) <= 2, "only what was under way when the broker went can come twice"
    assert sum(count - 1 for count in seen.values()) <= 20


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
    async with broker.observing() as live, broker.serving():
        await until(lambda: not any(live.last.get(f"audiobook-daemon/{topic}", "junk") for topic in nobodys))
        async with broker.observing() as late:
            await until(lambda: late.last.get(AVAILABILITY) == "online")
            await until(lambda: all(f"audiobook-daemon/{topic}" in late.last for topic in ours))
            assert all(late.document(f"audiobook-daemon/{topic}") for topic in ours)
            assert not [topic for topic in nobodys if late.last.get(f"audiobook-daemon/{topic}")]
