from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterable

import aiohttp
import pytest
from aiohttp import web

from audiobook_daemon.demo.faults import HUGE_BYTES, Fault
from audiobook_daemon.demo.standin import Served, StandIn

MOMENT = 30.0
"""Seconds; whoever waited for the slow answer, or for the end of what never ends, would need a minute or more."""

TRUTH = {"data": [{"id": number, "title": "A Book"} for number in range(20)]}


class Library(StandIn):
    def __init__(self) -> None:
        super().__init__()
        self.asked = 0
        self.begun = asyncio.Event()

    def routes(self) -> Iterable[web.AbstractRouteDef]:
        return (web.get("/books", self._books), web.get("/people", self._books), web.get("/slow", self._slow))

    async def _books(self, _: web.Request) -> web.Response:
        self.asked += 1
        answer = web.json_response(TRUTH)
        answer.set_cookie("session", "fresh")
        return answer

    async def _slow(self, _: web.Request) -> web.Response:
        self.begun.set()
        await asyncio.sleep(60)
        return web.Response()


@pytest.fixture
async def library() -> AsyncIterator[Library]:
    async with Library() as library:
        yield library


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    jar = aiohttp.DummyCookieJar()
    async with aiohttp.ClientSession(cookie_jar=jar, timeout=aiohttp.ClientTimeout(total=60)) as client:
        yield client


async def fetch(client: aiohttp.ClientSession, url: str, **headers: str) -> tuple[aiohttp.ClientResponse, bytes]:
    async with client.get(url, allow_redirects=False, headers=headers) as answer:
        return answer, await answer.read()


async def test_the_truth_is_told_without_faults(library: Library, client: aiohttp.ClientSession) -> None:
    answer, body = await fetch(client, f"{library.url}/books")
    assert answer.status == 200
    assert json.loads(body) == TRUTH
    assert library.requests == [Served("GET", "/books", 200)]


@pytest.mark.parametrize(
    ("kind", "status", "content_type", "body"),
    [
        (Fault.EMPTY, 200, "text/html", b""),
        (Fault.LIST, 200, "application/json", b'[1, "two", null]'),
        (Fault.NUMBER, 200, "application/json", b"42"),
        (Fault.TEXT, 200, "application/json", b'"maintenance"'),
        (Fault.UNAUTHORIZED, 401, "text/plain", b"Unauthorized"),
        (Fault.FORBIDDEN, 403, "text/plain", b"Forbidden"),
        (Fault.NOT_FOUND, 404, "text/plain", b"Not Found"),
        (Fault.TOO_MANY_REQUESTS, 429, "text/html", b"Too Many Requests"),
        (Fault.TOO_MANY_REQUESTS_BARE, 429, "text/html", b""),
        (Fault.SERVER_ERROR, 500, "text/plain", b"Internal Server Error"),
        (Fault.UNAVAILABLE, 503, "text/plain", b"Service Unavailable"),
    ],
)
async def test_plain_faults_replace_the_answer_and_do_no_work(
    library: Library,
    client: aiohttp.ClientSession,
    kind: Fault,
    status: int,
    content_type: str,
    body: bytes,
) -> None:
    library.faults.next(kind)
    answer, given = await fetch(client, f"{library.url}/books")
    assert (answer.status, answer.content_type, given) == (status, content_type, body)
    assert library.asked == 0
    assert library.requests[-1].status == status


@pytest.mark.parametrize(("kind", "status"), [(Fault.HTML, 200), (Fault.BAD_GATEWAY, 502)])
async def test_a_web_page_comes_instead_of_data(
    library: Library, client: aiohttp.ClientSession, kind: Fault, status: int
) -> None:
    library.faults.next(kind)
    answer, body = await fetch(client, f"{library.url}/books")
    assert (answer.status, answer.content_type) == (status, "text/html")
    assert b"<html>" in body


