"""Keeps the connections few enough: those that nobody has let in make room for others."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.typedefs import Middleware

from audiobook_daemon.web.access.sessions import caller_of

_log = logging.getLogger(__name__)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Crowd:
    """Counts connections; beyond `most`, the oldest goes that serves nobody with a key.

    So thousands of connections that send their request a letter at a time cost each other their place, and leave the
    daemon the open files that it needs itself.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._served: dict[web.RequestHandler, web.Request] = {}
        self._told = False

    def middleware(self) -> Middleware:
        """Return what notes which connections are at work."""

        @web.middleware
        async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
            connection = request.protocol
            self._served[connection] = request
            try:
                return await handler(request)
            finally:
                self._served.pop(connection, None)

        return middleware

    def entrance(self, server: web.Server) -> Callable[[], asyncio.BaseProtocol]:
        """Return what makes the protocol of each new connection."""

        def enter() -> asyncio.BaseProtocol:
            return server() if self._make_room(server.connections) else _Refused()

        return enter

    def _make_room(self, connections: list[web.RequestHandler]) -> bool:
        open_ones = [one for one in connections if one.connected]
        surplus = len(open_ones) + 1 - self._most
        if surplus <= 0:
            return True
        if not self._told:
            self._told = True
            _log.warning("More than %d connections to the web server are open; the oldest idle ones go.", self._most)
        unknown = [one for one in open_ones if not self._serves(one)]
        for one in unknown[:surplus]:
            one.force_close()
        return len(unknown) >= surplus

    def _serves(self, connection: web.RequestHandler) -> bool:
        request = self._served.get(connection)
        return request is not None and caller_of(request) is not None


class _Refused(asyncio.Protocol):
    """A connection for which there is no room."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Close it."""
        assert isinstance(transport, asyncio.Transport)
        transport.abort()
