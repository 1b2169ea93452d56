"""The web server and the bridge to MQTT: begun, exchanged and ended as the configuration wants them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from contextlib import ExitStack, asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any

from audiobook_daemon.config import Configuration, Mqtt, Web
from audiobook_daemon.daemon.serving_web import settings_for, web_server
from audiobook_daemon.errors import ConfigurationError

if TYPE_CHECKING:
    from audiobook_daemon.daemon.assembly import Daemon
    from audiobook_daemon.mqtt import MqttBridge
    from audiobook_daemon.web import WebServer

_LISTENING_WITHIN = 5.0
KeepAlive = Callable[[str, Callable[[], Awaitable[None]]], Coroutine[Any, Any, None]]
"""Runs something that is never to end, by the name it has in the log."""


class Outside:
    """What others reach the daemon by while it runs; before `begin` there is nothing of it."""

    def __init__(self, daemon: Daemon, keep_alive: KeepAlive) -> None:
        self._daemon, self._keep_alive = daemon, keep_alive
        self.bridge: MqttBridge | None = None
        self.web: WebServer | None = None
        self._group: asyncio.TaskGroup | None = None
        self._serving: asyncio.Task[None] | None = None
        self._speaking: asyncio.Task[None] | None = None
        self._mqtt: Mqtt | None = None
        self._mqtt_changed = asyncio.Event()
        self._hearing = ExitStack()

    async def begin(self, group: asyncio.TaskGroup) -> None:
        """Start what is configured, and wait a moment for the web server to listen."""
        self._group = group
        configuration = self._daemon.configuration
        self._mqtt = configuration.mqtt
        self._speaking = group.create_task(self._keep_alive("the exchange of brokers", self._speak))
        if configuration.web:
            await self._serve(configuration.web)

    def end(self) -> None:
        """Stop all of it."""
        self._group = None
        self._hearing.close()
        for task in filter(None, (self._serving, self._speaking)):
            task.cancel()

    @asynccontextmanager
    async def changing(self, new: Configuration) -> AsyncGenerator[None, None]:
        """Go by another configuration once the block has ended well.

        Raises ConfigurationError before it begins if the web server cannot have its address; then nothing changes.
        What is asked over the connections of before is answered first: it may have been the wish for this change.
        """
        before = self._daemon.configuration
        if self._group is None:
            yield
            return
        async with self._web_changing(before.web, new.web):
            yield
        if before.mqtt != new.mqtt:
            self._mqtt = new.mqtt
            self._mqtt_changed.set()

    @asynccontextmanager
    async def _web_changing(self, before: Web | None, new: Web | None) -> AsyncGenerator[None, None]:
        if before == new:
            yield
        elif new is None:
            yield
            self._close()
        elif self.web is None:
            server = await self._serve(new)
            try:
                if server.port is None:
                    raise ConfigurationError(server.trouble or "The web server does not begin to listen.")
                yield
            except BaseException:
                self._close()
                raise
        else:
            async with self.web.changing(settings_for(self._daemon, new)):
                yield

    async def _serve(self, web: Web) -> WebServer:
        assert self._group is not None
        if not self._daemon.recent_lines.hears:
            self._hearing.enter_context(self._daemon.recent_lines.listening())
        self.web = server = web_server(self._daemon, web)
        self._serving = self._group.create_task(self._keep_alive("the web server", server.run))
        with suppress(TimeoutError):
            async with asyncio.timeout(_LISTENING_WITHIN):
                await server.tried.wait()
        return server

    def _close(self) -> None:
        """Let the server end by itself: whoever asked for that still gets an answer from it."""
        if self._serving is not None:
            self._serving.cancel()
        self.web = self._serving = None
        self._hearing.close()

    async def _speak(self) -> None:
        """Be at the broker by the settings that were made last."""
        begun = False
        while True:
            self._mqtt_changed.clear()
            if self._mqtt is None:
                self.bridge = None
                await self._mqtt_changed.wait()
                continue
            # Its packages take time and memory, which a daemon without a broker need not have.
            from audiobook_daemon.daemon.serving_mqtt import mqtt_bridge, mqtt_of  # noqa: PLC0415

            self.bridge = bridge = mqtt_bridge(self._daemon, self._mqtt, begun=begun)
            running = asyncio.create_task(self._keep_alive("MQTT", bridge.run))
            try:
                await self._mqtt_changed.wait()
                begun = self._mqtt is not None
                await bridge.leave(mqtt_of(self._mqtt) if self._mqtt else None)
            finally:
                running.cancel()
                await asyncio.wait({running})