@pytest.mark.parametrize("kind", [Fault.TOO_MANY_REQUESTS, Fault.UNAVAILABLE])
async def test_the_wait_is_told_in_seconds(library: Library, client: aiohttp.ClientSession, kind: Fault) -> None:
    library.faults.next(kind, retry_after=7)
    answer, _ = await fetch(client, f"{library.url}/books")
    assert answer.headers["Retry-After"] == "7"


async def test_the_bare_429_tells_no_wait(library: Library, client: aiohttp.ClientSession) -> None:
    library.faults.next(Fault.TOO_MANY_REQUESTS_BARE)
    answer, _ = await fetch(client, f"{library.url}/books")
    assert "Retry-After" not in answer.headers


async def test_the_redirect_leads_to_the_login_page(library: Library, client: aiohttp.ClientSession) -> None:
    library.faults.next(Fault.LOGIN_REDIRECT)
    answer, _ = await fetch(client, f"{library.url}/books?page=1")
    assert answer.status == 302
    assert answer.headers["Location"] == "/login.php?returnto=%2Fbooks%3Fpage%3D1"


async def test_truncated_json_arrives_whole_but_cannot_be_read(library: Library, client: aiohttp.ClientSession) -> None:
    library.faults.next(Fault.TRUNCATED)
    answer, body = await fetch(client, f"{library.url}/books")
    whole = json.dumps(TRUTH).encode()
    assert answer.status == 200
    assert body == whole[: len(whole) // 2]
    with pytest.raises(ValueError, match=r"delimiter|Expecting|Unterminated"):
        json.loads(body)
    assert library.asked == 1, "the work is done, only the answer is spoilt"
    assert answer.cookies["session"].value == "fresh"


async def test_a_dropped_connection_ends_in_the_middle_of_the_body(
    library: Library, client: aiohttp.ClientSession
) -> None:
    library.faults.next(Fault.DROPPED)
    async with client.get(f"{library.url}/books") as answer:
        assert answer.status == 200
        with pytest.raises(aiohttp.ClientPayloadError):
            await answer.read()
    assert library.asked == 1


async def test_a_dripping_answer_lasts_until_the_client_gives_up(
    library: Library, client: aiohttp.ClientSession
) -> None:
    library.faults.next(Fault.DRIP)
    received = b""
    async with client.get(f"{library.url}/books") as answer:
        while len(received) < 13:
            received += await answer.content.readany()
        assert not answer.content.at_eof()
        assert library.requests == [], "the answer goes on"
        answer.close()
    assert received.startswith(b'{"data": [ ')
    await logged(library, 1)


async def test_a_huge_body_streams_until_the_client_stops(library: Library, client: aiohttp.ClientSession) -> None:
    library.faults.next(Fault.HUGE)
    read = 0
    async with client.get(f"{library.url}/books") as answer:
        assert answer.content_length is None, "the length is not told beforehand"
        async for chunk in answer.content.iter_any():
            read += len(chunk)
            if read > 5_000_000:
                break
        answer.close()
    assert 5_000_000 < read < HUGE_BYTES
    await logged(library, 1)


async def test_a_deleted_session_takes_the_cookie_back(library: Library, client: aiohttp.ClientSession) -> None:
    library.faults.next(Fault.SESSION_DELETED)
    answer, _ = await fetch(client, f"{library.url}/books", Cookie="mam_id=abc%2Bdef")
    assert answer.status == 403
    assert answer.cookies["mam_id"].value == "deleted"
    assert answer.cookies["mam_id"]["max-age"] == "0"


async def test_next_spoils_only_the_named_path_and_only_so_often(
    library: Library, client: aiohttp.ClientSession
) -> None:
    library.faults.next(Fault.SERVER_ERROR, times=2, match="/books")
    assert library.faults.waiting == 2
    for path in ("/people", "/books", "/people", "/books", "/books"):
        await fetch(client, f"{library.url}{path}")
    assert [served.status for served in library.requests] == [200, 500, 200, 500, 200]
    assert library.faults.waiting == 0


async def test_faults_are_used_in_the_order_they_were_planned(library: Library, client: aiohttp.ClientSession) -> None:
    library.faults.always(Fault.UNAVAILABLE)
    library.faults.next(Fault.BAD_GATEWAY)
    library.faults.next(Fault.NOT_FOUND)
    for _ in range(4):
        await fetch(client, f"{library.url}/books")
    assert [served.status for served in library.requests] == [502, 404, 503, 503]


async def test_always_lasts_until_cleared(library: Library, client: aiohttp.ClientSession) -> None:
    library.faults.always(Fault.SERVER_ERROR, match="/books")
    for _ in range(3):
        await fetch(client, f"{library.url}/books")
    await fetch(client, f"{library.url}/people")
    library.faults.clear()
    await fetch(client, f"{library.url}/books")
    assert [served.status for served in library.requests] == [500, 500, 500, 200, 200]


async def test_the_latest_standing_fault_wins(library: Library, client: aiohttp.ClientSession) -> None:
    library.faults.always(Fault.SERVER_ERROR)
    library.faults.always(Fault.NOT_FOUND, match="/people")
    await fetch(client, f"{library.url}/people")
    await fetch(client, f"{library.url}/books")
    assert [served.status for served in library.requests] == [404, 500]


async def test_the_log_forgets_the_oldest(
    library: Library, client: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audiobook_daemon.demo.standin._LOG_LENGTH", 2)
    for path in ("/books", "/people", "/nowhere"):
        await fetch(client, f"{library.url}{path}")
    assert [served.path for served in library.requests] == ["/people", "/nowhere"]


async def test_unknown_paths_are_logged_as_404(library: Library, client: aiohttp.ClientSession) -> None:
    await fetch(client, f"{library.url}/nowhere?secret=1")
    assert library.requests == [Served("GET", "/nowhere", 404)]


async def test_a_restart_keeps_the_port_and_the_state(library: Library, client: aiohttp.ClientSession) -> None:
    url = library.url
    await fetch(client, f"{url}/books")
    await library.stop()
    assert not library.running
    with pytest.raises(aiohttp.ClientConnectorError):
        await fetch(client, f"{url}/books")
    await library.start()
    assert library.url == url
    await fetch(client, f"{url}/books")
    assert library.asked == 2


@pytest.mark.parametrize("kind", [Fault.DRIP, Fault.HUGE])
async def test_stopping_cuts_off_whoever_is_being_served(
    library: Library, client: aiohttp.ClientSession, kind: Fault
) -> None:
    library.faults.always(kind)
    async with client.get(f"{library.url}/books") as answer:
        await answer.content.readany()
        assert await seconds_to_stop(library) < MOMENT
        answer.close()


async def test_stopping_does_not_wait_for_a_slow_answer(library: Library, client: aiohttp.ClientSession) -> None:
    waiting = asyncio.create_task(fetch(client, f"{library.url}/slow"))
    await library.begun.wait()
    assert await seconds_to_stop(library) < MOMENT
    with pytest.raises(aiohttp.ClientError):
        await waiting


async def test_a_stand_in_has_no_address_before_it_starts() -> None:
    with pytest.raises(RuntimeError, match="no address"):
        _ = Library().url


async def test_a_running_stand_in_does_not_start_again(library: Library) -> None:
    with pytest.raises(RuntimeError, match="runs already"):
        await library.start()


async def test_a_taken_port_is_an_error_and_leaves_nothing_running(library: Library) -> None:
    second = Library()
    with pytest.raises(OSError, match=str(library.port)):
        await second.start(library.port)
    assert not second.running


async def logged(library: Library, count: int) -> None:
    async with asyncio.timeout(60):
        while len(library.requests) < count:
            await asyncio.sleep(0.01)


async def seconds_to_stop(library: Library) -> float:
    begun = time.monotonic()
    await library.stop()
    return time.monotonic() - begun
