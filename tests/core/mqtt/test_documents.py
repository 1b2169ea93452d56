from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from audiobook_daemon.doors import BookDownload, DaemonInfo, FinishedDownloads, LastAdded, LibraryCounts
from audiobook_daemon.models import (
    Book,
    Download,
    DownloadState,
    Health,
    InstanceStatus,
    JobStatus,
    Proposal,
    Release,
    Run,
    RunOutcome,
    Want,
    WantState,
    Wish,
)
from audiobook_daemon.mqtt import documents
from audiobook_daemon.mqtt.payloads import Document

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
RUN = Run("15f1", "hunt", "schedule", NOW, RunOutcome.SUCCESS, NOW + timedelta(seconds=12.4), 3, 2, 1, "2 of 3")
FAILED = Run("15f2", "hunt", "mqtt", NOW, RunOutcome.FAILED, NOW + timedelta(seconds=2), error="no answer in 30 s")
HUNT = JobStatus("hunt", "*/30 * * * *", ("mam.account", "mam.seed"), next_run=NOW + timedelta(hours=1), last_run=RUN)
MAM = InstanceStatus("mam", "mam", ("Indexer",), Health.READY, since=NOW, version="1")
DOWN = InstanceStatus("qbittorrent", "qbittorrent", ("DownloadClient",), Health.RESTING, "503", NOW, NOW)
WANT = Want(7, "dune", Wish(Book("Dune", ("Frank Herbert",))), WantState.REVIEW, 1, code="ambiguous", changed=NOW)


def all_documents() -> list[Document]:
    bare = Want(8, "x", Wish(Book("X")), WantState.REVIEW, 1)
    full = BookDownload(Download("qbittorrent", "abc", DownloadState.DOWNLOADING, progress=0.5, size=100), "Dune")
    return [
        documents.info_document(DaemonInfo("0.1.0", NOW), [HUNT], [MAM], node_id="audiobook_daemon", commands=["a"]),
        documents.state_document([], []),
        documents.state_document([HUNT], [DOWN]),
        documents.job_document(HUNT),
        documents.job_document(JobStatus("x", "* * * * *", ())),
        documents.service_document(MAM),
        documents.wants_document({}),
        documents.approvals_document(0, []),
        documents.approvals_document(2, [WANT, bare]),
        documents.downloads_document([], FinishedDownloads()),
        documents.downloads_document([full], FinishedDownloads()),
        documents.library_document(LibraryCounts()),
        documents.library_document(LibraryCounts(last_added=LastAdded("Dune"))),
    ]


