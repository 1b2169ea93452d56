"""What the daemon is doing, and what waits for a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from audiobook_daemon.models import Health, InstanceStatus, JobStatus, WantState
from audiobook_daemon.web.answers import Asked, Nothing
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.pages.entry import Done, Pages
from audiobook_daemon.web.pages.missing import missing
from audiobook_daemon.web.pages.running import running

pages = Pages()
_STAGES = (
    WantState.WANTED,
    WantState.REVIEW,
    WantState.CHOSEN,
    WantState.DOWNLOADING,
    WantState.DOWNLOADED,
    WantState.VERIFIED,
    WantState.SHELVED,
)
_NEXT_JOBS = 6
_LAST_EVENTS = 10
_MOST_DOWNLOADS = 20


@dataclass(frozen=True, slots=True)
class Stage:
    """A step on the way of a book, and how many stand there."""

    state: WantState
    count: int


@dataclass(frozen=True, slots=True)
class Call:
    """Something that waits for a person."""

    text: str
    path: str
    grave: bool = False


class InstanceAsked(Asked):
    """Which one."""

    name: str


@pages.shows("/", template="now.html.j2", title="Now")
async def show_now(desk: Desk, _: Nothing) -> Mapping[str, object]:
    """Put together what is going on."""
    source, database = desk.lent.source, desk.database
    counts = await source.want_counts()
    jobs, instances = source.jobs(), source.instances()
    downloads = await source.downloads()
    library = await desk.lent.figures.library.get()
    return {
        "stages": [Stage(state, counts.get(state, 0)) for state in _STAGES],
        "running": await running(desk),
        "downloads": downloads[:_MOST_DOWNLOADS],
        "more_downloads": max(0, len(downloads) - _MOST_DOWNLOADS),
        "instances": instances,
        "next_jobs": _next(jobs),
        "jobs_known": len(jobs),
        "calls": [*_of_instances(instances), *_of_wants(counts), *_of_trackers(desk)],
        "library": library,
        "events": await database.events.told(_LAST_EVENTS),
        "missing": missing(instances, jobs),
    }


@pages.does("/instances/{name}/check")
async def check_instance(desk: Desk, asked: InstanceAsked) -> Done:
    """Ask an instance whether it is well."""
    status = await desk.doors.check_instance(asked.name)
    if status.health is Health.READY:
        return Done(f"{status.name} answers.")
    return Done(f"{status.name}: {status.error or status.health.value.replace('_', ' ')}")


@pages.does("/schedule/pause")
async def pause_schedule(desk: Desk, _: Nothing) -> Done:
    """Let no job run by itself."""
    await desk.doors.set_schedule_enabled(False)
    return Done("The schedule is paused: no job runs by itself until it is resumed.")


@pages.does("/schedule/resume")
async def resume_schedule(desk: Desk, _: Nothing) -> Done:
    """Let the jobs run at their times again."""
    await desk.doors.set_schedule_enabled(True)
    return Done("The schedule goes on.")


def _next(jobs: Iterable[JobStatus]) -> list[JobStatus]:
    due = [job for job in jobs if job.next_run and not job.running]
    return sorted(due, key=lambda job: (job.next_run, job.name))[:_NEXT_JOBS]


def _of_instances(instances: Iterable[InstanceStatus]) -> list[Call]:
    stuck = [one for one in instances if one.health is Health.NEEDS_PERSON]
    return [Call(f"{one.name}: {one.error or 'needs somebody'}", "/#instances", grave=True) for one in stuck]


def _of_wants(counts: Mapping[WantState, int]) -> list[Call]:
    reviews = counts.get(WantState.REVIEW, 0)
    if not reviews:
        return []
    told = "1 book waits for your answer." if reviews == 1 else f"{reviews} books wait for your answer."
    return [Call(told, "/review")]


def _of_trackers(desk: Desk) -> list[Call]:
    standings = desk.lent.source.standings()
    return [Call(danger, "/tracker", grave=True) for one in standings.values() for danger in one.dangers]
