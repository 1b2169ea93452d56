"""Old decisions made again by the present rules: what would change is told, and nothing changes."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.matching import GateRules, Rules
from audiobook_daemon.models import Book, Release, Stance, Verdict, Wish
from audiobook_daemon.pipeline.replay import Change, Replayed, decide_again, replay, replayed, summary
from audiobook_daemon.store import Candidate, Decision

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import SmallWorld

RULES = Rules()
STRICT = Rules(GateRules(min_seeders=50))
WISH = Wish(Book("Emma", ("Jane Austen",)))
M4B = Release("mam", "1", "Emma", ("Jane Austen",), language="en", formats=("m4b",), seeders=9, audio=True)
MP3 = replace(M4B, key="2", formats=("mp3",))


def decision(outcome: str, *candidates: Candidate, wish: Wish | None = WISH) -> Decision:
    return Decision(outcome, "r", candidates=candidates, wish=wish, want_id=7)


@pytest.mark.parametrize(
    ("given", "rules", "change", "before", "after"),
    [
        (decision("chosen", Candidate(M4B), Candidate(MP3)), RULES, Change.SAME, "1", "1"),
        (decision("chosen", Candidate(MP3), Candidate(M4B)), RULES, Change.OTHER_RELEASE, "2", "1"),
        (decision("chosen", Candidate(M4B)), STRICT, Change.ABSTAINS, "1", None),
        (decision("no_release", Candidate(M4B)), RULES, Change.CHOOSES, None, "1"),
        (decision("ambiguous", Candidate(M4B)), STRICT, Change.SAME, None, None),
        (decision("no_release"), RULES, Change.SAME, None, None),
    ],
)
def test_what_other_rules_would_make_of_a_decision(
    given: Decision, rules: Rules, change: Change, before: str | None, after: str | None
) -> None:
    found = replayed(given, rules)
    assert (found.want, found.title, found.change) == (7, "Emma", change)
    assert found.release_before == (f"Emma (mam {before})" if before else None)
    assert found.release_after == (f"Emma (mam {after})" if after else None)
    assert found.reason


def test_a_decision_of_an_older_version_cannot_be_made_again() -> None:
    found = replayed(decision("chosen", Candidate(M4B), wish=None), RULES)
    assert (found.change, found.before, found.after) == (Change.UNKNOWN, "chosen", None)


def test_what_was_blocked_and_what_policies_said_stands() -> None:
    blocked = Candidate(M4B, (Verdict("blocked", Stance.VETO, "it was tried before and failed"),))
    dear = Candidate(MP3, (Verdict("too_dear", Stance.VETO, "it costs too much", "budget"),))
    choice = decide_again(decision("no_release", blocked, dear), RULES)
    assert choice is not None
    assert choice.chosen is None
    assert {verdict.code for item in choice.candidates for verdict in item.verdicts} >= {"blocked", "too_dear"}


def test_the_old_verdicts_of_the_rules_themselves_do_not_count() -> None:
    gone = Candidate(M4B, (Verdict("no_seeders", Stance.VETO, "it has 0 seeders"),))
    assert replayed(decision("no_release", gone), RULES).change is Change.CHOOSES


def test_it_is_said_in_one_sentence() -> None:
    def one(change: Change) -> Replayed:
        return Replayed(1, "Emma", None, change, "chosen")

    assert summary([]) == "replay: there are no decisions."
    assert summary([one(Change.SAME)] * 2) == "replay: 2 decisions: the present rules would decide the same."
    several = [one(Change.SAME), one(Change.ABSTAINS), one(Change.CHOOSES), one(Change.ABSTAINS)]
    assert summary(several) == "replay: 4 decisions: 1 now chooses, 2 now abstains."


async def test_what_the_pipeline_decided_is_decided_the_same_by_the_same_rules(world: SmallWorld) -> None:
    await world.want()
    await world.want("Persuasion")
    dear = [world.offer(key="dear"), world.offer(key="fair")]
    world.mam.replies = lambda query: dear if query.title == "Emma" else [world.offer("Persuasion")]
    world.budget.forbids = ["dear"]
    await world.pipeline.choose()
    before = await world.database.wants.list()
    outcome = await world.pipeline.replay()
    assert (outcome.summary, outcome.processed) == (
        "replay: 2 decisions: the present rules would decide the same.",
        2,
    )
    assert outcome.data == []
    assert await world.database.wants.list() == before


async def test_the_action_tells_what_would_change_as_plain_data(world: SmallWorld) -> None:
    want = await world.want()
    await world.want("Persuasion")
    world.mam.offers = [world.offer()]
    await world.pipeline.choose()
    world.around.settings = replace(world.around.settings, rules=STRICT)
    outcome = await world.pipeline.replay()
    assert outcome.summary == "replay: 2 decisions: 1 now abstains."
    (line,) = json.loads(json.dumps(outcome.data))
    assert (line["want"], line["change"], line["before"], line["after"]) == (
        want.id,
        "now abstains",
        "chosen",
        "no_release",
    )
    assert (line["release_before"], line["release_after"]) == ("Emma (mam Emma)", None)
    assert line["at"] == world.clock.now.isoformat()


async def test_of_one_want_all_decisions_are_replayed_and_of_all_the_newest_since(world: SmallWorld) -> None:
    want, other = await world.want(), await world.want("Persuasion")
    for number in (want.id, want.id, other.id):
        await world.database.decisions.add(number, decision("no_release"))
    world.clock.pass_by(days=5)
    await world.database.decisions.add(want.id, decision("no_release"))

    async def count(want: int | None = None, since: int | None = None) -> int:
        return (await world.pipeline.replay(want=want, since=since)).processed

    assert await count() == 2
    assert await count(want=want.id) == 3
    assert await count(since=3) == 1
    assert await count(want=want.id, since=3) == 1
    assert await count(want=4711) == 0
    assert await count(since=0) == 1


async def test_many_decisions_are_read_in_pages(world: SmallWorld) -> None:
    for number in range(120):
        want = await world.want(f"Book {number}")
        await world.database.decisions.add(want.id, decision("no_release"))
    found = [one.want async for one in replay(world.database, RULES)]
    assert found == sorted(set(found))
    assert len(found) == 120
