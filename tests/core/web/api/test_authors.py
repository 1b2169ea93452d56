"""What is told of authors, and what people may say to them."""

from __future__ import annotations

import pytest
from tests.core.web.api.conftest import AUTHOR, FLOOD, Shelves, copy

from audiobook_daemon.pipeline.keys import keyed
from audiobook_daemon.store import AuthorStanding, GapKind


async def test_an_author_is_told_with_the_books_that_are_owned_and_those_that_are_not(shelves: Shelves) -> None:
    told = await shelves.served.gets(f"/api/authors/{shelves.author}")
    assert (told["name"], told["owned"], told["total"], told["favourite"]) == (AUTHOR, 3, 5, True)
    assert [book["title"] for book in told["books"]] == ["Alone", "Ebb", "Else"]
    assert [(gap["title"], gap["of_id"]) for gap in told["missing_books"]] == [("Flood", shelves.author)]
    assert told["books"] == await shelves.served.gets(f"/api/authors/{shelves.author}/books")
    completion = await shelves.served.gets(f"/api/authors/{shelves.author}/completion")
    assert (completion["owned"], completion["missing"], completion["percent"]) == (3, 2, 60.0)


async def test_an_author_who_is_not_known_is_not_found(shelves: Shelves) -> None:
    for path in ("", "/books", "/completion"):
        status, answer = await shelves.served.asks("GET", f"/api/authors/999{path}")
        assert (status, answer["error"]["code"]) == (404, "not_found")


async def test_authors_are_listed_the_most_owned_first(shelves: Shelves) -> None:
    others = [AuthorStanding("brand", "Otto Brand", owned=1), AuthorStanding("abel ida", "Idà Abel", owned=9)]
    await shelves.served.daemon.database.authors.save(others)

    async def names(query: str) -> tuple[list[str], int]:
        status, answer = await shelves.served.asks("GET", f"/api/authors{query}")
        assert status == 200, answer
        return [one["name"] for one in answer["data"]], answer["total"]

    assert await names("") == (["Idà Abel", AUTHOR, "Otto Brand"], 3)
    assert await names("?search=holt") == ([AUTHOR], 1)
    assert await names("?search=Abel, ida") == await names("?search=IDÀ") == (["Idà Abel"], 1)
    assert await names("/favorites") == (["Idà Abel", AUTHOR], 2)
    assert await names("/favorites?min_books=4&limit=1") == (["Idà Abel"], 1)
    summary = await shelves.served.gets("/api/authors/completion-summary")
    assert (summary["total"], summary["partial"], summary["unknown"], summary["missing"]) == (3, 1, 2, 2)


async def test_an_author_written_down_by_hand_stays_through_recounts(shelves: Shelves) -> None:
    served = shelves.served
    body = {"name": "Ida Abel", "total_books": 7, "google_books_id": "g1"}
    status, answer = await served.asks("POST", "/api/authors", body)
    told = answer["data"]
    assert (status, told["by_hand"], told["total"], told["ids"]) == (201, True, 7, {"google_books": "g1"})
    await served.daemon.actions.get("recount").run({})
    assert (await served.gets(f"/api/authors/{told['id']}"))["missing"] == 7


@pytest.mark.parametrize("name", ["Mira Holt", "HOLT, Mira", "Various", "?"])
async def test_an_author_who_is_known_or_nobody_is_not_written_down(shelves: Shelves, name: str) -> None:
    status, answer = await shelves.served.asks("POST", "/api/authors", {"name": name})
    assert (status, answer["error"]["code"]) == (409, "conflict")
    assert len(await shelves.served.daemon.database.authors.all()) == 1


async def test_what_a_person_says_of_an_author_counts_until_it_is_taken_back(shelves: Shelves) -> None:
    served, path = shelves.served, f"/api/authors/{shelves.author}"
    status, answer = await served.asks("PUT", path, {"name": "M. Holt", "total_books": 6, "goodreads_id": "h"})
    assert status == 200, answer
    assert answer["data"]["changes"][0] == {"field": "name", "old": AUTHOR, "new": "M. Holt"}
    await served.daemon.actions.get("recount").run({})
    told = await served.gets(path)
    assert (told["name"], told["owned"], told["total"], told["missing"]) == ("M. Holt", 1, 6, 5)
    status, answer = await served.asks("PUT", path, {"name": None, "total_books": None})
    told = answer["data"]["author"]
    assert (told["name"], told["stated_total"], told["ids"]) == (AUTHOR, None, {"goodreads": "h"})
    assert (await served.asks("PUT", path, {}))[0] == 400


async def test_one_author_is_counted_anew(shelves: Shelves) -> None:
    served = shelves.served
    await served.daemon.database.books.upsert([keyed(copy(FLOOD, "d"))])
    status, answer = await served.asks("PUT", f"/api/authors/{shelves.author}/recalculate-completion")
    assert status == 200, answer
    assert (answer["data"]["owned"], answer["data"]["missing"]) == (2, 1)
    assert (await served.gets(f"/api/authors/{shelves.author}"))["missing_books"][0]["title"] == "Slack Water"


async def test_a_deleted_author_is_gone_with_the_gaps(shelves: Shelves) -> None:
    served, path = shelves.served, f"/api/authors/{shelves.author}"
    status, answer = await served.asks("DELETE", path)
    assert (status, answer["data"]) == (200, {"id": shelves.author, "name": AUTHOR, "comes_back": True})
    for method in ("DELETE", "GET", "PUT"):
        assert (await served.asks(method, path, {"name": "A"} if method == "PUT" else None))[0] == 404
    assert await served.daemon.database.gaps.all(GapKind.AUTHOR) == ()
