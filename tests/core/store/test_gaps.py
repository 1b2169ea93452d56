"""Gaps, follows and proposals as rows: kept once, and what people decided is not overwritten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from audiobook_daemon.models import Book, Wish, Work
from audiobook_daemon.store import (
    AuthorStanding,
    Database,
    Follow,
    Gap,
    GapKind,
    GapState,
    MergeProposal,
    ProposalState,
    SeriesStanding,
)

PassTime = Callable[[timedelta], datetime]
TIDES = "tides|holt mira"


def gap(title: str, state: GapState = GapState.FOUND, position: str | None = None, **more: object) -> Gap:
    return replace(
        Gap(GapKind.SERIES, TIDES, title, Work(Book(title)), state, position),
        **more,  # type: ignore[arg-type]
    )


@pytest.fixture
async def tides(database: Database) -> int:
    return (await database.series.save([SeriesStanding(TIDES, "Tides")]))[TIDES]


async def test_a_gap_comes_back_with_the_name_of_its_series_and_is_kept_once(
    database: Database, tides: int, now: datetime, pass_time: PassTime
) -> None:
    await database.gaps.save([(gap("Ebb"), tides)])
    pass_time(timedelta(days=1))
    await database.gaps.save([(gap("Ebb", GapState.GRADUAL), tides)])
    (known,) = await database.gaps.all(GapKind.SERIES)
    assert (known.of, known.title, known.state) == ("Tides", "Ebb", GapState.GRADUAL)
    assert known.found == now
    assert known == await database.gaps.get(known.id or 0)
    assert await database.gaps.get(99) is None


async def test_an_ignored_gap_is_not_overwritten_unless_it_is_wanted(database: Database, tides: int) -> None:
    await database.gaps.save([(gap("Ebb"), tides)])
    (known,) = await database.gaps.all(GapKind.SERIES)
    assert await database.gaps.change(known.id or 0, state=GapState.IGNORED, reason="No.")
    await database.gaps.save([(gap("Ebb"), tides)])
    await database.gaps.remove(GapKind.SERIES, [(TIDES, "Ebb")])
    assert (await database.gaps.all(GapKind.SERIES))[0].reason == "No."
    await database.gaps.save([(gap("Ebb", GapState.WANTED), tides)])
    assert (await database.gaps.all(GapKind.SERIES))[0].state is GapState.WANTED
    assert not await database.gaps.change(99, state=GapState.IGNORED)


async def test_what_turned_out_to_be_none_is_forgotten(database: Database, tides: int) -> None:
    await database.gaps.save([(gap("Ebb"), tides), (gap("Flood"), tides)])
    await database.gaps.remove(GapKind.SERIES, [(TIDES, "Ebb"), ("other", "Flood")])
    assert [one.title for one in await database.gaps.all(GapKind.SERIES)] == ["Flood"]


async def test_lists_are_in_the_order_of_the_series(database: Database, tides: int) -> None:
    found = [gap("Ten", position="10"), gap("Two", position="2"), gap("Half", position="2.5"), gap("Nowhere")]
    await database.gaps.save([(one, tides) for one in found])
    authors = await database.authors.save([AuthorStanding("holt", "Mira Holt")])
    lone = replace(gap("Lone"), kind=GapKind.AUTHOR, owner="holt", priority=2)
    await database.gaps.save([(lone, authors["holt"])])
    assert [one.title for one in await database.gaps.list()] == ["Two", "Half", "Ten", "Nowhere", "Lone"]
    assert [one.of for one in await database.gaps.list(kind=GapKind.AUTHOR)] == ["Mira Holt"]
    assert [one.title for one in await database.gaps.list(owner=TIDES, limit=1, offset=1)] == ["Half"]
    assert await database.gaps.list([GapState.WANTED]) == ()
    assert (await database.gaps.counts())[GapState.FOUND] == 5


async def test_what_is_to_come_is_told_by_date(database: Database, tides: int) -> None:
    dates = {"Late": "2027-03", "Soon": "2026-05-01", "Some day": None}
    await database.gaps.save(
        [(gap(title, GapState.UNRELEASED, released=released), tides) for title, released in dates.items()]
    )
    assert [one.title for one in await database.gaps.upcoming()] == ["Soon", "Late", "Some day"]


async def test_wants_are_counted_by_week_and_found_by_gap(
    database: Database, tides: int, now: datetime, pass_time: PassTime
) -> None:
    want, _ = await database.wants.add("ebb|", Wish(Book("Ebb")))
    wanted = gap("Ebb", GapState.WANTED, want_id=want.id, wanted=now)
    await database.gaps.save([(wanted, tides), (gap("Flood"), tides)])
    assert [one.title for one in await database.gaps.of_want(want.id)] == ["Ebb"]
    week = timedelta(days=7)
    assert await database.gaps.wanted_since(GapKind.SERIES, TIDES, now - week) == 1
    assert await database.gaps.wanted_since(GapKind.AUTHOR, TIDES, now - week) == 0
    assert await database.gaps.wanted_since(GapKind.SERIES, TIDES, pass_time(week) - week) == 0
    assert await database.wants.states([want.id, 99]) == {want.id: want.state}


async def test_gaps_go_with_their_series(database: Database, tides: int) -> None:
    await database.gaps.save([(gap("Ebb", GapState.FILLED), tides), (gap("Flood"), tides)])
    await database.series.remove([tides])
    assert await database.gaps.all(GapKind.SERIES) == ()


async def test_gaps_move_with_a_merge_and_none_is_doubled(database: Database, tides: int) -> None:
    other = (await database.series.save([SeriesStanding("tide", "Tide")]))["tide"]
    ignored = replace(gap("Ebb", GapState.IGNORED), owner="tide")
    await database.gaps.save([(ignored, other), (replace(gap("Flood"), owner="tide"), other), (gap("Flood"), tides)])
    await database.gaps.move(GapKind.SERIES, "tide", TIDES, tides)
    assert {one.title: (one.state, one.of) for one in await database.gaps.all(GapKind.SERIES, TIDES)} == {
        "Ebb": (GapState.IGNORED, "Tides"),
        "Flood": (GapState.FOUND, "Tides"),
    }


async def test_a_follow_is_kept_once_and_its_import_remembered(
    database: Database, now: datetime, pass_time: PassTime
) -> None:
    follow, created = await database.follows.add(Follow("author", "holt", "Mira Holt", rule={"author": "Mira Holt"}))
    assert created
    await database.follows.imported(follow.id or 0)
    pass_time(timedelta(days=1))
    await database.follows.imported(follow.id or 0)
    again, created = await database.follows.add(replace(follow, rule={"author": "Mira Holt", "pace": 2}))
    assert not created
    assert (again.imported, again.rule["pace"]) == (now, 2)
    assert await database.follows.remove("author", "holt")
    assert not await database.follows.remove("author", "holt")


async def test_the_configuration_takes_over_what_a_person_followed(database: Database) -> None:
    follow, _ = await database.follows.add(Follow("author", "holt", "Mira Holt"))
    await database.follows.imported(follow.id or 0)
    await database.follows.mirror([Follow("author", "holt", "Mira Holt", rule={"pace": 1})])
    (known,) = await database.follows.all()
    assert (known.origin, known.rule) == ("configuration", {"pace": 1})
    assert known.imported is not None
    await database.follows.mirror([])
    assert await database.follows.all() == ()


async def test_a_pair_is_proposed_once_whichever_way_round(database: Database) -> None:
    pair = MergeProposal("series", "a", "b", "A", "they are alike")
    assert await database.merges.propose([pair]) == 1
    assert await database.merges.propose([pair, replace(pair, one="b", other="a")]) == 0
    (known,) = await database.merges.list(ProposalState.OPEN, "series")
    assert await database.merges.decide(known.id or 0, ProposalState.REFUSED) == replace(
        known, state=ProposalState.REFUSED
    )
    assert await database.merges.propose([pair]) == 0
    assert await database.merges.decide(99, ProposalState.ACCEPTED) is None


async def test_a_book_that_two_series_and_its_author_lack_is_one_missing_book(database: Database, tides: int) -> None:
    coast = (await database.series.save([SeriesStanding("coast|holt mira", "Coast")]))["coast|holt mira"]
    holt = (await database.authors.save([AuthorStanding("holt mira", "Mira Holt")]))["holt mira"]
    of_author = [replace(gap(title), kind=GapKind.AUTHOR, owner="holt mira") for title in ("Ebb", "Lone")]
    await database.gaps.save([(gap("Ebb"), tides), (gap("Ebb", owner="coast|holt mira"), coast)])
    await database.gaps.save([(one, holt) for one in of_author])
    assert [(one.of, one.title) for one in await database.surveys.gaps(10)] == [
        ("Coast", "Ebb"), ("Mira Holt", "Lone"), ("Tides", "Ebb"),
    ]  # fmt: skip
    assert await database.surveys.count_gaps() == 2


async def test_gaps_are_read_on_after_the_last_and_by_their_owners(database: Database, tides: int) -> None:
    states = (GapState.FOUND, GapState.IGNORED, GapState.FOUND, GapState.GRADUAL)
    await database.gaps.save([(gap(f"Book {n}", state), tides) for n, state in enumerate(states)])
    wanted = (GapState.FOUND, GapState.GRADUAL)
    first = await database.gaps.after(0, wanted, 2)
    rest = await database.gaps.after(first[-1].id or 0, wanted, 2)
    assert [one.title for one in (*first, *rest)] == ["Book 0", "Book 2", "Book 3"]
    assert await database.gaps.after(rest[-1].id or 0, wanted, 2) == ()
    assert len(await database.gaps.of(GapKind.SERIES, [TIDES, "ashmark|"])) == len(states)
    assert await database.gaps.of(GapKind.AUTHOR, [TIDES]) == ()


async def test_the_authors_of_the_sums_are_those_that_are_listed(database: Database) -> None:
    assert (await database.surveys.sums()).authors == 0
    known = [AuthorStanding(key, key.title(), owned=owned) for key, owned in (("holt", 2), ("brand", 1), ("gone", 0))]
    await database.authors.save(known)
    assert (await database.surveys.sums()).authors == 2
