"""Logging in with a key, and what no other site and no other program can do with that login."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
from tests.core.web.access.conftest import Browser
from tests.core.web.conftest import KEY, Served

from audiobook_daemon.daemon import Daemon
from audiobook_daemon.daemon.serving_web import web_server
from audiobook_daemon.store import new_key
from audiobook_daemon.web.access.sessions import COOKIE, VISITOR

READER = "a-key-that-may-only-read"
WHO = "/api/keys/own"
UNSAFE = ("POST", "/api/keys/nobody/rotate")
"""Something that only a person may want; it ends with 404 when it is let in."""


@pytest.fixture
def configuration() -> str:
    return f"""\
database: sqlite://state.db
timezone: UTC
web:
  listen: 127.0.0.1:8723
  keys: [{KEY}, {{name: reader, key: {READER}, scope: read}}]
  prefix: /books
  proxies: [127.0.0.1]
  hosts: [books.example.org]
  wrong_keys: 3
plugins: {{}}
jobs: {{}}
"""


async def test_a_login_lets_in_and_says_who(browser: Browser) -> None:
    assert (await browser.ask("GET", WHO)).status == 401
    answer = await browser.log_in(to="/wanted/3?state=review")
    assert (answer.status, answer.headers["Location"]) == (303, "/books/wanted/3?state=review")
    told = await browser.ask("GET", WHO)
    assert '"name":"key 1"' in told.text
    assert '"in_browser":true' in told.text
    assert VISITOR not in browser.cookies, "it is of no use any longer"


@pytest.mark.parametrize("secure", [False, True])
async def test_no_script_and_no_other_site_gets_the_cookies(browser: Browser, secure: bool) -> None:
    by_proxy = {"X-Forwarded-Proto": "https"} if secure else {}
    shown, answer = await browser.ask("GET", "/login", headers=by_proxy), await browser.log_in(headers=by_proxy)
    assert len(shown.cookies + answer.cookies) == 3
    for cookie in shown.cookies + answer.cookies:
        parts = {part.strip().lower() for part in cookie.split(";")}
        assert {"httponly", "samesite=strict", "path=/books/"} <= parts
        assert ("secure" in parts) is secure
        assert not any(part.startswith("domain") for part in parts)
        assert KEY not in cookie


async def test_a_wrong_key_leads_back_to_the_form_and_many_to_a_pause(browser: Browser) -> None:
    places = [(await browser.log_in(f"wrong-key-number-{number}", to="/wanted")).headers for number in range(4)]
    wrong = "/books/login?refused=wrong&to=%2Fwanted"
    often = "/books/login?refused=often&wait=1&to=%2Fwanted"
    assert [place["Location"] for place in places] == [wrong, wrong, wrong, often]
    assert COOKIE not in browser.cookies
    assert "opens nothing" in (await browser.ask("GET", "/login?refused=wrong")).text


ELSEWHERE = (
    "//evil.example",
    "/\\evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "/\t/evil.example",
    "\\\\evil.example",
    "/login",
    "/logout",
    "/x\r\nSet-Cookie: a=b",
    "",
    "wanted",
)


async def test_after_the_login_one_stays_here(browser: Browser) -> None:
    for to in ELSEWHERE:
        assert (await browser.another().log_in(to=to)).headers["Location"] == "/books/", to


FORGED: tuple[Mapping[str, str], ...] = (
    {},
    {"X-CSRF-Token": ""},
    {"X-CSRF-Token": "0" * 64},
    {"X-CSRF-Token": "\udcff"},
    {"X-CSRF-Token": "TOKEN", "Origin": "https://evil.example"},
    {"X-CSRF-Token": "TOKEN", "Origin": "null"},
    {"X-CSRF-Token": "TOKEN", "Sec-Fetch-Site": "cross-site"},
    {"X-CSRF-Token": "TOKEN", "Sec-Fetch-Site": "same-site"},
    {"X-CSRF-Token": "TOKEN", "Origin": "HOME", "X-Forwarded-Host": "books.example.org"},
)


async def test_a_login_does_nothing_for_another_site(browser: Browser) -> None:
    await browser.log_in()
    told = {"TOKEN": await browser.token(), "HOME": _origin(browser)}
    for headers in FORGED:
        sent = {name: told.get(value, value) for name, value in headers.items()}
        answer = await browser.ask(*UNSAFE, headers=sent, body={})
        assert answer.status == 403, (headers, answer.text)
        assert '"forbidden"' in answer.text


async def test_a_login_does_what_its_own_pages_ask_for(browser: Browser) -> None:
    await browser.log_in()
    token, proxied = await browser.token(), {"X-Forwarded-Host": "Books.example.org", "X-Forwarded-Proto": "https"}
    ours: tuple[Mapping[str, str], ...] = (
        {},
        {"Origin": _origin(browser)},
        {"Origin": _origin(browser), "Sec-Fetch-Site": "same-origin"},
        {"Origin": "https://books.example.org", **proxied},
    )
    for headers in ours:
        answer = await browser.ask(*UNSAFE, headers={"X-CSRF-Token": token, **headers}, body={})
        assert answer.status == 404, (headers, answer.text)


async def test_the_token_of_one_login_is_none_for_another(browser: Browser) -> None:
    other = browser.another()
    await browser.log_in()
    await other.log_in()
    assert browser.cookies[COOKIE] != other.cookies[COOKIE]
    answer = await other.ask(*UNSAFE, headers={"X-CSRF-Token": await browser.token()}, body={})
    assert answer.status == 403


async def test_a_program_with_a_key_needs_no_token(browser: Browser) -> None:
    sent = {"X-API-Key": KEY, "Origin": "https://evil.example"}
    assert (await browser.ask(*UNSAFE, headers=sent, body={})).status == 404


async def test_a_wrong_key_is_not_made_good_by_a_login(browser: Browser) -> None:
    await browser.log_in()
    assert (await browser.ask("GET", WHO, headers={"X-API-Key": "wrong"})).status == 401


async def test_no_other_site_can_log_somebody_in(browser: Browser) -> None:
    token = await browser.token()
    forms: tuple[tuple[Mapping[str, str], Mapping[str, str]], ...] = (
        ({}, {}),
        ({"csrf_token": "0" * 64}, {}),
        ({"csrf_token": token}, {"Origin": "https://evil.example"}),
        ({"csrf_token": token}, {"Sec-Fetch-Site": "cross-site"}),
        ({"csrf_token": token}, {"Cookie": "x=y"}),
    )
    for form, headers in forms:
        answer = await browser.ask("POST", "/login", {"key": KEY, **form}, headers)
        assert answer.status == 403, (form, headers)
        assert COOKIE not in browser.cookies


async def test_after_logging_out_the_cookie_is_worth_nothing(browser: Browser, served: Served) -> None:
    other = browser.another()
    await other.log_in()
    await browser.log_in()
    session = browser.cookies[COOKIE]
    assert (await browser.ask("POST", "/logout", {})).status == 403, "nor can another site log somebody out"
    answer = await browser.ask("POST", "/logout", {"csrf_token": await browser.token()})
    assert (answer.status, answer.headers["Location"]) == (303, "/books/login")
    assert COOKIE not in browser.cookies
    assert (await browser.ask("GET", WHO, headers={"Cookie": f"{COOKIE}={session}"})).status == 401
    assert (await other.ask("GET", WHO)).status == 200
    database = served.daemon.configuration.database_path
    assert database is not None
    kept = b"".join(file.read_bytes() for file in database.parent.glob(f"{database.name}*") if file.is_file())
    assert b"api_keys" in kept
    assert not [text for text in (session, other.cookies[COOKIE], KEY) if text.encode() in kept]


async def test_who_logs_in_again_leaves_no_login_behind(browser: Browser) -> None:
    await browser.log_in()
    before = browser.cookies[COOKIE]
    await browser.log_in()
    assert browser.cookies[COOKIE] != before
    assert (await browser.ask("GET", WHO)).status == 200
    assert (await browser.ask("GET", WHO, headers={"Cookie": f"{COOKIE}={before}"})).status == 401


async def test_a_login_ends_with_its_key(browser: Browser, served: Served) -> None:
    keys, now, key = served.daemon.database.keys, datetime.now(UTC), new_key()
    await keys.add("tablet", key, "act")
    await browser.log_in(key)
    assert (await browser.ask("GET", WHO)).status == 200
    await keys.rotate("tablet", new_key(), now + timedelta(hours=1), None)
    assert (await browser.ask("GET", WHO)).status == 200, "the key is good for an hour yet"
    await keys.rotate("tablet", new_key(), now + timedelta(hours=1), None)
    assert (await browser.ask("GET", WHO)).status == 401


async def test_a_login_opens_no_more_than_its_key(browser: Browser) -> None:
    await browser.log_in(READER)
    assert (await browser.ask("GET", WHO)).status == 200
    assert (await browser.ask("GET", "/api/keys")).status == 403


async def test_a_login_survives_a_restart_and_no_change_of_its_key(tmp_path: Path, configuration: str) -> None:
    path = tmp_path / "audiobook-daemon.yaml"
    cookies: dict[str, str] = {}
    for key, status in ((KEY, 200), (KEY, 200), ("another-key-altogether", 401)):
        path.write_text(configuration.replace(KEY, key))
        async with Daemon.assembled(path, {"TZ": "UTC"}) as daemon, aiohttp.ClientSession() as client:
            assert daemon.configuration.web
            async with web_server(daemon, daemon.configuration.web, port=0).serving() as address:
                browser = Browser(client, address)
                browser.cookies = cookies
                if not cookies:
                    await browser.log_in(key)
                assert (await browser.ask("GET", WHO)).status == status


async def test_a_page_sends_those_who_have_not_logged_in_to_the_form_and_back(browser: Browser) -> None:
    sent = await browser.ask("GET", "/history?page=2")
    assert (sent.status, sent.headers["Location"]) == (303, "/books/login?to=%2Fhistory%3Fpage%3D2")
    assert (await browser.ask("GET", "/")).headers["Location"] == "/books/login"
    assert (await browser.ask("POST", "/jobs/x/run", {})).headers["Location"] == "/books/login"


async def test_a_link_on_another_site_leads_to_the_page_in_two_steps(browser: Browser) -> None:
    by_link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    first = await browser.ask("GET", "/history", headers=by_link)
    assert (first.status, 'http-equiv="refresh" content="0"' in first.text) == (200, True)
    by_page = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}
    assert (await browser.ask("GET", "/history", headers=by_page)).status == 303
    await browser.log_in()
    assert (await browser.ask("GET", "/history", headers=by_page)).status == 200
    assert (await browser.ask("GET", WHO, headers=by_link)).status == 200, (
        "it changes nothing, and nobody else reads it"
    )


async def test_below_the_prefix_and_without_it_all_is_the_same(browser: Browser) -> None:
    for address in (browser.address, browser.address.removesuffix("/books")):
        browser.address = address
        shown = await browser.ask("GET", "/login")
        assert shown.status == 200
        assert 'action="/books/login"' in shown.text
        assert (await browser.ask("GET", WHO, headers={"X-API-Key": KEY})).status == 200
    moved = await browser.ask("GET", "/login", headers={"X-Forwarded-Prefix": "/elsewhere"})
    assert 'action="/elsewhere/login"' in moved.text


async def test_strange_keys_are_refused_and_not_stumbled_over(browser: Browser) -> None:
    for key in ("\x00" * 30, "\U0001f4a5" * 10, "abd_" + "\x00" * 20, "x" * 100_000, "abd_\u202e0123456789"):
        answer = await browser.log_in(key)
        assert answer.status == 303
        assert "refused" in answer.headers["Location"]


def _origin(browser: Browser) -> str:
    return browser.address.removesuffix("/books")
