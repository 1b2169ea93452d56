from __future__ import annotations

import asyncio
import gzip
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from audiobook_daemon import Unavailable
from audiobook_daemon.http import PoliteSession

if TYPE_CHECKING:
    from tests.core.http.conftest import Site

MEGABYTE = 1024 * 1024


async def test_a_body_of_a_hundred_megabytes_is_cut_off(site: Site, session: PoliteSession) -> None:
    sent = 0

    async def handle(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        answer = web.StreamResponse()
        await answer.prepare(request)
        for _ in range(1600):
            await answer.write(b"x" * 65_536)
            sent += 65_536
        return answer

    site.handler = handle
    tracemalloc.start()
    try:
        with pytest.raises(Unavailable, match="sent more than the 2097152 bytes an answer may have"):
            await session.request("GET", site.url, max_bytes=2 * MEGABYTE)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 8 * MEGABYTE
    assert sent < 50 * MEGABYTE
    assert len(site.requests) == 1


async def test_a_small_body_that_unpacks_to_a_large_one_is_cut_off(site: Site, session: PoliteSession) -> None:
    packed = gzip.compress(b"\0" * (100 * MEGABYTE))

    async def handle(_: web.Request) -> web.Response:
        return web.Response(body=packed, headers={"Content-Encoding": "gzip"})

    site.handler = handle
    tracemalloc.start()
    try:
        with pytest.raises(Unavailable, match="bytes an answer may have"):
            await session.request("GET", site.url, max_bytes=2 * MEGABYTE)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 20 * MEGABYTE


async def test_a_body_of_just_the_allowed_size_is_read(site: Site, session: PoliteSession) -> None:
    async def handle(_: web.Request) -> web.Response:
        return web.Response(body=b"x" * 1000)

    site.handler = handle
    assert len((await session.request("GET", site.url, max_bytes=1000)).body) == 1000
    with pytest.raises(Unavailable):
        await session.request("GET", site.url, max_bytes=999)


async def test_a_slow_drip_ends_at_the_time_limit(site: Site, session: PoliteSession) -> None:
    gone = asyncio.Event()

    async def handle(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        try:
            while True:
                await answer.write(b".")
                await asyncio.sleep(0.01)
        finally:
            gone.set()

    site.handler = handle
    with pytest.raises(Unavailable, match=r"did not answer completely within 0\.2 seconds"):
        await session.request("GET", site.url, timeout=0.2)
    async with asyncio.timeout(60):
        await gone.wait()
    assert len(site.requests) == 1


async def test_a_site_that_says_nothing_ends_at_the_time_limit(site: Site, session: PoliteSession) -> None:
    async def handle(_: web.Request) -> web.Response:
        await asyncio.Event().wait()
        return web.Response()

    site.handler = handle
    with pytest.raises(Unavailable, match="did not answer completely"):
        await session.request("GET", site.url, timeout=0.1)


async def test_a_site_may_be_asked_many_things_at_once(site: Site, session: PoliteSession) -> None:
    at_once = most = 0

    async def handle(_: web.Request) -> web.Response:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0.02)
        at_once -= 1
        return web.Response()

    site.handler = handle
    answers = await asyncio.gather(*(session.request("GET", site.url, timeout=10) for _ in range(40)))
    assert {answer.status for answer in answers} == {200}
    assert 1 < most <= 8


async def test_in_single_file_there_is_never_more_than_one(site: Site, session: PoliteSession) -> None:
    at_once = most = 0

    async def handle(_: web.Request) -> web.Response:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0.005)
        at_once -= 1
        return web.Response()

    site.handler = handle
    session.pace(0, one_at_a_time=True)
    await asyncio.gather(*(session.request("GET", site.url) for _ in range(10)))
    assert most == 1


@pytest.mark.parametrize(
    "raw",
    [
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\n",
        b"",
    ],
)
async def test_no_http_at_all_is_unavailable(session: PoliteSession, raw: bytes) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(raw)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(Unavailable, match=f"http://127.0.0.1:{port}/"):
            await session.request("GET", f"http://127.0.0.1:{port}/", attempts=1)
