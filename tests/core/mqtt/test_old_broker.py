"""A broker that knows MQTT 3.1.1 only: the link falls back once, and requests work there too."""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING

import aiomqtt
import pytest

from audiobook_daemon.actions import Actions
from audiobook_daemon.demo.ports import free_ports
from audiobook_daemon.events import Bus
from audiobook_daemon.mqtt import MqttBridge, MqttSettings
from audiobook_daemon.mqtt.link import MqttLink
from audiobook_daemon.mqtt.messages import Message

if TYPE_CHECKING:
    from tests.core.mqtt.conftest import World


async def until(true: Callable[[], bool], seconds: float = 60.0) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.02)


OLD_BROKER = """
import asyncio, sys
from amqtt.broker import Broker
async def main():
    anonymous = {"amqtt.plugins.authentication.AnonymousAuthPlugin": {"allow_anonymous": True}}
    bind = f"127.0.0.1:{sys.argv[1]}"
    await Broker({"listeners": {"default": {"type": "tcp", "bind": bind}}, "plugins": anonymous}).start()
    await asyncio.Event().wait()
asyncio.run(main())
"""


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
async def port() -> AsyncIterator[int]:
    """The port of a broker in a process of its own, for it leaves sockets behind."""
    (free,) = free_ports(1)
    process = subprocess.Popen(
        [sys.executable, "-c", OLD_BROKER, str(free)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        await until(lambda: listens(free))
        yield free
    finally:
        process.kill()
        process.wait()


async def test_the_link_falls_back_once_and_remembers(port: int, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[bool] = []
    connect = MqttLink.open

    async def noted(
        settings: MqttSettings, identifier: str, will: Message | None, *, modern: bool, patience: float = 10.0
    ) -> MqttLink:
        tried.append(modern)
        patience = 1.0 if modern else 60.0  # the broker is silent in the first case, and may be slow in the other
        return await connect(settings, identifier, will, modern=modern, patience=patience)

    monkeypatch.setattr(MqttLink, "open", noted)
    bridge = MqttBridge(MqttSettings(port=port), world, world, Actions(), Bus(), redact=str)
    bridge.presence.first_pause = bridge.presence.longest_pause = 0.05
    for turn in (1, 2):
        task = asyncio.create_task(bridge.run())
        await until(lambda: bridge.presence.connected)
        assert bridge.presence.protocol == "3.1.1"
        task.cancel()
        await asyncio.wait([task])
        assert tried == [True, *[False] * turn]


async def test_requests_are_answered_and_a_kept_one_is_cleared_without_being_carried_out(
    port: int, world: World
) -> None:
    async with aiomqtt.Client("127.0.0.1", port) as person:
        await person.publish("audiobook-daemon/request/job/hunt/run", "{}", qos=1, retain=True)
        await person.subscribe("audiobook-daemon/response/#", qos=1)
        bridge = MqttBridge(MqttSettings(port=port), world, world, Actions(), Bus(), redact=str)
        task = asyncio.create_task(bridge.run())
        messages = aiter(person.messages)
        async with asyncio.timeout(90):
            assert code_of(await anext(messages)) == "retained"
            await person.publish("audiobook-daemon/request/daemon/ping", "", qos=1)
            assert code_of(await anext(messages)) is None
        assert world.calls == []
        async with asyncio.timeout(90):
            await person.publish("audiobook-daemon/request/job/hunt/run", "", qos=1)
            assert code_of(await anext(messages)) is None
        assert world.calls == [("run_job", "hunt", "mqtt")]
        task.cancel()
        await asyncio.wait([task])


def code_of(message: aiomqtt.Message) -> object:
    assert isinstance(message.payload, bytes)
    return (json.loads(message.payload)["error"] or {}).get("code")
