"""One torrent that two indexers offer is one release, and is had from whoever is still there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audiobook_daemon.models import Offer, Release, WantState

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import SmallWorld

PAGE = "https://tracker.example/t/7"


def two_offers(world: SmallWorld) -> Release:
    """Let both indexers offer one torrent; returns what is made of the two."""
    native = replace(world.offer(), page=PAGE)
    text = Release("prowlarr", "1-7", "Emma by Jane Austen [ENG / MP3]", page=PAGE, seed_time=9, extra={"link": "QUJD"})
    world.mam.offers, world.prowlarr.offers = [native], [text]
    return replace(native, seed_time=9, also=(Offer("prowlarr", "1-7", {"link": "QUJD"}),))


async def test_it_is_judged_once_and_chosen_from_the_one_that_knows_it_best(world: SmallWorld) -> None:
    want = await world.want()
    merged = two_offers(world)
    await world.pipeline.choose()
    want = await world.now(want)
    assert (want.state, want.release) == (WantState.CHOSEN, merged)
    (decision,) = await world.database.decisions.for_want(want.id)
    assert [candidate.release for candidate in decision.candidates] == [merged]


async def test_when_its_indexer_is_gone_it_is_had_from_the_other(world: SmallWorld) -> None:
    merged = two_offers(world)
    want = await world.want(state=WantState.CHOSEN, release=merged)
    await world.have("prowlarr", "qbittorrent")
    await world.pipeline.grab()
    want = await world.now(want)
    other = replace(merged, source="prowlarr", key="1-7", extra={"link": "QUJD"})
    assert (want.state, want.release) == (WantState.DOWNLOADING, other)
    assert world.prowlarr.asked["fetch"] == [other]


async def test_when_all_who_offered_it_are_gone_it_is_chosen_anew(world: SmallWorld) -> None:
    want = await world.want(state=WantState.CHOSEN, release=two_offers(world))
    await world.have("qbittorrent")
    await world.pipeline.grab()
    want = await world.now(want)
    assert (want.state, want.code, want.release) == (WantState.WANTED, "source_gone", None)


async def test_while_its_indexer_is_there_no_other_is_asked(world: SmallWorld) -> None:
    await world.want(state=WantState.CHOSEN, release=two_offers(world))
    await world.pipeline.grab()
    assert len(world.mam.asked["fetch"]) == 1
    assert world.prowlarr.asked["fetch"] == []
