"""Listing series and authors before the shops on loopback."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

import pytest

from audiobook_daemon import AuthorQuestion, Book, SeriesPlace, SeriesQuestion, Unavailable, Work, WorkKind
from audiobook_daemon.demo.audnexus import AudnexusStandIn, ShopPlace, ShopProduct, series_asin
from audiobook_daemon.demo.faults import Fault
from audiobook_plugins.audnexus import Audnexus

Factory = Callable[..., Audnexus]
ADA = ("Ada Thornquist",)
CLOCKS = (SeriesPlace("The Tide Clocks", "1"),)
BRASS = Book("The Brass Tide", ADA, series=CLOCKS, asin="B0AAAAAA01")
ASKED = SeriesQuestion("The Tide Clocks", ADA, (BRASS,), "en")
US = "/audible.com/1.0/catalog/products"


class Clock(Protocol):
    def advance(self, seconds: float) -> None: ...


def places(works: Sequence[Work]) -> list[tuple[str | None, WorkKind]]:
    return [(work.book.series[0].position, work.kind) for work in works]


def novels(count: int, **more: object) -> list[ShopProduct]:
    """So many volumes of one long series by one author."""
    return [
        ShopProduct(
            asin=f"B0LONG{number:04d}",
            title=f"Weir and Lock {number}",
            authors=("Ivo Keel",),
            language="english",
            places=(ShopPlace("Weir and Lock", str(number)),),
            **more,  # type: ignore[arg-type]
        )
        for number in range(1, count + 1)
    ]


async def test_a_series_is_found_by_what_is_owned_and_listed_whole(shops: AudnexusStandIn, audnexus: Factory) -> None:
    (record,) = await audnexus().series_of(ASKED)
    assert (record.source, record.name, record.authors) == ("audnexus", "The Tide Clocks", ADA)
    assert record.key == f"us:{series_asin('The Tide Clocks', 'us')}"
    assert places(record.works) == [
        ("1", WorkKind.UNKNOWN),
        ("2", WorkKind.UNKNOWN),
        ("3", WorkKind.UNKNOWN),
        ("0.5", WorkKind.UNKNOWN),
        ("1-2", WorkKind.OMNIBUS),
        ("1", WorkKind.DRAMATISATION),
        ("1", WorkKind.UNKNOWN),
    ]
    first = record.works[0]
    assert (first.key, first.region, first.runtime, first.narrators) == (
        "us:B0AAAAAA01",
        "us",
        36_000.0,
        ("Joss Pell",),
    )
    assert (first.audiobook, first.abridged, first.book.language) == (True, False, "en")
    assert record.works[-1].book.language == "es", "languages are told, not judged"
    asked = [served.path for served in shops.requests]
    assert asked == [f"{US}/B0AAAAAA01", f"{US}/{series_asin('The Tide Clocks', 'us')}", US]


async def test_a_volume_to_come_keeps_its_date(audnexus: Factory) -> None:
    (record,) = await audnexus().series_of(ASKED)
    (to_come,) = [work for work in record.works if work.book.title == "The Moon Escapement"]
    assert (to_come.released, to_come.runtime) == ("2027-01-05", None)


async def test_titles_of_other_regions_become_aliases(audnexus: Factory) -> None:
    british = Book("The Brass Ebb", ADA, series=CLOCKS, asin="BKAAAAAA01")
    (record,) = await audnexus().series_of(replace(ASKED, owned=(BRASS, british)))
    (first, *_) = record.works
    assert (first.book.title, first.book.aliases) == ("The Brass Tide", ("The Brass Ebb",))
    assert first.book.other_ids == ("BKAAAAAA01",)
    assert len(record.works) == 7, "nothing is doubled"


@pytest.mark.parametrize(
    "asked",
    [
        SeriesQuestion("The Tide Clocks", ADA, (Book("The Salt Hour", ADA),)),
        SeriesQuestion("Tide Clocks Series", ADA),
        SeriesQuestion("The Tide Clocks"),
        SeriesQuestion("The Tide Clocks", ADA, (Book("The Salt Hour", ADA, asin="B0UNKNOWN1"),)),
    ],
)
async def test_without_a_known_asin_the_shop_is_searched(audnexus: Factory, asked: SeriesQuestion) -> None:
    (record,) = await audnexus().series_of(asked)
    assert record.name == "The Tide Clocks"
    assert len(record.works) == 7


async def test_a_series_of_another_name_is_the_one_where_the_books_stand_alike(audnexus: Factory) -> None:
    mine = Book("The Salt Hour", ADA, series=(SeriesPlace("Chronometers", "2"),), asin="B0AAAAAA02")
    (record,) = await audnexus().series_of(SeriesQuestion("Chronometers", ADA, (mine,)))
    assert record.name == "The Tide Clocks"
    elsewhere = replace(mine, series=(SeriesPlace("Chronometers", "9"),))
    assert await audnexus().series_of(SeriesQuestion("Chronometers", ADA, (elsewhere,))) == []


async def test_names_alone_do_not_make_a_series_of_another_author(audnexus: Factory) -> None:
    assert await audnexus().series_of(SeriesQuestion("The Tide Clocks", ("Rolf Anders",))) == []


async def test_long_series_are_read_in_batches(shops: AudnexusStandIn, audnexus: Factory) -> None:
    shops.products = novels(120)
    (record,) = await audnexus().series_of(SeriesQuestion("Weir and Lock", owned=(Book("x", asin="B0LONG0007"),)))
    assert [work.book.series[0].position for work in record.works] == [str(number) for number in range(1, 121)]
    assert [served.path for served in shops.requests].count(US) == 3


async def test_a_member_the_shop_does_not_have_is_left_out(shops: AudnexusStandIn, audnexus: Factory) -> None:
    shops.products = [*novels(3), replace(novels(4)[3], title=None)]
    (record,) = await audnexus().series_of(SeriesQuestion("Weir and Lock", owned=(Book("x", asin="B0LONG0001"),)))
    assert len(record.works) == 3


async def test_lists_are_kept_for_a_week_and_serve_longer_in_need(
    shops: AudnexusStandIn, audnexus: Factory, clock: Clock
) -> None:
    first = await audnexus().series_of(ASKED)
    works = await audnexus().works_by(AuthorQuestion(ADA[0]))
    asked = len(shops.requests)
    clock.advance(6 * 86_400)
    assert await audnexus().series_of(ASKED) == first
    assert await audnexus().works_by(AuthorQuestion(ADA[0])) == works
    assert len(shops.requests) == asked
    clock.advance(2 * 86_400)
    shops.faults.always(Fault.SERVER_ERROR)
    assert await audnexus().series_of(ASKED) == first
    assert await audnexus().works_by(AuthorQuestion(ADA[0])) == works
    assert len(shops.requests) > asked


async def test_a_series_cut_off_half_way_is_no_short_series(shops: AudnexusStandIn, audnexus: Factory) -> None:
    shops.products = novels(120)
    plugin, asked = audnexus(), SeriesQuestion("Weir and Lock", owned=(Book("x", asin="B0LONG0001"),))
    for path in (f"{US}/B0LONG0001", f"{US}/{series_asin('Weir and Lock', 'us')}", US):
        shops.faults.next(Fault.BAD_GATEWAY, match=path)
        with pytest.raises(Unavailable):
            await plugin.series_of(asked)
    (record,) = await plugin.series_of(asked)
    assert len(record.works) == 120


async def test_an_author_s_recordings_without_namesakes_and_other_languages(audnexus: Factory) -> None:
    works = await audnexus().works_by(AuthorQuestion(ADA[0], languages=("en",)))
    assert {work.book.title for work in works} == {
        "The Brass Tide",
        "The Salt Hour",
        "The Moon Escapement",
        "The Little Clock",
        "The Tide Clocks: Books 1-2",
        "The Brass Tide (Part 1 of 2) (Dramatized Adaptation)",
        "Harbour Lights",
    }
    assert all(work.audiobook and work.source == "audnexus" for work in works)
    kinds = {work.book.title: work.kind for work in works}
    assert kinds["The Tide Clocks: Books 1-2"] is WorkKind.OMNIBUS
    (first,) = [work for work in works if work.book.title == "The Brass Tide"]
    assert (first.book.aliases, first.book.other_ids) == (("The Brass Ebb",), ("BKAAAAAA01",))


async def test_the_shops_of_the_wanted_languages_are_asked(shops: AudnexusStandIn, audnexus: Factory) -> None:
    (work,) = await audnexus().works_by(AuthorQuestion(ADA[0], languages=("de",)))
    assert (work.book.title, work.region) == ("Die Messingflut", "de")
    assert {served.path for served in shops.requests} == {"/audible.de/1.0/catalog/products"}


@pytest.mark.parametrize(("count", "pages"), [(49, 1), (50, 2), (51, 2), (120, 3)])
async def test_all_pages_are_read_from_the_first(
    shops: AudnexusStandIn, audnexus: Factory, count: int, pages: int
) -> None:
    shops.products = novels(count)
    works = await audnexus(regions=["us"]).works_by(AuthorQuestion("Ivo Keel"))
    assert sorted(work.key or "" for work in works) == [f"us:B0LONG{number:04d}" for number in range(1, count + 1)]
    assert len(shops.requests) == pages


async def test_a_shop_that_repeats_its_page_does_not_keep_us(shops: AudnexusStandIn, audnexus: Factory) -> None:
    shops.products = novels(60)
    shops.turns_pages = False
    works = await audnexus(regions=["us"]).works_by(AuthorQuestion("Ivo Keel"))
    assert len(works) == 50
    assert len(shops.requests) == 2


async def test_owned_books_tell_namesakes_apart(shops: AudnexusStandIn, audnexus: Factory) -> None:
    twin = {"region": "us", "language": "english", "released": date(2020, 1, 1)}
    shops.products = [
        ShopProduct(asin="B0TWIN0001", title="Bread", authors=("J. Keel",), **twin),  # type: ignore[arg-type]
        ShopProduct(asin="B0TWIN0002", title="Butter", authors=("J. Keel",), **twin),  # type: ignore[arg-type]
        ShopProduct(asin="B0TWIN0003", title="Bolts", authors=("Jan Keel",), **twin),  # type: ignore[arg-type]
    ]
    plugin = audnexus(regions=["us"])
    everything = await plugin.works_by(AuthorQuestion("J. Keel"))
    assert {work.book.title for work in everything} == {"Bread", "Butter"}, "initials alone are no proof"
    mine = AuthorQuestion("Jan Keel", owned=(Book("Bread", ("J. Keel",), asin="B0TWIN0001"),))
    assert {work.book.title for work in await plugin.works_by(mine)} == {"Bread", "Butter"}


async def test_an_unknown_author_has_no_works(audnexus: Factory) -> None:
    assert await audnexus().works_by(AuthorQuestion("Nobody Whatsoever")) == ()
    assert await audnexus().series_of(SeriesQuestion("No Such Series", ("Nobody Whatsoever",))) == []
