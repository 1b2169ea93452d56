"""The example of access rights: everybody can do what is needed, and nothing beside it."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import aiomqtt
import pytest
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from audiobook_daemon.actions import Actions
from audiobook_daemon.events import Bus
from audiobook_daemon.mqtt import MqttBridge, MqttSettings
from audiobook_daemon.mqtt.messages import Request

if TYPE_CHECKING:
    from tests.real.mosquitto.conftest import Broker

pytestmark = pytest.mark.real

EXAMPLES = Path(__file__).parents[3] / "config" / "mosquitto"
USERS = ("audiobook-daemon", "homeassistant", "node-red", "wall-panel", "witness", "stranger")


@pytest.fixture
async def broker(make_broker: Callable[..., Broker], tmp_path: Path) -> Broker:
    """A mosquitto with the example as it stands but for its places, and a witness who may read all."""
    passwords, rights = tmp_path / "passwd", tmp_path / "acl"
    passwords.write_text("".join(f"{user}:{user}\n" for user in USERS))
    passwords.chmod(0o600)
    subprocess.run([shutil.which("mosquitto_passwd") or "mosquitto_passwd", "-U", str(passwords)], check=True)
    rights.write_text((EXAMPLES / "acl").read_text() + "\nuser witness\ntopic read #\n")
    rights.chmod(0o600)
    text = (EXAMPLES / "mosquitto.conf").read_text()
    text = text.replace("/etc/mosquitto/passwd", str(passwords)).replace("/etc/mosquitto/acl", str(rights))
    lines = [line for line in text.splitlines() if not line.startswith(("listener ", "persistence ", "#"))]
    broker = make_broker(*(["user root"] if os.geteuid() == 0 else []), *lines)
    await broker.start()
    return broker


@asynccontextmanager
async def serving(broker: Broker) -> AsyncIterator[tuple[MqttBridge, list[str]]]:
    """Run a bridge as the daemon of the example; the list holds every path that was asked for."""
    settings = MqttSettings(port=broker.port, username=USERS[0], password=USERS[0])
    bridge = MqttBridge(settings, broker.daemon, broker.daemon, Actions(), Bus(), redact=str)
    bridge.presence.first_pause, bridge.presence.longest_pause = 0.1, 0.3
    asked: list[str] = []
    answer = bridge.presence.on_request

    def receive(request: Request) -> None:
        asked.append(request.path)
        answer(request)

    bridge.presence.on_request = receive
    task = asyncio.create_task(bridge.run())
    try:
        await until(lambda: bridge.presence.connected)
        yield bridge, asked
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until(true: Callable[[], bool], seconds: float = 60.0) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.02)


async def say(broker: Broker, user: str, messages: Sequence[tuple[str, str]], *, retain: bool = False) -> None:
    """Publish all in their order, on one connection."""
    async with aiomqtt.Client("127.0.0.1", broker.port, username=user, password=user) as client:
        for topic, payload in messages:
            await client.publish(topic, payload, 1, retain)


async def test_the_panel_runs_its_one_job_and_nothing_else_of_it_reaches_the_daemon(broker: Broker) -> None:
    async with serving(broker) as (_, asked), broker.observing("audiobook-daemon/#", user="wall-panel") as panel:
        await until(lambda: panel.last.get("audiobook-daemon/availability") == "online")
        await until(lambda: "audiobook-daemon/state" in panel.last)
        before = panel.last["audiobook-daemon/state"]
        paths = ("job/tend/run", "job/hunt/set", "book/request", "settings/set", "daemon/reload", "action/sync/run", "")
        forbidden = [(f"audiobook-daemon/request/{path}", "{}") for path in paths]
        others = [("audiobook-daemon/state", "{}"), ("homeassistant/status", "x"), ("audiobook-daemon/response/x", "x")]
        await say(broker, "wall-panel", [*forbidden, *others, ("audiobook-daemon/request/job/hunt/run", "PRESS")])
        await until(lambda: "audiobook-daemon/response/job/hunt/run" in panel.last)
        assert panel.document("audiobook-daemon/response/job/hunt/run")["status"] == "accepted"
        assert (asked, broker.daemon.runs) == (["job/hunt/run"], ["hunt"])
        assert panel.last["audiobook-daemon/state"] == before
        assert "audiobook-daemon/response/x" not in panel.last


async def test_the_daemon_can_do_its_work_and_write_nowhere_else(
    broker: Broker, caplog: pytest.LogCaptureFixture
) -> None:
    async with broker.observing("#", user="witness") as witness:
        async with serving(broker) as (bridge, _):
            await until(lambda: witness.last.get("audiobook-daemon/availability") == "online")
            await until(lambda: "audiobook-daemon/request/daemon/echo" in witness.last)
            await bridge.publisher.repeat()
            elsewhere = ("zigbee2mqtt/lamp/set", "homeassistant/status", "homeassistant/sensor/x/config", "node-red/x")
            allowed = ("homeassistant/device/audiobook_daemon/config", "node-red/audiobooks/answer")
            await say(broker, USERS[0], [(topic, "x") for topic in (*elsewhere, *allowed)])
            await until(lambda: allowed[-1] in witness.last)
            assert not set(elsewhere) & set(witness.last)
            assert allowed[0] in witness.last
        assert not [record for record in caplog.records if "permission" in record.getMessage().lower()]


async def test_the_daemon_reads_its_discovery_and_the_birth_of_home_assistant(broker: Broker) -> None:
    document = "homeassistant/device/audiobook_daemon/config"
    await say(broker, USERS[0], [(document, '{"origin":{}}')], retain=True)
    async with (
        broker.observing("homeassistant/device/+/config", "homeassistant/status", user=USERS[0]) as daemon,
        broker.observing("homeassistant/#", user="homeassistant") as home_assistant,
    ):
        await until(lambda: document in daemon.last and document in home_assistant.last)
        await say(broker, "homeassistant", [("homeassistant/status", "online")])
        await until(lambda: daemon.last.get("homeassistant/status") == "online")


async def test_the_daemon_hears_that_somebody_called_it_offline(
    broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audiobook_daemon.mqtt.presence.INSIST_AFTER", 0.05)
    topic = "audiobook-daemon/availability"
    async with serving(broker), broker.observing(topic, user="witness") as seen:
        await until(lambda: seen.last.get(topic) == "online")
        await say(broker, USERS[0], [(topic, "offline")], retain=True)
        await until(lambda: seen.order.count(topic) >= 3)
        assert seen.last[topic] == "online"


async def test_home_assistant_sees_and_asks_for_everything(broker: Broker) -> None:
    async with serving(broker), broker.observing("audiobook-daemon/#", user="homeassistant") as seen:
        await until(lambda: seen.last.get("audiobook-daemon/availability") == "online")
        await say(broker, "homeassistant", [("audiobook-daemon/request/schedules/set", "OFF")])
        await until(lambda: "audiobook-daemon/response/schedules/set" in seen.last)
        assert seen.document("audiobook-daemon/response/schedules/set")["status"] == "ok"
        assert broker.daemon.schedule_enabled is False
        await say(
            broker, "homeassistant", [("audiobook-daemon/state", "{}"), ("audiobook-daemon/request/daemon/ping", "")]
        )
        await until(lambda: "audiobook-daemon/response/daemon/ping" in seen.last)
        assert seen.document("audiobook-daemon/state")["state"] == "idle"


async def test_node_red_gets_its_answers_where_it_asks_for_them(broker: Broker) -> None:
    reply_to = "node-red/audiobooks/answers"
    async with serving(broker), broker.observing(reply_to, user="node-red") as seen:
        version = aiomqtt.ProtocolVersion.V5
        properties = Properties(PacketTypes.PUBLISH)  # type: ignore[no-untyped-call]
        properties.ResponseTopic = reply_to
        async with aiomqtt.Client(
            "127.0.0.1", broker.port, username="node-red", password="node-red", protocol=version
        ) as client:
            topic = "audiobook-daemon/request/job/hunt/run"
            await client.publish(topic, '{"transaction":"t"}', 1, properties=properties)
            await until(lambda: reply_to in seen.last)
        assert json.loads(seen.last[reply_to])["transaction"] == "t"


async def test_whoever_is_not_named_sees_and_does_nothing(broker: Broker) -> None:
    async with (
        serving(broker) as (_, asked),
        broker.observing("#", user="stranger") as stranger,
        broker.observing("#", user="witness") as witness,
    ):
        await say(broker, "stranger", [("audiobook-daemon/request/job/hunt/run", "")])
        await say(broker, "homeassistant", [("audiobook-daemon/request/daemon/ping", "")])
        await until(lambda: "audiobook-daemon/response/daemon/ping" in witness.last)
        assert asked == ["daemon/ping"]
        assert stranger.last == {}
