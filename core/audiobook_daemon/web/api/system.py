"""The daemon and the library in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, timedelta
from typing import Annotated

from pydantic import Field

from audiobook_daemon.http import Asker, Calls
from audiobook_daemon.models import WantState
from audiobook_daemon.store import QueueState
from audiobook_daemon.web.answers import Answered, Asked, Nothing
from audiobook_daemon.web.api.health import (
    Condition,
    DatabaseHealth,
    SchedulerHealth,
    database_health,
    scheduler_health,
)
from audiobook_daemon.web.api.instances import InstanceTold, instance_told
from audiobook_daemon.web.api.standings import summary_told
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.operation import Operations
from audiobook_daemon.web.told.system import (
    CallsTold,
    DownloadStats,
    LibraryTold,
    StatsTold,
    StorageTold,
    UsageTold,
)

operations = Operations("system", "/system")
_OFTEN = 3
_NO_SOURCE = "none"


class UsageAsked(Asked):
    """Of how many days."""

    days: Annotated[int, Field(ge=1, le=365)] = 30
    """Today is one of them, in UTC."""


class SystemHealth(Answered):
    """How everything does, as last seen."""

    status: Condition
    database: DatabaseHealth
    scheduler: SchedulerHealth
    instances: list[InstanceTold]
    """Every service that is configured; `/health/detailed` really asks them."""


@operations.add("GET", "/stats", number=59)
async def get_stats(desk: Desk, _asked: Nothing) -> StatsTold:
    """Tell how much there is of everything."""
    counts = await desk.lent.figures.library.get()
    wants = await desk.lent.source.want_counts()
    return StatsTold(
        books=dict(await desk.lent.figures.statuses.get()),
        library_books=counts.books,
        series=await desk.database.series.count(),
        authors=await desk.database.authors.count(),
        wants={state: wants.get(state, 0) for state in WantState},
        downloads=_all_sources(await desk.database.download_lists.counts()),
        missing_books=counts.missing_books,
        failing=sum((await desk.database.failed_attempts.counts(_OFTEN)).values()),
    )


@operations.add("GET", "/library-status", number=60)
async def get_library_status(desk: Desk, _asked: Nothing) -> LibraryTold:
    """Tell how well the library is described and how complete it is."""
    counts = await desk.lent.figures.library.get()
    return LibraryTold(
        books=counts.books,
        completeness=counts.completeness,
        incomplete=counts.incomplete,
        in_full=await desk.lent.figures.in_full.get(),
        lost=counts.missing,
        duplicates=counts.duplicates,
        series=summary_told(await desk.database.series.summary()),
        authors=summary_told(await desk.database.authors.summary()),
    )


@operations.add("GET", "/download-stats", number=61)
async def get_download_stats(desk: Desk, _asked: Nothing) -> DownloadStats:
    """Tell how many downloads stand in each state, in all and by source."""
    counts = await desk.database.download_lists.counts()
    finished = await desk.lent.source.finished()
    return DownloadStats(
        by_status=_all_sources(counts),
        by_source={source or _NO_SOURCE: dict(states) for source, states in counts.items()},
        retry_due=await desk.database.download_lists.due(desk.lent.now()),
        finished_today=finished.today,
        finished_today_bytes=finished.today_size,
        finished_total=finished.total,
        finished_total_bytes=finished.total_size,
    )


@operations.add("GET", "/storage", number=62)
async def get_storage(desk: Desk, _asked: Nothing) -> StorageTold:
    """Tell what takes room, and how much is left."""
    counts = await desk.lent.figures.library.get()
    return StorageTold(
        books=counts.books,
        library_bytes=counts.size,
        free_bytes=counts.free,
        database_bytes=await desk.database.figures.size(),
        trash_books=counts.trash_books,
        trash_bytes=counts.trash_size,
    )


@operations.add("GET", "/api-usage", number=63, example={"days": 7})
async def get_api_usage(desk: Desk, asked: UsageAsked) -> UsageTold:
    """Tell how often each service was asked, and how often was asked with each key; what was tried counts."""
    since = desk.lent.now().astimezone(UTC).date() - timedelta(days=asked.days - 1)
    found = {
        Asker(line.kind, line.name): Calls(line.calls, line.failures) for line in await desk.database.usage.since(since)
    }
    for asker, calls in desk.lent.tally.new.items():
        before = found.get(asker, Calls())
        found[asker] = Calls(before.calls + calls.calls, before.failures + calls.failures)
    return UsageTold(since=since, services=_calls(found, "service"), keys=_calls(found, "key"))


@operations.add("GET", "/health", number=67)
async def get_system_health(desk: Desk, _asked: Nothing) -> SystemHealth:
    """Tell how database, schedule and every service do, as last seen."""
    database = await database_health(desk)
    return SystemHealth(
        status=Condition.OK if database.well else Condition.DEGRADED,
        database=database,
        scheduler=scheduler_health(desk),
        instances=[instance_told(desk, status) for status in desk.lent.source.instances()],
    )


def _all_sources(counts: Mapping[str | None, Mapping[QueueState, int]]) -> dict[QueueState, int]:
    total: Counter[QueueState] = Counter()
    for states in counts.values():
        total.update(states)
    return {state: total[state] for state in QueueState}


def _calls(found: Mapping[Asker, Calls], kind: str) -> list[CallsTold]:
    of_kind = [(asker.name, calls) for asker, calls in found.items() if asker.kind == kind]
    ordered = sorted(of_kind, key=lambda one: (-one[1].calls, one[0]))
    return [CallsTold(name=name, calls=calls.calls, failures=calls.failures) for name, calls in ordered]
