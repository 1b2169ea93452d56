"""The jobs of the schedule: when they ran and run, what came of it, and what a person may do with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from markupsafe import Markup
from pydantic import StringConstraints

from audiobook_daemon.models import JobStatus, Run
from audiobook_daemon.web.answers import Asked, Nothing
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.pages.charts import Span, timeline
from audiobook_daemon.web.pages.clock import duration
from audiobook_daemon.web.pages.entry import Done, Pages
from audiobook_daemon.web.pages.naming import tone, worded
from audiobook_daemon.web.pages.running import running
from audiobook_daemon.web.refusals import NotFound

pages = Pages()
Name = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00]+$")]
_PAST, _FUTURE = timedelta(hours=24), timedelta(hours=4)
_MOST_RUNS = 4000
_SHOWN_RUNS = 30


class JobAsked(Asked):
    """Which one."""

    name: Name


@dataclass(frozen=True, slots=True)
class JobLine:
    """A job, and when it ran."""

    status: JobStatus
    drawn: Markup


@pages.shows("/jobs", template="jobs.html.j2", title="Jobs")
async def show_jobs(desk: Desk, _: Nothing) -> Mapping[str, object]:
    """Every job with the last day of it, and whatever else can be run."""
    now = desk.lent.now()
    runs: defaultdict[str, list[Run]] = defaultdict(list)
    for run in await desk.database.runs.since(now - _PAST, _MOST_RUNS):
        runs[run.name].append(run)
    jobs = desk.lent.source.jobs()
    names = {job.name for job in jobs}
    return {
        "jobs": [JobLine(job, _drawn(job, runs[job.name], now)) for job in jobs],
        "others": [run for name, found in runs.items() if name not in names for run in found][:_SHOWN_RUNS],
        "actions": sorted(desk.lent.actions, key=lambda action: action.name),
        "begin": now - _PAST,
        "end": now + _FUTURE,
    }


@pages.shows("/jobs/{name}", template="job.html.j2", title="Job")
async def show_job(desk: Desk, asked: JobAsked) -> Mapping[str, object]:
    """One job with its last runs and their logs."""
    job = next((job for job in desk.lent.source.jobs() if job.name == asked.name), None)
    if job is None:
        raise NotFound(f"There is no job called {asked.name!r}.")
    now = desk.lent.now()
    runs = await desk.database.runs.latest(job.name, _SHOWN_RUNS)
    return {
        "title": job.name,
        "job": job,
        "runs": runs,
        "drawn": _drawn(job, runs, now),
        "begin": now - _PAST,
        "end": now + _FUTURE,
        "progress": next((one for one in await running(desk) if one.run.name == job.name), None),
    }


@pages.does("/jobs/{name}/run")
async def run_job(desk: Desk, asked: JobAsked) -> Done:
    """Run a job now."""
    await desk.doors.run_job(asked.name, "http")
    return Done(f"{asked.name} has begun.")


@pages.does("/jobs/{name}/cancel")
async def cancel_job(desk: Desk, asked: JobAsked) -> Done:
    """Call a job off."""
    await desk.doors.cancel_job(asked.name)
    return Done(f"{asked.name} is called off; it ends after the step at hand.")


@pages.does("/jobs/{name}/pause")
async def pause_job(desk: Desk, asked: JobAsked) -> Done:
    """Let the times of a job pass."""
    await desk.doors.set_job_enabled(asked.name, False)
    return Done(f"{asked.name} is paused until it is resumed.")


@pages.does("/jobs/{name}/resume")
async def resume_job(desk: Desk, asked: JobAsked) -> Done:
    """Let a job run at its times again."""
    await desk.doors.set_job_enabled(asked.name, True)
    return Done(f"{asked.name} runs at its times again.")


def _drawn(job: JobStatus, runs: Sequence[Run], now: datetime) -> Markup:
    spans = [_span(run, now) for run in reversed(runs) if run.started > now - _PAST]
    last = f", the last one {worded(runs[0].outcome)}" if runs else ""
    label = f"{job.name}: {len(spans)} runs in the last 24 hours{last}"
    return timeline(spans, now - _PAST, now + _FUTURE, label, now=now, due=job.next_run)


def _span(run: Run, now: datetime) -> Span:
    end = run.finished or now
    took = duration((end - run.started).total_seconds())
    told = f"{run.started:%H:%M} UTC, {took}, {worded(run.outcome)}"
    return Span(run.started, end, tone(run.outcome), told)
