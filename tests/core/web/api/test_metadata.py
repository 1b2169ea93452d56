"""Correcting metadata over HTTP, its history and its figures, around a library that is asked for real."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.core.web.conftest import Served

from audiobook_daemon.models import LIBRARY, Book, BookField, FieldChange, LibraryItem, Statement
from audiobook_daemon.pipeline.keys import keyed
from audiobook_daemon.store import FoundDuplicate


@pytest.fixture
async def emma(served: Served) -> int:
    """A book that was corrected twice, and whose year two sources state."""
    database = served.daemon.database
    await database.books.upsert([keyed(LibraryItem("shelf", "one", Book("Emma", ("Jane Austen",), year=1815)))])
    number = await database.books.id_of("shelf", "one")
    assert number is not None
    for year, source in ((1814, "audnexus"), (1815, "hardcover")):
        change = FieldChange("year", year - 1, year, source, "It says so.")
        made = await database.corrections.plan(number, "full", "0a1b", {"year": str(year - 1)}, [change])
        await database.corrections.applied(made, {"year": str(year)})
    stated = [Statement("year", source, 1815, 0.9, "rec-1") for source in ("audnexus", "hardcover")]
    await database.facts.put({number: {one.source: [one] for one in stated}})
    await database.facts.keep(number, [BookField("year", 1815, "hardcover"), BookField("title", "Emma", LIBRARY)])
    return number


async def test_the_history_of_a_book_is_told_the_newest_first(served: Served, emma: int) -> None:
    status, answer = await served.asks("GET", f"/api/books/{emma}/metadata-history?limit=1")
    assert (status, answer["total"], answer["page_info"]["has_more"]) == (200, 2, True)
    (newest,) = answer["data"]
    change = {"field": "year", "old": "1814", "new": "1815", "source": "hardcover", "reason": "It says so."}
    assert (newest["changes"], newest["state"], newest["run"]) == ([change], "applied", "0a1b")
    assert [one["id"] for one in await served.gets(f"/api/metadata/history/{emma}")] == [newest["id"], newest["id"] - 1]
    assert await served.gets(f"/api/corrections/{newest['id']}") == newest
    assert (await served.gets("/api/corrections?limit=1"))[0] == newest


async def test_what_sources_state_stands_beside_what_holds(served: Served, emma: int) -> None:
    told = await served.gets(f"/api/books/{emma}/facts")
    assert [(one["source"], one["value"]) for one in told["statements"]] == [
        ("audnexus", "1815"),
        ("hardcover", "1815"),
    ]
    assert told["provenance"]["year"]["source"] == "hardcover"
    (incomplete,) = await served.gets("/api/metadata/incomplete?threshold=100")
    assert incomplete["provenance"].keys() == {"year", "title"}
    assert "narrators" in incomplete["missing_fields"]


async def test_the_figures_of_metadata(served: Served, emma: int) -> None:
    told = await served.gets("/api/metadata/status")
    assert (told["books"], told["by_source"], told["by_field"]) == (1, {"audnexus": 1, "hardcover": 1}, {"year": 2})
    assert sum(told["buckets"].values()) == 1
    assert await served.gets("/api/metadata/by-source?days=1") == {
        "days": 1,
        "sources": {"audnexus": 1, "hardcover": 1},
    }
    assert {one["code"] for one in await served.gets(f"/api/books/{emma}/findings")} >= {"no_asin"}


async def test_correcting_a_book_of_a_library_that_is_not_there_says_so_and_changes_nothing(
    served: Served, emma: int
) -> None:
    for path, body in (
        ("/api/metadata/correct-book", {"book_id": emma}),
        (f"/api/corrections/undo-book/{emma}", None),
    ):
        status, answer = await served.asks("POST", path, body)
        assert (status, answer["error"]["hint"]) == (409, None), answer
        assert "shelf" in answer["error"]["message"]
    assert len(await served.gets(f"/api/metadata/history/{emma}")) == 2
    assert (await served.gets(f"/api/books/{emma}"))["year"] == 1815


async def test_a_book_that_was_looked_after_lately_is_refused_unless_forced(served: Served, emma: int) -> None:
    await served.daemon.database.attention.looked_after([emma], "unchanged")
    status, answer = await served.asks("POST", "/api/metadata/correct-book", {"book_id": emma})
    assert (status, answer["error"]["hint"]) == (409, "Send force: true to do it again.")


@pytest.mark.parametrize("path", ["/api/metadata/correct-all", "/api/metadata/correct-recent"])
async def test_with_nothing_to_correct_the_figures_are_told_all_the_same(served: Served, path: str) -> None:
    status, answer = await served.asks("POST", path, {})
    assert status == 200, answer
    assert (answer["data"]["processed"], answer["data"]["corrected"], answer["data"]["corrections"]) == (0, 0, [])


async def test_old_corrections_are_forgotten_on_request(served: Served, emma: int) -> None:
    status, answer = await served.asks("DELETE", "/api/metadata/cleanup-old?days=1")
    assert (status, answer["data"]["deleted"]) == (200, 0)
    assert answer["data"]["cutoff"]
    assert await served.daemon.database.retention.count("corrections", served.daemon.world.now() + timedelta(1)) == 2


async def test_books_that_are_owned_twice_are_told_and_can_be_ignored(served: Served, emma: int) -> None:
    await served.daemon.database.duplicates.record([FoundDuplicate("exact", (emma, 99), emma, "Same ASIN.")])
    (group,) = await served.gets("/api/duplicates")
    assert ([one["title"] for one in group["books"]], group["keeper"]) == (["Emma"], emma)
    assert (await served.asks("PUT", f"/api/duplicates/{group['id']}", {}))[0] == 200
    assert await served.gets("/api/duplicates") == []
    assert len(await served.gets("/api/duplicates?state=ignored")) == 1
    assert (await served.asks("PUT", f"/api/duplicates/{group['id']}", {"ignored": False}))[0] == 200
    assert len(await served.gets("/api/duplicates")) == 1


async def test_of_a_book_that_is_owned_twice_one_copy_is_kept(served: Served) -> None:
    books = [LibraryItem("shelf", name, Book("Emma", asin="B00EMMA001")) for name in ("one", "two")]
    await served.daemon.database.books.upsert([keyed(book) for book in books])
    await served.daemon.database.duplicates.record([FoundDuplicate("exact", (1, 2), 1, "Same ASIN.")])
    for body, status in (({"book": 7}, 409), ({}, 200), ({}, 409)):
        assert (await served.asks("POST", "/api/duplicates/1/keep", body))[0] == status, body
    assert await served.gets("/api/duplicates") == []
    assert [one["id"] for one in await served.gets("/api/books?status=duplicate")] == [2]
