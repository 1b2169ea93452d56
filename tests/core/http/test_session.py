from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from audiobook_daemon import AuthFailed, FilePart, Unavailable, __version__
from audiobook_daemon.http import PoliteSession, Transport

if TYPE_CHECKING:
    from tests.core.http.conftest import Pauses, Site


async def test_an_answer_is_whole(site: Site, session: PoliteSession) -> None:
    async def handle(_: web.Request) -> web.Response:
        return web.Response(status=201, text="café", headers={"X-More": "1"})

    site.handler = handle
    answer = await session.request("GET", f"{site.url}/path?question=1")
    assert (answer.status, answer.text(), answer.headers["x-more"]) == (201, "café", "1")
    assert answer.content_type == "text/plain"
    assert answer.url == f"{site.url}/path"


async def test_the_last_whole_answer_is_timed(site: Site, session: PoliteSession) -> None:
    """From the question to the last byte; an answer that never came says nothing of how fast the site is."""
    gate, waited = asyncio.Event(), 0.05

    async def handle(_: web.Request) -> web.Response:
        await gate.wait()
        return web.Response(text="there")

    site.handler = handle
    told = [session.latency]
    with pytest.raises(Unavailable):
        await session.request("GET", site.url, timeout=waited, attempts=1)
    told.append(session.latency)
    assert told == [None, None]
    asyncio.get_running_loop().call_later(waited, gate.set)
    await session.request("GET", site.url)
    slow = session.latency or 0
    await session.request("GET", site.url)
    quick = session.latency or 0
    assert slow >= waited * 0.9
    assert 0 < quick != slow


async def test_what_is_sent(site: Site, session: PoliteSession) -> None:
    got: list[object] = []

    async def handle(request: web.Request) -> web.Response:
        got.append(await request.json() if "json" in request.content_type else (await request.text()))
        return web.Response()

    site.handler = handle
    await session.request("POST", f"{site.url}/?a=1", params=[("b", "x y"), ("b", "é")], json={"title": "Emma"})
    await session.request("POST", site.url, form={"name": "me & you"}, headers={"Referer": "x"})
    assert got == [{"title": "Emma"}, "name=me+%26+you"]
    first, second = site.requests
    assert list(first.query.items()) == [("a", "1"), ("b", "x y"), ("b", "é")]
    assert first.headers["User-Agent"] == f"audiobook-daemon/{__version__}"
    assert second.headers["Referer"] == "x"


async def test_files_are_sent_beside_a_form(site: Site, session: PoliteSession) -> None:
    parts: list[tuple[str | None, str | None, bytes]] = []

    async def handle(request: web.Request) -> web.Response:
        async for part in await request.multipart():
            assert part is not None
            parts.append((part.name, part.filename, bytes(await part.read())))  # type: ignore[union-attr]
        return web.Response()

    site.handler = handle
    file = FilePart("torrents", "Émma [mp3].torrent", b"d4:infoe", "application/x-bittorrent")
    await session.request("POST", site.url, form=[("category", "books")], files=[file])
    assert parts == [("category", None, b"books"), ("torrents", "Émma [mp3].torrent", b"d4:infoe")]


@pytest.mark.parametrize("status", [502, 503, 504])
async def test_a_get_is_tried_three_times(site: Site, session: PoliteSession, pauses: Pauses, status: int) -> None:
    async def handle(_: web.Request) -> web.Response:
        return web.Response(status=status if len(site.requests) < 3 else 200)

    site.handler = handle
    assert (await session.request("GET", site.url)).status == 200
    assert len(site.requests) == 3
    first, second = pauses.seconds
    assert 0.4 <= first <= 0.6
    assert 0.8 <= second <= 1.2


async def test_the_last_answer_counts(site: Site, session: PoliteSession) -> None:
    async def handle(_: web.Request) -> web.Response:
        return web.Response(status=503)

    site.handler = handle
    assert (await session.request("GET", site.url)).status == 503
    assert len(site.requests) == 3


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("broken", [True, False])
async def test_nothing_but_a_get_is_sent_twice(site: Site, session: PoliteSession, method: str, broken: bool) -> None:
    async def handle(request: web.Request) -> web.Response:
        if broken and request.transport:
            request.transport.close()
        return web.Response(status=503)

    site.handler = handle
    if broken:
        with pytest.raises(Unavailable):
            await session.request(method, site.url)
    else:
        assert (await session.request(method, site.url)).status == 503
    assert len(site.requests) == 1


@pytest.mark.parametrize("status", [400, 401, 404, 429, 500])
async def test_other_answers_are_taken_as_they_are(site: Site, session: PoliteSession, status: int) -> None:
    async def handle(_: web.Request) -> web.Response:
        return web.Response(status=status)

    site.handler = handle
    answer = await session.request("GET", site.url)
    assert answer.status == status
    assert len(site.requests) == 1
    with pytest.raises(AuthFailed if status == 401 else Unavailable):
        answer.check()


@pytest.mark.parametrize("status", [429, 503])
async def test_a_site_that_says_when_to_come_back_is_not_asked_again(
    site: Site, session: PoliteSession, status: int
) -> None:
    async def handle(_: web.Request) -> web.Response:
        return web.Response(status=status, headers={"Retry-After": "120"})

    site.handler = handle
    answer = await session.request("GET", site.url)
    assert answer.retry_after == 120
    assert len(site.requests) == 1


async def test_a_broken_connection_is_tried_again(site: Site, session: PoliteSession) -> None:
    async def handle(request: web.Request) -> web.Response:
        if len(site.requests) < 3 and request.transport:
            request.transport.close()
        return web.Response(text="At last.")

    site.handler = handle
    assert (await session.request("GET", site.url)).text() == "At last."


