"""What a person has to decide is shown with its reasons, and every candidate can be taken or refused by its number."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.models import Proposal, Release, Stance, Verdict, Want, WantState
from audiobook_daemon.pipeline import NotPossible
from audiobook_daemon.pipeline.review import proposals, told, why
from audiobook_daemon.store import Candidate, Decision

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import SmallWorld


def verdict(stance: Stance, code: str = "c", reason: str = "r") -> Verdict:
    return Verdict(code, stance, reason)


def candidate(title: str, *verdicts: Verdict, score: float = 0.8) -> Candidate:
    release = Release("mam", title, title, narrators=("Reader", "Another"), formats=("m4b", "pdf"), size=5)
    return Candidate(release, verdicts, score)


DOUBT, VETO, SUPPORT = (verdict(stance, reason=stance.value) for stance in (Stance.DOUBT, Stance.VETO, Stance.SUPPORT))
BLOCKED = verdict(Stance.VETO, "blocked", "it was tried before and failed")
NO_AUDIO = verdict(Stance.VETO, "not_audio", "it holds no audio but epub")


@pytest.fixture
async def want(world: SmallWorld) -> Want:
    """A want in review with a doubtful, a good, a forbidden, a blocked and a silent candidate."""
    looked = (
        candidate("doubtful", DOUBT),
        candidate("good", SUPPORT),
        candidate("forbidden", VETO),
        candidate("failed", BLOCKED),
        candidate("book", NO_AUDIO),
    )
    want = await world.want(state=WantState.REVIEW, release=looked[0].release, proposals=proposals(looked))
    await world.database.decisions.add(want.id, Decision("outdated", "r", candidates=looked[1:2]))
    await world.database.decisions.add(want.id, Decision("ambiguous", "r", candidates=looked))
    return want


def test_three_that_may_be_the_book_and_may_be_taken_are_shown_by_their_numbers() -> None:
    looked = [
        candidate("blocked", BLOCKED),
        candidate("one", DOUBT),
        candidate("other book", VETO, score=0.1),
        candidate("two", VETO),
        candidate("ebook", NO_AUDIO),
        candidate("three", SUPPORT),
        candidate("four", SUPPORT),
    ]
    assert proposals(looked) == (
        Proposal(2, "one", "mam", "one", "Reader", "m4b", 5, "doubt"),
        Proposal(4, "two", "mam", "two", "Reader", "m4b", 5, "veto"),
        Proposal(6, "three", "mam", "three", "Reader", "m4b", 5, "support"),
    )
    assert proposals([Candidate(Release("mam", "1", "bare"))])[0] == Proposal(
        1, "bare", "mam", "1", why="nothing is known of it"
    )


def test_what_speaks_against_it_comes_before_what_is_in_doubt_and_what_speaks_for_it() -> None:
    assert why(candidate("x", SUPPORT, DOUBT, VETO)) == "veto"
    assert why(candidate("x", SUPPORT, DOUBT, replace(DOUBT, reason="more"))) == "doubt, more"
    assert len(why(candidate("x", replace(DOUBT, reason="very " * 1000)))) == 160


def test_the_reason_of_a_review_names_the_candidates() -> None:
    shown = proposals([candidate("one", DOUBT), candidate("two", SUPPORT)])
    assert told("Two are alike.", shown[:1]) == "Two are alike."
    assert told("Two are alike.", shown) == (
        "Two are alike. Candidates: 1. 'one', read by Reader (mam one): doubt; "
        "2. 'two', read by Reader (mam two): support."
    )


async def test_a_doubtful_choice_comes_with_its_candidates(world: SmallWorld) -> None:
    want = await world.want()
    world.mam.offers = [replace(world.doubtful(str(n)), seeders=n + 1) for n in range(4)]
    await world.pipeline.choose()
    want = await world.now(want)
    assert want.state is WantState.REVIEW
    assert [shown.number for shown in want.proposals] == [1, 2, 3]
    assert want.release is not None
    assert want.release.key == want.proposals[0].key
    assert want.reason is not None
    for shown in want.proposals:
        assert f"{shown.number}. 'Emma' (mam {shown.key}): " in want.reason


async def test_without_auto_grab_the_others_are_shown_beside_the_chosen_one(world: SmallWorld) -> None:
    want = await world.want()
    world.around.settings = replace(world.around.settings, auto_grab=frozenset())
    world.mam.offers = [world.doubtful(), world.offer()]
    await world.pipeline.choose()
    assert [shown.key for shown in (await world.now(want)).proposals] == ["Emma", "doubtful"]


@pytest.mark.parametrize(("number", "title"), [(None, "doubtful"), (1, "doubtful"), (2, "good"), (3, "forbidden")])
async def test_a_person_takes_any_candidate_by_its_number(
    world: SmallWorld, want: Want, number: int | None, title: str
) -> None:
    await world.people.accept(want.id, number)
    after = await world.now(want)
    assert after.release is not None
    assert (after.state, after.release.title, after.approved, after.proposals) == (WantState.CHOSEN, title, True, ())
    assert after.reason == f"A person accepted {title!r} (mam {title})."


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (4, "'failed' (mam failed) cannot be taken: it was tried before and failed."),
        (5, "'book' (mam book) cannot be taken: it holds no audio but epub."),
        (6, "'Emma' (want 1) has candidates 1 to 5; `audiobook-daemon explain 1` lists them."),
    ],
)
async def test_what_cannot_be_taken_is_refused_with_its_reason(
    world: SmallWorld, want: Want, number: int, sentence: str
) -> None:
    with pytest.raises(NotPossible) as refused:
        await world.people.accept(want.id, number)
    assert str(refused.value) == sentence
    assert await world.now(want) == want


@pytest.mark.parametrize("number", [None, 1])
async def test_what_failed_since_cannot_be_taken_either(world: SmallWorld, want: Want, number: int | None) -> None:
    await world.database.blocklist.add(want.id, "mam", "doubtful", None, "incomplete", "Not whole.")
    with pytest.raises(
        NotPossible, match=r"'doubtful' \(mam doubtful\) cannot be taken: it was tried before: Not whole"
    ):
        await world.people.accept(want.id, number)


async def test_a_want_that_was_never_searched_has_no_candidates(world: SmallWorld) -> None:
    want = await world.want()
    with pytest.raises(NotPossible, match=r"'Emma' \(want 1\) has no candidates"):
        await world.people.accept(want.id, 1)


@pytest.mark.parametrize("state", [WantState.WANTED, WantState.CHOSEN, WantState.GIVEN_UP])
async def test_what_the_rules_passed_over_may_be_taken_outside_a_review_too(
    world: SmallWorld, want: Want, state: WantState
) -> None:
    await world.change(want, state=state)
    await world.people.accept(want.id, 3)
    assert (await world.now(want)).state is WantState.CHOSEN


@pytest.mark.parametrize("state", [WantState.DOWNLOADING, WantState.SHELVED, WantState.DROPPED])
async def test_a_candidate_is_not_taken_when_it_is_too_late(world: SmallWorld, want: Want, state: WantState) -> None:
    await world.change(want, state=state)
    with pytest.raises(NotPossible, match=f"has nothing to accept: it is {state}"):
        await world.people.accept(want.id, 2)


@pytest.mark.parametrize(("number", "title"), [(None, "doubtful"), (2, "good")])
async def test_a_refused_candidate_is_not_offered_again(
    world: SmallWorld, want: Want, number: int | None, title: str
) -> None:
    await world.people.reject(want.id, number)
    after = await world.now(want)
    assert (after.state, after.code, after.release, after.proposals) == (WantState.WANTED, "rejected", None, ())
    (blocked,) = await world.database.blocklist.for_want(want.id)
    assert (blocked.key, blocked.code) == (title, "rejected")


@pytest.mark.parametrize("number", [None, 2])
async def test_the_torrent_is_blocked_with_the_release_it_is_of(
    world: SmallWorld, want: Want, number: int | None
) -> None:
    await world.change(want, download="a" * 40)
    await world.people.reject(want.id, number)
    (blocked,) = await world.database.blocklist.for_want(want.id)
    assert blocked.info_hash == (None if number else "a" * 40)


async def test_another_candidate_begins_anew_where_the_shown_one_was_downloaded(world: SmallWorld, want: Want) -> None:
    await world.change(want, download="a" * 40, client="qbittorrent", path="/downloads/x")
    await world.people.accept(want.id, 2)
    after = await world.now(want)
    assert (after.state, after.download, after.client, after.path) == (WantState.CHOSEN, None, None, None)


async def test_the_other_one_is_taken_when_one_of_two_is_refused(world: SmallWorld) -> None:
    want = await world.want()
    world.mam.offers = [world.doubtful(key) for key in ("one", "two")]
    await world.pipeline.choose()
    shown = (await world.now(want)).proposals
    await world.people.reject(want.id, shown[0].number)
    await world.pipeline.choose()
    assert [one.key for one in (await world.now(want)).proposals] == [shown[1].key]


async def test_a_book_that_is_given_up_can_be_revived(world: SmallWorld, want: Want) -> None:
    await world.people.give_up(want.id)
    after = await world.now(want)
    assert (after.state, after.code, after.reason) == (WantState.GIVEN_UP, "given_up", "A person gave it up.")
    assert (after.release, after.proposals) == (None, ())
    await world.people.revive(want.id)
    assert (await world.now(want)).state is WantState.WANTED
