from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

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
    StandingSeen,
    UpdateFound,
    WantChanged,
)
from audiobook_daemon.models import (
    Book,
    Health,
    InstanceStatus,
    Release,
    Run,
    RunOutcome,
    SeriesPlace,
    Standing,
    Want,
    WantState,
    Wish,
)
from audiobook_daemon.mqtt.happenings import happenings

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
DUNE = Wish(Book("Dune", ("Frank Herbert",), series=(SeriesPlace("Dune", "1"),)), origin="top10")
DANGER = Standing(NOW, ratio=1.02, free_slots=3, dangers=("The ratio is 1.02.",))
RELEASE = Release("mam", "7", "Dune", size=612, runtime=75_600.0)


def no_transaction(_run_id: str) -> str | None:
    return None


def change(state: WantState, before: WantState | None, code: str | None = None, *, approved: bool = False) -> Event:
    want = Want(1, "dune", DUNE, state, 2, code, "Nobody seeds it.", approved=approved, release=RELEASE, next_try=NOW)
    return WantChanged(NOW, want, before)


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (LibraryShrunk(NOW, "shelf", 900, 800), ["library_shrunk"]),
        (LibraryReturned(NOW, "shelf", 900), ["library_returned"]),
        (InstanceHinted(NOW, "shelf", "items_added"), []),
        (change(WantState.WANTED, None), ["book_found"]),
        (change(WantState.OWNED, None), []),
        (change(WantState.CHOSEN, WantState.WANTED), []),
        (change(WantState.DOWNLOADING, WantState.CHOSEN), ["book_grabbed"]),
        (change(WantState.DOWNLOADING, WantState.DOWNLOADING), []),
        (change(WantState.DOWNLOADED, WantState.DOWNLOADING), ["book_downloaded"]),
        (change(WantState.SHELVED, WantState.VERIFIED), ["book_imported"]),
        (change(WantState.SHELVED, WantState.WANTED, "kept"), []),
        (change(WantState.SHELVED, WantState.DROPPED, "restored"), []),
        (change(WantState.GIVEN_UP, WantState.WANTED), ["book_failed"]),
        (change(WantState.WANTED, WantState.DOWNLOADING, "stalled"), ["book_failed"]),
        (change(WantState.WANTED, WantState.DOWNLOADING), []),
        (change(WantState.WANTED, WantState.GIVEN_UP, "revived"), []),
        (change(WantState.REVIEW, WantState.WANTED, "ambiguous"), ["approval_requested"]),
        (change(WantState.REVIEW, WantState.REVIEW, "ambiguous"), []),
        (change(WantState.CHOSEN, WantState.REVIEW, approved=True), ["approval_approved"]),
        (change(WantState.WANTED, WantState.REVIEW, "rejected"), ["approval_rejected"]),
        (change(WantState.DROPPED, WantState.REVIEW), ["approval_rejected"]),
        (change(WantState.GIVEN_UP, WantState.REVIEW, "given_up"), ["book_failed", "approval_rejected"]),
        (change(WantState.SHELVED, WantState.REVIEW, approved=True), ["book_imported", "approval_approved"]),
        (GapsFound(NOW, "series_completion", 3, 1, 2, ("Dune (Dune 1)",)), ["library_gaps_found"]),
        (DownloadsSeen(NOW), []),
        (JobsChanged(NOW), []),
        (UpdateFound(NOW, "0.2.0"), ["system_update_available"]),
        (StandingSeen(NOW, "mam", Standing(NOW), None), []),
        (StandingSeen(NOW, "mam", DANGER, None), ["tracker_danger"]),
        (StandingSeen(NOW, "mam", DANGER, Standing(NOW)), ["tracker_danger"]),
        (StandingSeen(NOW, "mam", DANGER, replace(DANGER, dangers=("The ratio is 1.03.",))), []),
        (StandingSeen(NOW, "mam", replace(DANGER, dangers=("a", "b")), DANGER), ["tracker_danger"]),
        (StandingSeen(NOW, "mam", DANGER, replace(DANGER, dangers=("a", "b"))), []),
        (StandingSeen(NOW, "mam", Standing(NOW), DANGER), ["tracker_safe"]),
        (InstanceChanged(NOW, InstanceStatus("mam", "mam", (), Health.RESTING)), ["service_down"]),
        (InstanceChanged(NOW, InstanceStatus("mam", "mam", (), Health.READY)), ["service_up"]),
        (InstanceChanged(NOW, InstanceStatus("mam", "mam", (), Health.STARTING)), []),
        (RunStarted(NOW, Run("1", "hunt", "mqtt", NOW)), ["job_started"]),
        (RunFinished(NOW, Run("1", "hunt", "mqtt", NOW, RunOutcome.WARNING)), ["job_succeeded"]),
        (RunFinished(NOW, Run("1", "hunt", "mqtt", NOW, RunOutcome.CANCELLED)), ["job_failed"]),
    ],
)
def test_what_an_event_is_told_as(event: Event, told: list[str]) -> None:
    assert [happening.document["event_type"] for happening in happenings(event, no_transaction)] == told


def test_a_failed_book_names_stage_reason_and_next_try() -> None:
    event = change(WantState.WANTED, WantState.DOWNLOADING, "stalled")
    (happening,) = happenings(event, no_transaction)
    assert {**happening.document, "id": "17"} == {
        "event_type": "book_failed",
        "id": "17",
        "at": "2026-11-22T06:00:00+00:00",
        "want_id": 1,
        "title": "Dune",
        "author": "Frank Herbert",
        "series": "Dune #1",
        "source": "top10",
        "indexer": "mam",
        "duration_h": 21.0,
        "size_bytes": 612,
        "stage": "download",
        "error": {"code": "stalled", "message": "Nobody seeds it."},
        "retry_at": "2026-11-22T06:00:00+00:00",
    }


def test_gaps_are_told_in_numbers_and_some_titles() -> None:
    found = GapsFound(NOW, "follow", 30, 4, 2, ("Dune (Dune 1)", "Emma (Jane Austen)"))
    (happening,) = happenings(found, no_transaction)
    assert {**happening.document, "id": "17"} == {
        "event_type": "library_gaps_found",
        "id": "17",
        "at": "2026-11-22T06:00:00+00:00",
        "origin": "follow",
        "found": 30,
        "announced": 4,
        "wanted": 2,
        "titles": ["Dune (Dune 1)", "Emma (Jane Austen)"],
    }


def test_a_failed_run_says_why() -> None:
    run = Run("15f1", "hunt", "mqtt", NOW, RunOutcome.FAILED, NOW + timedelta(seconds=2), error="no answer in 30 s")
    (happening,) = happenings(RunFinished(NOW, run), {"15f1": "phone-17"}.get)
    assert happening.document["run_id"] == "15f1"
    assert happening.document["transaction"] == "phone-17"
    assert happening.document["duration_s"] == 2.0
    assert happening.document["error"] == {"code": "failed", "message": "no answer in 30 s"}
