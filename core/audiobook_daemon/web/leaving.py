"""The end of the server: who only asks has a moment to get an answer, whoever changes something some seconds."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.typedefs import Middleware

LAST_MOMENT = 0.1
"""Seconds; most answers take a tenth of it."""
_READING = frozenset({"GET", "HEAD"})
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Readers:
    """Knows the requests under way that change nothing, and breaks them off when the server ends.

    A report about a great library takes seconds, and a stream to somebody who does not read any more goes on until
    its patience is over; who asked will ask again.
    """

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[object]] = set()

    def middleware(self) -> Middleware:
        """Return what notes the requests."""

        @web.middleware
        async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
            task = asyncio.current_task()
            if task is None or request.method not in _READING:
                return await handler(request)
            self._tasks.add(task)
            try:
                return await handler(request)
            finally:
                self._tasks.discard(task)

        return middleware

    async def leave(self, _: web.Application) -> None:
        """Give them a last moment, and break off what is not answered by then."""
        if self._tasks:
            await asyncio.wait(tuple(self._tasks), timeout=LAST_MOMENT)
        for task in tuple(self._tasks):
            task.cancel()
