"""The server's socket: who has introduced himself is told what happens; without python-socketio there is none."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator
from typing import Any

from aiohttp import web

_ROOM = "introduced"


class Sockets:
    """Speaks socket.io at `/socket.io/`. API keys are refused, as the real server does; only user tokens will do."""

    def __init__(self, tokens: Collection[str]) -> None:
        self._tokens = tokens
        self._server: Any = None
        self._telling: set[asyncio.Task[None]] = set()

    def routes(self) -> Iterator[tuple[str, str, Any]]:
        """Make a server anew and name its path."""
        try:
            import socketio  # noqa: PLC0415 - optional
        except ImportError:
            return
        self._server = server = socketio.AsyncServer(async_mode="aiohttp", cors_allowed_origins=[])

        async def introduce(sid: str, token: object = None) -> None:
            if token in self._tokens:
                await server.enter_room(sid, _ROOM)
                await server.emit("init", {"userId": "root", "username": "root"}, to=sid)
            else:
                await server.emit("auth_failed", {"message": "Invalid token"}, to=sid)

        server.on("auth", introduce)
        for method in ("GET", "POST"):
            yield method, "/socket.io/", self._handled

    async def _handled(self, request: web.Request) -> web.StreamResponse:
        answer: web.StreamResponse = await self._server.handle_request(request)
        return answer

    def tell(self, event: str, data: object) -> None:
        """Tell everybody who has introduced himself."""
        if self._server is not None:
            task = asyncio.get_running_loop().create_task(self._server.emit(event, data, room=_ROOM))
            self._telling.add(task)
            task.add_done_callback(self._telling.discard)

    def introduced(self) -> Iterator[str]:
        """Name the connections that are told."""
        if self._server is not None:
            yield from (sid for sid, _ in self._server.manager.get_participants("/", _ROOM))

    async def close(self) -> None:
        """Cut everybody off."""
        server, self._server = self._server, None
        if server is not None:
            await server.shutdown()
