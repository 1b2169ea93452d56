"""A site on loopback whose handlers a test writes itself, and a session without a wait between attempts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import pytest
from aiohttp import web

from audiobook_daemon.http import PoliteSession, Transport

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Site:
    """Answers everything with the handler; counts the requests."""

    handler: Handler | None = None
    url: str = ""
    requests: list[web.Request] = field(default_factory=list)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(request)
        return await self.handler(request) if self.handler else web.Response(text="Good day.")


@dataclass
class Pauses:
    """Stands for asyncio.sleep and notes what it was asked for."""

    seconds: list[float] = field(default_factory=list)

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await asyncio.sleep(0)


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    site = Site()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", site.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.05)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    site.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield site
    await runner.cleanup()


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest.fixture
async def transport(pauses: Pauses) -> AsyncIterator[Transport]:
    transport = Transport(sleep=pauses)
    yield transport
    await transport.close()


@pytest.fixture
def session(transport: Transport) -> PoliteSession:
    return PoliteSession(transport)
