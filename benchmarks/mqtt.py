"""What it costs to publish a burst of events, beside the package we stand on; and whether anybody waits for it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import suppress

import aiomqtt

from audiobook_daemon.mqtt.messages import Message
from audiobook_daemon.mqtt.presence import Presence
from audiobook_daemon.mqtt.settings import MqttSettings
from figures import Figure
from surroundings import Household, report_from_household

_EVENTS = 1000
_ROUNDS = 5
"""The quickest of them counts."""
_TOPIC = "benchmark/event/book/found"
_PAYLOAD = b"x" * 210
_AGAINST = "aiomqtt, each awaited"


def measure(home: Household) -> Iterator[Figure]:
    if not home.mqtt:
        return
    ours, handing_over = asyncio.run(_ours(home.mqtt))
    limit = asyncio.run(_stock(home.mqtt))
    name = f"{_EVENTS} events on MQTT"
    yield Figure(f"{name}: processor", ours[0] * 1000, "ms", limit[0] * 1000, _AGAINST, most_ratio=1.2)
    yield Figure(f"{name}: until the broker has all", ours[1] * 1000, "ms", limit[1] * 1000, _AGAINST, most_ratio=1)
    yield Figure(f"{name}: handed over", handing_over * 1000, "ms", most=20)


async def _stock(port: int) -> tuple[float, float]:
    """Processor seconds and seconds of one event after the other."""
    best = (float("inf"), float("inf"))
    async with aiomqtt.Client("127.0.0.1", port, protocol=aiomqtt.ProtocolVersion.V5) as client:
        for _ in range(_ROUNDS):
            processor, clock = time.process_time(), time.perf_counter()
            for _ in range(_EVENTS):
                await client.publish(_TOPIC, _PAYLOAD, qos=1)
            best = min(best, (time.process_time() - processor, time.perf_counter() - clock))
    return best


async def _ours(port: int) -> tuple[tuple[float, float], float]:
    """The same through the daemon's queue, and the seconds that those who have something to tell spent on it."""
    best, handed = (float("inf"), float("inf")), float("inf")
    presence = Presence(MqttSettings(port=port, base="benchmark"))
    running = asyncio.create_task(presence.run())
    while not presence.connected:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    await asyncio.sleep(1)  # the echo that tests the permissions is over
    for _ in range(_ROUNDS):
        processor, clock = time.process_time(), time.perf_counter()
        for _ in range(_EVENTS):
            presence.outgoing.put(Message(_TOPIC, _PAYLOAD))
        handed = min(handed, time.perf_counter() - clock)
        while presence.outgoing.first() is not None:  # noqa: ASYNC110
            await asyncio.sleep(0.002)
        best = min(best, (time.process_time() - processor, time.perf_counter() - clock))
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    return best, handed


if __name__ == "__main__":
    report_from_household(measure)
