"""Listens to the server's socket, and passes on that something has changed; what has is read by the next sync."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from audiobook_daemon import Context
from audiobook_plugins.audiobookshelf.client import Client

if TYPE_CHECKING:
    import socketio

_EVENTS = frozenset(
    {
        *("item_added", "items_added", "item_updated", "items_updated", "item_removed"),
        *("author_updated", "author_removed", "series_updated", "series_removed"),
        *("library_added", "library_updated", "library_removed"),
    }
)
_FIRST_PAUSE, _LONGEST_PAUSE = 10.0, 600.0


class Hints:
    """Stays connected until it is stopped; a socket that cannot be had or breaks disturbs nobody."""

    def __init__(self, url: str, client: Client, context: Context) -> None:
        self._url = url
        self._client = client
        self._context = context
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to listen in the background; without the package for it, only a line in the log tells so."""
        if self._task is not None:
            return
        try:
            import socketio  # noqa: PLC0415 - optional, and loaded by those alone who use it
        except ImportError:
            self._context.log.warning(
                "%s: `hints` needs the Python package python-socketio beside the daemon; without it the library is "
                "read at the times of the jobs only.",
                self._context.name,
            )
            return
        make = socketio.AsyncClient
        self._task = asyncio.create_task(self._listen(lambda: make(reconnection=False, handle_sigint=False)))

    async def stop(self) -> None:
        """Hang up."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _listen(self, make: Callable[[], socketio.AsyncClient]) -> None:
        pause = _FIRST_PAUSE
        while True:
            try:
                if not await self._connected(make()):
                    return
                pause = _FIRST_PAUSE
                self._context.hint("The connection broke off; what happened meanwhile is unknown.")
            except Exception as error:  # noqa: BLE001 - a hint is never worth a fault of the library
                self._context.log.debug("%s: no hints for now: %s", self._context.name, error)
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    async def _connected(self, socket: socketio.AsyncClient) -> bool:
        """Listen until the connection ends; False if the server does not let us listen at all."""
        account = await self._client.account()
        if account.user.token is None:
            self._context.log.info("%s: Audiobookshelf gives no token for its socket.", self._context.name)
            return False
        refused = False

        async def introduce() -> None:
            await socket.emit("auth", account.user.token)

        async def refuse(*_: Any) -> None:  # noqa: ANN401
            nonlocal refused
            refused = True
            self._context.log.info("%s: Audiobookshelf does not let us listen to its socket.", self._context.name)
            await socket.disconnect()

        def pass_on(event: str, *_: Any) -> None:  # noqa: ANN401
            if event in _EVENTS:
                self._context.hint(event)

        socket.on("connect", introduce)
        socket.on("auth_failed", refuse)
        socket.on("*", pass_on)
        parts = urlsplit(self._url)
        try:
            path = f"{parts.path.strip('/')}/socket.io".lstrip("/")
            await socket.connect(f"{parts.scheme}://{parts.netloc}", socketio_path=path, transports=["websocket"])
            await socket.wait()
        finally:
            session = socket.eio.http
            try:
                await socket.disconnect()
            finally:
                if session is not None:
                    await session.close()  # which the package leaves open when its reading is cancelled
        return not refused
