"""What Hardcover states about one book."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import pytest

from audiobook_daemon import Book, Unavailable
from audiobook_daemon.demo.faults import Fault
from audiobook_daemon.demo.hardcover import HardcoverStandIn
from audiobook_plugins.hardcover import Hardcover

Factory = Callable[..., Hardcover]
LOW = Book("Low Water", ("Odile Renner",))
ISBN = "978-0-00-000001-9"


class Clock(Protocol):
    def advance(self, seconds: float) -> None: ...


class Memory(Protocol):
    values: dict[str, Any]


async def test_a_recording_is_told_with_who_reads_it_and_how_long(books: Factory) -> None:
    facts = (await books().describe(Book("Low Water", ("Odile Renner",), language="en")))[0]
    assert (facts.title, facts.authors, facts.narrators) == ("Low Water", ("Odile Renner",), ("Sam Quill",))
    assert (facts.runtime, facts.asin, facts.publisher) == (36_000.0, "B00LOWTIDE", "Ear House")
    assert (facts.language, facts.published, facts.year, facts.abridged) == ("en", "2016-01-05", 2016, False)
    assert facts.description == "The sea is gone.\nAnd the king?"
    assert facts.genres == ("Fantasy", "Adventure")
    assert facts.cover == "https://assets.example.org/low.jpg"
    assert [(place.name, place.position) for place in facts.series or ()] == [("The Tidal Crown", "1"), ("Bells", "7")]
    assert (facts.source, facts.score) == ("hardcover", 0.99)


async def test_a_printed_book_has_no_narrator_no_length_and_no_publisher(books: Factory) -> None:
    (facts,) = await books().describe(Book("The Ebb", ("Odile Renner",)))
    assert (facts.narrators, facts.runtime, facts.publisher, facts.asin, facts.isbn) == (None,) * 5


@pytest.mark.parametrize(
    "book",
    [
        Book("Low Water", asin="B00LOWTIDE"),
        Book("Low Water", asin="b00lowtide"),
        Book("Some other name", ("Odile Renner",), other_ids=("B00LOWTIDE",)),
        Book("Low Water", isbn=ISBN),
        Book("Low Water (Unabridged)", isbn="0000000019"),
    ],
)
async def test_an_id_needs_no_search(hardcover: HardcoverStandIn, books: Factory, book: Book) -> None:
    found = await books().describe(book)
    assert found[0].asin == "B00LOWTIDE"
    assert found[0].score == 1.0
    assert hardcover.asked == ["books"], "one question does"


async def test_an_id_that_contradicts_title_and_author_is_not_believed(books: Factory) -> None:
    found = await books().describe(Book("Salt Throne", ("Marc Tobin",), isbn=ISBN))
    assert found[0].title == "Salt Throne"
    assert all((facts.score or 0) < 0.85 for facts in found if facts.title == "Low Water")


async def test_the_recording_in_the_books_language_is_told_in_its_own_words(books: Factory) -> None:
    found = await books().describe(Book("Niedrigwasser", ("Odile Renner",), language="de", asin="B00NIEDRIG"))
    assert [(facts.title, facts.language, facts.runtime) for facts in found] == [("Niedrigwasser", "de", 40_000.0)]


@pytest.mark.parametrize("searches", [0, 1])
async def test_narrators_that_stand_first_are_no_authors(
    hardcover: HardcoverStandIn, books: Factory, searches: int
) -> None:
    for _ in range(searches):  # every other search is answered with an encoded text
        await books().describe(Book(f"Nothing of {searches}"))
    facts = (await books().describe(LOW))[0]
    assert facts.authors == ("Odile Renner",)


@pytest.mark.parametrize(
    "book", [Book("Low Water", ("Karl Ott",)), Book("Deep Water", ("Odile Renner",)), Book("Zzz"), Book("?!")]
)
async def test_another_book_is_no_answer(books: Factory, book: Book) -> None:
    assert not [facts for facts in await books().describe(book) if (facts.score or 0) > 0.5]


async def test_a_merged_doublet_leads_to_the_book(hardcover: HardcoverStandIn, books: Factory) -> None:
    (doublet,) = [edition for edition in hardcover.catalogue.editions if edition.id == 1004]
    hardcover.catalogue.editions.remove(doublet)
    hardcover.catalogue.editions.append(type(doublet)(id=1010, book=106, title="LOW WATER!", asin="B00DOUBLET"))
    found = await books().describe(Book("Low Water", ("Odile Renner",), asin="B00DOUBLET"))
    assert {(facts.key or "").partition("/")[0] for facts in found} == {"100"}


async def test_an_answer_is_kept_for_its_days(hardcover: HardcoverStandIn, books: Factory, clock: Clock) -> None:
    first = await books().describe(LOW)
    asked = len(hardcover.requests)
    assert await books().describe(LOW) == first, "also after a restart"
    assert len(hardcover.requests) == asked
    clock.advance(30 * 86_400 + 1)
    assert await books().describe(LOW) == first
    assert len(hardcover.requests) > asked


async def test_an_old_answer_serves_while_hardcover_is_down(
    hardcover: HardcoverStandIn, books: Factory, clock: Clock
) -> None:
    first = await books().describe(LOW)
    clock.advance(400 * 86_400)
    hardcover.faults.always(Fault.SERVER_ERROR)
    assert await books().describe(LOW) == first


async def test_half_an_answer_is_not_kept(hardcover: HardcoverStandIn, books: Factory, memory: Memory) -> None:
    plugin = books()
    hardcover.timeouts = 1
    with pytest.raises(Unavailable, match="took too long"):
        await plugin.describe(LOW)
    assert memory.values == {}
    assert (await plugin.describe(LOW))[0].narrators == ("Sam Quill",)


async def test_nothing_is_sent_but_what_names_the_book(
    hardcover: HardcoverStandIn, books: Factory, caplog: pytest.LogCaptureFixture, memory: Memory
) -> None:
    with caplog.at_level("DEBUG"):
        await books().describe(LOW)
    assert "SECRET" not in caplog.text
    assert "SECRET" not in str(memory.values)
