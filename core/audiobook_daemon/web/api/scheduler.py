"""The jobs of the schedule: when they run, how they went, and doing it now."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field

from audiobook_daemon.web.access import Scope
from audiobook_daemon.web.answers import MOST, Answered, Asked, Nothing, Page, Paging
from audiobook_daemon.web.api.beginning import TRIGGER, Begun, PerhapsBegun, begun, perhaps_begun
from audiobook_daemon.web.api.jobs import JobTold, job_called, job_told
from audiobook_daemon.web.api.runs import Name, RunTold, run_told
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.operation import Operations

operations = Operations("scheduler", "/scheduler")
_NEXT = 5
_LAST = 10


class TaskAsked(Asked):
    """Which job: its name, or one of MAM, TOP10, METADATA_FULL, METADATA_NEW, SERIES and AUTHOR."""

    task_name: Name


class PauseAsked(TaskAsked):
    """Which job is to be paused, and for how long; for good if nothing is said."""

    duration: Annotated[str, Field(max_length=50)] | None = None
    """As in `2h` or `1d12h`."""
    until: Annotated[str, Field(max_length=50)] | None = None
    """As in `07:00` or `2026-12-24 18:00`, in the configured time zone."""


class HistoryAsked(Paging):
    """Which runs of which job."""

    task_name: Name
    limit: Annotated[int, Field(ge=1, le=MOST)] = 50


class UpcomingAsked(Asked):
    """How far to look ahead."""

    hours: Annotated[int, Field(ge=1, le=168)] = 24
    limit: Annotated[int, Field(ge=1, le=MOST)] = 100
    """So many at most: some jobs run every minute."""


class PlannedTold(Answered):
    """A time at which a job runs if nothing changes."""

    at: datetime
    job: str


class SchedulerTold(Answered):
    """How the schedule stands."""

    enabled: bool
    """Whether jobs run at their times; not while the whole schedule is paused."""
    paused_until: datetime | None = None
    """When the pause of the whole schedule ends by itself."""
    running: list[str]
    """The jobs under way."""
    job_count: int
    next_runs: list[PlannedTold]
    """The next five."""


class TaskStatistics(Answered):
    """How the last runs of a job went, a thousand at most."""

    runs: int
    done: int
    """Those that came to their end, with or without warnings."""
    failed: int
    success_rate: float | None = None
    """Percent of the runs that came to their end; null without any run."""
    seconds: float | None = None
    """How long one took on the average."""


class TaskInFull(JobTold):
    """A job with how it went."""

    statistics: TaskStatistics
    runs: list[RunTold]
    """The last ten."""


@operations.add("GET", "/status", number=49)
async def get_scheduler_status(desk: Desk, _asked: Nothing) -> SchedulerTold:
    """Tell how the schedule stands and what comes next."""
    source = desk.lent.source
    jobs = source.jobs()
    coming = sorted((job.next_run, job.name) for job in jobs if job.next_run is not None)
    return SchedulerTold(
        enabled=not source.paused(),
        paused_until=source.paused_until(),
        running=[job.name for job in jobs if job.running],
        job_count=len(jobs),
        next_runs=[PlannedTold(at=at, job=name) for at, name in coming[:_NEXT]],
    )


@operations.add("GET", "/tasks", number=50)
async def list_tasks(desk: Desk, _asked: Nothing) -> list[JobTold]:
    """List every job with its times, its steps and its last run."""
    return [job_told(desk, job) for job in desk.lent.source.jobs()]


@operations.add("GET", "/task/{task_name}", number=51, errors=(404,), example={"task_name": "hunt"})
async def get_task(desk: Desk, asked: TaskAsked) -> TaskInFull:
    """Tell when a job runs, how its last runs went, and how they go as a rule."""
    job = job_called(desk, asked.task_name)
    sums = await desk.database.runs.sums(job.name)
    last, _ = await desk.database.runs.page(_LAST, name=job.name)
    rate = round(100 * sums.done / sums.runs, 1) if sums.runs else None
    return TaskInFull(
        **job_told(desk, job).model_dump(),
        statistics=TaskStatistics(
            runs=sums.runs, done=sums.done, failed=sums.failed, success_rate=rate, seconds=sums.seconds
        ),
        runs=[run_told(desk, run) for run in last],
    )


@operations.add(
    "POST",
    "/trigger/{task_name}",
    number=52,
    scope=Scope.ACT,
    status=202,
    errors=(404, 409),
    example={"task_name": "hunt"},
)
async def trigger_task(desk: Desk, asked: TaskAsked) -> Begun:
    """Run a job now, paused or not; with an `Idempotency-Key` the same is not begun twice."""
    job = job_called(desk, asked.task_name)
    return await begun(job.name, desk.doors.run_job(job.name, TRIGGER, key=desk.key))


@operations.add(
    "PUT",
    "/task/{task_name}/pause",
    number=53,
    scope=Scope.ACT,
    errors=(404, 409),
    example={"task_name": "hunt", "duration": "2h"},
)
async def pause_task(desk: Desk, asked: PauseAsked) -> JobTold:
    """Let the times of a job pass, for a while or for good; that survives restarts."""
    job = job_called(desk, asked.task_name)
    await desk.act("pause", job=job.name, duration=asked.duration, until=asked.until)
    return job_told(desk, job_called(desk, job.name))


@operations.add(
    "PUT", "/task/{task_name}/resume", number=54, scope=Scope.ACT, errors=(404, 409), example={"task_name": "hunt"}
)
async def resume_task(desk: Desk, asked: TaskAsked) -> JobTold:
    """Let a paused job run at its times again, and tell when that is next."""
    job = job_called(desk, asked.task_name)
    await desk.act("resume", job=job.name)
    return job_told(desk, job_called(desk, job.name))


@operations.add(
    "GET", "/execution-history/{task_name}", number=55, errors=(404,), example={"task_name": "hunt", "limit": 10}
)
async def list_task_runs(desk: Desk, asked: HistoryAsked) -> Page[RunTold]:
    """List how a job went, the newest run first."""
    job = job_called(desk, asked.task_name)
    found, total = await desk.database.runs.page(asked.limit, asked.offset, name=job.name)
    return Page([run_told(desk, run) for run in found], total, asked.limit, asked.offset)


@operations.add("GET", "/upcoming-tasks", number=56, example={"hours": 24})
async def list_upcoming_tasks(desk: Desk, asked: UpcomingAsked) -> list[PlannedTold]:
    """List the times at which jobs run within the next hours, the next first."""
    until = desk.lent.now() + timedelta(hours=asked.hours)
    return [PlannedTold.model_validate(one) for one in desk.lent.source.upcoming(until, asked.limit)]


@operations.add("POST", "/trigger-all", number=57, scope=Scope.ACT, status=202)
async def trigger_all_tasks(desk: Desk, _asked: Nothing) -> list[PerhapsBegun]:
    """Run every job now; one that runs already is told and left alone."""
    names = [job.name for job in desk.lent.source.jobs()]
    return [await perhaps_begun(name, desk.doors.run_job(name, TRIGGER, key=desk.key_for(name))) for name in names]
