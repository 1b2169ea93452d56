"""What people decide stays decided: ignored gaps, wanted gaps, merged names."""

from __future__ import annotations

import pytest
from tests.core.upkeep.completion.homes import Home, volumes, work

from audiobook_daemon.models import WantState
from audiobook_daemon.pipeline import NotPossible
from audiobook_daemon.store import GapState, ProposalState
from audiobook_daemon.upkeep.completing import UnknownProposal
from audiobook_daemon.upkeep.completion.people import UnknownGap

TIDE = "The Tide Wardens"


async def test_ignoring_drops_the_want(home: Home) -> None:
    home.own("Ebb", TIDE, "1")
    home.hardcover.knows(TIDE, *volumes(2))
    await home.series_completion()
    await home.completing.ignore_gap((await home.gaps())["Flood"].id or 0)
    assert [want.state for want in await home.wants()] == [WantState.DROPPED]
    home.clock.pass_by(days=40)
    await home.series_completion()
    assert (await home.gaps())["Flood"].state is GapState.IGNORED


async def test_an_ignored_volume_stays_ignored_under_its_final_title(home: Home) -> None:
    home.series(want=False)
    home.own("Ebb", TIDE, "1")
    home.hardcover.knows(TIDE, *volumes(1), work("The Tide Wardens, Book 2", "2", released="2027-01-01"))
    await home.series_completion()
    (gap,) = (await home.gaps()).values()
    await home.completing.ignore_gap(gap.id or 0)
    home.hardcover.knows(TIDE, *volumes(2))
    home.clock.pass_by(days=400)
    home.series(want=True)
    await home.series_completion()
    assert await home.wanted() == []


async def test_a_person_may_want_what_is_not_out_yet(home: Home) -> None:
    home.own("Ebb", TIDE, "1")
    home.hardcover.knows(TIDE, *volumes(1), work("Flood", "2", released="2027-01-01"))
    await home.series_completion()
    await home.completing.want_gap((await home.gaps())["Flood"].id or 0)
    (want,) = await home.wants()
    assert want.wish.origin == "manual"
    await home.completing.recount()
    assert (await home.gaps())["Flood"].state is GapState.WANTED


async def test_what_is_owned_cannot_be_ignored(home: Home) -> None:
    home.series(want=False)
    home.own("Ebb", TIDE, "1")
    home.hardcover.knows(TIDE, *volumes(2))
    await home.series_completion()
    home.own("Flood", TIDE, "2")
    await home.series_completion()
    gap = (await home.gaps())["Flood"]
    assert gap.state is GapState.FILLED
    with pytest.raises(NotPossible, match="is owned"):
        await home.completing.ignore_gap(gap.id or 0)


async def test_unknown_ids_are_told(home: Home) -> None:
    with pytest.raises(UnknownGap):
        await home.completing.ignore_gap(5)
    with pytest.raises(UnknownGap):
        await home.completing.want_gap(5)
    with pytest.raises(UnknownProposal):
        await home.completing.accept_merge(5)


async def two_names(home: Home) -> None:
    home.own("Ebb", TIDE, "1")
    home.own("Flood", TIDE, "2")
    home.own("Slack Water", "The Tide Warden", "3")
    home.hardcover.knows(TIDE, *volumes(5))
    await home.series_completion(dry_run=True)
    assert await home.database.merges.list() == ()
    await home.series_completion()


async def test_an_accepted_merge_makes_one_series_of_two_names(home: Home) -> None:
    await two_names(home)
    (proposal,) = await home.database.merges.list()
    assert (proposal.canonical, proposal.state) == (TIDE, ProposalState.OPEN)
    ignored = (await home.gaps())["Spring Tide"]
    await home.completing.ignore_gap(ignored.id or 0)
    await home.completing.accept_merge(proposal.id or 0)
    await home.series_completion()
    (series,) = await home.database.series.all()
    assert (series.name, series.owned, series.total) == (TIDE, 3, 5)
    assert (await home.gaps())["Spring Tide"].state is GapState.IGNORED
    assert [one.state for one in await home.database.merges.list()] == [ProposalState.ACCEPTED]


async def test_a_refused_merge_is_not_proposed_again(home: Home) -> None:
    await two_names(home)
    (proposal,) = await home.database.merges.list()
    await home.completing.refuse_merge(proposal.id or 0)
    home.clock.pass_by(days=40)
    await home.series_completion()
    assert [one.state for one in await home.database.merges.list()] == [ProposalState.REFUSED]
    assert len(await home.database.series.all()) == 2


async def test_a_series_keeps_its_key_when_another_author_comes_first(home: Home) -> None:
    home.own("Ebb", TIDE, "1")
    home.hardcover.knows(TIDE, *volumes(3))
    await home.series_completion()
    key = (await home.standing(TIDE)).key
    for title in ("Slack Water", "Undertow"):
        home.own(title, TIDE, "3" if title == "Slack Water" else "4", author="Ada Finch")
    home.own("Riptide", TIDE, "5", author="Ada Finch")
    await home.completing.recount()
    assert key in {one.key for one in await home.database.series.all()}
