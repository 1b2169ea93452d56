"""Opens the socket to the broker: plain or encrypted, over TCP, WebSockets or a file of the system.

The libraries would do it in a thread that the end of the program waits for, however long the network takes, and would
leave the socket open when a handshake fails.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from contextlib import suppress
from typing import TypeAlias

from paho.mqtt.client import WebsocketConnectionError, _WebsocketWrapper

from audiobook_daemon.mqtt.settings import MqttSettings
from audiobook_daemon.mqtt.tls import tls_context

STEP_TIMEOUT = 3.0
"""Seconds for each of: reaching an address of the broker, its half of a handshake."""
OPEN_TIMEOUT = 15.0
"""Seconds for all of it, the question for the address too."""

Socket: TypeAlias = socket.socket | _WebsocketWrapper


async def open_socket(settings: MqttSettings) -> Socket:
    """Open the socket in a thread that nobody has to wait for; raises OSError, also for unreadable certificates."""
    loop = asyncio.get_running_loop()
    opened: asyncio.Future[Socket] = loop.create_future()

    def work() -> None:
        try:
            found: Socket | Exception = _open(settings)
        except Exception as error:  # noqa: BLE001 - whatever it is, whoever waits is to hear of it
            found = error
        with suppress(RuntimeError):  # the program has ended meanwhile
            loop.call_soon_threadsafe(settle, found)

    def settle(found: Socket | Exception) -> None:
        if isinstance(found, Exception):
            if not opened.done():
                opened.set_exception(found)
        elif opened.done():
            found.close()
        else:
            opened.set_result(found)

    threading.Thread(target=work, name="mqtt-connect", daemon=True).start()
    try:
        async with asyncio.timeout(OPEN_TIMEOUT):
            return await opened
    except TimeoutError:
        raise OSError("timed out") from None


def _open(settings: MqttSettings) -> Socket:
    context = tls_context(settings.tls) if settings.tls else None
    if settings.transport == "unix":
        opened = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    else:
        opened = socket.create_connection((settings.host, settings.port), STEP_TIMEOUT)
    try:
        opened.settimeout(STEP_TIMEOUT)
        if settings.transport == "unix":
            opened.connect(settings.host)
        else:
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if context is not None:
            opened = context.wrap_socket(opened, server_hostname=settings.host)
        if settings.transport == "websockets":
            return _websocket(settings, opened, encrypted=context is not None)
    except BaseException:
        opened.close()
        raise
    return opened


def _websocket(settings: MqttSettings, opened: socket.socket, *, encrypted: bool) -> _WebsocketWrapper:
    try:
        return _WebsocketWrapper(opened, settings.host, settings.port, encrypted, settings.websocket_path, None)
    except (WebsocketConnectionError, ValueError, IndexError) as error:
        raise ConnectionAbortedError(f"no WebSocket at {settings.websocket_path}: {error}") from error
