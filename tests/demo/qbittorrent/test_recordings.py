"""The stand-in of 4.5.2 answers as the real one did: statuses, texts, fields and types."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeAlias

import aiohttp
import pytest

Call: TypeAlias = Callable[..., Awaitable[Any]]

_SAMPLES = Path(__file__).parents[2] / "samples" / "qbittorrent"
_RECORDED: dict[str, dict[str, Any]] = json.loads((_SAMPLES / "answers-4.5.2.json").read_text(encoding="utf-8"))


def _assert_recorded(name: str, status: int, body: object) -> None:
    recorded = _RECORDED[name]
    assert (name, status) == (name, recorded["status"])
    if isinstance(recorded["body"], str):
        assert (name, body) == (name, recorded["body"])
    else:
        assert _shape(body) == _shape(recorded["body"])


def _shape(value: object) -> object:
    """Keep keys and types; an info-hash as key counts as a word, and so does the server's state."""
    match value:
        case dict():
            return {
                key if len(key) != 40 else "hash": _shape(one) for key, one in value.items() if key != "server_state"
            }
        case list():
            return [_shape(one) for one in value]
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case _:
            return type(value).__name__


@pytest.fixture
async def session(start: Call, login: Call) -> aiohttp.ClientSession:
    opened: aiohttp.ClientSession = await login(await start("4.5.2"))
    return opened


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("unknown action", "torrents/nope"),
        ("wrong method", "torrents/pause"),
        ("properties unknown", "torrents/properties?hash=1234"),
        ("properties missing", "torrents/properties"),
    ],
)
async def test_what_cannot_be_had(session: aiohttp.ClientSession, name: str, path: str) -> None:
    async with session.get(path) as answer:
        _assert_recorded(name, answer.status, await answer.text())


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("info finished", "torrents/info"),
        ("files finished", "torrents/files?hash={}"),
        ("properties", "torrents/properties?hash={}"),
        ("trackers", "torrents/trackers?hash={}"),
        ("categories", "torrents/categories"),
        ("sort bad", "torrents/info?sort=bogus"),
    ],
)
async def test_what_is_told_of_a_torrent(
    session: aiohttp.ClientSession, add: Call, wait_for: Call, info_hash: str, name: str, path: str
) -> None:
    await add(session, category="audio", tags="a,b")
    await wait_for(session, "stalledUP")

    async with session.get(path.format(info_hash)) as answer:
        body = await (answer.json() if answer.content_type == "application/json" else answer.text())
        _assert_recorded(name, answer.status, body)


async def test_the_whole_at_once(session: aiohttp.ClientSession, add: Call, wait_for: Call) -> None:
    await add(session, category="audio", tags="a,b")
    await wait_for(session, "stalledUP")

    async with session.get("sync/maindata") as answer:
        body = await answer.json()

    assert body.pop("rid") == 1
    recorded = dict(_RECORDED["maindata"]["body"])
    assert _shape(body["torrents"]) == _shape(recorded["torrents"])
    assert sorted(body["tags"]) == ["a", "b"]
    assert (body["full_update"], body["categories"]) == (True, recorded["categories"])


@pytest.mark.parametrize(
    ("name", "action", "form"),
    [
        ("category unknown", "setCategory", {"hashes": "{}", "category": "nope"}),
        ("category there already", "createCategory", {"category": "audio"}),
        ("category bad", "createCategory", {"category": "a//b"}),
        ("category empty", "createCategory", {"category": ""}),
        ("limits missing", "setShareLimits", {"hashes": "{}"}),
        ("delete missing", "delete", {"hashes": "{}"}),
        ("delete", "delete", {"hashes": "{}", "deleteFiles": "true"}),
        ("delete", "delete", {"hashes": "unknown", "deleteFiles": "true"}),
    ],
)
async def test_actions(
    session: aiohttp.ClientSession,
    add: Call,
    wait_for: Call,
    info_hash: str,
    name: str,
    action: str,
    form: dict[str, str],
) -> None:
    await add(session, category="audio")
    await wait_for(session, "stalledUP")

    filled = {key: value.format(info_hash) for key, value in form.items()}
    async with session.post(f"torrents/{action}", data=filled) as answer:
        _assert_recorded(name, answer.status, await answer.text())


async def test_tags_and_categories_of_a_torrent(
    session: aiohttp.ClientSession, add: Call, wait_for: Call, info_hash: str
) -> None:
    await add(session, category="audio", tags="a, b")
    await wait_for(session, "stalledUP")

    async with session.post("torrents/addTags", data={"hashes": info_hash, "tags": " c ,a"}) as answer:
        assert answer.status == 200
    async with session.post("torrents/setCategory", data={"hashes": info_hash, "category": ""}) as answer:
        assert answer.status == 200

    row = await wait_for(session, "stalledUP")
    assert (row["tags"], row["category"]) == (" b, a, c", "")
    async with session.get("torrents/info", params={"category": "audio"}) as answer:
        assert await answer.json() == []
    async with session.get("torrents/info", params={"tag": "c", "filter": "no such word"}) as answer:
        assert len(await answer.json()) == 1
