"""Series and authors are completed through the whole daemon: exactly, within the caps, and never by a wrong word."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.demo.faults import Fault
from audiobook_daemon.demo.hardcover.catalogue import HardcoverAuthor, HardcoverBook, HardcoverPlace, HardcoverSeries
from audiobook_daemon.models import WantState
from audiobook_daemon.store import Completion, GapState

if TYPE_CHECKING:
    from tests.flow.completion.conftest import Home, Owning
    from tests.flow.impatience import Impatience

LANTERN = "The Lantern Archive"
OWNED = ("The Glass Ferry", "The Ash Librarian")
MISSING = {"The Salt Cartographer": "2", "The Winter Ledger": "2.5"}
VERBS = ("choose", "grab", "watch", "verify", "shelve")
FAR = 2**40


async def test_gaps_are_found_exactly_and_what_is_to_come_waits_for_its_date(owning: Owning) -> None:
    async with owning(*OWNED) as home:
        await home.do("series_completion", series=LANTERN)
        assert list(await home.wants()) == list(MISSING)
        gaps = await home.gaps(LANTERN)
        assert {title: gap.position for title, gap in gaps.items()} == {**MISSING, "The Drowned Index": "4"}
        assert gaps["The Drowned Index"].state is GapState.UNRELEASED
        (series,) = await home.database.series.named(LANTERN)
        assert (series.owned, series.total, series.status) == (3, 5, Completion.PARTIAL)
        assert set(series.ids) >= {"hardcover", "audnexus"}
        want = (await home.wants())["The Salt Cartographer"]
        assert want.wish.note == "missing: The Lantern Archive 2, you own 3 of 5"
        assert "Nora Whitlock" in want.wish.narrators
        home.clock.pass_by(days=199)
        await home.do("series_completion", series=LANTERN)
        assert "The Drowned Index" not in await home.wants()
        home.clock.pass_by(days=2)
        await home.do("series_completion", series=LANTERN)
        assert list(await home.wants()) == [*MISSING, "The Drowned Index"]


async def test_running_again_wants_nothing_twice_and_a_dropped_want_stays_dropped(owning: Owning) -> None:
    async with owning(*OWNED) as home:
        await home.do("series_completion")
        await home.do("author_completion")
        first = await home.wants()
        told = len(home.told())
        await home.do("drop", want=first["The Winter Ledger"].id)
        for _ in range(2):
            home.clock.pass_by(days=40)
            await home.do("series_completion")
            await home.do("author_completion")
        again = await home.wants()
        assert list(again) == list(first)
        assert again["The Winter Ledger"].state is WantState.DROPPED
        assert (await home.gaps(LANTERN))["The Winter Ledger"].state is GapState.IGNORED
        assert len(home.told()) == told


async def test_a_missing_book_comes_and_closes_its_gap(owning: Owning) -> None:
    async with owning(*OWNED, more="series: {auto_grab: yes}") as home:
        await home.do("series_completion", series=LANTERN)
        async with asyncio.timeout(90):
            while {want.state for want in (await home.wants()).values()} != {WantState.SHELVED}:
                for verb in VERBS:
                    await home.do(verb)
                await asyncio.sleep(0.02)
        await home.daemon.upkeep.stop()
        gaps = await home.gaps(LANTERN)
        assert {gaps[title].state for title in MISSING} == {GapState.FILLED}
        (series,) = await home.database.series.named(LANTERN)
        assert (series.owned, series.missing, series.status) == (5, 0, Completion.COMPLETE)
        await home.do("recount")
        assert (await home.database.series.named(LANTERN))[0] == series


async def test_the_caps_hold_and_nothing_grabs_without_consent(owning: Owning) -> None:
    async with owning("Ozma of Oz", more="series: {most_wanted: 3, most_missing: 2}", books=9) as home:
        await home.do("series_completion")
        wants = await home.wants()
        assert len(wants) == 3
        await home.do("choose", limit=1)
        assert {want.state for want in (await home.wants()).values()} <= {WantState.REVIEW, WantState.WANTED}
        await home.do("series_completion")
        assert len(await home.wants()) == 6


@pytest.mark.parametrize(
    ("skip", "wanted"),
    [
        ("[omnibus, dramatisation, novella]", {"The Salt Cartographer"}),
        ("[dramatisation]", set(MISSING)),
    ],
)
async def test_kinds_are_left_out_as_the_settings_say(owning: Owning, skip: str, wanted: set[str]) -> None:
    async with owning(*OWNED, more=f"series: {{skip: {skip}}}") as home:
        await home.do("series_completion", series=LANTERN)
        assert set(await home.wants()) - {"The Lantern Archive: Books 1-3"} == wanted


@pytest.mark.parametrize("fault", [Fault.UNAVAILABLE, Fault.HTML, Fault.DRIP])
@pytest.mark.parametrize("service", ["hardcover", "audnexus"])
async def test_a_source_that_fails_for_the_whole_run_changes_nothing_wrongly(
    owning: Owning, impatience: Impatience, service: str, fault: Fault
) -> None:
    async with owning(*OWNED) as home:
        stand_in = getattr(home.world, service)
        impatience.spoil(stand_in, fault, retry_after=60)
        await home.do("series_completion", series=LANTERN)
        assert set(await home.wants()) <= set(MISSING)
        assert {gap.title for gap in (await home.gaps(LANTERN)).values()} <= {*MISSING, "The Drowned Index"}
        impatience.mend(stand_in)
        await home.made_anew(service)
        await home.do("series_completion", series=LANTERN)
        assert set(await home.wants()) == set(MISSING)


async def test_a_source_that_falls_silent_later_is_believed_still(owning: Owning, impatience: Impatience) -> None:
    async with owning(*OWNED, more="series: {want: no}") as home:
        await home.do("series_completion", series=LANTERN)
        (before,) = await home.database.series.named(LANTERN)
        for service in ("hardcover", "audnexus", "open_library"):
            impatience.spoil(getattr(home.world, service), Fault.SERVER_ERROR)
        home.clock.pass_by(days=300)
        await home.made_anew("hardcover", "audnexus", "open_library")
        await home.do("series_completion", series=LANTERN)
        (now,) = await home.database.series.named(LANTERN)
        assert [work.book.title for work in now.works] == [work.book.title for work in before.works]


def namesake(home: Home) -> None:
    """Another author's series of the same name, with volumes of its own."""
    known = home.world.hardcover.catalogue
    known.authors.append(HardcoverAuthor(id=FAR, name="Otto Brandauer"))
    known.series.append(HardcoverSeries(id=FAR, name=LANTERN, author=FAR))
    for number, title in enumerate(("Lamps of Old Vienna", "Lamps of New Vienna"), start=1):
        place = HardcoverPlace(FAR, number, str(number))
        known.books.append(HardcoverBook(id=FAR + number, title=title, authors=(FAR,), places=(place,), users=9000))


