"""A glance at a broker sees everything that is kept, however slowly it is told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import aiomqtt
import pytest

from audiobook_daemon.demo.broker import Broker, EmbeddedBroker
from audiobook_daemon.demo.glance import kept_messages
from audiobook_daemon.demo.real_mosquitto import RealMosquitto

MANY = 200


@pytest.fixture(params=["embedded", pytest.param("mosquitto", marks=pytest.mark.real)])
async def broker(
    request: pytest.FixtureRequest, tmp_path: Path, program: Callable[[str], str]
) -> AsyncIterator[Broker]:
    real = request.param == "mosquitto"
    broker: Broker = RealMosquitto(tmp_path, program=program("mosquitto")) if real else EmbeddedBroker()
    await broker.start()
    yield broker
    await broker.stop()


async def test_all_that_is_kept_is_seen_and_nothing_else(broker: Broker) -> None:
    async with aiomqtt.Client("127.0.0.1", broker.port) as speaker:
        for number in range(MANY):
            await speaker.publish(f"books/{number}", f"{number}" * 100, qos=1, retain=True)
        await speaker.publish("elsewhere", "kept", qos=1, retain=True)
        await speaker.publish("books/passing", "gone", qos=1)
    assert await kept_messages(broker.port, "books/#") == {
        f"books/{number}": (f"{number}" * 100).encode() for number in range(MANY)
    }
    assert await kept_messages(broker.port, "nobody/#") == {}


async def test_a_broker_that_takes_its_time_is_waited_for() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(14)
        writer.write(b"\x20\x02\x00\x00")
        await reader.readexactly(2 + 2 + 2 + len("books") + 1)
        for said in (b"\x90\x03\x00\x01\x00", b"\x31\x0a\x00\x05bookskep", b"\x90\x03\x00\x02\x00"):
            await asyncio.sleep(0.4)
            writer.write(said)
        await reader.read()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        assert await kept_messages(server.sockets[0].getsockname()[1], "books") == {"books": b"kep"}
