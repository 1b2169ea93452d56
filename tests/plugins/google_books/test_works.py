"""The works of an author, page by page within the day's questions, and books known by their number alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import pytest

from audiobook_daemon import AuthorQuestion, Book, Facts, SeriesQuestion, Unavailable, Work
from audiobook_daemon.demo.faults import Fault
from audiobook_daemon.demo.google_books import GoogleBooksStandIn, GoogleVolume
from audiobook_plugins.google_books import GoogleBooks

Factory = Callable[..., GoogleBooks]
AUSTEN = AuthorQuestion("Jane Austen")


class Clock(Protocol):
    def advance(self, seconds: float) -> None: ...


def volume(number: int, title: str, *authors: str, **more: Any) -> GoogleVolume:  # noqa: ANN401
    return GoogleVolume(id=f"volume{number:06}", title=title, authors=authors or ("Jane Austen",), **more)


async def titles(plugin: GoogleBooks, asked: AuthorQuestion = AUSTEN) -> list[str]:
    return [work.book.title for work in await plugin.works_by(asked)]


async def test_a_work_holds_what_google_knows_and_no_more(google: GoogleBooksStandIn, books: Factory) -> None:
    google.volumes = [
        volume(1, "Emma", subtitle="A Novel", isbn_13="9780306406157", published_date="1815-12", language="en")
    ]
    (work,) = await books().works_by(AUSTEN)
    book = Book("Emma", ("Jane Austen",), "A Novel", language="en", year=1815, isbn="9780306406157")
    assert work == Work(book, "google_books", "volume000001", released="1815-12")
    assert (work.audiobook, work.narrators, work.runtime) == (None, (), None)


async def test_books_about_an_author_and_of_namesakes_are_not_theirs(
    google: GoogleBooksStandIn, books: Factory
) -> None:
    google.volumes = [
        volume(1, "Emma"),
        volume(2, "Jane Austen: A Life", "Jane Austen Smithers"),
        volume(3, "Letters", "Cassandra Austen", "Jane Fairfax"),
        volume(4, "Love and Freindship", "Somebody Else", "J. Austen", "Jane Austen"),
    ]
    assert await titles(books()) == ["Emma", "Love and Freindship"]


async def test_only_wanted_languages_and_those_that_are_not_told(google: GoogleBooksStandIn, books: Factory) -> None:
    google.volumes = [volume(1, "Emma", language="en"), volume(2, "Emma (de)", language="de"), volume(3, "Emma (?)")]
    assert await titles(books(), AuthorQuestion("Jane Austen", languages=("en", "fr"))) == ["Emma", "Emma (?)"]


@pytest.mark.parametrize(("count", "pages", "found", "asked"), [(0, 5, 0, 1), (90, 5, 90, 4), (120, 2, 80, 2)])
async def test_pages_are_read_until_one_is_empty_or_the_limit_is_reached(
    google: GoogleBooksStandIn, books: Factory, count: int, pages: int, found: int, asked: int
) -> None:
    google.volumes = [volume(number, f"Volume {number}") for number in range(count)]
    assert len(await titles(books(pages=pages))) == found
    assert len(google.requests) == asked


async def test_a_volume_that_comes_twice_is_one_work(google: GoogleBooksStandIn, books: Factory) -> None:
    google.volumes = [volume(1, "Emma")] * 100
    assert await titles(books()) == ["Emma"]
    assert len(google.requests) == 2


async def test_what_was_listed_is_kept_and_serves_while_google_is_silent(
    google: GoogleBooksStandIn, books: Factory, clock: Clock
) -> None:
    google.volumes = [volume(1, "Emma")]
    plugin = books()
    assert await titles(plugin) == await titles(plugin) == ["Emma"]
    assert len(google.requests) == 2
    google.faults.always(Fault.UNAVAILABLE)
    clock.advance(8 * 86_400)
    assert await titles(plugin) == ["Emma"]
    with pytest.raises(Unavailable):
        await plugin.works_by(AuthorQuestion("Ann Radcliffe"))


async def test_who_has_no_name_has_no_works(google: GoogleBooksStandIn, books: Factory) -> None:
    assert await titles(books(), AuthorQuestion('":"')) == []
    assert google.requests == []


async def test_it_knows_of_no_series(google: GoogleBooksStandIn, books: Factory) -> None:
    assert await books().series_of(SeriesQuestion("Mistborn", ("Brandon Sanderson",))) == ()
    assert google.requests == []


async def test_a_book_known_by_its_number_alone_is_named(books: Factory) -> None:
    found = await books().describe(Book("", isbn="9780765311788"))
    assert [(facts.title, facts.isbn, facts.score) for facts in found] == [
        ("Mistborn: The Final Empire", "9780765311788", 1.0)
    ]
    assert isinstance(found[0], Facts)
    assert await books().describe(Book("", isbn="9780306406157")) == ()
