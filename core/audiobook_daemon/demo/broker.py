"""The MQTT broker of the demo: a real mosquitto where there is one, else amqtt inside this process."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from weakref import WeakSet

from audiobook_daemon.demo.ports import free_ports
from audiobook_daemon.demo.processes import ProgramFailed, find_program
from audiobook_daemon.demo.real_mosquitto import RealMosquitto

if TYPE_CHECKING:
    from amqtt.adapters import ReaderAdapter, WriterAdapter
    from amqtt.broker import Broker as AmqttBroker


class Broker(Protocol):
    """What the demo needs of a broker; it listens on 127.0.0.1 and keeps its port over a restart."""

    port: int

    async def start(self) -> None:
        """Start it and wait until it answers."""

    async def stop(self) -> None:
        """End it."""


def make_broker(folder: Path) -> Broker:
    """A broker that is not started yet: mosquitto if it is installed, else the embedded one."""
    return RealMosquitto(folder) if find_program(RealMosquitto.name) else EmbeddedBroker()


class EmbeddedBroker:
    """amqtt on 127.0.0.1, open to everybody there; it speaks MQTT 3.1.1 only and forgets all when stopped.

    A client that asks for MQTT 5 is refused with "unacceptable protocol version" (code 1).
    """

    def __init__(self) -> None:
        (self.port,) = free_ports(1)
        self._broker: AmqttBroker | None = None
        self._connected: WeakSet[asyncio.StreamWriter] = WeakSet()

    async def start(self) -> None:
        """Begin to listen; raises ProgramFailed if amqtt is not installed or the port is taken."""
        if self._broker is not None:
            return
        try:
            from amqtt.broker import Broker as AmqttBroker  # noqa: PLC0415 - only with the extra `demo`
            from amqtt.contexts import BrokerConfig, ListenerConfig  # noqa: PLC0415
            from amqtt.errors import BrokerError  # noqa: PLC0415
        except ImportError as error:
            raise ProgramFailed(
                "There is no MQTT broker: install mosquitto, or the embedded one with "
                "`pip install 'audiobook-daemon[demo]'`."
            ) from error
        # Every packet and every refused client is news to amqtt; to the person trying the demo none of it is.
        for name in ("amqtt", "transitions"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        broker = AmqttBroker(
            BrokerConfig(
                listeners={"default": ListenerConfig(bind=f"127.0.0.1:{self.port}")},
                plugins={"amqtt.plugins.authentication.AnonymousAuthPlugin": {"allow_anonymous": True}},
            )
        )
        _close_refused(broker)
        _note_connected(broker, self._connected)
        try:
            await broker.start()
        except BrokerError as error:
            raise ProgramFailed(f"The embedded MQTT broker cannot listen on port {self.port}.") from error
        self._broker = broker

    async def stop(self) -> None:
        """End all connections and forget everything."""
        if self._broker is not None:
            broker, self._broker = self._broker, None
            await broker.shutdown()
            for writer in tuple(self._connected):  # amqtt knows those only that have said who they are
                writer.close()


def _close_refused(broker: AmqttBroker) -> None:
    """Let amqtt close the connection of a client it refuses, which it forgets."""
    begin = broker._initialize_client_session

    async def begin_or_close(reader: ReaderAdapter, writer: WriterAdapter, address: str, port: int) -> object:
        try:
            return await begin(reader, writer, address, port)
        except BaseException:
            await writer.close()
            raise

    broker._initialize_client_session = begin_or_close


def _note_connected(broker: AmqttBroker, connected: WeakSet[asyncio.StreamWriter]) -> None:
    begin = broker.stream_connected

    async def note_and_begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, listener_name: str) -> None:
        connected.add(writer)
        await begin(reader, writer, listener_name)

    broker.stream_connected = note_and_begin
