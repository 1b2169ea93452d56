from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from audiobook_daemon.demo.faults import Fault
from audiobook_daemon.demo.google_books import GoogleBooksStandIn, GoogleVolume

SAMPLES = Path(__file__).parent.parent / "samples" / "google_books"
VOLUMES = "/books/v1/volumes"

Json = Any  # what a JSON text may hold
Ask = Callable[..., Awaitable[tuple[int, Json]]]

MACHINE = GoogleVolume(
    id="exampleTM001",
    title="The Time Machine",
    subtitle="An Invention",
    authors=("H. G. Wells",),
    publisher="Example House",
    published_date="2018-12-11",
    description=(
        "<b>The first journey of <i>The Time Machine</i>, told at a dinner table.</b><b><br></b>Who will follow him?"
        "<br><br>A man returns, late &amp; limping."
    ),
    isbn_10="0000000019",
    isbn_13="9780000000019",
    pages=140,
    categories=("Fiction / Science Fiction / Time Travel", "Fiction / Classics"),
    language="en",
    rating=4,
    ratings=49,
)
STUDY = GoogleVolume(
    id="exampleTM002", title="Studies of Time and its Machines", full_text="as Wells wrote", published_date="1997*"
)
GERMAN = GoogleVolume(
    id="exampleTM003",
    title="Die Zeitmaschine",
    search_title="Zeitreisen, Band 01",
    authors=("H. G. Wells",),
    published_date="2020",
    language="de",
    cover=b"\xff\xd8jpeg",
)


def sample(name: str) -> Json:
    return json.loads((SAMPLES / name).read_text(encoding="utf-8"))


def shape(value: object) -> object:
    """The names and JSON types of a document, without its values."""
    if isinstance(value, dict):
        return {name: shape(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [shape(inner) for inner in value]
    return type(value).__name__


@pytest.fixture
async def books() -> AsyncIterator[GoogleBooksStandIn]:
    async with GoogleBooksStandIn([MACHINE, STUDY, GERMAN]) as books:
        yield books


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as client:
        yield client


@pytest.fixture
def ask(books: GoogleBooksStandIn, client: aiohttp.ClientSession) -> Ask:
    async def call(path: str = VOLUMES, **query: str) -> tuple[int, Json]:
        async with client.get(f"{books.url}{path}", params=query) as answer:
            return answer.status, await answer.json()

    return call


@pytest.fixture
def found(ask: Ask) -> Callable[..., Awaitable[list[str]]]:
    async def call(q: str, **query: str) -> list[str]:
        status, body = await ask(q=q, **query)
        assert status == 200
        return [item["id"] for item in body.get("items", [])]

    return call


Found = Callable[..., Awaitable[list[str]]]


async def test_a_search_answers_in_the_shape_of_the_sample(ask: Ask) -> None:
    _, given = await ask(q="intitle:machine")
    expected = sample("search.json")
    assert list(given) == list(expected)
    assert shape(given["items"]) == shape(expected["items"][:1])
    known = given["items"][0]["volumeInfo"]
    for name in ("title", "authors", "description", "pageCount", "categories", "industryIdentifiers"):
        assert known[name] == expected["items"][0]["volumeInfo"][name]
    assert given["items"][0]["searchInfo"] == expected["items"][0]["searchInfo"]


async def test_a_volume_of_which_little_is_known_has_few_members(ask: Ask, books: GoogleBooksStandIn) -> None:
    books.volumes = [replace(STUDY, published_date=None)]
    _, given = await ask(q="studies")
    assert shape(given["items"][0]) == shape(sample("search.json")["items"][1])


async def test_the_volume_is_fuller_than_its_search_record(ask: Ask) -> None:
    status, given = await ask(f"{VOLUMES}/exampleTM001")
    expected = sample("volume.json")
    assert status == 200
    assert shape(given) == shape(expected)
    for name in ("title", "description", "pageCount", "printedPageCount", "categories", "language"):
        assert given["volumeInfo"][name] == expected["volumeInfo"][name]


async def test_a_search_may_word_the_title_differently(ask: Ask) -> None:
    _, given = await ask(q="zeitmaschine")
    assert given["items"][0]["volumeInfo"]["title"] == "Zeitreisen, Band 01"
    _, given = await ask(f"{VOLUMES}/exampleTM003")
    assert given["volumeInfo"]["title"] == "Die Zeitmaschine"


async def test_nothing_found_has_no_items_at_all(ask: Ask) -> None:
    assert await ask(q="nowhere") == (200, sample("search_empty.json"))


@pytest.mark.parametrize(
    ("q", "ids"),
    [
        ('intitle:"the time machine"', {"exampleTM001"}),
        ('intitle:"time machine" inauthor:"h. g. wells"', {"exampleTM001"}),
        ("intitle:time", {"exampleTM001", "exampleTM002"}),
        ('intitle:"machine time"', set()),
        ("intitle:invention", {"exampleTM001"}),
        ("intitle:the wells", {"exampleTM001"}),
        ("inauthor:wells", {"exampleTM001", "exampleTM003"}),
        ("wells", {"exampleTM001", "exampleTM002", "exampleTM003"}),
        ("wells -zeitmaschine", {"exampleTM001", "exampleTM002"}),
        ('"as wells wrote"', {"exampleTM002"}),
        ("isbn:9780000000019", {"exampleTM001"}),
        ("isbn:978-0-00-000001-9", {"exampleTM001"}),
        ("isbn:0000000019", {"exampleTM001"}),
        ("isbn:9780000000020", set()),
        ('inpublisher:"example house"', {"exampleTM001"}),
        ("subject:classics", {"exampleTM001"}),
        ("oclc:1", set()),
    ],
)
async def test_field_words_bind_one_word_or_phrase(found: Found, q: str, ids: set[str]) -> None:
    assert set(await found(q)) == ids


async def test_a_language_loses_volumes_without_one(found: Found) -> None:
    assert await found("wells", langRestrict="en") == ["exampleTM001"]
    assert await found("wells", langRestrict="de") == ["exampleTM003"]


async def test_hits_in_the_title_come_first_unless_the_newest_are_asked_for(
    found: Found, books: GoogleBooksStandIn
) -> None:
    books.volumes = [GERMAN, replace(STUDY, title="Wells"), MACHINE]
    assert await found("wells") == ["exampleTM002", "exampleTM003", "exampleTM001"]
    assert await found("wells", orderBy="newest") == ["exampleTM003", "exampleTM001", "exampleTM002"]


async def test_pages_end_without_items_and_the_total_is_no_promise(ask: Ask, books: GoogleBooksStandIn) -> None:
    books.volumes = [replace(MACHINE, id=f"volume{number:02}") for number in range(12)]
    _, first = await ask(q="time")
    _, second = await ask(q="time", startIndex="10")
    _, third = await ask(q="time", startIndex="20")
    assert [len(first["items"]), len(second["items"])] == [10, 2]
    assert "items" not in third
    totals = [page["totalItems"] for page in (first, second, third)]
    assert len(set(totals)) == 3
    assert min(totals) > 12
    _, none = await ask(q="time", maxResults="0")
    assert "items" not in none


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ({"q": "time", "maxResults": "41"}, "invalidParameter"),
        ({"q": "time", "maxResults": "many"}, "invalidParameter"),
        ({"q": "time", "startIndex": "-1"}, "invalidParameter"),
        ({"q": " "}, "queryRequired"),
        ({}, "queryRequired"),
    ],
)
async def test_wrong_parameters_are_a_400(ask: Ask, query: dict[str, str], reason: str) -> None:
    status, body = await ask(**query)
    assert (status, body["error"]["code"], body["error"]["errors"][0]["reason"]) == (400, 400, reason)


