"""Every way to the real mosquitto: WebSockets, a socket file, both versions of MQTT; and what is said when it fails."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from audiobook_daemon.demo.ports import free_ports
from audiobook_daemon.mqtt import MqttSettings, examine
from audiobook_daemon.mqtt.messages import Message

if TYPE_CHECKING:
    from tests.real.mosquitto.conftest import Broker

pytestmark = pytest.mark.real

AVAILABILITY = "audiobook-daemon/availability"


async def until(true: Callable[[], bool], seconds: float = 60.0) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.02)


@pytest.fixture
def web_port() -> int:
    (port,) = free_ports(1)
    return port


@pytest.fixture
async def versatile(make_broker: Callable[..., Broker], tmp_path: Path, web_port: int) -> Broker:
    """A mosquitto that also listens for WebSockets and on a socket file."""
    tmp_path.chmod(0o755)
    broker = make_broker(
        "allow_anonymous true",
        *(f"listener {web_port} 127.0.0.1", "protocol websockets"),
        f"listener 0 {tmp_path / 'mqtt.sock'}",
        "user root",
    )
    await broker.start()
    return broker


@pytest.mark.parametrize("protocol", ["5", "3.1.1"])
@pytest.mark.parametrize("transport", ["tcp", "websockets", "unix"])
async def test_documents_and_requests_pass_by_every_transport(
    versatile: Broker, tmp_path: Path, web_port: int, transport: str, protocol: str
) -> None:
    places: dict[str, dict[str, Any]] = {
        "tcp": {},
        "websockets": {"port": web_port},
        "unix": {"host": str(tmp_path / "mqtt.sock")},
    }
    async with (
        versatile.observing() as live,
        versatile.serving(transport=transport, protocol=protocol, **places[transport]) as bridge,
    ):
        await until(lambda: live.last.get(AVAILABILITY) == "online")
        assert bridge.presence.protocol.removesuffix(".0") == protocol
        assert live.document("audiobook-daemon/library")["books"] == 1284
        big = Message("audiobook-daemon/event/book/found", b"x" * 200_000)
        bridge.presence.outgoing.put(big)
        for number in range(200):
            bridge.presence.outgoing.put(Message(f"audiobook-daemon/event/book/{number}", b"{}"))
        await until(lambda: "audiobook-daemon/event/book/199" in live.last)
        assert len(live.last[big.topic]) == 200_000
        assert (await versatile.asked("job/hunt/run")).document["status"] == "accepted"
        assert (await examine(bridge.presence.settings)).trouble is None
    assert versatile.daemon.runs == ["hunt"]


async def test_a_socket_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    found = await examine(MqttSettings(host=str(tmp_path / "mqtt.sock"), transport="unix"))
    assert found.trouble is not None
    assert found.trouble.away
    assert str(tmp_path / "mqtt.sock") in found.trouble.text


async def test_a_port_without_websockets_is_told_from_a_broker_that_is_away(broker: Broker) -> None:
    found = await examine(MqttSettings(port=broker.port, transport="websockets", websocket_path="/there"))
    assert found.trouble is not None
    assert not found.trouble.hopeless
    assert f"ws://127.0.0.1:{broker.port}/there" in found.trouble.text
