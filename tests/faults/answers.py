"""A service of the household answers badly at chosen requests, or dies of them and comes back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from enum import StrEnum

from aiohttp import web
from aiohttp.typedefs import Handler
from tests.faults.script import Record

from audiobook_daemon.demo.faults import Faults

_LATE = 0.5


class Spoil(StrEnum):
    """What happens to a request or its answer."""

    UNHEARD = "unheard"
    """The connection ends before the request is looked at."""
    LOST = "lost"
    """The work is done, and the connection ends before a word of the answer."""
    TRUNCATED = "truncated"
    """The work is done, and half of the answer comes as if it were the whole."""
    DELAYED = "delayed"
    """The answer comes half a second late."""
    DUPLICATED = "duplicated"
    """The request is carried out twice, as by a proxy that tries again; the second answer comes."""
    RESTART = "restart"
    """The service dies of it before the answer is out, and is up again a moment later."""


class Answers(Faults):
    """Stands in the way of one service; `plan` says what happens to which request, counted from 1."""

    def __init__(
        self, name: str, plan: Mapping[int, Spoil], restart: Callable[[], Awaitable[None]], record: Record
    ) -> None:
        super().__init__()
        self._name = name
        self._plan = plan
        self._restart = restart
        self._record = record
        self._restarting: set[asyncio.Task[None]] = set()
        self._turn = asyncio.Lock()
        self.count = 0

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Give the true answer, or do what is planned for this request."""
        self.count += 1
        spoil = self._plan.get(self.count)
        if spoil is not None:
            self._record.add(f"{self._name} {spoil}", f"{request.method} {request.path}")
        match spoil:
            case None:
                return await handler(request)
            case Spoil.UNHEARD:
                return _gone(request)
            case Spoil.LOST:
                await handler(request)
                return _gone(request)
            case Spoil.TRUNCATED:
                return _half(await handler(request))
            case Spoil.DELAYED:
                await asyncio.sleep(_LATE)
                return await handler(request)
            case Spoil.DUPLICATED:
                await handler(request)
                if request.content_type.startswith("multipart/"):
                    for part in (await request.post()).values():
                        if isinstance(part, web.FileField):
                            part.file.seek(0)  # the first reading has come to its end
                return await handler(request)
            case Spoil.RESTART:
                await handler(request)
                task = asyncio.create_task(self._come_back())
                self._restarting.add(task)
                return _gone(request)

    async def settled(self) -> None:
        """Wait until the service is up again."""
        await asyncio.gather(*self._restarting)

    async def _come_back(self) -> None:
        async with self._turn:
            await self._restart()


def _gone(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _half(answer: web.StreamResponse) -> web.StreamResponse:
    if answer.prepared or not isinstance(answer, web.Response) or not isinstance(answer.body, bytes):
        return answer
    cut = web.Response(status=answer.status, headers=answer.headers, body=answer.body[: len(answer.body) // 2])
    cut.cookies.update(answer.cookies)
    return cut
