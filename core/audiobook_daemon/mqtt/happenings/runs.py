"""What happened to runs of jobs and actions."""

from __future__ import annotations

from typing_extensions import TypedDict

from audiobook_daemon.events import RunFinished, RunStarted
from audiobook_daemon.models import RunOutcome
from audiobook_daemon.mqtt.documents.job import seconds_of
from audiobook_daemon.mqtt.documents.shape import described
from audiobook_daemon.mqtt.happenings.head import EventKind, Happening, Head

_WELL = frozenset({RunOutcome.SUCCESS, RunOutcome.WARNING})


@described
class Failure(TypedDict):
    """Why a run did not go well."""

    code: RunOutcome
    """failed, cancelled or interrupted."""
    message: str | None
    """The reason as a sentence."""


@described
class JobEvent(Head):
    """A run of a job, or of an action that somebody asked for, began or ended."""

    job: str
    """The job or action."""
    run_id: str
    """The id of the run."""
    trigger: str
    """What started it: schedule, catch_up, mqtt, cli, api or start."""
    status: RunOutcome
    """How it ended, or `running`."""
    duration_s: float | None
    """Seconds that it took; null while it runs."""
    summary: str | None
    """What it did, as a sentence."""
    error: Failure | None
    """Why it failed."""
    transaction: str | None
    """The `transaction` of the request that started it, if one did."""


JOB = {
    "started": EventKind("job", "started", JobEvent, "A run began."),
    "succeeded": EventKind("job", "succeeded", JobEvent, "A run ended well, perhaps with warnings."),
    "failed": EventKind("job", "failed", JobEvent, "A run failed or was cancelled; `error` tells why."),
}


def run_happening(event: RunStarted | RunFinished, transaction: str | None) -> Happening:
    """Tell of a run that began or ended."""
    run = event.run
    well = run.outcome in _WELL
    kind = JOB["started" if isinstance(event, RunStarted) else "succeeded" if well else "failed"]
    bad = not well and run.outcome is not RunOutcome.RUNNING
    document: JobEvent = {
        **kind.head(event.at),
        "job": run.name,
        "run_id": run.id,
        "trigger": run.trigger,
        "status": run.outcome,
        "duration_s": seconds_of(run),
        "summary": run.summary,
        "error": {"code": run.outcome, "message": run.error or run.summary} if bad else None,
        "transaction": transaction,
    }
    return Happening(kind, document)
