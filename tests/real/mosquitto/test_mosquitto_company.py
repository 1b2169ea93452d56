"""Several daemons on one real mosquitto."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

import aiomqtt
import pytest

from audiobook_daemon.models import JobStatus
from audiobook_daemon.mqtt import MqttBridge
from audiobook_daemon.mqtt.trouble import Kind

if TYPE_CHECKING:
    from tests.real.mosquitto.conftest import Broker

pytestmark = pytest.mark.real


async def until(true: Callable[[], bool], seconds: float = 60.0) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.02)


def kind(bridge: MqttBridge) -> Kind | None:
    return bridge.presence.trouble.kind if bridge.presence.trouble else None


@pytest.mark.parametrize(("one", "other"), [("books", "books/two"), ("audiobook-daemon", "audiobook-daemon-2")])
async def test_daemons_with_bases_of_their_own_leave_each_other_alone(broker: Broker, one: str, other: str) -> None:
    both = (f"{one}/availability", f"{other}/availability")
    async with broker.observing("#") as live, AsyncExitStack() as stack:
        first = await stack.enter_async_context(broker.serving(base=one))
        second = await stack.enter_async_context(broker.serving(base=other))
        await until(lambda: [live.last.get(topic) for topic in both] == ["online"] * 2)
        await until(lambda: f"homeassistant/device/{second.presence.settings.node_id}/config" in live.last)
        for number, bridge in enumerate((first, second), 1):
            await bridge.publisher.repeat()
            await until(lambda: not (first.presence.outgoing.first() or second.presence.outgoing.first()))
            assert kind(bridge) is None
            async with aiomqtt.Client("127.0.0.1", broker.port) as client:
                await client.publish(f"{bridge.presence.settings.base}/request/job/hunt/run", "", qos=1)
            await until(lambda number=number: len(broker.daemon.runs) == number)  # type: ignore[misc]
        await stack.aclose()
        await until(lambda: [live.last[topic] for topic in both] == ["offline"] * 2)
    assert broker.daemon.runs == ["hunt", "hunt"]
    emptied = {topic for topic, payload in live.last.items() if not payload and "/request/" not in topic}
    assert emptied == {f"{one}/library/last_added/cover", f"{other}/library/last_added/cover"}, "there is no cover"


async def test_two_daemons_with_one_base_say_so_once_and_clear_nothing_of_each_other(
    broker: Broker, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("audiobook_daemon.mqtt.presence.INSIST_AFTER", 0.05)
    monkeypatch.setattr("audiobook_daemon.mqtt.sweep.PATIENCE", 0.05)
    hunt = JobStatus("hunt", "*/30 * * * *", ("choose",))
    device = "homeassistant/device/audiobook_daemon_job_{}/config"
    async with broker.observing("#") as live, AsyncExitStack() as stack:
        first = await stack.enter_async_context(broker.serving())
        await until(lambda: live.last.get("audiobook-daemon/availability") == "online")
        await until(lambda: device.format("hunt") in live.last)
        monkeypatch.setattr(broker.daemon, "jobs", lambda: [replace(hunt, name="other")])
        async with broker.serving() as second:
            await until(lambda: kind(first) is kind(second) is Kind.TWIN)
            await until(lambda: second.presence.connected and "audiobook-daemon/job/other" in live.last)
            await until(lambda: device.format("other") in live.last)
            await asyncio.sleep(0.3)  # longer than anything is put off here
            assert live.last["audiobook-daemon/job/hunt"]
            assert live.last[device.format("hunt")]
        await until(lambda: kind(first) is None)
        await until(lambda: live.last["audiobook-daemon/availability"] == "online")
        await stack.aclose()
        await until(lambda: live.last["audiobook-daemon/availability"] == "offline")
    told = [one.getMessage() for one in caplog.records if one.levelno >= logging.WARNING]
    assert len(told) == 2, "each of the two tells it once"
    assert all("same mqtt.base 'audiobook-daemon'" in text for text in told)


async def test_the_late_will_of_a_killed_predecessor_does_not_leave_a_living_daemon_offline(
    broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audiobook_daemon.mqtt.presence.INSIST_AFTER", 0.05)
    async with broker.observing() as live, broker.serving() as bridge:
        topic = "audiobook-daemon/availability"
        await until(lambda: bridge.presence.connected and live.last.get(topic) == "online")
        before = live.order.count(topic)
        async with aiomqtt.Client("127.0.0.1", broker.port) as client:
            await client.publish(topic, "offline", qos=1, retain=True)
        await until(lambda: live.order.count(topic) >= before + 2 and live.last[topic] == "online")


async def test_two_daemons_with_one_client_id_do_not_push_each_other_off_without_end(
    broker: Broker, caplog: pytest.LogCaptureFixture
) -> None:
    async with broker.serving(client_id="same") as first, broker.serving(client_id="same") as second:
        first.presence.longest_pause = second.presence.longest_pause = 3600.0
        await until(lambda: Kind.DROPS in {kind(first), kind(second)})
        assert max(first.presence._failures, second.presence._failures) > 3, "each pause was twice the one before"
    assert "perhaps another program uses the same mqtt.client_id" in caplog.text
