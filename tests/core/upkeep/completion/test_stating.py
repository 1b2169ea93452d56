"""What people say of series and authors outlasts whatever is counted and looked up, and is heeded by both."""

from __future__ import annotations

import asyncio

import pytest
from tests.core.upkeep.completion.homes import AUTHOR, Home, volumes

from audiobook_daemon.models import Outcome
from audiobook_daemon.pipeline.sync import read_library
from audiobook_daemon.store import Completion, GapState, Stated
from audiobook_daemon.upkeep.stating import NotStated, Stating

WARDENS = "The Tide Wardens"


@pytest.fixture
def stating(home: Home) -> Stating:
    return Stating(home.house)


def number(outcome: Outcome) -> int:
    """The row of which an outcome tells."""
    assert isinstance(outcome.data, dict)
    return int(outcome.data["id"])


async def two_of_four(home: Home) -> int:
    """A series of four, of which two are owned and nothing is wanted; returns the id of its row."""
    home.series(want=False)
    home.own("Ebb", WARDENS, "1")
    home.own("Flood", WARDENS, "2")
    home.hardcover.knows(WARDENS, *volumes(4))
    await home.series_completion()
    return (await home.standing(WARDENS)).id or 0


async def test_books_that_come_later_belong_to_the_series_that_a_person_wrote_down(
    home: Home, stating: Stating
) -> None:
    written = number(await stating.add_series("Tide Wardens", total=4))
    home.own("Ebb", WARDENS, "1")
    await home.series_completion()
    (known,) = await home.database.series.all()
    assert (known.id, known.name, known.owned, known.total, known.missing) == (written, "Tide Wardens", 1, 4, 3)


async def test_what_a_person_says_outlasts_what_sources_say_later(home: Home, stating: Stating) -> None:
    series = await two_of_four(home)
    await stating.correct_series(series, name="Wardens", author="M. Holt", total=9)
    home.hardcover.knows(WARDENS, *volumes(5))
    home.clock.pass_by(days=90)
    await home.series_completion()
    known = await home.standing("Wardens")
    assert (known.id, known.authors, known.total, known.owned, known.missing) == (series, ("M. Holt",), 9, 2, 7)
    assert len(known.works) == 5
    assert (await home.series_completion("wardens")).processed == 1


async def test_a_total_that_is_said_during_a_run_counts_at_its_end(home: Home, stating: Stating) -> None:
    series = await two_of_four(home)

    async def say() -> None:
        await stating.correct_series(series, total=8)

    home.hardcover.before = say
    home.clock.pass_by(days=90)
    await asyncio.wait_for(home.series_completion(), 30)
    known = await home.standing(WARDENS)
    assert (known.stated.total, known.total, known.missing, known.percent) == (8, 8, 6, 25.0)


async def test_nothing_more_is_wanted_of_a_series_that_a_person_calls_complete(home: Home, stating: Stating) -> None:
    series = await two_of_four(home)
    await stating.correct_series(series, total=2)
    assert await home.gaps() == {}
    home.series(want=True)
    home.clock.pass_by(days=90)
    await home.series_completion()
    assert await home.wanted() == []
    await stating.correct_series(series, forget=["total"])
    assert set(await home.gaps(GapState.FOUND)) == {"Slack Water", "Undertow"}


async def test_what_a_person_ignores_stays_ignored_when_a_total_is_said(home: Home, stating: Stating) -> None:
    series = await two_of_four(home)
    gap = (await home.gaps())["Undertow"]
    await home.completing.ignore_gap(gap.id or 0)
    await stating.correct_series(series, total=2)
    assert {title: gap.state for title, gap in (await home.gaps()).items()} == {"Undertow": GapState.IGNORED}


async def test_what_is_said_stays_when_the_books_go(home: Home, stating: Stating) -> None:
    series = await two_of_four(home)
    await stating.correct_series(series, goodreads="45")
    other = number(await stating.add_author("Ida Abel", goodreads="7"))
    home.shelf.holds.clear()
    for _, item in await home.database.books.all():
        await home.database.books.mark_missing("shelf", [item.id])
    await home.completing.recount()
    kept = await home.database.series.get(series)
    assert kept
    assert kept.stated.ids == {"goodreads": "45"}
    author = await home.database.authors.get(other)
    assert author
    assert author.stated == Stated(by_hand=True, name="Ida Abel", ids={"goodreads": "7"})


async def test_a_book_that_comes_counts_towards_the_total_a_person_says(home: Home, stating: Stating) -> None:
    series = await two_of_four(home)
    await stating.correct_series(series, total=3)
    await home.database.series.one_came((await home.standing(WARDENS)).key)
    known = await home.standing(WARDENS)
    assert (known.owned, known.missing, known.status) == (3, 0, Completion.COMPLETE)


async def test_what_is_not_there_cannot_be_corrected_counted_or_forgotten(stating: Stating) -> None:
    for saying in (stating.correct_series(9, total=1), stating.recount_author(9), stating.forget_series(9)):
        with pytest.raises(NotStated, match=r"There is no (series|author) 9"):
            await saying


async def test_one_counted_alone_stands_as_when_all_are_counted(home: Home, stating: Stating) -> None:
    series = await two_of_four(home)
    await home.completing.recount()
    home.own("Slack Water", WARDENS, "3")
    home.own("Alone")
    await read_library(home.house.world)
    author = (await home.database.authors.named(AUTHOR))[0]
    await stating.recount_series(series)
    await stating.recount_author(author.id or 0)
    alone = await home.database.series.get(series), await home.database.authors.get(author.id or 0)
    assert [one.owned for one in alone if one] == [3, 4]
    assert set(await home.gaps(GapState.FOUND)) == {"Undertow"}
    await home.completing.recount()
    assert (await home.database.series.get(series), await home.database.authors.get(author.id or 0)) == alone


async def test_what_a_person_wrote_down_can_be_looked_up_though_nothing_of_it_is_owned(
    home: Home, stating: Stating
) -> None:
    series = number(await stating.add_series(WARDENS))
    home.hardcover.knows(WARDENS, *volumes(3))
    assert (await home.series_completion()).processed == 0
    assert (await home.series_completion(WARDENS)).processed == 1
    known = await home.database.series.get(series)
    assert known
    assert (known.total, known.missing, known.authors) == (3, 3, (AUTHOR,))
    assert await home.wanted() == []
