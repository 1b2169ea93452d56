"""How the daemon is doing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from typing_extensions import TypedDict

from audiobook_daemon.models import Health, InstanceStatus, JobStatus, RunOutcome
from audiobook_daemon.mqtt.documents.shape import NAME_LENGTH, SENTENCE_LENGTH, cut, described, fitting, names
from audiobook_daemon.mqtt.payloads import moment, shortened

DaemonState = Literal["starting", "idle", "running", "paused", "degraded", "stopped"]
ProblemCode = Literal["resting", "needs_person", "failed"]
_UNWELL: dict[Health, ProblemCode] = {Health.RESTING: "resting", Health.NEEDS_PERSON: "needs_person"}
_ROOM_FOR_PROBLEMS = 8 * 1024


@described
class Problem(TypedDict):
    """Something that is not as it should be."""

    source: str
    """The topic that tells more: `service/<service>` or `job/<job>`."""
    code: ProblemCode
    """`resting`: asked again by itself; `needs_person`: only a person can mend it; `failed`: the last run failed."""
    message: str
    """What is wrong, as a sentence."""
    since: str | None
    """Since when."""


@described
class NextJob(TypedDict):
    """The job that starts next by itself."""

    job: str
    """Its name."""
    at: str | None
    """When it starts."""


@described
class StateDocument(TypedDict):
    """The daemon as a whole."""

    state: DaemonState
    """The first that is true of: stopped, starting, degraded (a service is down), paused, running, idle."""
    paused: bool
    """Whether the whole schedule stands still."""
    jobs_running: list[str]
    """The jobs that run now."""
    jobs_failed: list[str]
    """The jobs whose last run failed."""
    problems: list[Problem]
    """What is wrong, services first; 20 at most, and as many as fit into 8 KiB."""
    next_job: NextJob | None
    """The job that starts next."""
    events_dropped: int
    """Events and answers that were given up since the start, for the broker was away or too slow."""


def state_document(
    jobs: Sequence[JobStatus],
    instances: Sequence[InstanceStatus],
    *,
    paused: bool = False,
    stopped: bool = False,
    events_dropped: int = 0,
) -> StateDocument:
    """Say how the daemon is doing; `events_dropped` are those the broker did not take."""
    running = [job.name for job in jobs if job.running]
    state: DaemonState
    if stopped:
        state = "stopped"
    elif any(instance.health is Health.STARTING for instance in instances):
        state = "starting"
    elif any(instance.health in _UNWELL for instance in instances):
        state = "degraded"
    elif paused:
        state = "paused"
    else:
        state = "running" if running else "idle"
    coming = [(job.next_run, job.name) for job in jobs if job.next_run and not job.paused]
    at, name = min(coming, default=(None, None))
    return {
        "state": state,
        "paused": paused,
        "jobs_running": names(running),
        "jobs_failed": names([job.name for job in jobs if _has_failed(job)]),
        "problems": fitting([*_problems_of(instances), *_failures_of(jobs)], _ROOM_FOR_PROBLEMS),
        "next_job": None if paused or name is None else {"job": shortened(name, NAME_LENGTH), "at": moment(at)},
        "events_dropped": events_dropped,
    }


def _has_failed(job: JobStatus) -> bool:
    return job.last_run is not None and job.last_run.outcome is RunOutcome.FAILED


def _problems_of(instances: Sequence[InstanceStatus]) -> list[Problem]:
    return [
        {
            "source": f"service/{cut(instance.name, NAME_LENGTH)}",
            "code": _UNWELL[instance.health],
            "message": shortened(instance.error or f"{instance.name} does not answer.", SENTENCE_LENGTH),
            "since": moment(instance.since),
        }
        for instance in instances
        if instance.health in _UNWELL
    ]


def _failures_of(jobs: Sequence[JobStatus]) -> list[Problem]:
    return [
        {
            "source": f"job/{cut(job.name, NAME_LENGTH)}",
            "code": "failed",
            "message": shortened(job.last_run.error or job.last_run.summary or "The last run failed.", SENTENCE_LENGTH),
            "since": moment(job.last_run.finished),
        }
        for job in jobs
        if job.last_run and _has_failed(job)
    ]
