"""Keys over HTTP: what opens, what does not, and from when on."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NoReturn

import pytest
from tests.core.web.conftest import KEY, Served

from audiobook_daemon.daemon.serving_web import lent_to_web
from audiobook_daemon.doors import KeyStanding
from audiobook_daemon.errors import DatabaseError
from audiobook_daemon.store import new_key
from audiobook_daemon.web import WebServer, WebSettings
from audiobook_daemon.web.access import keyring
from audiobook_daemon.web.access.sessions import COOKIE

READER, HASHED = "a-key-that-may-only-read", "abd_a-key-of-which-only-the-hash-is-known"
HASH = "scrypt$16384$8$1$c2l4dGVlbiBieXRlcy4uIQ==$SFxTCVLOLWqFLjmgP3e0qIMCwEgncRxasCC2uAgY9nI="
DAY = timedelta(days=1)


@pytest.fixture
def configuration() -> str:
    return f"""\
database: sqlite://state.db
timezone: UTC
web:
  listen: 127.0.0.1:8723
  keys:
    - {KEY}
    - {{name: reader, key: {READER}, scope: read}}
    - {{name: hashed, hash: '{HASH}', scope: act}}
  wrong_keys: 20
plugins: {{}}
jobs: {{}}
"""


async def own(served: Served, headers: Mapping[str, str]) -> tuple[int, Any]:
    async with served.session.get(f"{served.address}/api/keys/own", headers=headers) as answer:
        return answer.status, await answer.json()


async def opens(served: Served, key: str) -> int:
    return (await own(served, {"X-API-Key": key}))[0]


async def name_of(served: Served, headers: Mapping[str, str]) -> str | None:
    status, answer = await own(served, headers)
    return answer["data"]["name"] if status == 200 else None


async def test_each_way_of_showing_each_kind_of_key(served: Served) -> None:
    for key, name in ((KEY, "key 1"), (READER, "reader"), (HASHED, "hashed")):
        for headers in (
            {"X-API-Key": key},
            {"Authorization": f"Bearer {key}"},
            {"Authorization": f"bEARER  {key}"},
            {"Authorization": key},
            {"X-API-Key": key, "Authorization": "Basic dXNlcjpwYXNzd29yZA=="},
        ):
            assert await name_of(served, headers) == name, headers


NO_KEYS: tuple[Mapping[str, str], ...] = (
    {},
    {"Authorization": f"Basic {KEY}"},
    {"Authorization": f"{KEY} {KEY}"},
    {"Authorization": "Bearer"},
    {"Authorization": "Bearer "},
    {"X-API-Key": KEY.upper()},
    {"X-API-Key": KEY[:-1]},
    {"X-API-Key": f"{KEY}x"},
    {"X-API-Key": HASH},
    {"X-API-Key": "\udcff\udcfe"},
    {"X-API-Key": "x" * 5000},
    {"Cookie": f"audiobook_daemon_session={KEY}"},
    {"Cookie": "audiobook_daemon_session=" + "A" * 43},
)


async def test_what_is_no_key_opens_nothing_and_says_what_would(served: Served) -> None:
    for headers in NO_KEYS:
        async with served.session.get(f"{served.address}/api/keys/own", headers=headers) as answer:
            told = await answer.json()
            assert (answer.status, told["error"]["code"]) == (401, "unauthorised"), headers
            assert answer.headers["WWW-Authenticate"].startswith("Bearer")
            assert KEY not in await answer.text()


async def test_a_key_in_the_address_is_none(served: Served) -> None:
    async with served.session.get(f"{served.address}/api/keys/own?key={KEY}&api_key={KEY}") as answer:
        assert answer.status == 401


async def test_a_scope_holds_those_below_it_only(served: Served) -> None:
    for key, status in ((READER, 403), (HASHED, 403), (KEY, 200)):
        found, answer = await served.asks("GET", "/api/keys", headers={"Authorization": f"Bearer {key}"})
        assert found == status, answer
    status, answer = await served.asks("DELETE", "/api/keys/x", headers={"Authorization": f"Bearer {READER}"})
    assert (status, answer["error"]["code"]) == (403, "forbidden")
    assert "reader has the scope read; this needs admin" in answer["error"]["message"]


async def test_a_key_is_made_shown_once_exchanged_and_removed(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    status, made = await served.asks("POST", "/api/keys", {"name": "tablet", "scope": "act", "days": 30})
    assert status == 201, made
    first = made["data"]["key"]
    _, asked = await own(served, {"X-API-Key": first})
    assert asked["data"] == {"name": "tablet", "scope": "act", "in_browser": False}
    listed = await served.gets("/api/keys")
    assert [(one["name"], one["scope"], one["configured"]) for one in listed] == [
        ("key 1", "admin", True),
        ("reader", "read", True),
        ("hashed", "act", True),
        ("tablet", "act", False),
    ]
    assert listed[-1]["last_used"]
    assert first not in str(listed)
    assert first.startswith(listed[-1]["beginning"])
    once = {"Idempotency-Key": "once"}
    refused = await served.asks("POST", "/api/keys/tablet/rotate", {"overlap_hours": 1}, headers=once)
    assert refused[0] == 400
    status, rotated = await served.asks("POST", "/api/keys/tablet/rotate", {"overlap_hours": 1})
    assert status == 200, rotated
    second = rotated["data"]["key"]
    assert [await opens(served, key) for key in (first, second)] == [200, 200]
    _, third = await served.asks("POST", "/api/keys/tablet/rotate", {"overlap_hours": 0})
    assert [await opens(served, key) for key in (first, second, third["data"]["key"])] == [401, 401, 200]
    status, _ = await served.asks("DELETE", "/api/keys/tablet")
    assert status == 200
    assert await opens(served, third["data"]["key"]) == 401
    assert "The key tablet was made with the scope act, by key 1." in caplog.text
    for key in (KEY, READER, first, second, third["data"]["key"]):
        assert key not in caplog.text


REFUSED: tuple[tuple[str, str, object, int], ...] = (
    ("POST", "/api/keys", {"name": "reader"}, 409),
    ("POST", "/api/keys", {"name": "twice"}, 409),
    ("POST", "/api/keys", {"name": "key\x00"}, 422),
    ("POST", "/api/keys", {"name": "<script>"}, 422),
    ("POST", "/api/keys", {"name": "x" * 61}, 422),
    ("POST", "/api/keys", {"name": "x", "scope": "root"}, 422),
    ("POST", "/api/keys", {"name": "x", "days": 0}, 422),
    ("POST", "/api/keys", {"name": "x", "days": 10**9}, 422),
    ("POST", "/api/keys", {"name": "x", "key": "one-of-my-own-making"}, 422),
    ("POST", "/api/keys/reader/rotate", {}, 409),
    ("POST", "/api/keys/nobody/rotate", {}, 404),
    ("POST", "/api/keys/twice/rotate", {"overlap_hours": 10**9}, 422),
    ("DELETE", "/api/keys/reader", None, 409),
    ("DELETE", "/api/keys/nobody", None, 404),
)


async def test_what_cannot_be_done_with_keys(served: Served) -> None:
    await served.daemon.database.keys.add("twice", new_key(), "read")
    for method, path, body, status in REFUSED:
        found, answer = await served.asks(method, path, body)
        assert (found, answer["success"]) == (status, False), (method, path, body, answer)
    assert [one.name for one in await served.daemon.database.keys.all()] == ["twice"]


async def test_a_key_is_good_until_its_time_and_not_longer(served: Served) -> None:
    keys, now = served.daemon.database.keys, datetime.now(UTC)
    soon, late, overlapping = new_key(), new_key(), new_key()
    await keys.add("soon", soon, "read", now + DAY)
    await keys.add("late", late, "read", now - timedelta(seconds=1))
    await keys.add("overlapping", overlapping, "read")
    await keys.rotate("overlapping", new_key(), now - timedelta(seconds=1), None)
    assert [await opens(served, key) for key in (soon, late, overlapping)] == [200, 401, 401]


async def test_a_key_is_looked_into_once_and_remembered(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    def count(key: str, kept: str) -> bool:
        looked.append(key)
        return kept == HASH and key == HASHED

    monkeypatch.setattr(keyring, "fits", count)
    assert [await opens(served, HASHED) for _ in range(5)] == [200] * 5
    assert looked == [HASHED]
    assert [await opens(served, "abd_wrong-but-always-the-same") for _ in range(5)] == [401] * 5
    assert len(looked) == 2, "a program with an outdated key costs nothing"


async def test_those_who_guess_wait_and_nobody_else(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "fits", lambda *_: False)  # slow by design, and tried elsewhere
    assert await opens(served, READER) == 200
    answers = [await own(served, {"X-API-Key": f"abd_guess-number-{number}"}) for number in range(50)]
    assert [status for status, _ in answers] == [401] * 20 + [429] * 30
    refused = answers[-1][1]["error"]
    assert (refused["code"], refused["retry_after"]) == ("too_many_requests", 1)
    async with served.session.get(f"{served.address}/api/keys/own", headers={"X-API-Key": "another"}) as answer:
        assert int(answer.headers["Retry-After"]) >= 1
    assert await opens(served, READER) == 200, "it came from here before"
    assert await opens(served, KEY) == 429, "nobody here can find out by guessing that it is right"


async def test_while_the_database_is_away_nobody_learns_where_it_is(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(_: str) -> NoReturn:
        raise DatabaseError("The database postgresql://shelf/books cannot be reached: it is off.")

    monkeypatch.setattr(served.daemon.database.keys, "beginning", away)
    monkeypatch.setattr(served.daemon.database.sessions, "get", away)
    for headers in ({"X-API-Key": "abd_unknown-and-unknowable"}, {"Cookie": f"{COOKIE}={'A' * 43}"}):
        status, answer = await own(served, headers)
        assert (status, answer["error"]["code"], answer["error"]["retry_after"]) == (503, "unavailable", 5)
        assert "shelf" not in str(answer)
    assert await opens(served, KEY) == 200, "the keys of the configuration need no database"


async def test_many_at_once_with_a_key_nobody_has_seen_yet(served: Served) -> None:
    key = new_key()
    await served.daemon.database.keys.add("tablet", key, "read")
    assert await asyncio.gather(*(opens(served, key) for _ in range(20))) == [200] * 20


async def test_no_key_is_among_what_is_listed(served: Served) -> None:
    standings = await served.daemon.doors.list_keys()
    assert all(isinstance(one, KeyStanding) for one in standings)
    for text in (str(standings), str(await served.gets("/api/keys"))):
        assert KEY not in text
        assert READER not in text
        assert "scrypt" not in text


async def test_a_server_that_nobody_can_open_says_what_to_do(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    server = WebServer(WebSettings(port=0), lent_to_web(served.daemon))
    said = "No key opens the web server yet; `audiobook-daemon keys add NAME` makes one."
    async with server.serving():
        assert said in caplog.messages
    caplog.clear()
    await served.daemon.database.keys.add("tablet", new_key(), "read")
    async with server.serving():
        assert said not in caplog.messages
