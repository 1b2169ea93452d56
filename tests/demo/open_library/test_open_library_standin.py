"""The stand-in for Open Library answers in the shapes of the real one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Any

import aiohttp
import pytest

from audiobook_daemon.demo.open_library import OpenLibraryStandIn, open_library_shelves
from audiobook_daemon.demo.works import known_works

Json = Any  # what a JSON text may hold
Ask = Callable[..., Awaitable[tuple[int, Json]]]
AGENT = "tests/1.0 (me@example.org)"


@pytest.fixture
async def library() -> AsyncIterator[OpenLibraryStandIn]:
    async with OpenLibraryStandIn(open_library_shelves(known_works())) as stand_in:
        yield stand_in


@pytest.fixture
async def ask(library: OpenLibraryStandIn) -> AsyncIterator[Ask]:
    async with aiohttp.ClientSession() as client:

        async def send(path: str, agent: str = AGENT, **query: str) -> tuple[int, Json]:
            headers = {"User-Agent": agent}
            async with client.get(f"{library.url}{path}", params=query, headers=headers) as answer:
                plain = answer.content_type == "application/json"
                return answer.status, await answer.json() if plain else await answer.read()

        yield send


@pytest.mark.parametrize(
    ("agent", "status"),
    [
        (AGENT, 200),
        ("tests/1.0 (https://example.org)", 200),
        ("tests/1.0", 403),
        ("tests (somebody)", 403),
        ("", 403),
    ],
)
async def test_strangers_are_refused(library: OpenLibraryStandIn, ask: Ask, agent: str, status: int) -> None:
    assert (await ask("/search.json", agent, q="oz"))[0] == status
    library.strangers = True
    assert (await ask("/search.json", agent, q="oz"))[0] == 200


async def test_who_asks_too_much_is_sent_to_the_dumps(library: OpenLibraryStandIn, ask: Ask) -> None:
    library.quota = 1
    assert (await ask("/search.json", q="oz"))[0] == 200
    status, body = await ask("/search.json", q="oz")
    assert (status, body["status"]) == (429, 429)
    assert "dumps" in body["message"]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"title": "glass ferry"}, ["The Glass Ferry"]),
        ({"title": "Glass Ferry (Unabridged)"}, []),
        ({"title": "glass ferry", "author": "baum"}, []),
        ({"title": "ozma", "author": "frank baum"}, ["Ozma of Oz"]),
        ({"author": "marten", "language": "ger"}, ["Die gläserne Fähre"]),
        ({"q": "no such thing"}, []),
    ],
)
async def test_every_word_has_to_be_found(ask: Ask, query: dict[str, str], titles: list[str]) -> None:
    status, body = await ask("/search.json", **query)
    assert status == 200
    assert [row["title"] for row in body["docs"]] == titles
    assert body["numFound"] == body["num_found"] == len(titles)


async def test_rows_hold_the_fields_that_are_asked_for(ask: Ask) -> None:
    _, body = await ask("/search.json", author="baum", fields="key,series_name,isbn", limit="2", page="2")
    assert body["start"] == 2
    assert len(body["docs"]) == 2
    assert all(set(row) <= {"key", "series_name", "isbn"} for row in body["docs"])


async def test_the_best_known_come_first_if_asked_for(library: OpenLibraryStandIn, ask: Ask) -> None:
    last = library.shelves.editions[-1]
    library.shelves.editions.append(replace(last, key="OL1M", isbn_13=("9780000000019", "9780000000026")))
    for query, first in ({"sort": "editions"}, last.work), ({}, library.shelves.works[0].key):
        _, body = await ask("/search.json", limit="1", **query)
        assert body["docs"][0]["key"] == f"/works/{first}"


async def test_isbns_are_searched_together(ask: Ask) -> None:
    first, second = (work.isbn for work in known_works()[:2])
    _, body = await ask("/search.json", q=f"isbn:({first} OR {second})")
    assert body["numFound"] == 2
    assert (await ask("/search.json", isbn=f"{first[:3]}-{first[3:]}"))[1]["numFound"] == 1


async def test_an_isbn_sends_on_to_its_edition(library: OpenLibraryStandIn, ask: Ask) -> None:
    isbn = known_works()[0].isbn
    status, body = await ask(f"/isbn/{isbn}.json")
    assert (status, body["isbn_13"], body["type"]["key"]) == (200, [isbn], "/type/edition")
    assert [served.status for served in library.requests] == [302, 200]
    assert (await ask("/isbn/9780000000019.json"))[0] == 404


async def test_works_have_authors_without_names_and_descriptions_of_two_kinds(ask: Ask) -> None:
    kinds = set()
    for number in range(5000, 5004):
        _, body = await ask(f"/works/OL{number}W.json")
        kinds.add(type(body["description"]))
        assert set(body["authors"][0]["author"]) == {"key"}
    assert kinds == {str, dict}
    assert (await ask("/works/OL1W.json")) == (404, {"error": "notfound", "key": "/works/OL1W"})


async def test_series_are_told_in_three_ways(ask: Ask) -> None:
    _, body = await ask("/search.json", author="baum")
    assert any("series_name" in row for row in body["docs"])
    assert any("#" in row["title"] for row in body["docs"])
    work = next(row for row in body["docs"] if "series_name" not in row and "#" not in row["title"])
    _, editions = await ask(f"{work['key']}/editions.json")
    assert any(" ; " in words for edition in editions["entries"] for words in edition["series"])


async def test_one_person_has_two_records_and_blanks_matter(ask: Ask) -> None:
    keys = [
        [row["key"] for row in (await ask("/search/authors.json", q=q))[1]["docs"]]
        for q in ("H. G. Wells", "H.G. Wells")
    ]
    assert len(keys[0]) == len(keys[1]) == 1
    assert keys[0] != keys[1]
    counts = [(await ask(f"/authors/{key}/works.json"))[1]["size"] for (key,) in keys]
    assert counts == [3, 1]


async def test_works_of_an_author_come_in_pages(ask: Ask) -> None:
    (row,) = (await ask("/search/authors.json", q="Baum"))[1]["docs"]
    path = f"/authors/{row['key']}/works.json"
    _, first = await ask(path, limit="4")
    _, second = await ask(path, limit="4", offset="4")
    assert first["links"]["next"].endswith("offset=4")
    assert not {one["key"] for one in first["entries"]} & {one["key"] for one in second["entries"]}
    assert (await ask("/authors/OL1A/works.json"))[0] == 404


async def test_covers_are_pictures_or_missing(ask: Ask) -> None:
    assert (await ask("/b/id/70000-L.jpg", default="false"))[0] == 200
    assert (await ask("/b/id/1-L.jpg", default="false"))[0] == 404
    assert await ask("/b/id/1-L.jpg") == (200, b"")
