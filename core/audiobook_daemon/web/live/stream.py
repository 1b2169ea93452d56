"""Server-sent events: a subscription written to one connection for as long as it is read."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar

from aiohttp import web

from audiobook_daemon.web.answers import Raw
from audiobook_daemon.web.live.live import Live
from audiobook_daemon.web.live.messages import Message
from audiobook_daemon.web.live.subscription import Subscription

_HEARTBEAT = 15.0
_LONGEST = 15 * 60.0
"""Seconds; whoever looks on then comes again by itself and shows its key anew: it may no longer hold."""
_PATIENCE = 30.0
"""Seconds for which somebody is borne who reads nothing."""
_RECONNECT = "retry: 3000\n\n"
_LARGEST_NUMBER = 2**31 - 1


class EventStream(Raw):
    """What happens from a point on, until the reader goes or the daemon stops."""

    content_type: ClassVar[str] = "text/event-stream"

    def __init__(self, live: Live, redact: Callable[[str], str], after: int | None = None) -> None:
        self._live, self._redact, self._after = live, redact, after

    async def send(self, request: web.Request) -> web.StreamResponse:
        """Write events as they come; the header Last-Event-ID counts for more than what was asked for."""
        async with self._live.subscribe(_last_seen(request, self._after)) as subscription:
            response = web.StreamResponse(
                headers={
                    "Content-Type": self.content_type,
                    "Cache-Control": "no-store",
                    "X-Accel-Buffering": "no",  # nginx would keep back what is to be seen now
                }
            )
            await response.prepare(request)
            try:
                await self._write_all(response, subscription)
            except (TimeoutError, ConnectionError):
                if request.transport is not None:
                    request.transport.abort()  # an orderly end would wait for the reader who does not read
            return response

    async def _write_all(self, response: web.StreamResponse, subscription: Subscription) -> None:
        clock = asyncio.get_running_loop().time
        until = clock() + _LONGEST
        text = _RECONNECT
        while True:
            async with asyncio.timeout(_PATIENCE):
                await response.write(text.encode())
            messages = await subscription.take(_HEARTBEAT) if clock() < until else None
            if messages is None:
                return
            text = self._written(messages)

    def _written(self, messages: Iterable[Message]) -> str:
        return "".join(map(self._event, messages)) or ": nothing new\n\n"

    def _event(self, message: Message) -> str:
        number = "" if message.id is None else f"id: {message.id}\n"
        text = json.dumps(self._clean(message.data), ensure_ascii=False)
        return f"{number}event: {message.kind}\ndata: {text}\n\n"

    def _clean(self, value: object) -> object:
        if isinstance(value, Mapping):
            return {name: self._clean(one) for name, one in value.items()}
        return self._redact(value) if isinstance(value, str) else value


def _last_seen(request: web.Request, asked: int | None) -> int | None:
    text = request.headers.get("Last-Event-ID", "").strip()
    if not (text.isascii() and text.isdecimal()):
        return asked
    return min(int(text[:10]), _LARGEST_NUMBER)
