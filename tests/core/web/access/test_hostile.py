"""Requests that no program of good will sends: strange paths, methods, names, sizes, and a letter at a time."""

from __future__ import annotations

import asyncio
import gzip
import itertools
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import replace
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from tests.core.web.access.conftest import Browser
from tests.core.web.conftest import KEY, Served

from audiobook_daemon.daemon.serving_web import lent_to_web, web_of
from audiobook_daemon.web import WebServer

PAGE = "https://home.example.org"
TRICKS = (
    "/API/keys",
    "/Api/Keys",
    "/api//keys",
    "//api/keys",
    "/api/keys/",
    "/api/./keys",
    "/api/x/../keys",
    "/login/../api/keys",
    "/login/%2e%2e/api/keys",
    "/login/..%2fapi/keys",
    "/api%2fkeys",
    "/%61pi/keys",
    "/api/keys%00",
    "/api/keys%20",
    "/api/keys;x=1",
    "/api/keys?x=1#/login",
    "/api/keys.json",
    "/api\\keys",
    "/api/%6beys",
    "/static/../../../../etc/passwd",
    "/static/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "/static/..%5c..%5cetc%5cpasswd",
    "/%ff%fe",
    "/" + "a" * 5000,
)
METHODS = ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "G3T", "get")
OVERRIDES = ("X-HTTP-Method-Override", "X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Path")


@pytest.fixture
def configuration() -> str:
    return f"""\
database: sqlite://state.db
timezone: UTC
web: {{listen: "127.0.0.1:8723", keys: [{KEY}], origins: ["{PAGE}"], hosts: [books.example.org]}}
plugins: {{}}
jobs: {{}}
"""


async def raw(served: Served, text: str, *, whole: bool = True) -> tuple[int, str]:
    """Send exactly this on a connection of its own; returns status and everything that came, 0 for nothing.

    Without `whole` it ends with the answer: a server that has not got everything still listens for a while.
    """
    place = urlsplit(served.address)
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    try:
        writer.write(text.encode("latin-1"))
        async with asyncio.timeout(60):
            came = (await (reader.read() if whole else reader.readuntil(b'Z"}'))).decode("latin-1")
    finally:
        writer.close()
    return (int(came.split(" ", 2)[1]) if came.startswith("HTTP/") else 0), came


def request(path: str = "/api/keys/own", method: str = "GET", *more: str, host: str = "127.0.0.1") -> str:
    lines = (f"{method} {path} HTTP/1.1", f"Host: {host}", "Connection: close", *more)
    return "\r\n".join(lines) + "\r\n\r\n"


async def test_no_spelling_of_a_path_leads_past_the_gate(served: Served) -> None:
    for path in TRICKS:
        status, came = await raw(served, request(path))
        assert status in {303, 400, 401, 404}, (path, came)
        assert "key 1" not in came
        assert "root:" not in came
        assert "Traceback" not in came


async def test_no_method_and_no_header_leads_past_the_gate(served: Served) -> None:
    for method in METHODS:
        status, came = await raw(served, request("/api/keys", method))
        assert status in {400, 401, 404, 405}, (method, came)
    for header in OVERRIDES:
        status, _ = await raw(served, request("/api/keys", "GET", f"{header}: /login"))
        assert status == 401
    for target in ("http://127.0.0.1/api/keys", "http://user:password@127.0.0.1/api/keys", "*", "127.0.0.1:80"):
        status, came = await raw(served, request(target))
        assert status in {400, 401, 404}, (target, came)


