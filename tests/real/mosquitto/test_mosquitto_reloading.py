"""The whole daemon, as a process, that is told of other settings for MQTT while it runs on the real mosquitto."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import aiomqtt
import pytest

if TYPE_CHECKING:
    from tests.conftest import RunDaemon
    from tests.real.mosquitto.conftest import Broker

pytestmark = pytest.mark.real

ALL = ("books/#", "shelves/#", "homeassistant/#")


def write(config: Path, *lines: str) -> None:
    mqtt = "".join(f"  {line}\n" for line in lines)
    jobs = 'jobs:\n  tidy: {at: "0 4 * * *", do: [cleanup]}\n'
    config.write_text(f"database: sqlite://state.db\n{f'mqtt:{chr(10)}{mqtt}' if lines else ''}{jobs}")


async def kept(broker: Broker) -> set[str]:
    """The topics of which the broker keeps a message."""
    found: set[str] = set()
    async with aiomqtt.Client("127.0.0.1", broker.port) as client:
        for topic in (*ALL, "mark"):
            await client.subscribe(topic, qos=1)
        await client.publish("mark", "here", qos=1)
        async for message in client.messages:
            if message.topic.value == "mark":
                return found
            found.add(message.topic.value)
    return found


async def until(true: Callable[[], bool], seconds: float = 60.0) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.02)


async def test_other_settings_hold_at_once_and_nothing_stays_below_a_base_that_is_given_up(
    broker: Broker, run_daemon: RunDaemon, tmp_path: Path
) -> None:
    config = tmp_path / "daemon" / "audiobook-daemon.yaml"
    config.parent.mkdir()
    here = (f"port: {broker.port}", "base: books")
    write(config, *here)
    async with run_daemon(config) as daemon, broker.observing(*ALL) as live:
        await until(lambda: "homeassistant/device/books_job_tidy/config" in live.last)
        assert live.last["books/availability"] == "online"

        # Another language: the same base goes offline for a moment, and keeps all it has.
        live.order.clear()
        seen = len(daemon.log)
        write(config, *here, "language: de")
        daemon.send(signal.SIGHUP)
        await daemon.said("Configuration read again. mqtt changed.", after=seen)
        await daemon.said("Connected to the MQTT broker", after=seen)
        await until(lambda: live.order.count("books/availability") >= 2)
        await until(lambda: live.last["books/availability"] == "online")
        assert not any(topic.startswith("books/event/system") for topic in live.order), "the daemon has not stopped"
        await until(lambda: "homeassistant/device/books/config" in live.order)
        assert live.document("books/state")["state"] != "stopped"
        before = await kept(broker)
        assert {"books/info", "books/job/tidy", "homeassistant/device/books/config"} <= before

        # Another base, asked for over the connection that ends with it.
        write(config, f"port: {broker.port}", "base: shelves")
        live.order.clear()
        async with aiomqtt.Client("127.0.0.1", broker.port) as client:
            await client.publish("books/request/daemon/reload", "", qos=1)
        await until(lambda: live.last.get("shelves/availability") == "online")
        await until(lambda: "homeassistant/device/shelves_job_tidy/config" in live.last)
        answer = json.loads(live.last["books/response/daemon/reload"])
        assert (answer["status"], answer["data"]) == ("ok", {"summary": "mqtt changed."})
        devices = [live.order.index(topic) for topic in before if topic.startswith("homeassistant/")]
        states = [live.order.index(f"books/{topic}") for topic in ("info", "job/tidy", "settings")]
        assert max(devices) < min(states), "Home Assistant complains of states that go before their devices"
        assert not [topic for topic in await kept(broker) if topic.split("/")[0] == "books" or "/books" in topic]

        # No MQTT any more is like a stop, and with it again all is there.
        write(config)
        daemon.send(signal.SIGHUP)
        await until(lambda: live.last["shelves/availability"] == "offline")
        assert live.document("shelves/state")["state"] == "stopped"
        write(config, f"port: {broker.port}", "base: shelves")
        daemon.send(signal.SIGHUP)
        await until(lambda: live.last["shelves/availability"] == "online")
        assert await daemon.stop() == 0
        assert live.document("shelves/state")["state"] == "stopped"
        assert not any("Traceback" in line for line in daemon.log)


async def test_a_broker_that_is_away_holds_up_no_change(broker: Broker, run_daemon: RunDaemon, tmp_path: Path) -> None:
    config = tmp_path / "daemon" / "audiobook-daemon.yaml"
    config.parent.mkdir()
    write(config, "port: 1", "base: books")
    async with run_daemon(config) as daemon, broker.observing(*ALL) as live:
        await daemon.said("MQTT broker at 127.0.0.1:1 ")
        write(config, f"port: {broker.port}", "base: shelves")
        daemon.send(signal.SIGHUP)
        await until(lambda: live.last.get("shelves/availability") == "online")
        await daemon.said("What the MQTT broker at 127.0.0.1:1 keeps below books could not be taken back")
        assert await daemon.stop() == 0
        assert not any("Traceback" in line for line in daemon.log)
