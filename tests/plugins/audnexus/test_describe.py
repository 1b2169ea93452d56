"""Describing books before the shops on loopback."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

import pytest

from audiobook_daemon import Book, SeriesPlace, Unavailable
from audiobook_daemon.demo.audnexus import AudnexusStandIn
from audiobook_daemon.demo.faults import Fault
from audiobook_plugins.audnexus import Audnexus

Factory = Callable[..., Audnexus]
ADA = ("Ada Thornquist",)
BRASS = Book("The Brass Tide", ADA)
SALT = Book("The Salt Hour", ADA, asin="B0AAAAAA02")
US, UK, DE = (f"/audible.{tld}/1.0/catalog/products" for tld in ("com", "co.uk", "de"))


class Clock(Protocol):
    def advance(self, seconds: float) -> None: ...


class Memory(Protocol):
    values: dict[str, Any]


def paths(shops: AudnexusStandIn) -> list[str]:
    return [served.path for served in shops.requests]


async def test_a_recording_is_described_in_full(audnexus: Factory) -> None:
    (facts, *others) = await audnexus().describe(BRASS)
    assert (facts.source, facts.key, facts.asin) == ("audnexus", "us:B0AAAAAA01", "B0AAAAAA01")
    assert (facts.title, facts.authors, facts.narrators) == ("The Brass Tide", ADA, ("Joss Pell",))
    assert facts.series == (SeriesPlace("The Tide Clocks", "1"),)
    assert (facts.publisher, facts.published, facts.year) == ("Harbour Audio", "2021-05-04", 2021)
    assert (facts.runtime, facts.abridged, facts.language) == (36_000.0, False, "en")
    assert facts.description == "<p>Water &amp; brass.</p>"
    assert facts.genres == ("Fantasy", "Epic")
    assert facts.cover is not None
    assert facts.cover.endswith("_SL1024_.png")
    assert facts.score is not None
    assert facts.score >= 0.85
    assert all((other.score or 0) < facts.score for other in others), "a dramatisation is not the book"


async def test_a_known_asin_is_asked_for_alone(shops: AudnexusStandIn, audnexus: Factory) -> None:
    (facts,) = await audnexus().describe(SALT)
    assert (facts.key, facts.score) == ("us:B0AAAAAA02", 1.0)
    assert facts.series == (SeriesPlace("The Tide Clocks", "2"),)
    assert paths(shops) == [f"{US}/B0AAAAAA02"]


async def test_an_asin_of_another_region_is_found_there(shops: AudnexusStandIn, audnexus: Factory) -> None:
    (facts,) = await audnexus().describe(Book("Harbour Lights", ADA, asin="BKAAAAAA07"))
    assert facts.key == "uk:BKAAAAAA07"
    assert paths(shops) == [f"{US}/BKAAAAAA07", f"{UK}/BKAAAAAA07"], "the first shop tells an unknown ASIN back alone"


async def test_the_region_of_an_asin_is_asked_first_and_only_there_if_it_is_told(
    shops: AudnexusStandIn, audnexus: Factory
) -> None:
    book = Book("Die Messingflut", ADA, other_ids=("de:BDAAAAAA10",))
    (facts,) = await audnexus().describe(book)
    assert facts.key == "de:BDAAAAAA10"
    assert paths(shops) == [f"{DE}/BDAAAAAA10"]


async def test_a_book_in_german_is_asked_for_in_germany_first(shops: AudnexusStandIn, audnexus: Factory) -> None:
    (facts, *_) = await audnexus().describe(Book("Die Messingflut", ADA, language="de"))
    assert (facts.key, facts.language) == ("de:BDAAAAAA10", "de")
    assert paths(shops) == [DE]


async def test_a_region_that_is_not_allowed_is_never_asked(shops: AudnexusStandIn, audnexus: Factory) -> None:
    assert await audnexus(languages={}).describe(Book("Die Messingflut", ADA, asin="BDAAAAAA10", language="de")) == ()
    assert not [path for path in paths(shops) if path.startswith(DE)]


async def test_the_ladder_goes_on_to_the_next_region(audnexus: Factory) -> None:
    (facts, *_) = await audnexus().describe(Book("Harbour Lights", ADA))
    assert facts.key == "uk:BKAAAAAA07"


async def test_a_wrong_subtitle_is_left_out(shops: AudnexusStandIn, audnexus: Factory) -> None:
    (facts, *_) = await audnexus().describe(Book("The Salt Hour: A Novel of the Sea", ADA))
    assert facts.key == "us:B0AAAAAA02"
    assert paths(shops) == [US, US]


@pytest.mark.parametrize(
    "book",
    [
        Book("Nowhere to Be Found", ("Nobody At All",)),
        Book("A Dictionary of Knots", ("Somebody Else",)),
        Book("Tides: The Podcast", ADA),
        Book("?", ADA),
    ],
)
async def test_other_books_are_no_answer(audnexus: Factory, book: Book) -> None:
    assert await audnexus().describe(book) == ()


async def test_the_order_of_the_shop_is_no_evidence(shops: AudnexusStandIn, audnexus: Factory) -> None:
    shops.products.reverse()
    (facts, *_) = await audnexus().describe(BRASS)
    assert facts.key == "us:B0AAAAAA01"


async def test_another_volume_is_not_the_book(audnexus: Factory) -> None:
    found = await audnexus().describe(replace(BRASS, series=(SeriesPlace("The Tide Clocks", "4"),)))
    assert all((facts.score or 0) < 0.85 for facts in found)


async def test_an_asin_of_something_else_is_not_believed(audnexus: Factory) -> None:
    (facts, *_) = await audnexus().describe(Book("A Dictionary of Knots", ("Ada Thornley",), asin="B0AAAAAA02"))
    assert facts.key == "us:B0AAAAAA08"


async def test_books_no_longer_sold_are_known_to_audnexus(shops: AudnexusStandIn, audnexus: Factory) -> None:
    shops.withdraw("B0AAAAAA02")
    (facts,) = await audnexus().describe(SALT)
    assert (facts.key, facts.runtime, facts.score) == ("us:B0AAAAAA02", 36_000.0, 1.0)
    assert paths(shops)[-1] == "/books/B0AAAAAA02"


@pytest.mark.parametrize("old", [False, True])
async def test_audnexus_reports_a_wrong_region_in_two_ways(
    shops: AudnexusStandIn, audnexus: Factory, *, old: bool
) -> None:
    shops.old_errors = old
    shops.withdraw("BKAAAAAA07")
    (facts,) = await audnexus().describe(Book("Harbour Lights", ADA, asin="BKAAAAAA07"))
    assert facts.key == "uk:BKAAAAAA07"
    assert paths(shops)[-2:] == ["/books/BKAAAAAA07"] * 2


async def test_a_podcast_under_the_asin_is_no_book(shops: AudnexusStandIn, audnexus: Factory) -> None:
    assert await audnexus().describe(Book("Tides: The Podcast", ADA, asin="B0AAAAAA11")) == ()


async def test_audnexus_helps_out_while_the_shops_are_silent(
    shops: AudnexusStandIn, audnexus: Factory, memory: Memory
) -> None:
    shops.faults.always(Fault.SERVER_ERROR, "/audible")
    plugin = audnexus()
    (facts,) = await plugin.describe(SALT)
    assert (facts.key, facts.narrators) == ("us:B0AAAAAA02", ("Joss Pell",))
    assert memory.values == {}, "half an answer is not kept"
    with pytest.raises(Unavailable):
        await plugin.describe(BRASS)
    shops.faults.clear()
    assert (await plugin.describe(SALT))[0].series == (SeriesPlace("The Tide Clocks", "2"),)


async def test_no_answer_of_audnexus_is_not_taken_for_no_such_book(
    shops: AudnexusStandIn, audnexus: Factory, memory: Memory
) -> None:
    shops.withdraw("B0AAAAAA02")
    shops.faults.always(Fault.BAD_GATEWAY, "/books")
    with pytest.raises(Unavailable, match="502"):
        await audnexus().describe(SALT)
    assert memory.values == {}


async def test_answers_are_kept_for_a_month_and_serve_longer_in_need(
    shops: AudnexusStandIn, audnexus: Factory, clock: Clock
) -> None:
    first = await audnexus().describe(BRASS)
    asked = len(shops.requests)
    clock.advance(29 * 86_400)
    assert await audnexus().describe(BRASS) == first, "also after a restart"
    assert len(shops.requests) == asked
    clock.advance(2 * 86_400)
    shops.faults.always(Fault.DROPPED)
    assert await audnexus().describe(BRASS) == first
    assert len(shops.requests) > asked


async def test_nothing_found_is_kept_for_a_day(shops: AudnexusStandIn, audnexus: Factory, clock: Clock) -> None:
    nowhere = Book("Nowhere to Be Found", ("Nobody At All",))
    assert await audnexus().describe(nowhere) == ()
    asked = len(shops.requests)
    assert await audnexus().describe(nowhere) == ()
    assert len(shops.requests) == asked
    clock.advance(86_401)
    assert await audnexus().describe(nowhere) == ()
    assert len(shops.requests) > asked
