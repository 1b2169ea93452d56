"""How the jobs of the schedule are told, and found by name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pydantic import JsonValue

from audiobook_daemon.models import JobStatus
from audiobook_daemon.web.answers import Answered
from audiobook_daemon.web.api.runs import RunTold, run_told
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.refusals import NotFound

_OTHER_NAMES: Mapping[str, str] = {
    "mam": "mam_scan",
    "top10": "gather",
    "metadata_full": "metadata_full",
    "metadata_new": "metadata_new",
    "series": "series_completion",
    "author": "author_completion",
}
"""Names that programs know tasks by, and the actions that do them: a job may be called otherwise."""


class JobStep(Answered):
    """One action of a job."""

    action: str
    arguments: dict[str, JsonValue]


class JobTold(Answered):
    """A job of the schedule."""

    id: str
    name: str
    description: str | None = None
    trigger: str
    """The cron expression, in the configured time zone."""
    next_run: datetime | None = None
    """Null while it is paused for good."""
    paused: bool
    paused_until: datetime | None = None
    """When the pause ends by itself."""
    running: bool
    steps: list[JobStep]
    last_run: RunTold | None = None


def job_called(desk: Desk, name: str) -> JobStatus:
    """Return a job by its name, in any case, or by what other programs call it; raises NotFound."""
    jobs = {job.name: job for job in desk.lent.source.jobs()}
    folded = name.casefold()
    if found := jobs.get(name) or jobs.get(folded):
        return found
    if action := _OTHER_NAMES.get(folded):
        for job in jobs.values():
            if action in job.actions:
                return job
    raise NotFound(f"There is no job called {name!r}. Jobs: {', '.join(sorted(jobs)) or 'none'}.")


def job_told(desk: Desk, job: JobStatus) -> JobTold:
    """Tell a job, with the arguments of its steps as the file has them."""
    written = next((one for one in desk.lent.configuration().jobs if one.name == job.name), None)
    steps = [JobStep(action=one.action, arguments=_plain(desk, one.arguments)) for one in written.do] if written else []
    return JobTold(
        id=job.name,
        name=job.name,
        description=job.description,
        trigger=job.at,
        next_run=job.next_run,
        paused=job.paused,
        paused_until=job.paused_until,
        running=job.running,
        steps=steps,
        last_run=run_told(desk, job.last_run) if job.last_run else None,
    )


def _plain(desk: Desk, arguments: Mapping[str, object]) -> dict[str, JsonValue]:
    return {name: _value(desk, value) for name, value in arguments.items()}


def _value(desk: Desk, value: object) -> JsonValue:
    match value:
        case str():
            return desk.lent.redact(value)
        case bool() | int() | float() | None:
            return value
        case Mapping():
            return {str(name): _value(desk, one) for name, one in value.items()}
        case list() | tuple():
            return [_value(desk, one) for one in value]
        case _:
            return desk.lent.redact(str(value))
