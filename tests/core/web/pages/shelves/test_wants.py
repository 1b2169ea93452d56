"""What is told of a want: how far it is, what may be done, and what speaks for each release."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from audiobook_daemon.models import Book, Proposal, Release, Stance, Verdict, Want, WantState, Wish
from audiobook_daemon.store import Blocked, Candidate, Decision, LoggedEvent
from audiobook_daemon.web.pages.wanted.evidence import offered, wished
from audiobook_daemon.web.pages.wanted.story import history_of, reason_of, steps_of, view_of

NOW = datetime(2026, 11, 1, tzinfo=UTC)
RELEASE = Release("mam", "1", "Emma", ("Jane Austen",), ("Ida Voice",))
OTHER = replace(RELEASE, key="2", title="Emma, abridged")
THIRD = replace(RELEASE, key="3", title="Emma, a study guide")
WANT = Want(1, "emma", Wish(Book("Emma", ("Jane Austen",))), WantState.REVIEW, 1)
SAME = Verdict("author", Stance.SUPPORT, "same author", family="author", weight=1.6)
LONG = Verdict("runtime", Stance.DOUBT, "too long", family="runtime", weight=-0.3)
BAD = Verdict("abridged", Stance.VETO, "it is abridged")
NO_AUDIO = Verdict("not_audio", Stance.VETO, "it holds no audio")


def names(want: Want, *candidates: Candidate) -> list[tuple[int | None, str]]:
    decision = Decision("ambiguous", "Two fit.", candidates=candidates)
    return [(one.number, one.key) for one in view_of(want, [decision], (), (), None).proposed]


def test_what_is_against_a_release_is_said_first_and_the_heaviest_of_each_kind_before_others() -> None:
    light = replace(SAME, code="year", reason="same year", family="year", weight=0.3)
    (one,) = offered([Candidate(RELEASE, (light, SAME, LONG, BAD))])
    assert [(told.sign, told.reason) for told in one.evidence] == [
        ("against", "it is abridged"),
        ("doubt", "too long"),
        ("for", "same author"),
        ("for", "same year"),
    ]
    signs = {row.name: row.sign for row in one.properties}
    assert (signs["Author"], signs["Length"], signs["Narrator"]) == ("for", "doubt", None)
    assert one.advised_against


def test_what_is_wished_and_what_is_offered_have_the_same_first_rows() -> None:
    (one,) = offered([Candidate(RELEASE)])
    rows = [row.name for row in wished(WANT.wish)]
    assert [row.name for row in one.properties][: len(rows)] == rows


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("https://tracker.example/t/1", "https://tracker.example/t/1"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//tracker.example", None),
        (None, None),
    ],
)
def test_a_page_of_the_tracker_is_linked_by_the_web_alone(page: str | None, shown: str | None) -> None:
    assert offered([Candidate(replace(RELEASE, page=page))])[0].page == shown


def test_nobody_is_offered_what_would_be_refused() -> None:
    blocked = Blocked(1, 1, "mam", "2", None, "unreadable", "It could not be unpacked.", NOW)
    taken, tried, silent = offered([Candidate(RELEASE), Candidate(OTHER), Candidate(THIRD, (NO_AUDIO,))], [blocked])
    assert taken.forbidden is None
    assert tried.forbidden == "it was tried before: It could not be unpacked"
    assert silent.forbidden == "it holds no audio"


def test_a_person_is_asked_about_the_proposals_by_the_numbers_that_accept_takes() -> None:
    want = replace(WANT, proposals=(Proposal(1, "Emma", "mam", "1"), Proposal(3, "Emma", "mam", "3")))
    assert names(want, Candidate(RELEASE), Candidate(OTHER, (BAD,)), Candidate(THIRD)) == [(1, "1"), (3, "3")]


def test_the_release_that_is_shown_comes_first_though_no_decision_names_it() -> None:
    assert names(replace(WANT, release=THIRD), Candidate(RELEASE)) == [(None, "3")]
    proposals = (Proposal(1, "Emma", "mam", "1"),)
    found = names(replace(WANT, release=OTHER, proposals=proposals), Candidate(RELEASE), Candidate(OTHER))
    assert found == [(2, "2"), (1, "1")]


def test_nothing_is_asked_of_a_want_that_is_not_in_review() -> None:
    assert names(replace(WANT, state=WantState.CHOSEN, release=RELEASE), Candidate(RELEASE)) == []


@pytest.mark.parametrize(
    ("state", "done", "now"),
    [
        (WantState.WANTED, 0, "Wanted"),
        (WantState.REVIEW, 0, "In review"),
        (WantState.DOWNLOADING, 2, "Downloading"),
        (WantState.SHELVED, 6, None),
    ],
)
def test_the_way_of_a_book_shows_how_far_it_is(state: WantState, done: int, now: str | None) -> None:
    steps = steps_of(state)
    assert sum(step.state == "done" for step in steps) == done
    assert [step.name for step in steps if step.state == "now"] == ([now] if now else [])


@pytest.mark.parametrize("state", [WantState.OWNED, WantState.GIVEN_UP, WantState.DROPPED])
def test_what_has_left_the_way_stands_on_no_stage(state: WantState) -> None:
    assert steps_of(state) == ()


def test_the_reason_of_a_review_leaves_out_the_candidates_that_stand_beside_it() -> None:
    reason = "Two fit. Candidates: 1. 'Emma' (mam 1): same author; 2. 'Emma' (mam 2): same title."
    assert reason_of(replace(WANT, reason=reason)) == "Two fit."
    assert reason_of(replace(WANT, state=WantState.WANTED)) == "Not searched yet."


def test_what_says_the_same_in_a_row_is_one_happening() -> None:
    events = [
        LoggedEvent(number, NOW, "want_changed", 1, "wanted", "wanted", None, "Nobody has it.") for number in (3, 2)
    ]
    first = LoggedEvent(1, NOW, "want_added", 1, None, "wanted")
    told = history_of([*events, first])
    assert [(one.told, one.times) for one in told] == [("Nobody has it.", 2), ("put on the list", 1)]
