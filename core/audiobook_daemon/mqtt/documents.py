"""The kept documents, made from values; every documented key is always there, null when unknown.

Names carry their units: `_bytes`, `_bps` (bytes per second), `_s`, `_h`, `_min`; `progress` is percent. No key is
called `items`, `keys` or `values`: in Home Assistant's templates those are methods.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from audiobook_daemon.models import (
    DownloadState,
    Health,
    InstanceStatus,
    JobStatus,
    Proposal,
    Run,
    RunOutcome,
    Want,
    WantState,
)
from audiobook_daemon.mqtt.payloads import Document, Json, moment, shortened
from audiobook_daemon.mqtt.source import BookDownload, DaemonInfo, LibraryCounts

API = 1
"""Grows when a document breaks with what it was; additions do not count."""
MOST_ENTRIES = 20
_MOST_NAMES = 100
_PROBLEM_LENGTH = 300
_MOST_CANDIDATES = 3
_CANDIDATE_LENGTH = 120
_QUEUED = frozenset({DownloadState.QUEUED, DownloadState.STOPPED, DownloadState.CHECKING})
_ACTIVE = frozenset({DownloadState.DOWNLOADING, DownloadState.MOVING})
_UNWELL = {Health.RESTING: "resting", Health.NEEDS_PERSON: "needs_person"}
_SERVICE_STATES = {Health.READY: "up", Health.STARTING: "unknown"}


def info_document(
    info: DaemonInfo,
    jobs: Sequence[JobStatus],
    instances: Sequence[InstanceStatus],
    *,
    node_id: str,
    commands: Sequence[str],
) -> Document:
    """Say who the daemon is and what can be asked of it."""
    return {
        "version": info.version,
        "api": API,
        "node_id": node_id,
        "started_at": moment(info.started),
        "plugins": list(sorted({instance.type for instance in instances})[:_MOST_NAMES]),
        "jobs": [job.name for job in jobs[:_MOST_NAMES]],
        "services": [instance.name for instance in instances[:_MOST_NAMES]],
        "commands": list(commands),
    }


def state_document(
    jobs: Sequence[JobStatus], instances: Sequence[InstanceStatus], *, stopped: bool = False
) -> Document:
    """Say how the daemon is doing: stopped, starting, degraded, paused, running or idle, the first that is true."""
    running = [job.name for job in jobs if job.running]
    if stopped:
        state = "stopped"
    elif any(instance.health is Health.STARTING for instance in instances):
        state = "starting"
    elif any(instance.health in _UNWELL for instance in instances):
        state = "degraded"
    elif jobs and all(job.paused for job in jobs):
        state = "paused"
    else:
        state = "running" if running else "idle"
    coming = [(job.next_run, job.name) for job in jobs if job.next_run and not job.paused]
    at, name = min(coming, default=(None, None))
    failed = [job.name for job in jobs if job.last_run and job.last_run.outcome is RunOutcome.FAILED]
    return {
        "state": state,
        "paused": bool(jobs) and all(job.paused for job in jobs),
        "jobs_running": list(running[:MOST_ENTRIES]),
        "jobs_failed": list(failed[:MOST_ENTRIES]),
        "problems": list(_problems(jobs, instances)[:MOST_ENTRIES]),
        "next_job": None if name is None else {"job": name, "at": moment(at)},
    }


def _problems(jobs: Sequence[JobStatus], instances: Sequence[InstanceStatus]) -> list[Json]:
    found: list[Json] = [
        {
            "source": f"service/{instance.name}",
            "code": _UNWELL[instance.health],
            "message": shortened(instance.error or f"{instance.name} does not answer.", _PROBLEM_LENGTH),
            "since": moment(instance.since),
        }
        for instance in instances
        if instance.health in _UNWELL
    ]
    found += [
        {
            "source": f"job/{job.name}",
            "code": "failed",
            "message": shortened(job.last_run.error or job.last_run.summary or "The last run failed.", _PROBLEM_LENGTH),
            "since": moment(job.last_run.finished),
        }
        for job in jobs
        if job.last_run and job.last_run.outcome is RunOutcome.FAILED
    ]
    return found


def job_document(job: JobStatus) -> Document:
    """Describe one job; `plugin` is the instance whose action it runs, if there is just one."""
    owners = {action.partition(".")[0] for action in job.actions if "." in action}
    return {
        "id": job.name,
        "name": job.name.replace("_", " ").replace("-", " ").capitalize(),
        "description": job.description,
        "plugin": owners.pop() if len(owners) == 1 else None,
        "actions": list(job.actions[:MOST_ENTRIES]),
        "enabled": not job.paused,
        "state": "running" if job.running else "disabled" if job.paused else "idle",
        "schedule": job.at,
        "next_run": None if job.paused else moment(job.next_run),
        "last_run": None if job.last_run is None else run_document(job.last_run),
    }


def run_document(run: Run) -> Document:
    """Describe one run."""
    return {
        "id": run.id,
        "status": run.outcome.value,
        "trigger": run.trigger,
        "started_at": moment(run.started),
        "finished_at": moment(run.finished),
        "duration_s": seconds_of(run),
        "processed": run.processed,
        "succeeded": run.succeeded,
        "failed": run.failed,
        "summary": run.summary,
        "error": run.error,
    }


def seconds_of(run: Run) -> float | None:
    """Return how long a run took, None while it runs."""
    return None if run.finished is None else round((run.finished - run.started).total_seconds(), 1)


def service_document(instance: InstanceStatus) -> Document:
    """Describe one instance; `health` tells more than `state`, which is up, down or unknown."""
    return {
        "id": instance.name,
        "name": instance.name.replace("_", " ").replace("-", " ").capitalize(),
        "type": instance.type,
        "roles": list(instance.roles),
        "state": service_state(instance.health),
        "health": instance.health.value,
        "since": moment(instance.since),
        "until": moment(instance.until),
        "version": instance.version,
        "latency_ms": None,
        "error": instance.error,
    }


def service_state(health: Health) -> str:
    """Return `up`, `down` or `unknown`."""
    return _SERVICE_STATES.get(health, "down")


def wants_document(counts: Mapping[WantState, int]) -> Document:
    """Count the wants of every state; `open` are those with something left to do."""
    document: dict[str, Json] = {state.value: counts.get(state, 0) for state in WantState}
    return document | {"open": sum(counts.get(state, 0) for state in WantState if state.open)}


def approvals_document(count: int, reviews: Sequence[Want]) -> Document:
    """List the releases that wait for a person, the oldest as `current`."""
    entries: list[Json] = [approval_entry(want) for want in reviews[:MOST_ENTRIES]]
    return {"count": max(count, len(entries)), "current": entries[0] if entries else None, "entries": entries}


def approval_entry(want: Want) -> Document:
    """Describe what a person has to decide."""
    release, book = want.release, want.wish.book
    return {
        "id": want.id,
        "title": book.title,
        "author": book.authors[0] if book.authors else None,
        "narrator": release.narrators[0] if release and release.narrators else None,
        "release": release.title if release else None,
        "indexer": release.source if release else None,
        "size_bytes": release.size if release else None,
        "size_mb": _megabytes(release.size) if release else None,
        "source": want.wish.origin or None,
        "code": want.code,
        "reason": want.reason,
        "candidates": [_candidate(proposal) for proposal in want.proposals[:_MOST_CANDIDATES]],
        "requested_at": moment(want.changed or want.created),
    }


def _candidate(proposal: Proposal) -> Document:
    return {
        "number": proposal.number,
        "title": shortened(proposal.title, _CANDIDATE_LENGTH),
        "source": proposal.source,
        "narrator": None if proposal.narrator is None else shortened(proposal.narrator, _CANDIDATE_LENGTH),
        "format": proposal.format,
        "size_mb": _megabytes(proposal.size),
        "why": shortened(proposal.why, _CANDIDATE_LENGTH),
    }


def _megabytes(size: int | None) -> int | None:
    return None if size is None else round(size / 1e6)


def downloads_document(downloads: Sequence[BookDownload]) -> Document:
    """Sum up the downloads; `remaining_bytes` and `progress` count those whose size is known."""
    seen = [book.download for book in downloads]
    open_ones = [one for one in seen if one.state not in {DownloadState.READY, DownloadState.FAILED}]
    sized = [(one.size, one.progress) for one in open_ones if one.size]
    total = sum(size for size, _ in sized)
    remaining = sum(size * (1 - progress) for size, progress in sized)
    etas = [one.eta for one in open_ones if one.eta is not None and one.state in _ACTIVE]
    return {
        **download_counts(downloads),
        "rate_bps": sum(one.rate or 0 for one in seen),
        "remaining_bytes": round(remaining),
        "progress": round(100 * (1 - remaining / total), 1) if total else None,
        "eta_min": math.ceil(max(etas) / 60) if etas else None,
        "entries": [
            {
                "id": book.download.id,
                "title": book.title,
                "author": book.author,
                "state": book.download.state.value,
                "progress": round(100 * book.download.progress, 1),
                "rate_bps": book.download.rate,
            }
            for book in downloads[:MOST_ENTRIES]
        ],
    }


def download_counts(downloads: Sequence[BookDownload]) -> dict[str, int]:
    """Count the downloads by what they do."""
    states = [book.download.state for book in downloads]
    return {
        "active": sum(state in _ACTIVE for state in states),
        "queued": sum(state in _QUEUED for state in states),
        "stalled": states.count(DownloadState.STALLED),
        "failed": states.count(DownloadState.FAILED),
    }


def library_document(counts: LibraryCounts) -> Document:
    """Describe the library in numbers."""
    last = counts.last_added
    return {
        "books": counts.books,
        "authors": counts.authors,
        "series": counts.series,
        "duration_h": _hours(counts.runtime),
        "size_bytes": counts.size,
        "free_bytes": counts.free,
        "missing": counts.missing,
        "incomplete": counts.incomplete,
        "duplicates": counts.duplicates,
        "missing_books": counts.missing_books,
        "added_total": counts.added_total,
        "last_added": None
        if last is None
        else {
            "id": last.id,
            "title": last.title,
            "author": last.author,
            "series": last.series,
            "duration_h": _hours(last.runtime),
            "at": moment(last.at),
        },
    }


def _hours(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds / 3600, 1)
