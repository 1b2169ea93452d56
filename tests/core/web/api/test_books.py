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


async def test_a_book_that_one_owns_elsewhere_is_written_down_once(served: Served) -> None:
    sent = {"title": "Emma", "author": "Jane Austen; Ann Ebb", "series": "Panes", "series_number": "2", "year": 1815}
    status, answer = await served.asks("POST", "/api/books", {**sent, "import_source": "paper", "duration": 60})
    assert status == 201, answer
    made = answer["data"]
    assert (made["title"], made["author"]) == ("Emma", "Jane Austen")
    told = await served.gets(f"/api/books/{made['id']}")
    assert (told["library"], told["abs_id"], told["status"], told["import_source"]) == (None, None, "active", "paper")
    assert (told["authors"], told["duration"]) == (["Jane Austen", "Ann Ebb"], 60)
    assert told["series"] == [{"name": "Panes", "position": "2"}]
    assert told["provenance"]["year"]["source"] == "person"
    assert await titles(served, "/api/books/search?query=ebb") == ["Emma"]
    status, answer = await served.asks("POST", "/api/books", sent)
    assert (status, answer["error"]["code"]) == (409, "conflict")
    assert len(await served.gets("/api/books?status=all")) == 1
    assert await served.daemon.database.books.count() == 0  # no library has it


async def test_a_book_that_was_written_down_is_edited_and_says_what_has_changed(served: Served) -> None:
    _, answer = await served.asks("POST", "/api/books", {"title": "Emna", "series": "Panes", "series_number": "2"})
    path = f"/api/books/{answer['data']['id']}"
    before = (await served.gets(path))["completeness"]
    edit = {"title": "Emma", "series_number": "3", "author": "Jane Austen", "isbn": "978-0-14-143958-7"}
    status, answer = await served.asks("PUT", path, {**edit, "metadata_source": "the cover"})
    assert status == 200, answer
    changes = {one["field"]: (one["old"], one["new"]) for one in answer["data"]["changes"]}
    assert changes["title"] == ("Emna", "Emma")
    assert changes["series"] == ("Panes #2", "Panes #3")
    assert answer["data"]["completeness"] > before
    told = await served.gets(path)
    assert (told["isbn"], told["metadata_source"]) == ("9780141439587", "the cover")
    assert await titles(served, "/api/books?search=emna") == []
    assert await titles(served, "/api/books?search=emma") == ["Emma"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"isbn": "12"}, 409),
        ({"year": "soon"}, 422),
        ({"title": ""}, 422),
        ({"title": "\0"}, 422),
        ({"colour": "red"}, 422),
        ({"status": "gone"}, 422),
        ({"year": 2**70}, 422),
    ],
)
async def test_an_edit_that_says_nothing_or_nonsense_is_refused(shelf: Served, body: object, status: int) -> None:
    (line,) = await shelf.gets("/api/books/search?query=emma")
    assert (await shelf.asks("PUT", f"/api/books/{line['id']}", body))[0] == status


async def test_an_archived_book_leaves_lists_sums_and_corrections_and_stays_owned(shelf: Served) -> None:
    database = shelf.daemon.database
    (line,) = await shelf.gets("/api/books/search?query=emma")
    status, answer = await shelf.asks("DELETE", f"/api/books/{line['id']}")
    assert (status, answer["data"]["status"]) == (200, "archived")
    assert "Emma" not in await titles(shelf, "/api/books")
    assert await titles(shelf, "/api/books?search=emma") == []
    assert await titles(shelf, "/api/books?status=archived") == ["Emma"]
    assert "Emma" in await titles(shelf, "/api/books?status=all")
    assert (await database.surveys.sums()).books == 3
    assert line["id"] not in {one.id for one in await database.attention.due(shelf.daemon.world.now(), 9)}
    # A sync that reads it again, even with other words, changes nothing of that.
    await database.books.upsert([keyed(book(1, "Emma, or More of It", "Jane Austen"))])
    told = await shelf.gets(f"/api/books/{line['id']}")
    assert (told["title"], told["status"]) == ("Emma, or More of It", "archived")
    assert await titles(shelf, "/api/books?search=more") == []
    assert len(await database.books.owned(["emma or more of it|"])) == 1
    assert (await shelf.asks("DELETE", f"/api/books/{line['id']}"))[0] == 200
    assert (await shelf.asks("PUT", f"/api/books/{line['id']}", {"status": "active"}))[0] == 200
    assert await titles(shelf, "/api/books?search=more") == ["Emma, or More of It"]