async def test_a_name_that_is_not_ours_leads_nowhere(served: Served) -> None:
    names = ("evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "evil.example:8723")
    for path, host in itertools.product(("/api/keys/own", "/login", "/api/nothing"), names):
        status, came = await raw(served, request(path, "GET", f"X-API-Key: {KEY}", host=host))
        assert status == 403, (host, came)
        assert "web.hosts" in came
        status, _ = await raw(served, request(path, "GET", f"X-Forwarded-Host: {host}", f"X-API-Key: {KEY}"))
        assert status != 403, "only a trusted proxy is asked who was meant"


async def test_names_of_ours_lead_here(served: Served) -> None:
    for host in ("127.0.0.1:8723", "localhost", "[::1]", "books.example.org", "BOOKS.example.org:443"):
        status, came = await raw(served, request("/api/keys/own", "GET", f"X-API-Key: {KEY}", host=host))
        assert status == 200, (host, came)
    status, _ = await raw(served, f"GET /api/keys/own HTTP/1.0\r\nX-API-Key: {KEY}\r\n\r\n")
    assert status == 200


NO_HTTP = (
    "GET /api/keys/own HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n",
    "GET /api/keys/own HTTP/1.1\r\nHost: 127.0.0.1\r\nX-API-Key : x\r\n\r\n",
    "GET /api/keys/own HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a\0b\r\n\r\n",
    "GET /api/keys/own HTTP/1.1\r\nHost: 127.0.0.1\r\n" + "X: y\r\n" * 100_000 + "\r\n",
    "GET /api/keys/own HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + "y" * 100_000 + "\r\n\r\n",
    "GET /" + "a" * 100_000 + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "GET /api/keys/own HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n",
    "POST /api/keys HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
    "POST /api/keys HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -5\r\n\r\n",
    "POST /api/keys HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde",
    "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "\r\n\r\n\r\n",
    "",
)


async def test_what_is_no_http_is_refused_and_harms_nobody(served: Served) -> None:
    for text in NO_HTTP:
        came = await _answer_to(served, text.encode("latin-1"))
        assert not came or came.startswith((b"HTTP/1.1 400", b"HTTP/1.0 400", b"HTTP/1.1 505")), (text[:60], came)
        assert (await served.gets("/api/keys/own"))["name"] == "key 1"


async def test_the_log_does_not_quote_what_is_no_http(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    await _answer_to(served, b"GET /api HTTP/1.1\r\nHost: 127.0.0.1\r\nX-API-Key: half-a-key\nthe-other-half\r\n\r\n")

    assert "half" not in caplog.text


async def _answer_to(served: Served, sent: bytes) -> bytes:
    place = urlsplit(served.address)
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    try:
        writer.write(sent)
        writer.write_eof()
        async with asyncio.timeout(60):
            return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()


async def test_a_body_has_a_greatest_size(served: Served) -> None:
    small = json.dumps({"name": "x" * 70}).encode()
    for body, status in ((small, 422), (b'{"name": "' + b"x" * (2 * 1024 * 1024) + b'"}', 413)):
        sent = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
        async with served.session.post(f"{served.address}/api/keys", data=BytesIO(body), headers=sent) as answer:
            told = await answer.json()
            assert (answer.status, told["success"]) == (status, False)


async def test_a_body_of_no_stated_size_has_one_too(served: Served) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b"x" * 65536

    sent = {"Authorization": f"Bearer {KEY}"}
    async with served.session.post(f"{served.address}/api/keys", data=endless(), headers=sent) as answer:
        assert answer.status == 413


async def test_a_packed_bomb_is_not_unpacked(served: Served) -> None:
    bomb = gzip.compress(b"[" * (64 * 1024 * 1024), compresslevel=9)
    assert len(bomb) < 100_000
    sent = {"Authorization": f"Bearer {KEY}", "Content-Encoding": "gzip", "Content-Type": "application/json"}
    async with served.session.post(f"{served.address}/api/keys", data=bomb, headers=sent) as answer:
        assert answer.status == 400


async def test_nested_beyond_sense(served: Served) -> None:
    sent = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
    for body in (b"[" * 200_000, b'{"name":' * 100_000 + b"1" + b"}" * 100_000):
        async with served.session.post(f"{served.address}/api/keys", data=body, headers=sent) as answer:
            assert answer.status in {400, 422}


async def test_every_answer_tells_browsers_what_not_to_do(browser: Browser) -> None:
    asked = (("GET", "/login"), ("GET", "/api/keys/own"), ("GET", "/nothing"), ("PUT", "/login"), ("GET", "/api/keys"))
    for method, path in asked:
        headers = (await browser.ask(method, path)).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"
        assert headers["Server"] == "audiobook-daemon"
        assert "Access-Control-Allow-Origin" not in headers


async def test_what_is_shown_of_a_request_is_no_markup(browser: Browser) -> None:
    strange = '"><script>alert(1)</script>'
    shown = await browser.ask("GET", "/login", headers={"Host": "localhost", "X-Forwarded-Prefix": strange})
    assert "<script>" not in shown.text
    for name in ("to", "refused", "wait"):
        assert "<script>" not in (await browser.ask("GET", f"/login?{name}=/%22%3E%3Cscript%3E")).text


ASKING_FIRST: Mapping[str, str] = {
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "x-api-key, content-type",
}


async def test_only_pages_of_named_sites_may_read_and_none_with_a_cookie(browser: Browser) -> None:
    named = await browser.ask("OPTIONS", "/api/keys", headers={"Origin": PAGE, **ASKING_FIRST})
    assert (named.status, named.headers["Access-Control-Allow-Origin"]) == (204, PAGE)
    assert "X-API-Key" in named.headers["Access-Control-Allow-Headers"]
    for origin in ("https://evil.example", "null", f"{PAGE}.evil.example", PAGE.upper(), "http://home.example.org"):
        other = await browser.ask("OPTIONS", "/api/keys", headers={"Origin": origin, **ASKING_FIRST})
        assert (other.status, "Access-Control-Allow-Origin" in other.headers) == (405, False)
        asked = await browser.ask("GET", "/api/keys/own", headers={"Origin": origin, "X-API-Key": KEY})
        assert (asked.status, "Access-Control-Allow-Origin" in asked.headers) == (200, False)
    for headers, status in (({"X-API-Key": KEY}, 200), ({}, 401)):
        answer = await browser.ask("GET", "/api/keys/own", headers={"Origin": PAGE, **headers})
        assert (answer.status, answer.headers["Access-Control-Allow-Origin"]) == (status, PAGE)
        assert answer.headers["Vary"] == "Origin"
        assert "Access-Control-Allow-Credentials" not in answer.headers


async def test_two_hundred_who_send_a_letter_at_a_time_hurt_nobody_and_are_shown_out(served: Served) -> None:
    assert served.daemon.configuration.web
    settings = replace(web_of(served.daemon.configuration.web), port=0, patience=0.5, most_connections=60)
    server = WebServer(settings, lent_to_web(served.daemon))
    async with server.serving() as address, AsyncExitStack() as stack:
        slow = [await _slow(address, stack) for _ in range(200)]
        headers = {"X-API-Key": KEY}
        for _ in range(20):
            async with served.session.get(f"{address}/api/keys/own", headers=headers) as answer:
                assert answer.status == 200
        assert 140 <= sum(reader.at_eof() for reader in slow) <= 200, "the oldest made room at once"
        async with asyncio.timeout(60):
            assert [await reader.read() for reader in slow] == [b""] * 200


async def _slow(address: str, stack: AsyncExitStack) -> asyncio.StreamReader:
    place = urlsplit(address)
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    stack.callback(writer.close)
    writer.write(b"GET /api/keys/own HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
    await writer.drain()
    return reader


async def test_a_form_that_never_ends_is_given_up(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audiobook_daemon.web.access.bodies.SECONDS", 0.05)
    form = ("Content-Type: application/x-www-form-urlencoded", "Content-Length: 1000")
    status, came = await raw(served, request("/login", "POST", *form) + "key=", whole=False)
    assert status == 400
    assert "did not arrive in time" in came
    body = ("Content-Type: application/json", "Content-Length: 1000", f"X-API-Key: {KEY}")
    status, came = await raw(served, request("/api/keys", "POST", *body) + "{", whole=False)
    assert status == 400
