"""The stand-in answers as the recorded server does: statuses, texts, keys and types."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeAlias

import aiohttp
import pytest

from audiobook_daemon.demo.audiobookshelf import AudiobookshelfStandIn

Json: TypeAlias = dict[str, Any]
Answer: TypeAlias = tuple[int, str, Any]

_SAMPLES = Path(__file__).parents[2] / "samples" / "abs"
_LIBRARY = "89adae54-bc0a-4c39-9b6c-86c6d041c091"
# Texts are text or null, book by book; the values are compared elsewhere.
_MAY_BE_NULL = {
    *("subtitle", "publishedYear", "publishedDate", "publisher", "description", "descriptionPlain", "isbn", "asin"),
    *("language", "coverPath", "sequence", "embeddedCoverArt", "trackNumFromMeta", "trackNumFromFilename"),
}
_FREE_KEYS = {"metaTags"}
_BEFORE_SCAN = ("033", "034", "035", "038", "039")
_AFTER_SCAN = (
    "002", "003", "004", "008", "009", "010", "019", "020", "028", "036", "037", "041", "043", "044", "045", "046",
    "047", "048", "049", "050", "060", "061", "062", "063", "064", "068", "070", "071", "072", "073", "074",
    "075", "076", "077", "078", "079", "080", "081", "083", "084", "085", "091", "092", "101",
    "103", "107", "110", "136", "137", "138", "139", "149", "150", "155", "157", "162", "163", "168", "169",
)  # fmt: skip
_ANONYMOUS = {"004"}
_BAD_KEY = {"019"}
_PLAIN_USER = {"162", "163", "168"}


def _recording(number: str) -> Json:
    (path,) = _SAMPLES.glob(f"{number}-*.json")
    document: Json = json.loads(path.read_text(encoding="utf-8"))
    return document


def _differences(recorded: object, given: object, path: str = "$") -> list[str]:
    """Name every place where keys or JSON types differ; every element of a list must be like a recorded one."""
    key = path.rpartition(".")[2]
    if isinstance(recorded, dict) and isinstance(given, dict):
        if key in _FREE_KEYS:
            return [f"{path}.{name} is no text" for name, value in given.items() if not isinstance(value, str)]
        found = [f"{path}.{name} is missing" for name in recorded.keys() - given.keys()]
        found += [f"{path}.{name} is too much" for name in given.keys() - recorded.keys()]
        for name in recorded.keys() & given.keys():
            found += _differences(recorded[name], given[name], f"{path}.{name}")
        return found
    if isinstance(recorded, list) and isinstance(given, list):
        if not recorded or not given:
            return []
        if key == "results":  # a page may show other books than the recorded one
            recorded = [*recorded, *_recording("044")["response"]["body"]["results"]]
        best = [min((_differences(one, entry, path + "[]") for one in recorded), key=len) for entry in given]
        return [difference for differences in best for difference in differences]
    if None in (recorded, given) and key in _MAY_BE_NULL:
        return []
    kinds = _kind(recorded), _kind(given)
    return [] if kinds[0] == kinds[1] else [f"{path} is {kinds[1]}, recorded {kinds[0]}"]


def _kind(value: object) -> str:
    match value:
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case _:
            return type(value).__name__


async def _replay(client: aiohttp.ClientSession, server: AudiobookshelfStandIn, number: str) -> Answer:
    """Send a recorded request, with the ids of this server, and give status, content type and body."""
    request = _recording(number)["request"]
    text = json.dumps({key: request[key] for key in ("path", "query", "body")})
    recorded = _recording("044")["response"]["body"]["results"]
    here = {item.rel_path: item.id for item in server.shelf.items.values()}
    for item in recorded:
        place = item["relPath"].replace("c.m4b", "c.mp3")
        if place in here:
            text = text.replace(item["id"], here[place])
    mine = json.loads(text.replace(_LIBRARY, server.shelf.library_id))
    headers = {}
    if number in _ANONYMOUS | _BAD_KEY | _PLAIN_USER:
        headers["Authorization"] = "Bearer the-key-of-a-plain-user" if number in _PLAIN_USER else "Bearer bad"
    if number in {"155", "157"}:  # items that the recorder had added on its way
        mine["path"] = f"/api/items/{here['Ben Harrow/Low Tide']}"
    body = None if mine["body"] is None else json.dumps(mine["body"])
    if number == "092":
        body = "{malformed"
    if body is not None:
        headers["Content-Type"] = "application/json"
    asked = client.request(request["method"], mine["path"], params=mine["query"] or None, data=body, headers=headers)
    async with asked as answer:
        content = await (answer.json() if answer.content_type == "application/json" else answer.text())
        return answer.status, answer.content_type, content


def _assert_like_recorded(number: str, answer: Answer) -> None:
    recorded = _recording(number)["response"]
    status, content_type, body = answer
    assert status == recorded["status"]
    if "Content-Type" in recorded["headers"]:
        assert content_type == recorded["headers"]["Content-Type"].partition(";")[0]
    if isinstance(recorded["body"], str):
        assert body == recorded["body"]
    else:
        assert _differences(recorded["body"], body) == []


@pytest.mark.parametrize("number", _BEFORE_SCAN)
async def test_before_the_first_scan(number: str, server: AudiobookshelfStandIn, client: aiohttp.ClientSession) -> None:
    _assert_like_recorded(number, await _replay(client, server, number))


@pytest.mark.parametrize("number", _AFTER_SCAN)
@pytest.mark.usefixtures("recorded_library")
async def test_after_the_first_scan(
    number: str,
    server: AudiobookshelfStandIn,
    client: aiohttp.ClientSession,
    scan: Callable[[], Awaitable[None]],
) -> None:
    await scan()

    _assert_like_recorded(number, await _replay(client, server, number))


@pytest.mark.usefixtures("recorded_library")
async def test_changing_nothing_is_answered_without_the_key_updated(
    server: AudiobookshelfStandIn, client: aiohttp.ClientSession, scan: Callable[[], Awaitable[None]]
) -> None:
    await scan()
    await _replay(client, server, "085")

    answer = await _replay(client, server, "087")

    _assert_like_recorded("087", answer)
    assert answer[2].keys() == {"libraryItem"}


@pytest.mark.usefixtures("recorded_library")
async def test_a_change_gives_the_recorded_values(
    server: AudiobookshelfStandIn, client: aiohttp.ClientSession, scan: Callable[[], Awaitable[None]]
) -> None:
    await scan()

    for number in ("085", "088", "089", "090"):
        _, _, body = await _replay(client, server, number)
        assert _differences(_recording(number)["response"]["body"], body) == []
        given = body["libraryItem"]["media"]
        recorded = _recording(number)["response"]["body"]["libraryItem"]["media"]
        if number in {"089", "090"}:  # the recorder had set the sequence again in between
            recorded["metadata"]["series"][0]["sequence"] = None
        assert _without_ids(given["metadata"]) == _without_ids(recorded["metadata"])
        assert given["tags"] == recorded["tags"]


@pytest.mark.usefixtures("recorded_library")
async def test_every_book_is_described_as_recorded(
    server: AudiobookshelfStandIn, client: aiohttp.ClientSession, scan: Callable[[], Awaitable[None]]
) -> None:
    await scan()

    _, _, body = await _replay(client, server, "044")

    given = {item["relPath"]: _summary(item) for item in body["results"]}
    recorded = {item["relPath"]: _summary(item) for item in _recording("044")["response"]["body"]["results"]}
    recorded["Dev Ismay/Paper Only"]["language"] = None  # the stand-in does not look into epubs
    assert given == recorded


@pytest.mark.usefixtures("recorded_library")
async def test_a_missing_book_looks_as_recorded(
    folder: Path, server: AudiobookshelfStandIn, client: aiohttp.ClientSession, scan: Callable[[], Awaitable[None]]
) -> None:
    await scan()
    (folder / "Ben Harrow/Low Tide").rename(folder / ".elsewhere")
    await scan()

    _assert_like_recorded("153", await _replay(client, server, "153"))
    _assert_like_recorded("154", await _replay(client, server, "154"))


@pytest.mark.usefixtures("recorded_library")
async def test_an_item_with_changed_files_is_updated(
    folder: Path, server: AudiobookshelfStandIn, client: aiohttp.ClientSession, scan: Callable[[], Awaitable[None]]
) -> None:
    await scan()
    (folder / "Ada Lovett/The Orchard Cycle/Book 1 - The Glass Orchard {Nora Quill}/03 - Part 3.mp3").unlink()

    answer = await _replay(client, server, "151")

    assert answer[2] == _recording("151")["response"]["body"]


async def test_the_running_scan_is_listed_as_recorded(
    server: AudiobookshelfStandIn, client: aiohttp.ClientSession
) -> None:
    server.library.scan()

    _assert_like_recorded("040", await _replay(client, server, "040"))


async def test_a_login_is_answered_as_recorded(server: AudiobookshelfStandIn, client: aiohttp.ClientSession) -> None:
    good = {"username": "ROOT", "password": "secret"}
    async with client.post("/login", json=good, headers={"x-return-tokens": "true"}) as answer:
        _assert_like_recorded("012", (answer.status, answer.content_type, await answer.json()))
        key = (await answer.json())["user"]["accessToken"]

    async with client.get("/api/me", headers={"Authorization": f"Bearer {key}"}) as answer:
        assert answer.status == 200


async def test_the_forty_first_login_is_refused(client: aiohttp.ClientSession) -> None:
    for _ in range(40):
        async with client.post("/login", json={"username": "root", "password": "secret"}) as answer:
            assert answer.status == 200

    async with client.post("/login", json={"username": "root", "password": "secret"}) as answer:
        _assert_like_recorded("175", (answer.status, answer.content_type, await answer.json()))
        assert int(answer.headers["Retry-After"]) > 0
    async with client.get("/api/me") as answer:
        assert answer.status == 200


def _without_ids(metadata: Json) -> Json:
    persons = [author["name"] for author in metadata["authors"]]
    places = [(series["name"], series["sequence"]) for series in metadata["series"]]
    return metadata | {"authors": persons, "series": places}


def _summary(item: Json) -> Json:
    media = item["media"]
    counts = {key: media[key] for key in ("numTracks", "numAudioFiles", "numChapters", "tags")}
    series = sorted(item["media"]["metadata"]["seriesName"].split(", "))
    summary: Json = (
        media["metadata"] | counts | {"seriesName": series, "numFiles": item["numFiles"], "isFile": item["isFile"]}
    )
    return summary
