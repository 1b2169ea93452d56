"""People are told what has changed for them, once; not each step, each repetition, or what they did themselves."""

from __future__ import annotations

import pytest
from tests.core.announcing.conftest import NOW, book

from audiobook_daemon.announcing.worth import Worth
from audiobook_daemon.events import (
    DownloadsSeen,
    Event,
    GapsFound,
    InstanceChanged,
    InstanceHinted,
    JobsChanged,
    LibraryReturned,
    LibraryShrunk,
    RunFinished,
    RunStarted,
    SettingsChanged,
    StandingSeen,
    UpdateFound,
)
from audiobook_daemon.models import Health, InstanceStatus, Run, RunOutcome, Standing, WantState


def run(outcome: RunOutcome, name: str = "hunt", trigger: str = "schedule") -> RunFinished:
    return RunFinished(NOW, Run("1", name, trigger, NOW, outcome))


def instance(health: Health, name: str = "mam") -> InstanceChanged:
    return InstanceChanged(NOW, InstanceStatus(name, "mam", (), health))


def standing(now: tuple[str, ...], before: tuple[str, ...] | None) -> StandingSeen:
    return StandingSeen(
        NOW, "mam", Standing(NOW, dangers=now), None if before is None else Standing(NOW, dangers=before)
    )


@pytest.mark.parametrize(
    ("event", "worth"),
    [
        (book(WantState.WANTED, None), False),
        (book(WantState.OWNED, None), False),
        (book(WantState.REVIEW, None, "ambiguous"), True),
        (book(WantState.REVIEW, WantState.WANTED, "ambiguous"), True),
        (book(WantState.REVIEW, WantState.REVIEW, "ambiguous"), False),
        (book(WantState.CHOSEN, WantState.WANTED), False),
        (book(WantState.DOWNLOADING, WantState.CHOSEN), True),
        (book(WantState.DOWNLOADING, WantState.DOWNLOADING, "stalled"), False),
        (book(WantState.DOWNLOADED, WantState.DOWNLOADING), False),
        (book(WantState.SHELVED, WantState.VERIFIED), True),
        (book(WantState.SHELVED, WantState.SHELVED, "upgraded"), False),
        (book(WantState.SHELVED, WantState.WANTED, "kept"), False),
        (book(WantState.SHELVED, WantState.DROPPED, "restored"), False),
        (book(WantState.WANTED, WantState.DOWNLOADING, "stalled"), True),
        (book(WantState.WANTED, WantState.REVIEW, "rejected"), False),
        (book(WantState.WANTED, WantState.CHOSEN, "rejected"), False),
        (book(WantState.WANTED, WantState.WANTED, "no_release"), False),
        (book(WantState.GIVEN_UP, WantState.WANTED, "no_release"), True),
        (book(WantState.GIVEN_UP, WantState.WANTED, "given_up"), False),
        (book(WantState.DROPPED, WantState.WANTED), False),
        (GapsFound(NOW, "follow", 1, 0, 0), True),
        (GapsFound(NOW, "follow", 0, 1, 0), True),
        (GapsFound(NOW, "follow", 0, 0, 0), False),
        (standing(("ratio",), None), True),
        (standing(("ratio",), ()), True),
        (standing(("ratio 0.98",), ("ratio 0.99",)), False),
        (standing(("ratio", "slots"), ("ratio",)), True),
        (standing(("ratio",), ("ratio", "slots")), False),
        (standing((), ("ratio",)), True),
        (standing((), ()), False),
        (standing((), None), False),
        (LibraryShrunk(NOW, "shelf", 900, 800), True),
        (LibraryReturned(NOW, "shelf", 900), True),
        (UpdateFound(NOW, "9.9"), True),
        (run(RunOutcome.FAILED), True),
        (run(RunOutcome.FAILED, trigger="mqtt"), True),
        (run(RunOutcome.FAILED, trigger="cli"), False),
        (run(RunOutcome.SUCCESS), False),
        (run(RunOutcome.CANCELLED), False),
        (instance(Health.NEEDS_PERSON), True),
        (instance(Health.RESTING), False),
        (instance(Health.READY), False),
        (RunStarted(NOW, Run("1", "hunt", "schedule", NOW)), False),
        (DownloadsSeen(NOW), False),
        (JobsChanged(NOW), False),
        (SettingsChanged(NOW), False),
        (InstanceHinted(NOW, "shelf", "items_added"), False),
        (Event(NOW), False),
    ],
)
def test_what_is_worth_telling(event: Event, worth: bool) -> None:
    assert Worth().is_worth(event) is worth


def test_a_job_that_goes_on_failing_is_told_of_once_and_its_end_too() -> None:
    worth = Worth()
    failed, well = RunOutcome.FAILED, RunOutcome.SUCCESS
    outcomes = [failed, failed, RunOutcome.CANCELLED, failed, well, well, failed]
    assert [worth.is_worth(run(outcome)) for outcome in outcomes] == [True, False, False, False, True, False, True]
    assert worth.is_worth(run(failed, "tend"))


def test_an_instance_that_waits_for_a_person_is_told_of_once_and_its_end_too() -> None:
    worth = Worth()
    need, ready = Health.NEEDS_PERSON, Health.READY
    seen = [need, need, Health.RESTING, Health.STARTING, ready, ready, need, Health.STOPPED, ready]
    told = [worth.is_worth(instance(health)) for health in seen]
    assert told == [True, False, False, False, True, False, True, False, False]
