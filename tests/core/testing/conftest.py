"""Stand-ins as sites in trouble."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import aiohttp
import pytest

from audiobook_daemon.testing import Asked, FakeSite, Reply

PutBefore = Callable[[str], AbstractAsyncContextManager[FakeSite]]


class Front(FakeSite):
    """Stands before a stand-in and lets the same troubles come over its answers."""

    def __init__(self, behind: str, client: aiohttp.ClientSession) -> None:
        super().__init__()
        self._behind = behind
        self._client = client

    async def reply(self, asked: Asked) -> Reply:
        url = f"{self._behind}{asked.path}?{asked.query_string}"
        passed = {name: value for name, value in asked.headers.items() if name not in {"host", "content-length"}}
        async with self._client.request(
            asked.method, url, headers=passed, data=asked.body, allow_redirects=False
        ) as answer:
            kept = ("Content-Type", "Set-Cookie", "Location", "Content-Disposition")
            headers = {name: answer.headers[name] for name in kept if name in answer.headers}
            return Reply(await answer.read(), answer.status, headers)


@pytest.fixture
def before() -> PutBefore:
    @asynccontextmanager
    async def stand(behind: str) -> AsyncIterator[FakeSite]:
        async with (
            aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as client,
            Front(behind, client) as site,
        ):
            yield site

    return stand
