"""The library's client for one connection, without its traps.

Traps of aiomqtt 2.5 and paho that shape this file: a house-keeping task wakes every second; a socket closed at the
wrong moment, or an attempt given up, makes one of the callbacks fail with a traceback in the log; a broker that hangs
up on the first packet is waited for none the less; it logs at every attempt what its errors say as well, and what is
confirmed after its call was cancelled.
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any

import aiomqtt
from paho.mqtt.client import MQTT_ERR_SUCCESS
from paho.mqtt.client import Client as PahoClient

from audiobook_daemon.mqtt.link.sockets import Socket
from audiobook_daemon.mqtt.tls import failure

LOG = logging.getLogger(__name__)
LOG.setLevel(logging.WARNING)
LOG.addFilter(lambda record: str(record.msg).startswith("Message queue is full"))


class QuietClient(aiomqtt.Client):
    """A client woken for house-keeping when the keep-alive is due instead of every second."""

    async def connect(self, socket: Socket) -> None:
        """Greet the broker over a socket that is open already; raises MqttError."""
        self._socket = socket
        self._client._create_socket = lambda: socket  # type: ignore[method-assign]
        self._client_connect()  # nothing in it waits for the network, now that the socket is open
        self._client_connect = lambda: None  # type: ignore[method-assign]
        ended = self._disconnected
        await self.__aenter__()
        if ended.done():  # the library has forgotten it by now
            self._disconnected = ended
            raise ended.exception() or aiomqtt.MqttError("it hung up")

    @property
    def ended(self) -> asyncio.Future[None]:
        """Done when the connection is no more."""
        return self._disconnected

    async def _misc_loop(self) -> None:
        while self._client.loop_misc() == MQTT_ERR_SUCCESS:  # noqa: ASYNC110
            await asyncio.sleep(self.quiet_time())

    def _on_socket_register_write(self, client: PahoClient, _: object, sock: Any) -> None:  # noqa: ANN401
        """Watch the socket for writing, unless it is closed by the time the loop comes to it, as the library would."""

        def write() -> None:
            try:
                client.loop_write()
            except Exception as error:  # noqa: BLE001 - as the library does: whatever it is, the connection is gone
                if not self._disconnected.done():
                    self._disconnected.set_exception(error)

        def watch() -> None:
            if sock.fileno() >= 0:
                self._loop.add_writer(sock.fileno(), write)

        self._loop.call_soon_threadsafe(watch)

    def _on_disconnect(self, *told: Any, **more: Any) -> None:  # noqa: ANN401
        # The library asks what became of its attempt to connect, and stumbles if that was given up.
        if not self._connected.done():
            self._connected.set_exception(aiomqtt.MqttError(str(failure(self._socket) or "it hung up")))
        elif not self._connected.cancelled():
            super()._on_disconnect(*told, **more)

    def quiet_time(self) -> float:
        """Return the seconds until paho has a ping to send or to miss; 1 if this paho does not tell."""
        sent = getattr(self._client, "_last_msg_out", None)
        heard = getattr(self._client, "_last_bytes_received", None)
        if sent is None or heard is None:
            return 1.0
        return max(1.0, float(min(sent, heard)) + self._client.keepalive - time.monotonic())

    def fate(self) -> BaseException | None:
        """Return why the connection broke; None while it stands, after a clean end, and if nobody waited for that.

        Whoever waits in vain for the end cancels it, and to ask that for its reason would look like a cancellation of
        the task that asks.
        """
        if not self._disconnected.done() or self._disconnected.cancelled():
            return None
        return failure(self._socket) or self._disconnected.exception()

    def hang_up(self) -> None:
        """Close the socket if it is still open, without a word to the broker."""
        self._client._sock_close()
        self._socket.close()
        self.fate()