def absurd_positions(home: Home) -> None:
    known = home.world.hardcover.catalogue
    series = next(one for one in known.series if one.name == LANTERN)
    author = next(book.authors for book in known.books if any(place.series == series.id for place in book.places))
    for number in (99_999_999.0, -4.0):
        place = HardcoverPlace(series.id, number, str(number))
        known.books.append(
            HardcoverBook(id=FAR + int(number), title=f"Nowhere {number}", authors=author, places=(place,))
        )


@pytest.mark.parametrize("lie", [namesake, absurd_positions])
async def test_a_source_that_lies_has_nothing_wanted(owning: Owning, lie: object) -> None:
    async with owning(*OWNED) as home:
        assert callable(lie)
        lie(home)
        await home.do("series_completion", series=LANTERN)
        assert set(await home.wants()) <= set(MISSING)


async def test_authors_are_completed_by_owned_books_never_by_genre(owning: Owning) -> None:
    more = "authors: {small_gap: 20, most_wanted: 50}"
    async with owning("The Wonderful Wizard of Oz", "Ozma of Oz", more=more, books=9) as home:
        await home.do("author_completion")
        authors = {want.wish.book.authors for want in (await home.wants()).values()}
        assert authors == {("L. Frank Baum",)}
        assert "The Road to Oz" in await home.wants()
        assert "The Royal Book of Oz" not in await home.wants()
        assert all(want.wish.origin == "author_completion" for want in (await home.wants()).values())
        (baum,) = await home.database.authors.favourites()
        assert baum.owned == 2
