"""Policies have a veto when a release is chosen, and what was thought of each release is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audiobook_daemon import Price, Unavailable
from audiobook_daemon.models import Want, WantState

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import SmallWorld


async def choose(world: SmallWorld, want: Want) -> Want:
    await world.pipeline.choose()
    return await world.now(want)


async def test_what_a_policy_forbids_is_not_taken(world: SmallWorld) -> None:
    want = await world.want()
    free = replace(world.offer(key="free"), seeders=1)
    world.mam.offers = [replace(world.offer(key="dear"), price=Price.FREE), free]
    world.budget.forbids = ["dear"]
    want = await choose(world, want)
    assert want.release == free
    (decision,) = await world.database.decisions.for_want(want.id)
    codes = {item.release.key: {verdict.code for verdict in item.verdicts} for item in decision.candidates}
    assert "too_dear" in codes["dear"]
    assert "too_dear" not in codes["free"]


async def test_when_policies_forbid_everything_it_is_said_why(world: SmallWorld) -> None:
    want = await world.want()
    world.mam.offers = [world.offer()]
    world.budget.forbids = ["Emma"]
    want = await choose(world, want)
    assert (want.state, want.attempts) == (WantState.WANTED, 1)
    assert want.reason == "'Emma' (mam Emma) cannot be taken: it costs too much."


async def test_a_silent_policy_forbids_for_now(world: SmallWorld) -> None:
    want = await world.want()
    world.mam.offers = [world.offer()]
    world.budget.before("judge", Unavailable("The ratio cannot be read."))
    waiting = await choose(world, want)
    assert (waiting.state, waiting.code, waiting.release) == (WantState.WANTED, "unavailable", None)
    assert waiting.attempts == 0
    assert waiting.reason == "budget could not answer: The ratio cannot be read."
    world.clock.pass_by(hours=1)
    assert (await choose(world, want)).state is WantState.CHOSEN


async def test_policies_are_asked_about_what_may_be_taken_only(world: SmallWorld) -> None:
    await world.want()
    world.mam.offers = [world.offer(), replace(world.offer(key="dead"), seeders=0), world.offer("Another Book")]
    await world.pipeline.choose()
    assert world.budget.asked["judge"] == ["Emma"]


async def test_a_decision_is_kept_with_every_candidate_and_its_reasons(world: SmallWorld) -> None:
    want = await world.want()
    world.mam.offers = [replace(world.offer(key="dead"), seeders=0), world.offer()]
    await world.pipeline.choose()
    (decision,) = await world.database.decisions.for_want(want.id)
    assert (decision.outcome, decision.queries, decision.at) == ("chosen", ("Emma / Jane Austen",), world.clock.now)
    assert [item.release.key for item in decision.candidates] == ["Emma", "dead"]
    assert [verdict.code for verdict in decision.candidates[1].verdicts] == ["author", "title", "no_seeders"]
    assert decision.candidates[0].score is not None
    assert decision.candidates[0].score > 0.97


async def test_a_veto_against_one_release_does_not_free_a_blocked_one(world: SmallWorld) -> None:
    want = await world.want()
    await world.database.blocklist.add(want.id, "mam", "blocked", None, "incomplete", "Not whole.")
    world.mam.offers = [world.offer(key="blocked"), world.offer(key="dear")]
    world.budget.forbids = ["dear"]
    assert (await choose(world, want)).state is WantState.WANTED