async def test_a_request_that_comes_again_with_its_key_is_not_carried_out_again(shelf: Served) -> None:
    (line,) = await shelf.gets("/api/books/search?query=emma")
    path, key = f"/api/books/{line['id']}", {"Idempotency-Key": "once"}
    assert (await shelf.asks("DELETE", path, headers=key))[0] == 200
    assert (await shelf.asks("PUT", path, {"status": "active"}))[0] == 200
    status, answer = await shelf.asks("DELETE", path, headers=key)
    assert (status, answer["data"]["status"]) == (200, "active")
    key = {"Idempotency-Key": "edited"}
    edits = [await shelf.asks("PUT", path, {"import_source": "a gift"}, headers=key) for _ in range(2)]
    assert edits[0][1]["data"] == edits[1][1]["data"]
    for room in ("books", "series", "authors"):
        body = {"title": "Persuasion"} if room == "books" else {"name": "Persuasion"}
        key = {"Idempotency-Key": f"one of the {room}".replace(" ", "-")}
        first, second = [await shelf.asks("POST", f"/api/{room}", body, headers=key) for _ in range(2)]
        assert (first[0], second[0]) == (201, 201), (first, second)
        assert first[1]["data"] == second[1]["data"]
        refused = [await shelf.asks("POST", f"/api/{room}", body, headers={"Idempotency-Key": room}) for _ in range(2)]
        assert [status for status, _ in refused] == [409, 409]
        assert refused[0][1]["error"]["message"] == refused[1][1]["error"]["message"]
    assert len(await titles(shelf, "/api/books/search?query=persuasion")) == 1


async def test_a_change_of_a_book_that_was_written_down_is_listed_and_taken_back(served: Served) -> None:
    body = {"title": "Emma", "author": "Jane Austen", "duration": 3600.5}
    status, answer = await served.asks("POST", "/api/books", body)
    assert status == 201
    path = f"/api/books/{answer['data']['id']}"
    before = await served.gets(path)
    assert (await served.asks("PUT", path, {"title": "Emma, at last", "duration": 60.0, "year": 1815}))[0] == 200
    (listed,) = await served.gets("/api/corrections")
    told = {one["field"]: (one["old"], one["new"], one["source"]) for one in listed["changes"]}
    assert told == {
        "title": ("Emma", "Emma, at last", "person"),
        "year": (None, "1815", "person"),
        "runtime": ("3600.5", "60", "person"),
    }
    status, undone = await served.asks("POST", f"/api/corrections/{listed['id']}/undo")
    assert (status, undone["data"]["refused"]) == (200, 0)
    # Who said so, and when, is younger now.
    assert {**await served.gets(path), "provenance": None} == {**before, "provenance": None}


async def test_what_is_asked_of_a_book_that_is_not_there_is_not_found(served: Served) -> None:
    for method, path, body in (
        ("PUT", "/api/books/7", {"year": 1}),
        ("DELETE", "/api/books/7", None),
        ("PUT", "/api/books/7/metadata-source", {"field_name": "year", "source": "x"}),
        ("PUT", "/api/books/7/lock", {"field_name": "year"}),
        ("POST", "/api/metadata/correct-book", {"book_id": 7}),
        ("GET", "/api/metadata/history/7", None),
        ("GET", "/api/books/7/facts", None),
        ("GET", "/api/books/7/findings", None),
        ("GET", "/api/books/7/metadata-history", None),
        ("POST", "/api/corrections/7/undo", None),
        ("POST", "/api/corrections/undo-book/7", None),
        ("PUT", "/api/duplicates/7", {}),
        ("POST", "/api/duplicates/7/keep", {}),
    ):
        assert (await served.asks(method, path, body))[0] == 404, path


async def test_an_item_needs_a_library_to_be_taken_in_from(served: Served) -> None:
    status, answer = await served.asks("POST", "/api/books", {"title": "Emma", "abs_id": "item-1"})
    assert status == 409, answer
    assert await served.gets("/api/books?status=all") == []
