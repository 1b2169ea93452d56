"""What Open Library states about books, series and authors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import pytest

from audiobook_daemon import AuthorQuestion, Book, SeriesPlace, SeriesQuestion, Work
from audiobook_daemon.demo.faults import Fault
from audiobook_daemon.demo.open_library import OpenLibraryStandIn
from audiobook_plugins.open_library import OpenLibrary

Factory = Callable[..., OpenLibrary]
MARSH = ("K. D. Marsh",)
KILN = Book("Kiln", MARSH)


class Clock(Protocol):
    def advance(self, seconds: float) -> None: ...


def titles(works: Sequence[Work]) -> list[str]:
    return [work.book.title for work in works]


async def test_a_work_is_told_without_a_word_about_recordings(books: Factory) -> None:
    (facts,) = await books().describe(KILN)
    assert (facts.title, facts.authors, facts.year, facts.published) == ("Kiln", MARSH, 1999, "1999")
    assert facts.description == "Clay burns.\nAnd so does the town."
    assert facts.genres == ("Fantasy", "Adventure")
    assert facts.series == (SeriesPlace("Fire and Clay", "1"), SeriesPlace("Towns"))
    assert facts.cover == "https://covers.openlibrary.org/b/id/881-L.jpg?default=false"
    assert (facts.narrators, facts.runtime, facts.asin, facts.abridged) == (None,) * 4
    assert (facts.isbn, facts.publisher, facts.language) == (None, None, None), "of which edition nobody can tell"
    assert (facts.key, facts.source, facts.score) == ("/works/OL10W", "open_library", 0.99)


@pytest.mark.parametrize(
    ("isbn", "language", "publisher"),
    [("978-0-00-000001-9", "en", "Paper House"), ("0000000019", "en", "Paper House"), ("9780000000026", "de", None)],
)
async def test_an_isbn_leads_to_its_very_edition(
    library: OpenLibraryStandIn, books: Factory, isbn: str, language: str, publisher: str | None
) -> None:
    (facts,) = await books().describe(Book("Kiln", MARSH, isbn=isbn))
    assert (facts.language, facts.publisher, facts.score) == (language, publisher, 1.0)
    assert sum(path.startswith("/search") for path in library.asked) == 1
    assert any(path.startswith("/books/") for path in library.asked), "the redirect was followed"


async def test_an_isbn_that_contradicts_title_and_author_is_not_believed(books: Factory) -> None:
    found = await books().describe(Book("Kiln", ("Vera Kolb",), isbn="9780000000033"))
    assert (found[0].key, found[0].isbn) == ("/works/OL15W", None)


@pytest.mark.parametrize(
    "book",
    [
        Book("Glaze", MARSH),
        Book("Glaze (Unabridged)", MARSH),
        Book("Glaze: A Novel of Fire and Clay", MARSH),
        Book("Glaze [Fire and Clay 2]", ("Marsh, K. D.",)),
    ],
)
async def test_titles_are_cleaned_before_they_are_asked_for(books: Factory, book: Book) -> None:
    found = await books().describe(book)
    assert [facts.title for facts in found] == ["Glaze"], "and the series is taken out of the answer"
    assert found[0].series == (SeriesPlace("Fire and Clay", "2"),)


@pytest.mark.parametrize("book", [Book("Kiln", ("Karl Ott",)), Book("Oven", MARSH), Book("?"), Book("(x)")])
async def test_another_book_is_no_answer(books: Factory, book: Book) -> None:
    assert await books().describe(book) == ()


async def test_a_moved_record_is_followed(library: OpenLibraryStandIn, books: Factory) -> None:
    plugin = books()
    record = await plugin._client.record("/works/OL14W")
    assert record is not None
    assert record["key"] == "/works/OL10W"
    assert await plugin._client.record("/works/OL999W") is None


async def test_a_series_is_gathered_from_fields_and_titles(books: Factory) -> None:
    (record,) = await books().series_of(SeriesQuestion("Fire and Clay", MARSH, language="de"))
    assert (record.source, record.name, record.authors) == ("open_library", "Fire and Clay", MARSH)
    assert [(work.book.title, work.book.series) for work in record.works] == [
        ("Kiln", (SeriesPlace("Fire and Clay", "1"),)),
        ("Glaze", (SeriesPlace("Fire and Clay", "2"),)),
    ]
    assert {work.audiobook for work in record.works} == {None}, "it does not know of recordings"
    assert record.works[0].book.language == "de", "one of its editions is in the wanted language"


@pytest.mark.parametrize(
    "asked", [SeriesQuestion("Fire and Clay", ("Vera Kolb",)), SeriesQuestion("Water and Clay", MARSH)]
)
async def test_another_series_is_no_answer(books: Factory, asked: SeriesQuestion) -> None:
    assert await books().series_of(asked) == ()


async def test_a_series_without_an_author_is_searched_by_its_name(books: Factory) -> None:
    (record,) = await books().series_of(SeriesQuestion("Fire and Clay"))
    assert "Kiln" in titles(record.works)


async def test_works_are_added_up_over_the_records_of_one_person(library: OpenLibraryStandIn, books: Factory) -> None:
    works = await books().works_by(AuthorQuestion("K. D. Marsh", (KILN,)))
    assert titles(works) == ["Kiln", "Glaze", "Shards"], "however the initials are spaced, but none of the namesake's"
    assert {work.released for work in works} == {"1999", "2001", "2004"}
    searched = [path for path in library.asked if path.startswith("/search/authors")]
    assert len(searched) == 2


async def test_without_owned_books_every_record_of_the_name_counts(books: Factory) -> None:
    assert "Sermons" in titles(await books().works_by(AuthorQuestion("K.D. Marsh")))


async def test_who_is_not_known_has_no_works(books: Factory) -> None:
    assert await books().works_by(AuthorQuestion("Karl Ott")) == ()


async def test_an_answer_is_kept_and_serves_in_need(library: OpenLibraryStandIn, books: Factory, clock: Clock) -> None:
    first = await books().describe(KILN)
    asked = len(library.requests)
    assert await books().describe(KILN) == first
    assert len(library.requests) == asked
    clock.advance(365 * 86_400)
    library.faults.always(Fault.SERVER_ERROR)
    assert await books().describe(KILN) == first


async def test_series_and_works_are_kept_as_they_were_told(library: OpenLibraryStandIn, books: Factory) -> None:
    series, author = SeriesQuestion("Fire and Clay", MARSH), AuthorQuestion("K. D. Marsh", (KILN,))
    told = (await books().series_of(series), await books().works_by(author))
    asked = len(library.requests)
    assert (await books().series_of(series), await books().works_by(author)) == told
    assert len(library.requests) == asked