@pytest.mark.parametrize("broken", [True, False])
async def test_attempts_can_be_limited(site: Site, session: PoliteSession, broken: bool) -> None:
    async def handle(request: web.Request) -> web.Response:
        if broken and request.transport:
            request.transport.close()
        return web.Response(status=503)

    site.handler = handle
    with pytest.raises(Unavailable):
        (await session.request("GET", site.url, attempts=1)).check()
    assert len(site.requests) == 1


async def test_every_attempt_keeps_the_pace(site: Site, session: PoliteSession, pauses: Pauses) -> None:
    async def handle(_: web.Request) -> web.Response:
        return web.Response(status=503)

    site.handler = handle
    session.pace(60)
    await session.request("GET", site.url)
    assert sum(seconds > 50 for seconds in pauses.seconds) == 2


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_redirects_are_answers(site: Site, session: PoliteSession, status: int) -> None:
    async def handle(_: web.Request) -> web.Response:
        return web.Response(status=status, headers={"Location": "/login?secret=1"})

    site.handler = handle
    answer = await session.request("GET", f"{site.url}/start")
    assert (answer.status, answer.headers["location"]) == (status, "/login?secret=1")
    assert [request.path for request in site.requests] == ["/start"]


async def test_cookies_are_handed_over_and_never_kept(site: Site, session: PoliteSession, transport: Transport) -> None:
    async def handle(_: web.Request) -> web.Response:
        answer = web.Response()
        answer.headers.add("Set-Cookie", "mam_id=one; Path=/; Secure")
        answer.headers.add("Set-Cookie", "other=two")
        return answer

    site.handler = handle
    answer = await session.request("GET", site.url)
    assert answer.set_cookies == ("mam_id=one; Path=/; Secure", "other=two")
    other = PoliteSession(transport)
    await session.request("GET", site.url)
    await other.request("GET", site.url, headers={"Cookie": "mine=1"})
    assert [request.headers.get("Cookie") for request in site.requests] == [None, None, "mine=1"]


async def test_cookies_arrive_before_a_body_that_breaks_off(site: Site, session: PoliteSession) -> None:
    async def handle(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Length": "100", "Set-Cookie": "mam_id=next"})
        await answer.prepare(request)
        await answer.write(b"half")
        if request.transport:
            request.transport.close()
        return answer

    kept: list[Sequence[str]] = []

    async def keep(cookies: Sequence[str]) -> None:
        kept.append(cookies)

    site.handler = handle
    with pytest.raises(Unavailable, match="broke off the connection"):
        await session.request("GET", site.url, attempts=1, on_cookies=keep)
    assert kept == [("mam_id=next",)]


async def test_nobody_listens(session: PoliteSession) -> None:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    with pytest.raises(Unavailable, match=f"http://127.0.0.1:{port}/ cannot be reached: Connection refused"):
        await session.request("GET", f"http://127.0.0.1:{port}/")


async def test_a_name_nobody_has(session: PoliteSession) -> None:
    with pytest.raises(Unavailable, match=r"http://no-such-host\.invalid/ cannot be reached: "):
        await session.request("GET", "http://no-such-host.invalid/")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mam",
        "//host/path",
        "file:///etc/passwd",
        "ftp://host/",
        "unix:///run/docker.sock",
        "javascript:alert(1)",
        "http://",
        "http:///path",
        "http://[::1",
        "http://host:99999/",
        "http://host:port/",
        "http://ho st/",
        "http://ho\nst/",
        "http://\0/",
        "http://" + "a" * 300 + ".invalid/",
        "http://..invalid/",
        "http://xn--\u2603/",
    ],
)
async def test_an_address_that_cannot_be_asked_is_unavailable(session: PoliteSession, url: str) -> None:
    with pytest.raises(Unavailable):
        await session.request("GET", url)


async def test_an_address_may_hold_anything_behind_the_host(site: Site, session: PoliteSession) -> None:
    await session.request("GET", f"{site.url}/a b/%2e%2e/é?q=x y&z=%2B#part")
    assert site.requests[0].query == {"q": "x y", "z": "+"}


async def test_no_secret_of_an_address_is_in_an_error(site: Site, session: PoliteSession) -> None:
    async def handle(request: web.Request) -> web.StreamResponse:
        if request.path == "/slow":
            answer = web.StreamResponse()
            await answer.prepare(request)
            await answer.write(b"x" * 1000)
            return answer
        if request.path == "/break" and request.transport:
            request.transport.close()
        return web.Response(status=int(request.path[1:]) if request.path[1:].isdigit() else 200, text="<html>")

    site.handler = handle
    host = site.url.removeprefix("http://")
    told = []
    for path in ("slow", "break", "401", "429", "500", "302", "200"):
        url = f"http://user:hunter2@{host}/{path}?key=hunter2#hunter2"
        with pytest.raises((Unavailable, AuthFailed)) as caught:
            (await session.request("GET", url, params={"apikey": "hunter2"}, max_bytes=500)).check().json()
        told.append(str(caught.value))
    for wrong in (f"ftp://user:hunter2@{host}/?key=hunter2", "http://user:hunter2@127.0.0.1:1/?key=hunter2"):
        with pytest.raises(Unavailable) as refused:
            await session.request("GET", wrong)
        told.append(str(refused.value))
    assert "hunter2" not in json.dumps(told)
    assert "user" not in json.dumps(told)
    assert len(told) == 9