async def test_forty_results_are_the_most(ask: Ask) -> None:
    assert (await ask(q="time", maxResults="40"))[0] == 200


async def test_an_unknown_volume_is_a_404(ask: Ask) -> None:
    status, body = await ask(f"{VOLUMES}/nowhere")
    assert (status, body["error"]["errors"][0]["reason"]) == (404, "notFound")


@pytest.mark.parametrize(("status", "reason"), [(400, "badRequest"), (403, "keyInvalid")])
async def test_a_wrong_key_is_refused(ask: Ask, books: GoogleBooksStandIn, status: int, reason: str) -> None:
    books.key, books.wrong_key_status = "right", status
    given, body = await ask(q="time", key="wrong")
    assert given == status
    assert body["error"]["message"] == "API key not valid. Please pass a valid API key."
    assert body["error"]["errors"][0]["reason"] == reason
    assert body["error"]["details"][0]["reason"] == "API_KEY_INVALID"
    assert (await ask(q="time", key="right"))[0] == 200
    assert (await ask(q="time"))[0] == 200


async def test_callers_without_a_key_may_share_an_empty_pool(ask: Ask, books: GoogleBooksStandIn) -> None:
    books.anonymous = False
    assert await ask(q="time") == (429, sample("error_anonymous_quota.json"))
    assert (await ask(f"{VOLUMES}/exampleTM001"))[0] == 429
    assert (await ask(q="time", key="any"))[0] == 200


async def test_the_quota_of_a_key_ends(ask: Ask, books: GoogleBooksStandIn) -> None:
    books.quota = 2
    assert (await ask(q="time", key="k"))[0] == 200
    assert (await ask(f"{VOLUMES}/exampleTM001", key="k"))[0] == 200
    status, body = await ask(q="time", key="k")
    assert status == 429
    assert shape(body) == shape(sample("error_anonymous_quota.json"))
    assert body["error"]["details"][0]["metadata"]["quota_limit_value"] == "1000"


async def test_covers_come_from_the_stand_in_itself(
    ask: Ask, books: GoogleBooksStandIn, client: aiohttp.ClientSession
) -> None:
    _, given = await ask(q="wells")
    links = {item["id"]: item["volumeInfo"]["imageLinks"]["thumbnail"] for item in given["items"]}
    assert all(link.startswith(f"{books.url}/") and "edge=curl" in link for link in links.values())
    async with client.get(links["exampleTM003"]) as answer:
        assert (answer.content_type, await answer.read()) == ("image/jpeg", GERMAN.cover)
    async with client.get(links["exampleTM001"]) as answer:
        assert answer.content_type == "image/gif"
        assert (await answer.read()).startswith(b"GIF89a")


async def test_no_link_leads_out_of_the_machine(ask: Ask, books: GoogleBooksStandIn) -> None:
    texts = [json.dumps((await ask(q="wells"))[1]), json.dumps((await ask(f"{VOLUMES}/exampleTM001"))[1])]
    for text in texts:
        assert text.count("http") == text.count(books.url) > 0


async def test_faults_spoil_it_as_any_other(ask: Ask, books: GoogleBooksStandIn) -> None:
    books.faults.next(Fault.NUMBER, match=VOLUMES)
    assert await ask(q="time") == (200, 42)
    assert (await ask(q="time", key="secret"))[0] == 200
    assert "secret" not in str(books.requests)
