"""The books one owns, over HTTP."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.core.web.conftest import Served

from audiobook_daemon.models import Book, LibraryItem, SeriesPlace
from audiobook_daemon.pipeline.keys import keyed

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


def book(number: int, title: str, *authors: str, series: tuple[SeriesPlace, ...] = (), text: str = "") -> LibraryItem:
    return LibraryItem(
        "shelf",
        f"item-{number}",
        Book(title, authors, series=series, year=1815 + number),
        narrators=("Ada Merrow",),
        runtime=3600.0 * number,
        added=BEGIN + timedelta(days=number),
        description=text or None,
    )


@pytest.fixture
async def shelf(served: Served) -> Served:
    """Four books; the second came last."""
    items = [
        book(1, "Emma", "Jane Austen", text="A match is made."),
        book(9, "The Salt Road", "Jo Quill", series=(SeriesPlace("Panes", "10"),)),
        book(3, "Émile’s Glass", "Jo Quill", "Ann Ebb", series=(SeriesPlace("Panes", "2"), SeriesPlace("Oz"))),
        book(4, "Unplaced", series=(SeriesPlace("Panes"),)),
    ]
    await served.daemon.database.books.upsert([keyed(item) for item in items])
    return served


async def titles(served: Served, path: str) -> list[str]:
    return [one["title"] for one in await served.gets(path)]


async def test_books_are_listed_the_newest_first_and_page_by_page(shelf: Served) -> None:
    assert await titles(shelf, "/api/books") == ["The Salt Road", "Unplaced", "Émile’s Glass", "Emma"]
    status, answer = await shelf.asks("GET", "/api/books?limit=2&offset=1")
    assert status == 200
    assert [one["title"] for one in answer["data"]] == ["Unplaced", "Émile’s Glass"]
    assert (answer["total"], answer["page_info"]) == (4, {"limit": 2, "offset": 1, "has_more": True})
    assert await titles(shelf, "/api/books?order=title") == ["Émile’s Glass", "Emma", "The Salt Road", "Unplaced"]
    assert (await titles(shelf, "/api/books?order=completeness"))[-1] == "Emma"
    assert await titles(shelf, "/api/books?status=archived") == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("emile", ["Émile’s Glass"]),
        ("QUILL", ["Émile’s Glass", "The Salt Road"]),
        ("jo%20gla", ["Émile’s Glass"]),
        ("alt", []),
        ("%22*)%20OR%20", []),
        ("ebb%20glass", ["Émile’s Glass"]),
    ],
)
async def test_books_are_found_by_beginnings_of_words(shelf: Served, query: str, found: list[str]) -> None:
    assert await titles(shelf, f"/api/books/search?query={query}") == found
    assert await titles(shelf, f"/api/books?search={query}") == found


async def test_a_book_is_told_with_what_it_lacks_and_whence_its_fields_come(shelf: Served) -> None:
    (line,) = await shelf.gets("/api/books/search?query=emma")
    told = await shelf.gets(f"/api/books/{line['id']}")
    assert {name: told[name] for name in line} == line
    assert (told["author"], told["abs_id"], told["library"], told["duration"]) == (
        "Jane Austen",
        "item-1",
        "shelf",
        3600,
    )
    assert told["description"] == "A match is made."
    assert "publisher" in told["missing_fields"]
    assert told["provenance"] == {}
    await shelf.daemon.database.facts.set_lock(line["id"], "title", "Emma", locked=True)
    provenance = (await shelf.gets(f"/api/books/{line['id']}"))["provenance"]
    assert provenance["title"] | {"changed": ""} == {
        "value": "Emma",
        "source": "library",
        "locked": True,
        "changed": "",
    }


async def test_the_books_of_a_series_come_by_their_places(shelf: Served) -> None:
    assert await titles(shelf, "/api/books/series/Panes") == ["Émile’s Glass", "The Salt Road", "Unplaced"]
    assert await titles(shelf, "/api/books/series/the%20panes%20series?limit=1&offset=1") == ["The Salt Road"]
    assert await titles(shelf, "/api/books/series/Pane") == []


async def test_incomplete_books_come_with_what_they_lack_the_worst_first(shelf: Served) -> None:
    found = await shelf.gets("/api/books/incomplete-metadata?threshold=90")
    assert [one["completeness"] for one in found] == sorted(one["completeness"] for one in found)
    assert "description" not in next(one for one in found if one["title"] == "Emma")["missing_fields"]
    assert found[0]["title"] == "Unplaced"
    assert {"authors", "position", "description"} <= set(found[0]["missing_fields"])
    assert await shelf.gets("/api/books/incomplete-metadata?threshold=0") == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/books/99", 404),
        ("/api/books/0", 422),
        ("/api/books?limit=0", 422),
        ("/api/books?status=gone", 422),
        ("/api/books/search", 422),
        ("/api/books/99/cover", 404),
        ("/api/books/1/cover?width=5000", 422),
    ],
)
async def test_what_there_is_not_is_refused(shelf: Served, path: str, status: int) -> None:
    assert (await shelf.asks("GET", path))[0] == status
