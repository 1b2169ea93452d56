"""A job of the schedule, its last run, and how far the present one has come."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from audiobook_daemon.models import JobStatus, Run, RunOutcome
from audiobook_daemon.mqtt.documents.shape import (
    NAME_LENGTH,
    SENTENCE_LENGTH,
    TITLE_LENGTH,
    cut,
    described,
    names,
    readable,
)
from audiobook_daemon.mqtt.payloads import moment, shortened


@described
class RunEntry(TypedDict):
    """One run of a job or action."""

    id: str
    """The id of the run; events about it carry it as `run_id`."""
    status: RunOutcome
    """How it ended; `warning`: it was done, and some of it failed."""
    trigger: str
    """What started it: schedule, catch_up, mqtt, cli, api or start."""
    started_at: str | None
    """When it started."""
    finished_at: str | None
    """When it ended."""
    duration_s: float | None
    """Seconds that it took."""
    processed: int
    """How many things it dealt with."""
    succeeded: int
    """How many of them went well."""
    failed: int
    """How many of them did not."""
    summary: str | None
    """What it did, as a sentence."""
    error: str | None
    """Why it failed, as a sentence."""


@described
class JobDocument(TypedDict):
    """One job of the schedule."""

    id: str
    """Its name in the configuration."""
    name: str
    """Its name for people."""
    description: str | None
    """What it is for, as the configuration says."""
    plugin: str | None
    """The instance whose action it runs, if there is just one."""
    actions: list[str]
    """What it runs, in this order; the first 20."""
    enabled: bool
    """False if somebody has paused it."""
    state: Literal["idle", "running", "disabled"]
    """`disabled`: paused, and not running."""
    schedule: str
    """When it runs, as a cron expression in the configured time zone."""
    next_run: str | None
    """When it runs next; null while it is paused."""
    last_run: RunEntry | None
    """Its last run."""


@described
class ProgressDocument(TypedDict):
    """How far a run of a job has come."""

    run_id: str
    """The id of the run."""
    done: int
    """How many things are done."""
    total: int | None
    """Of how many."""
    percent: float | None
    """The same in percent; null while `total` is unknown."""
    text: str
    """What is being done."""


def job_document(job: JobStatus, *, paused: bool = False) -> JobDocument:
    """Describe one job; while the whole schedule is `paused` there is no next run."""
    owners = {action.partition(".")[0] for action in job.actions if "." in action}
    return {
        "id": shortened(job.name, NAME_LENGTH),
        "name": readable(job.name),
        "description": cut(job.description, SENTENCE_LENGTH),
        "plugin": owners.pop() if len(owners) == 1 else None,
        "actions": names(job.actions),
        "enabled": not job.paused,
        "state": "running" if job.running else "disabled" if job.paused else "idle",
        "schedule": shortened(job.at, TITLE_LENGTH),
        "next_run": None if job.paused or paused else moment(job.next_run),
        "last_run": None if job.last_run is None else run_document(job.last_run),
    }


def run_document(run: Run) -> RunEntry:
    """Describe one run."""
    return {
        "id": run.id,
        "status": run.outcome,
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


def progress_document(run: Run, done: int, total: int | None, text: str) -> ProgressDocument:
    """Say how far a run has come."""
    return {
        "run_id": run.id,
        "done": done,
        "total": total,
        "percent": round(min(100.0, 100 * done / total), 1) if total else None,
        "text": shortened(text, TITLE_LENGTH),
    }
