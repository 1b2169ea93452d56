"""What Home Assistant is told by a whole daemon: of all that is configured, and no more of what is taken out."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import aiomqtt

from audiobook_daemon.daemon import Daemon

if TYPE_CHECKING:
    from tests.flow.conftest import Inhabit

PREFIX = "homeassistant/device/audiobook_daemon"


class Onlooker:
    """A client that remembers the last payload of every topic, and their order."""

    def __init__(self) -> None:
        self.last: dict[str, bytes] = {}
        self.order: list[str] = []
        self._more = asyncio.Event()

    async def watch(self, port: int) -> None:
        async with aiomqtt.Client("127.0.0.1", port) as client:
            await client.subscribe("#", qos=1)
            async for message in client.messages:
                assert isinstance(message.payload, bytes)
                self.last[message.topic.value] = message.payload
                self.order.append(message.topic.value)
                self._more.set()

    async def sees(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(120):
            while not true():
                self._more.clear()
                await self._more.wait()

    def components(self, thing: str) -> dict[str, Any]:
        payload = self.last.get(f"{PREFIX}{thing}/config")
        found = json.loads(payload)["components"] if payload else {}
        assert isinstance(found, dict)
        return found


async def test_devices_follow_the_configuration(inhabit: Inhabit) -> None:
    async with inhabit(1, real={"mqtt"}) as household:
        onlooker = Onlooker()
        watching = asyncio.create_task(onlooker.watch(household.world.broker.port))
        async with Daemon.assembled(household.config) as daemon:
            stop = asyncio.Event()
            serving = asyncio.create_task(daemon.serve(lambda: None, stop))
            jobs = {f"_job_{job.name}" for job in daemon.configuration.jobs}
            instances = {f"_service_{one.name}" for one in daemon.configuration.instances if one.enabled}
            await onlooker.sees(lambda: all(map(onlooker.components, {"", *jobs, *instances})))
            announced = {topic for topic in onlooker.last if topic.startswith("homeassistant/device/")}
            assert announced == {f"{PREFIX}{thing}/config" for thing in {"", *jobs, *instances}}
            assert "switch_auto_grab" in onlooker.components("_service_top10")
            assert "sensor_ratio" in onlooker.components("_service_mam")
            assert {"switch_schedules", "number_min_seeders", "select_packs"} <= onlooker.components("").keys()
            gone, states = f"{PREFIX}_service_google_books/config", "audiobook-daemon/service/google_books"
            onlooker.order.clear()
            household.switch_off("google_books")
            await daemon.reload()
            await onlooker.sees(lambda: onlooker.last.get(gone) == onlooker.last.get(states) == b"")
            assert onlooker.order.index(gone) < len(onlooker.order) - 1 - onlooker.order[::-1].index(states)
            stop.set()
            await serving
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
        left = {topic for topic, payload in onlooker.last.items() if topic.startswith("homeassistant/") and payload}
        assert left == announced - {gone}, "devices stay while the daemon is away"
