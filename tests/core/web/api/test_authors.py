"""What is told of authors, and what people may say to them."""

from __future__ import annotations

from tests.core.web.api.conftest import AUTHOR, Shelves

from audiobook_daemon.store import AuthorStanding


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
    others = [AuthorStanding("brand", "Otto Brand", owned=1), AuthorStanding("abel", "Ida Abel", owned=9)]
    await shelves.served.daemon.database.authors.save(others)

    async def names(query: str) -> tuple[list[str], int]:
        status, answer = await shelves.served.asks("GET", f"/api/authors{query}")
        assert status == 200, answer
        return [one["name"] for one in answer["data"]], answer["total"]

    assert await names("") == (["Ida Abel", AUTHOR, "Otto Brand"], 3)
    assert await names("?search=holt") == ([AUTHOR], 1)
    assert await names("/favorites") == (["Ida Abel", AUTHOR], 2)
    assert await names("/favorites?min_books=4&limit=1") == (["Ida Abel"], 1)
    summary = await shelves.served.gets("/api/authors/completion-summary")
    assert (summary["total"], summary["partial"], summary["unknown"], summary["missing"]) == (3, 1, 2, 2)
