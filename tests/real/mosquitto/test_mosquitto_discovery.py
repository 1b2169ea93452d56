"""Discovery on the real mosquitto: what is kept, taken back, left alone, and told again."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiomqtt
import pytest
from tests.real.mosquitto.conftest import NOW, running, until
from tests.real.mosquitto.line import line_to

from audiobook_daemon.actions import Actions
from audiobook_daemon.events import Bus, JobsChanged
from audiobook_daemon.mqtt import MqttBridge, MqttSettings

if TYPE_CHECKING:
    from tests.real.mosquitto.conftest import Broker

pytestmark = pytest.mark.real

PREFIX = "homeassistant/device"
DAEMON, HUNT, MAM, OLD = (
    f"{PREFIX}/{id_}/config"
    for id_ in (
        "audiobook_daemon",
        "audiobook_daemon_job_hunt",
        "audiobook_daemon_service_mam",
        "audiobook_daemon_job_old",
    )
)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audiobook_daemon.mqtt.discovery.announcer.LONGEST_WAIT", 0.0)
    monkeypatch.setattr("audiobook_daemon.mqtt.sweep.PATIENCE", 0.1)
    monkeypatch.setattr("audiobook_daemon.mqtt.presence.COMPANY_PATIENCE", 0.2)


def bridge_of(broker: Broker, **settings: Any) -> MqttBridge:  # noqa: ANN401
    daemon = broker.daemon
    return MqttBridge(MqttSettings(port=broker.port, **settings), daemon, daemon, Actions(), Bus(), redact=str)


def is_idle(bridge: MqttBridge) -> bool:
    """Whether the broker has confirmed everything, so that a stop has nothing to send again."""
    return bridge.presence.outgoing.first() is None


async def keep(broker: Broker, topic: str, document: object) -> None:
    async with aiomqtt.Client("127.0.0.1", broker.port) as client:
        await client.publish(topic, document if isinstance(document, str) else json.dumps(document), 1, retain=True)


def earlier(id_: str, via: str | None) -> dict[str, object]:
    device = {"identifiers": [id_]} | ({} if via is None else {"via_device": via})
    availability = [{"topic": "audiobook-daemon/availability"}]
    return {"origin": {"name": "audiobook-daemon"}, "device": device, "availability": availability, "components": {}}


async def test_devices_are_kept_by_the_broker_and_their_states_are_known_before(broker: Broker) -> None:
    async with broker.observing("#") as live, broker.serving() as bridge:
        await until(lambda: {DAEMON, HUNT, MAM} <= live.last.keys() and is_idle(bridge))
        order = live.order
        assert order.index("audiobook-daemon/state") < order.index(DAEMON)
        assert order.index("audiobook-daemon/job/hunt") < order.index(HUNT)
        async with broker.observing(f"{PREFIX}/+/config") as late:
            await until(lambda: {DAEMON, HUNT, MAM} <= late.last.keys())
            assert late.document(HUNT)["device"] == live.document(HUNT)["device"]
    assert live.order.count(DAEMON) == 1


async def test_a_restart_takes_back_what_is_gone_and_nothing_of_anybody_else(broker: Broker) -> None:
    second, lamp = f"{PREFIX}/audiobook_daemon_2/config", f"{PREFIX}/lamp/config"
    junk, states = f"{PREFIX}/audiobook_daemon_junk/config", "audiobook-daemon/job/old"
    await keep(broker, OLD, earlier("audiobook_daemon_job_old", "audiobook_daemon"))
    await keep(broker, second, earlier("audiobook_daemon_2", None))
    await keep(broker, lamp, {"origin": {"name": "Zigbee2MQTT"}, "device": {"identifiers": ["audiobook_daemon"]}})
    await keep(broker, junk, "{no json")
    await keep(broker, states, {"id": "old"})
    async with broker.observing("#") as live, broker.serving():
        await until(lambda: live.last.get(OLD) == "" and live.last.get(states) == "")
        await until(lambda: DAEMON in live.last)
        order = live.order
        assert len(order) - order[::-1].index(OLD) < len(order) - order[::-1].index(states), "devices go before states"
        assert all(live.last[topic] for topic in (second, lamp, junk))


async def test_two_daemons_leave_one_another_alone(broker: Broker) -> None:
    other = bridge_of(broker, base="audiobook-daemon-2")
    async with broker.observing(f"{PREFIX}/+/config") as live:
        async with running(other.run()):
            await until(lambda: f"{PREFIX}/audiobook_daemon_2_job_hunt/config" in live.last)
            async with broker.serving():
                await until(lambda: {DAEMON, HUNT, MAM} <= live.last.keys())
        async with broker.serving() as bridge:
            await until(lambda: bridge.presence.connected)
            await until(lambda: live.order.count(DAEMON) >= 2)
        assert all(live.last.values())
        names = {live.document(topic)["device"]["name"] for topic in live.last}  # type: ignore[index]
        assert {"Audiobooks", "Audiobooks (audiobook-daemon-2)"} <= names


async def test_switched_off_everything_announced_before_is_taken_back(broker: Broker) -> None:
    async with broker.observing(f"{PREFIX}/+/config") as live:
        async with broker.serving() as bridge:
            await until(lambda: {DAEMON, HUNT, MAM} <= live.last.keys() and is_idle(bridge))
        off = bridge_of(broker, discovery=False)
        async with running(off.run()):
            await until(lambda: not any(live.last.values()) and is_idle(off))
        assert len(live.order) == 6


async def test_the_start_of_home_assistant_brings_everything_again(broker: Broker) -> None:
    async with broker.observing("#") as live, broker.serving():
        await until(lambda: {DAEMON, HUNT, MAM} <= live.last.keys())
        async with aiomqtt.Client("127.0.0.1", broker.port) as client:
            await client.publish("homeassistant/status", "online", qos=0)
            await until(lambda: all(live.order.count(topic) == 2 for topic in (DAEMON, HUNT, MAM)))
        await until(lambda: live.order.count("audiobook-daemon/library") >= 2)


async def test_after_a_restart_of_the_broker_the_devices_come_before_online(broker: Broker) -> None:
    async with line_to(broker.port) as line, broker.serving(port=line.port) as bridge:
        async with broker.observing(f"{PREFIX}/+/config") as live:
            await until(lambda: {DAEMON, HUNT, MAM} <= live.last.keys())
        line.cut()
        broker.stop()
        await until(lambda: not bridge.presence.connected)
        await broker.start()
        async with broker.observing("#") as late:
            line.mend()
            await until(lambda: late.last.get("audiobook-daemon/availability") == "online")
            assert {DAEMON, HUNT, MAM} <= late.last.keys()


async def test_a_device_that_goes_while_the_broker_is_away_is_taken_back_afterwards(
    make_broker: Callable[..., Broker], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_root = ["user root"] if os.geteuid() == 0 else []
    memory = ["persistence true", f"persistence_location {tmp_path}/"]
    broker, bus = make_broker("allow_anonymous true", *as_root, *memory), Bus()
    await broker.start()
    async with broker.serving(bus) as bridge:
        async with broker.observing(f"{PREFIX}/+/config") as live:
            await until(lambda: {DAEMON, HUNT, MAM} <= live.last.keys())
        broker.stop()
        assert (tmp_path / "mosquitto.db").exists()
        await until(lambda: not bridge.presence.connected)
        monkeypatch.setattr(broker.daemon, "jobs", list)
        bus.publish(JobsChanged(NOW))
        await broker.start()
        await until(lambda: bridge.presence.connected)
        async with broker.observing("#") as late:
            await until(lambda: late.last.get("audiobook-daemon/availability") == "online" and DAEMON in late.last)
            assert not late.last.get(HUNT)


async def test_a_device_goes_before_its_states_even_if_nobody_said_so(
    broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with broker.observing("#") as live, broker.serving() as bridge:
        await until(lambda: {DAEMON, HUNT, MAM} <= live.last.keys())
        monkeypatch.setattr(broker.daemon, "jobs", list)
        await bridge.publisher.refresh()
        await until(lambda: live.last["audiobook-daemon/job/hunt"] == "")
        emptied = [topic for topic in live.order if topic in {HUNT, "audiobook-daemon/job/hunt"}]
        assert emptied == ["audiobook-daemon/job/hunt", HUNT, HUNT, "audiobook-daemon/job/hunt"]