def names(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from names(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from names(inner)


def test_no_key_is_a_method_of_a_template() -> None:
    used = {name for document in all_documents() for name in names(document)}
    assert not used & {"items", "keys", "values", "get", "pop", "copy", "update", "clear"}
    assert all(name == name.lower() for name in used)


def test_a_document_has_the_same_keys_whatever_is_known() -> None:
    by_kind: dict[int, set[frozenset[str]]] = {}
    made = all_documents()
    for kind, pair in enumerate([(1, 2), (3, 4), (7, 8), (9, 10), (11, 12)]):
        by_kind[kind] = {frozenset(made[place]) for place in pair}
    assert all(len(shapes) == 1 for shapes in by_kind.values())


def test_the_documented_keys_of_the_jobs() -> None:
    document = documents.job_document(HUNT)
    assert json.loads(json.dumps(document)) == {
        "id": "hunt",
        "name": "Hunt",
        "description": None,
        "plugin": "mam",
        "actions": ["mam.account", "mam.seed"],
        "enabled": True,
        "state": "idle",
        "schedule": "*/30 * * * *",
        "next_run": "2026-11-22T07:00:00+00:00",
        "last_run": {
            "id": "15f1",
            "status": "success",
            "trigger": "schedule",
            "started_at": "2026-11-22T06:00:00+00:00",
            "finished_at": "2026-11-22T06:00:12+00:00",
            "duration_s": 12.4,
            "processed": 3,
            "succeeded": 2,
            "failed": 1,
            "summary": "2 of 3",
            "error": None,
        },
    }


@pytest.mark.parametrize(
    ("jobs", "instances", "paused", "stopped", "state"),
    [
        ([], [], False, False, "idle"),
        ([HUNT], [MAM], False, False, "idle"),
        ([JobStatus("a", "*", (), paused=True)], [MAM], False, False, "idle"),
        ([JobStatus("a", "*", (), running=True)], [MAM], False, False, "running"),
        ([JobStatus("a", "*", (), running=True)], [MAM], True, False, "paused"),
        ([JobStatus("a", "*", (), running=True)], [DOWN], True, False, "degraded"),
        ([], [InstanceStatus("a", "a", (), Health.NEEDS_PERSON)], False, False, "degraded"),
        ([], [DOWN, InstanceStatus("a", "a", (), Health.STARTING)], True, False, "starting"),
        ([], [DOWN], True, True, "stopped"),
    ],
)
def test_the_state_is_the_first_that_is_true(
    jobs: list[JobStatus], instances: list[InstanceStatus], paused: bool, stopped: bool, state: str
) -> None:
    document = documents.state_document(jobs, instances, paused=paused, stopped=stopped)
    assert (document["state"], document["paused"]) == (state, paused)


def test_problems_name_their_source_and_the_next_job_is_the_earliest_that_is_not_paused() -> None:
    jobs = [
        JobStatus("late", "*", (), next_run=NOW + timedelta(hours=2), last_run=FAILED),
        JobStatus("soon", "*", (), next_run=NOW + timedelta(hours=1)),
        JobStatus("paused", "*", (), next_run=NOW, paused=True),
    ]
    document = documents.state_document(jobs, [DOWN, MAM])
    since = "2026-11-22T06:00:00+00:00"
    assert document["problems"] == [
        {"source": "service/qbittorrent", "code": "resting", "message": "503", "since": since},
        {"source": "job/late", "code": "failed", "message": "no answer in 30 s", "since": "2026-11-22T06:00:02+00:00"},
    ]
    assert document["jobs_failed"] == ["late"]
    assert document["next_job"] == {"job": "soon", "at": "2026-11-22T07:00:00+00:00"}


@pytest.mark.parametrize(
    ("health", "state"),
    [
        (Health.READY, "up"),
        (Health.STARTING, "unknown"),
        (Health.RESTING, "down"),
        (Health.NEEDS_PERSON, "down"),
        (Health.STOPPED, "down"),
    ],
)
def test_a_service_is_up_down_or_unknown(health: Health, state: str) -> None:
    assert documents.service_document(InstanceStatus("a", "a", (), health))["state"] == state


def test_wants_are_counted_by_state() -> None:
    document = documents.wants_document({WantState.WANTED: 3, WantState.REVIEW: 1, WantState.SHELVED: 37})
    assert document["open"] == 4
    assert document["shelved"] == 37
    assert document["given_up"] == 0


def test_approvals_show_the_oldest_and_no_more_than_twenty() -> None:
    release = Release("mam", "9", "Dune", size=612_400_000)
    first = Want(1, "k", Wish(Book("Dune"), origin="top10"), WantState.REVIEW, 1, release=release, changed=NOW)
    document = documents.approvals_document(31, [first, *[WANT] * 30])
    assert document["count"] == 31
    assert len(document["entries"]) == 20
    assert document["current"] == document["entries"][0]
    assert document["current"] is not None
    assert document["current"]["id"] == 1
    assert document["current"]["size_mb"] == 612
    assert document["current"]["source"] == "top10"


def test_a_review_holds_the_three_best_candidates_and_never_too_much() -> None:
    long = "x" * 5000
    proposals = tuple(Proposal(number, long, "mam", "1", long, "m4b", 612_400_000, long) for number in range(1, 6))
    entry = documents.approval_entry(replace(WANT, proposals=(Proposal(2, "Dune", "mam", "9"), *proposals)))
    first, second, _ = entry["candidates"]
    assert first == {
        "number": 2,
        "title": "Dune",
        "source": "mam",
        "narrator": None,
        "format": None,
        "size_mb": None,
        "why": "",
    }
    assert (second["number"], second["format"], second["size_mb"]) == (1, "m4b", 612)
    assert len(json.dumps(entry["candidates"])) < 1500
    assert documents.approval_entry(WANT)["candidates"] == []


def test_downloads_are_summed_up() -> None:
    def one(state: DownloadState, **more: float | None) -> BookDownload:
        size, rate, eta = more.get("size"), more.get("rate"), more.get("eta")
        return BookDownload(
            Download(
                "qbittorrent",
                state.value,
                state,
                progress=more.get("progress") or 0.0,
                size=None if size is None else int(size),
                rate=None if rate is None else int(rate),
                eta=None if eta is None else int(eta),
            ),
            "Dune",
            "Frank Herbert",
        )

    document = documents.downloads_document(
        [
            one(DownloadState.DOWNLOADING, progress=0.75, size=1000, rate=10, eta=61),
            one(DownloadState.STALLED, progress=0.0, size=1000, eta=8_640_000),
            one(DownloadState.QUEUED),
            one(DownloadState.FAILED, progress=0.1, size=5000),
            one(DownloadState.READY, progress=1.0, size=9000),
        ],
        FinishedDownloads(2, 3000, 40, 50_000),
    )
    assert (document["active"], document["queued"], document["stalled"], document["failed"]) == (1, 1, 1, 1)
    assert (document["finished_today"], document["finished_today_bytes"]) == (2, 3000)
    assert (document["finished_total"], document["finished_total_bytes"]) == (40, 50_000)
    assert document["rate_bps"] == 10
    assert document["remaining_bytes"] == 1250
    assert document["progress"] == 37.5
    assert document["eta_min"] == 2  # a stalled download has no end worth telling
    assert documents.downloads_document([], FinishedDownloads())["progress"] is None


def test_library_hours_and_bytes() -> None:
    last = LastAdded("Dune", "Frank Herbert", "Dune #1", "li_1", 75_600, NOW)
    counts = LibraryCounts(1284, 412, 190, 51_157_800, 8, 9, 2, 37, last, 11, 5, 21, 91.26, 100, 150, 3, 700)
    document = documents.library_document(counts)
    assert document == {
        "books": 1284, "authors": 412, "series": 190, "duration_h": 14210.5, "size_bytes": 8, "free_bytes": 9,
        "missing": 2, "incomplete": 11, "completeness": 91.3, "duplicates": 5, "missing_books": 21, "series_known": 150,
        "series_complete": 100, "series_completeness": 66.7, "trash_books": 3, "trash_bytes": 700, "added_total": 37,
        "last_added": {
            "id": "li_1", "title": "Dune", "author": "Frank Herbert", "series": "Dune #1", "duration_h": 21.0,
            "at": "2026-11-22T06:00:00+00:00",
        },
    }  # fmt: skip
