from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import aiomqtt
import pytest
from aiomqtt.exceptions import MqttConnectError

from audiobook_daemon.demo import broker as broker_room
from audiobook_daemon.demo.broker import EmbeddedBroker, make_broker
from audiobook_daemon.demo.processes import ProgramFailed
from audiobook_daemon.demo.real_mosquitto import RealMosquitto


def client(broker: EmbeddedBroker) -> aiomqtt.Client:
    return aiomqtt.Client("127.0.0.1", broker.port, protocol=aiomqtt.ProtocolVersion.V311)


async def next_message(listener: aiomqtt.Client) -> tuple[str, object, bool]:
    async with asyncio.timeout(60):
        async for message in listener.messages:
            return message.topic.value, message.payload, message.retain
    raise AssertionError("the connection ended")


async def refused_mqtt_5(broker: EmbeddedBroker) -> MqttConnectError:
    with pytest.raises(MqttConnectError) as refusal:
        async with aiomqtt.Client("127.0.0.1", broker.port, protocol=aiomqtt.ProtocolVersion.V5):
            pass
    return refusal.value


@pytest.fixture
async def broker() -> AsyncIterator[EmbeddedBroker]:
    embedded = EmbeddedBroker()
    await embedded.start()
    yield embedded
    await embedded.stop()


async def test_the_embedded_broker_delivers_and_retains(broker: EmbeddedBroker) -> None:
    async with client(broker) as speaker, client(broker) as listener:
        await speaker.publish("books/state", "idle", qos=1, retain=True)
        await listener.subscribe("books/#", qos=1)
        assert await next_message(listener) == ("books/state", b"idle", True)
        await speaker.publish("books/event", "grabbed", qos=1)
        assert await next_message(listener) == ("books/event", b"grabbed", False)


async def test_the_embedded_broker_publishes_the_will_of_a_lost_client(broker: EmbeddedBroker) -> None:
    # CONNECT of MQTT 3.1.1: clean session, a will of QoS 1, keep-alive of a minute, the client's name.
    texts = (b"lost", b"books/availability", b"offline")
    payload = b"".join(len(text).to_bytes(2, "big") + text for text in texts)
    connect = b"\x00\x04MQTT\x04\x0e\x00\x3c" + payload
    async with client(broker) as listener:
        await listener.subscribe("books/#", qos=1)
        reader, writer = await asyncio.open_connection("127.0.0.1", broker.port)
        writer.write(b"\x10" + bytes([len(connect)]) + connect)
        assert await reader.readexactly(4) == b"\x20\x02\x00\x00"
        writer.close()
        await writer.wait_closed()

        assert await next_message(listener) == ("books/availability", b"offline", False)


async def test_the_embedded_broker_refuses_mqtt_5_with_a_code_of_its_own(broker: EmbeddedBroker) -> None:
    refusal = await refused_mqtt_5(broker)

    assert getattr(refusal.rc, "value", refusal.rc) == 132  # unsupported protocol version


async def test_the_embedded_broker_comes_back_empty_on_the_same_port(broker: EmbeddedBroker) -> None:
    port = broker.port
    async with client(broker) as speaker:
        await speaker.publish("books/state", "old", qos=1, retain=True)
    await broker.stop()
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", port)
    await broker.start()

    assert broker.port == port
    async with client(broker) as listener:
        await listener.subscribe("books/#", qos=1)
        await listener.publish("books/state", "new", qos=1)
        assert await next_message(listener) == ("books/state", b"new", False)


async def test_stopping_the_embedded_broker_cuts_its_clients_off(broker: EmbeddedBroker) -> None:
    async def listen() -> None:
        async with client(broker) as listener:
            await listener.subscribe("books/#")
            connected.set()
            await next_message(listener)

    connected = asyncio.Event()
    task = asyncio.create_task(listen())
    async with asyncio.timeout(60):
        await connected.wait()
        await broker.stop()
        with pytest.raises(aiomqtt.MqttError):
            await task


async def test_the_embedded_broker_tells_nothing_of_its_clients(
    broker: EmbeddedBroker, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        await refused_mqtt_5(broker)
        async with client(broker):
            pass

    assert [record for record in caplog.records if record.name.startswith(("amqtt", "transitions"))] == []


async def test_a_taken_port_is_told(broker: EmbeddedBroker) -> None:
    second = EmbeddedBroker()
    second.port = broker.port

    with pytest.raises(ProgramFailed, match=str(broker.port)):
        await second.start()
    await second.stop()


def test_a_real_mosquitto_is_preferred_where_there_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broker_room, "find_program", lambda name: f"/opt/{name}")
    assert isinstance(make_broker(tmp_path), RealMosquitto)
    monkeypatch.setattr(broker_room, "find_program", lambda name: None)
    assert isinstance(make_broker(tmp_path), EmbeddedBroker)
