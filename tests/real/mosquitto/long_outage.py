"""A minute without the broker, with the pauses that people have; `make faults` runs it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from tests.real.mosquitto.line import line_to

from audiobook_daemon.mqtt.messages import Message
from audiobook_daemon.mqtt.presence import Presence

if TYPE_CHECKING:
    from tests.real.mosquitto.conftest import Broker

pytestmark = pytest.mark.real

MINUTE = 60
LONGEST_PAUSE = 72


async def until(true: Callable[[], bool], seconds: float = 60.0) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.02)


async def test_a_minute_without_the_broker_costs_nothing_and_is_told_of_once(
    broker: Broker, caplog: pytest.LogCaptureFixture
) -> None:
    async with line_to(broker.port) as line, broker.serving(port=line.port) as bridge:
        presence = bridge.presence
        usual = Presence(presence.settings)
        presence.first_pause, presence.longest_pause = usual.first_pause, usual.longest_pause
        await until(lambda: presence.connected and presence.outgoing.first() is None)
        line.cut()
        broker.stop()
        for second in range(MINUTE):
            presence.outgoing.put(Message(f"audiobook-daemon/event/book/{second}", b"{}"))
            presence.outgoing.put(Message("audiobook-daemon/job/other", b"%d" % second, retained=True))
            await asyncio.sleep(1)
            assert not presence.connected
        await broker.start()
        async with broker.observing() as seen:
            line.mend()
            await until(lambda: presence.connected and presence.outgoing.first() is None, LONGEST_PAUSE + MINUTE)
            events = [topic for topic in seen.order if "/event/book/" in topic]
            assert events == [f"audiobook-daemon/event/book/{second}" for second in range(MINUTE)]
            assert seen.last["audiobook-daemon/job/other"] == str(MINUTE - 1)
            assert seen.last["audiobook-daemon/availability"] == "online"
            assert seen.document("audiobook-daemon/state")["state"] == "idle"
        assert presence.outgoing.dropped == 0
    assert sum(record.levelno >= logging.WARNING for record in caplog.records) == 1
