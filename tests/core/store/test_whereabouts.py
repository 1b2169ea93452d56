"""From a book to the rows that belong to it."""

from __future__ import annotations

from audiobook_daemon.models import Book, LibraryItem, WantState, Wish
from audiobook_daemon.store import AuthorStanding, Database, SeriesStanding


async def test_series_and_authors_are_found_by_their_keys(database: Database) -> None:
    series = await database.series.save([SeriesStanding("tides|holt mira", "Tides"), SeriesStanding("oz|", "Oz")])
    authors = await database.authors.save([AuthorStanding("holt mira", "Mira Holt")])
    assert await database.whereabouts.series(["oz|", "nothing|"]) == {"oz|": series["oz|"]}
    assert await database.whereabouts.authors(["holt mira", ""]) == authors
    assert await database.whereabouts.series([]) == {}


async def test_the_want_that_brought_a_book_is_found_and_no_other(database: Database) -> None:
    emma, other = (LibraryItem("shelf", name, Book("Emma")) for name in ("a", "b"))
    await database.books.upsert([(emma, "emma"), (other, "emma")])
    ids = {item.id: await database.books.id_of("shelf", item.id) or 0 for item in (emma, other)}
    assert await database.whereabouts.want(ids["a"]) is None
    want, _ = await database.wants.add("emma", Wish(Book("Emma")), state=WantState.SHELVED, library="shelf", item="a")
    assert await database.whereabouts.want(ids["a"]) == want.id
    assert await database.whereabouts.want(ids["b"]) is None
    assert await database.whereabouts.want(999) is None
