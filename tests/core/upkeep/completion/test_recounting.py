"""A recount counts what has changed, and nothing else; portion by portion it comes to what the whole would."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.core.upkeep.completion.homes import Home, work

from audiobook_daemon.pipeline.keys import keyed
from audiobook_daemon.store import Gap, GapState, MergeProposal, ProposalState, SeriesStanding
from audiobook_daemon.upkeep.completion import recounting
from audiobook_daemon.upkeep.completion.rounds import Round

LINES = ("Alpha Line", "Beta Line", "Gamma Line")
ALPHA = {"Alpha Line", "Alpha Author"}


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The names of the series and authors that were counted."""
    names: set[str] = set()
    count = Round.count

    async def noting(self: Round[Any], *given: object) -> None:
        await count(self, *given)  # type: ignore[arg-type]
        names.update(one.name for one in self.subjects)

    monkeypatch.setattr(Round, "count", noting)
    return names


async def own_lines(home: Home) -> None:
    """A series of an author each, of which the second volume is missing."""
    home.series(want=False)
    for line in LINES:
        home.own(f"{line} Ebb", line, "1", author=_author(line))
        works = [work(f"{line} {end}", str(n), line, author=_author(line)) for n, end in enumerate(("Ebb", "Flood"), 1)]
        home.hardcover.knows(line, *works, author=_author(line))
    await home.series_completion()


async def settle(home: Home, counted: set[str]) -> None:
    """Count until nothing more comes of it."""
    for _ in range(2):
        await home.completing.recount()
    counted.clear()


def _author(line: str) -> str:
    return f"{line.split(maxsplit=1)[0]} Author"


async def test_what_is_as_it_was_is_not_counted_again(home: Home, counted: set[str]) -> None:
    await own_lines(home)
    await settle(home, counted)
    outcome = await home.completing.recount()
    assert counted == set()
    assert outcome.summary == "recount: 3 series (3 partial); 3 authors (3 unknown)."


async def test_a_book_that_came_is_counted_with_all_it_shares_an_author_or_series_with(
    home: Home, counted: set[str]
) -> None:
    await own_lines(home)
    await settle(home, counted)
    flood = home.own("Alpha Line Flood", "Alpha Line", "2", author="Alpha Author")
    await home.database.books.upsert([keyed(flood)])
    await home.completing.recount()
    assert counted == ALPHA
    assert (await home.gaps())["Alpha Line Flood"].state is GapState.FILLED
    assert (await home.standing("Alpha Line")).missing == 0


@pytest.mark.parametrize("change", ["title", "missing", "gap", "standing"])
async def test_any_change_is_noticed_though_the_clock_stands_still(home: Home, counted: set[str], change: str) -> None:
    await own_lines(home)
    await settle(home, counted)
    (item,) = [one for _, one in await home.database.books.all() if one.book.title == "Alpha Line Ebb"]
    if change == "title":
        await home.database.books.upsert([keyed(replace(item, book=replace(item.book, title="Alpha Line Tide")))])
    elif change == "missing":
        await home.database.books.mark_missing(item.library, [item.id])
    elif change == "gap":
        await home.completing.ignore_gap((await home.gaps())["Alpha Line Flood"].id or 0)
    else:
        await home.database.series.one_came((await home.standing("Alpha Line")).key)
    await home.completing.recount()
    assert counted == ALPHA


async def test_a_want_that_ended_is_noticed(home: Home, counted: set[str]) -> None:
    await own_lines(home)
    await home.completing.want_gap((await home.gaps())["Beta Line Flood"].id or 0)
    await settle(home, counted)
    (want,) = await home.wants()
    await home.people.drop(want.id)
    await home.completing.recount()
    assert counted == {"Beta Line", "Beta Author"}
    assert (await home.gaps())["Beta Line Flood"].state is GapState.IGNORED


@pytest.mark.parametrize("change", ["day", "settings"])
async def test_everything_is_counted_when_what_all_depend_on_is_another(
    home: Home, counted: set[str], change: str
) -> None:
    await own_lines(home)
    await settle(home, counted)
    if change == "day":
        home.clock.pass_by(days=1)
    else:
        home.series(want=False, skip=("novella",))
    await home.completing.recount()
    assert counted == {*LINES, *map(_author, LINES)}


async def test_a_rehearsal_counts_everything_and_writes_nothing(home: Home, counted: set[str]) -> None:
    await own_lines(home)
    await settle(home, counted)
    home.house.world.settings = replace(home.house.world.settings, dry_run=True)
    before = await home.database.series.all()
    outcome = await home.completing.recount()
    assert counted == {*LINES, *map(_author, LINES)}
    assert outcome.summary == "recount: 3 series (3 partial); 3 authors (3 unknown)."
    assert await home.database.series.all() == before


async def test_a_follow_and_a_merge_reach_their_series_in_small_portions_too(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recounting, "_BOOKS", 1)
    await own_lines(home)
    await home.following.follow(series="The Alpha Line")
    beta, gamma = await home.standing("Beta Line"), await home.standing("Gamma Line")
    await home.database.merges.propose([MergeProposal("series", beta.key, gamma.key, "Beta Line", "")])
    (proposal,) = [one for one in await home.database.merges.list(ProposalState.OPEN) if one.other == gamma.key]
    await home.completing.accept_merge(proposal.id or 0)
    portioned = await _counted(home)
    monkeypatch.setattr(recounting, "_BOOKS", 1_000_000)
    await _forget_what_was_counted(home)
    assert await _counted(home) == portioned
    names = [one.name for one in portioned[0]]
    assert names == ["Alpha Line", "Beta Line"]
    assert portioned[0][1].authors == ("Beta Author", "Gamma Author")


async def _counted(home: Home) -> tuple[tuple[SeriesStanding, ...], tuple[Gap, ...]]:
    for _ in range(2):
        await home.completing.recount()
    return await home.database.series.all(), await home.database.gaps.list(limit=500)


async def _forget_what_was_counted(home: Home) -> None:
    home.completing._recount = recounting.Recount(home.house)
