"""The daemon's presence on the real mosquitto: will, reconnect, order, permissions, quiet."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import aiomqtt
import paho.mqtt.client
import pytest
from paho.mqtt.enums import MQTTErrorCode

import audiobook_daemon
from audiobook_daemon.events import Bus, InstanceChanged
from audiobook_daemon.models import Health, InstanceStatus
from audiobook_daemon.mqtt import Examination, MqttSettings, examine
from audiobook_daemon.mqtt.messages import Message
from audiobook_daemon.mqtt.presence import Presence
from audiobook_daemon.mqtt.trouble import Kind

if TYPE_CHECKING:
    from tests.real.mosquitto.conftest import Broker

pytestmark = pytest.mark.real

AVAILABILITY = "audiobook-daemon/availability"
NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)


async def until(true: Callable[[], bool], seconds: float = 60.0) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.02)


async def test_states_are_kept_and_come_before_online(broker: Broker) -> None:
    async with broker.observing() as live, broker.serving():
        await until(lambda: live.last.get(AVAILABILITY) == "online")
        first = live.order[: live.order.index(AVAILABILITY)]
        assert {topic.removeprefix("audiobook-daemon/") for topic in first} >= {
            "info", "state", "job/hunt", "service/mam", "wants", "approvals", "downloads", "library"
        }  # fmt: skip
        async with broker.observing() as late:
            await until(lambda: "audiobook-daemon/library" in late.last)
            assert late.document("audiobook-daemon/library")["books"] == 1284
            assert late.document("audiobook-daemon/state")["state"] == "idle"


async def test_a_stop_says_stopped_and_offline_soon(broker: Broker) -> None:
    loop = asyncio.get_running_loop()
    async with broker.observing() as live:
        async with broker.serving() as bridge:
            await until(lambda: bridge.presence.connected)
            before = loop.time()
        assert loop.time() - before < 10
        await until(lambda: live.last.get(AVAILABILITY) == "offline")
        assert live.document("audiobook-daemon/state")["state"] == "stopped"


DAEMON = """
import asyncio, sys
from audiobook_daemon.mqtt.messages import Message
from audiobook_daemon.mqtt.presence import Presence
from audiobook_daemon.mqtt.trouble import Kind
from audiobook_daemon.mqtt.settings import MqttSettings
asyncio.run(Presence(MqttSettings(port=int(sys.argv[1]))).run())
"""


async def test_the_will_tells_of_a_killed_daemon(broker: Broker) -> None:
    async with broker.observing() as live:
        here = {**os.environ, "PYTHONPATH": str(Path(audiobook_daemon.__file__).parents[1])}
        process = subprocess.Popen([sys.executable, "-c", DAEMON, str(broker.port)], env=here)
        try:
            await until(lambda: live.last.get(AVAILABILITY) == "online")
            process.send_signal(signal.SIGKILL)
            await until(lambda: live.last.get(AVAILABILITY) == "offline")
        finally:
            process.kill()
            process.wait()


async def test_after_a_restart_of_the_broker_all_is_published_again_and_commands_are_answered(
    broker: Broker, caplog: pytest.LogCaptureFixture
) -> None:
    bus = Bus()
    async with broker.serving(bus) as bridge:
        await until(lambda: bridge.presence.connected)
        assert (await broker.asked("job/hunt/run")).document["status"] == "accepted"
        broker.stop()
        await until(lambda: not bridge.presence.connected)
        broker.daemon.instance = InstanceStatus("mam", "mam", ("Indexer",), Health.RESTING, "503", NOW)
        bus.publish(InstanceChanged(NOW, broker.daemon.instance))
        await asyncio.sleep(1.5)  # long enough for several vain attempts
        async with asyncio.timeout(60):
            await broker.start()
        async with broker.observing() as late:
            await until(lambda: late.last.get(AVAILABILITY) == "online")
            again = {"info", "state", "job/hunt", "service/mam", "wants", "approvals", "downloads", "library"}
            await until(lambda: again <= {topic.removeprefix("audiobook-daemon/") for topic in late.last})
            await until(lambda: late.document("audiobook-daemon/service/mam")["state"] == "down")
            await until(lambda: "audiobook-daemon/event/service/down" in late.last)
        assert (await broker.asked("job/hunt/run")).document["status"] == "accepted"
    assert broker.daemon.runs == ["hunt", "hunt"]
    warnings = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert len(warnings) == 1
    assert "is away" in warnings[0].getMessage()


async def test_documents_of_a_job_that_is_gone_are_cleared(broker: Broker) -> None:
    async with aiomqtt.Client("127.0.0.1", broker.port) as client:
        await client.publish("audiobook-daemon/job/old", '{"id":"old"}', qos=1, retain=True)
    async with broker.observing() as live, broker.serving():
        await until(lambda: live.last.get("audiobook-daemon/job/old") == "")
        assert live.document("audiobook-daemon/job/hunt")["id"] == "hunt"


async def test_a_wrong_password_is_told_once(strict_broker: Broker, caplog: pytest.LogCaptureFixture) -> None:
    async with strict_broker.serving(password="wrong") as bridge:
        await until(lambda: bridge.presence.trouble is not None)
        await asyncio.sleep(1.5)  # several attempts
    warnings = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert len(warnings) == 1
    assert "refuses user 'daemon'" in warnings[0]
    assert "mqtt.password" in warnings[0]
    assert "wrong" not in warnings[0]


async def test_missing_permissions_are_noticed(
    strict_broker: Broker, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audiobook_daemon.mqtt.presence.ECHO_TIMEOUT", 0.5)
    async with strict_broker.serving(password="daemon") as bridge, strict_broker.observing(user="observer") as live:
        await until(lambda: live.last.get(AVAILABILITY) == "online")
        await until(lambda: bridge.presence.trouble is not None)
    warnings = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert len(warnings) == 1
    assert "read audiobook-daemon/request/#" in warnings[0]


async def test_an_idle_connection_is_kept_with_few_wake_ups(
    broker: Broker, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    calls = 0
    keep_house = paho.mqtt.client.Client.loop_misc

    def counted(self: paho.mqtt.client.Client) -> MQTTErrorCode:
        nonlocal calls
        calls += 1
        return keep_house(self)

    monkeypatch.setattr(paho.mqtt.client.Client, "loop_misc", counted)
    presence = Presence(MqttSettings(port=broker.port, keepalive=3))
    task = asyncio.create_task(presence.run())
    await until(lambda: presence.connected)
    began = asyncio.get_running_loop().time()
    await asyncio.sleep(8)  # mosquitto gives a silent client up after 1.5 times its keep-alive
    seconds = asyncio.get_running_loop().time() - began
    assert presence.connected
    assert "is away" not in caplog.text
    task.cancel()
    await asyncio.wait([task])
    assert 2 <= calls <= 5 * seconds / 8  # the library alone would have looked nine times


async def test_a_message_the_broker_hangs_up_on_does_not_come_back_for_ever(
    caplog: pytest.LogCaptureFixture, make_broker: Callable[..., Broker]
) -> None:
    broker = make_broker("allow_anonymous true", "max_packet_size 4000")
    await broker.start()
    async with broker.serving() as bridge:
        await until(lambda: bridge.presence.connected)
        bridge.presence.outgoing.put(Message("audiobook-daemon/event/book/found", b"x" * 5000))
        bridge.presence.outgoing.put(Message("audiobook-daemon/event/book/failed", b"{}"))
        async with broker.observing() as live:
            await until(lambda: "audiobook-daemon/event/book/failed" in live.last)
    assert "does not take the message on audiobook-daemon/event/book/found: given up" in caplog.text


async def test_an_examination_disturbs_nobody(broker: Broker) -> None:
    async with broker.serving() as bridge, broker.observing() as live:
        await until(lambda: bridge.presence.connected and live.last.get(AVAILABILITY) == "online")
        await until(lambda: "audiobook-daemon/job/hunt" in live.last)
        settings = bridge.presence.settings
        assert await examine(settings) == Examination(None, "5.0")
        await until(lambda: bridge.presence.outgoing.first() is None and "audiobook-daemon/library" in live.last)
        live.order.clear()
        await bridge.publisher.repeat()
        await until(lambda: "audiobook-daemon/library" in live.order)
        assert live.last[AVAILABILITY] == "online"
        assert live.document("audiobook-daemon/job/hunt")["id"] == "hunt"
        assert not [topic for topic in live.last if topic.startswith("audiobook-daemon/response/")]


async def test_an_examination_tells_what_is_wrong(strict_broker: Broker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audiobook_daemon.mqtt.examination.ECHO_TIMEOUT", 0.5)
    settings = MqttSettings(port=strict_broker.port, username="daemon", password="daemon")
    found = await examine(settings)
    assert found.trouble is not None
    assert (found.trouble.kind, found.protocol) == (Kind.NO_PERMISSION, "5.0")
    refused = await examine(replace(settings, password="wrong"))
    assert refused.trouble is not None
    assert (refused.trouble.kind, refused.protocol) == (Kind.REFUSED, None)
    strict_broker.stop()
    away = await examine(settings)
    assert away.trouble is not None
    assert away.trouble.kind is Kind.AWAY
