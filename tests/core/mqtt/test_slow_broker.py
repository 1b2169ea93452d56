"""Brokers that behave badly: one that takes everybody in and hangs up, one that stops reading."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import pytest

from audiobook_daemon.mqtt.link import LinkError, MqttLink
from audiobook_daemon.mqtt.messages import Message
from audiobook_daemon.mqtt.presence import LAST_WORDS, MOST_DROPS, Presence
from audiobook_daemon.mqtt.settings import MqttSettings, Transport
from audiobook_daemon.mqtt.trouble import Kind

WELCOME = bytes((0x20, 3, 0, 0, 0))
"""The CONNACK of MQTT 5 without properties."""
MANY = 20_000
"""Messages of a kilobyte, many times what may wait."""


async def until(true: Callable[[], bool], seconds: float = 60.0) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.01)


class StandIn:
    """Greets every client; then it says farewell and hangs up, or never reads again."""

    def __init__(self, *, hangs_up: bool, welcome: bytes = WELCOME, farewell: bytes = b"") -> None:
        self.hangs_up, self.welcome, self.farewell = hangs_up, welcome, farewell
        self.clients = 0
        self.port = 0
        self.over = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.clients += 1
        with suppress(ConnectionError):
            await reader.read(1000)
            writer.write(self.welcome)
            await writer.drain()
            if self.hangs_up:
                await reader.read(1000)
                writer.write(self.farewell)
            else:
                await self.over.wait()
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[StandIn]:
        server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            self.over.set()
            server.close()
            await server.wait_closed()


def noting(presence: Presence, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Note the pause after each connection that was lost."""
    pauses: list[float] = []
    lost = presence._lost

    def noted(code: int | None, words: str) -> float:
        pauses.append(lost(code, words))
        return pauses[-1]

    monkeypatch.setattr(presence, "_lost", noted)
    return pauses


async def test_a_broker_that_lets_everybody_in_and_hangs_up_is_not_hammered_and_told_of_once(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.INFO)
    async with StandIn(hangs_up=True).listening() as broker:
        presence = Presence(MqttSettings(port=broker.port, protocol="5"), first_pause=0.01, longest_pause=10.0)
        pauses = noting(presence, monkeypatch)
        task = asyncio.create_task(presence.run())
        await until(lambda: len(pauses) > MOST_DROPS + 1)
        task.cancel()
        await asyncio.wait([task])
    assert pauses == sorted(pauses)
    assert pauses[4] == pytest.approx(0.16)
    assert presence.trouble is not None
    assert presence.trouble.kind is Kind.DROPS
    assert caplog.text.count("accepts the connection and soon ends it") == 1


async def test_who_was_pushed_off_by_the_same_client_id_waits_long_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    async with StandIn(hangs_up=True, farewell=bytes((0xE0, 1, 142))).listening() as broker:
        settings = MqttSettings(port=broker.port, client_id="same", protocol="5")
        presence = Presence(settings, first_pause=0.01, longest_pause=3600.0)
        pauses = noting(presence, monkeypatch)
        task = asyncio.create_task(presence.run())
        await until(lambda: bool(pauses))
        task.cancel()
        await asyncio.wait([task])
    assert pauses == [3600.0]
    assert broker.clients == 1
    assert presence.trouble is not None
    assert presence.trouble.kind is Kind.TAKEN_OVER


async def test_a_connection_that_has_stood_long_makes_the_next_pause_short_again() -> None:
    presence = Presence(MqttSettings(), first_pause=1.0, longest_pause=60.0)
    assert [presence._lost(None, "gone") for _ in range(8)] == [1, 2, 4, 8, 16, 32, 60, 60]
    presence._began = asyncio.get_running_loop().time() - 119
    assert presence._lost(None, "gone") == 60
    presence._began = asyncio.get_running_loop().time() - 121
    assert presence._lost(None, "gone") == 1
    assert presence._lost(135, "Not authorized") == 60


async def test_a_broker_that_stops_reading_costs_neither_time_nor_memory() -> None:
    async with StandIn(hangs_up=False).listening() as broker:
        settings = MqttSettings(port=broker.port, protocol="5")
        link = await MqttLink.open(settings, "slow", None, modern=True, patience=60)
        presence = Presence(settings)
        sending = asyncio.create_task(presence._sender.run(link))
        states = {f"audiobook-daemon/job/{number}": number for number in range(50)}
        for number in range(MANY):
            presence.outgoing.put(Message("audiobook-daemon/event/book/found", b"%d" % number + b"x" * 1000))
            topic = f"audiobook-daemon/job/{number % 50}"
            states[topic] = number
            presence.outgoing.put(Message(topic, b"%d" % number, retained=True))
            if number % 1000 == 0:
                await asyncio.sleep(0)
            assert presence.outgoing._bytes <= presence.outgoing.most_bytes
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
        await link.close(0.01)
    kept, sent_once = [], 0
    presence.outgoing.recall()
    while message := presence.outgoing.first():
        if message.retained:
            kept.append((message.topic, int(message.payload)))
        sent_once += not message.retained
        presence.outgoing.done(message)
    assert dict(kept) == states
    assert len(kept) == len(states)
    assert sent_once == presence.outgoing.limit
    assert presence.outgoing.dropped == MANY - sent_once


async def test_the_end_of_a_connection_that_takes_nothing_more_is_no_cancellation() -> None:
    async with StandIn(hangs_up=False).listening() as broker:
        link = await MqttLink.open(MqttSettings(port=broker.port), "full", None, modern=True, patience=60)
        with pytest.raises(LinkError, match="timed out"):
            await link.publish(Message("audiobook-daemon/library/last_added/cover", bytes(50_000_000)), 0.05)
        await link.close(0.05)


@pytest.mark.parametrize("transport", ["tcp", "websockets"])
async def test_a_stop_does_not_wait_for_a_broker_that_never_answers(transport: Transport) -> None:
    async with StandIn(hangs_up=False, welcome=b"").listening() as broker:
        settings = MqttSettings(port=broker.port, transport=transport, protocol="5")
        task = asyncio.create_task(Presence(settings).run())
        await until(lambda: broker.clients == 1)
        assert await seconds_to_stop(task) < 4


async def test_a_stop_does_not_wait_for_a_broker_that_fell_silent() -> None:
    async with StandIn(hangs_up=False).listening() as broker:
        presence = Presence(MqttSettings(port=broker.port, protocol="5"))
        presence.outgoing.put(Message("audiobook-daemon/event/book/found", b"x"))
        task = asyncio.create_task(presence.run())
        await until(lambda: presence._began is not None)
        assert await seconds_to_stop(task) < 3 * LAST_WORDS + 1


async def seconds_to_stop(task: asyncio.Task[None]) -> float:
    loop = asyncio.get_running_loop()
    await asyncio.sleep(0)
    begin = loop.time()
    task.cancel()
    await asyncio.wait([task])
    return loop.time() - begin
