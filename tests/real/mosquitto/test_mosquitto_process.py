"""The whole daemon, as a process, on the real mosquitto: how it ends, and how it ends while the broker is away."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import RunDaemon
    from tests.real.mosquitto.conftest import Broker

pytestmark = pytest.mark.real

AVAILABILITY = "audiobook-daemon/availability"


async def until(true: Callable[[], bool], seconds: float = 60.0) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.02)


async def test_a_stop_by_signal_says_offline_and_one_without_a_broker_does_not_wait_for_it(
    broker: Broker, run_daemon: RunDaemon, tmp_path: Path
) -> None:
    config = tmp_path / "daemon" / "audiobook-daemon.yaml"
    config.parent.mkdir()
    config.write_text(f"database: sqlite://state.db\nmqtt:\n  port: {broker.port}\n  keepalive: 5\n")
    async with run_daemon(config) as daemon:
        async with broker.observing() as live:
            await until(lambda: live.last.get(AVAILABILITY) == "online")
            assert await daemon.stop() == 0
            await until(lambda: live.last.get(AVAILABILITY) == "offline")
            assert live.document("audiobook-daemon/state")["state"] == "stopped"
        earlier = len(daemon.log)
        await daemon.start()
        await daemon.said("Connected to the MQTT broker", after=earlier)
        broker.stop()
        await daemon.said("is away", after=earlier)
        begin = time.monotonic()
        assert await daemon.stop() == 0
        assert time.monotonic() - begin < 30, "it would take a minute to wait for the broker"
        assert not any("Traceback" in line for line in daemon.log)
