"""Whether the daemon lives, can work, and is well; the first two are told to everybody."""

from __future__ import annotations

import asyncio
from datetime import datetime
from enum import StrEnum
from typing import Literal

from audiobook_daemon.errors import DatabaseError
from audiobook_daemon.web.answers import Answered, Nothing, moment
from audiobook_daemon.web.api.instances import InstanceTested, is_well, tested
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.operation import Operations
from audiobook_daemon.web.refusals import Away

operations = Operations("health", "/health", base="")
_PATIENCE = 2.0
"""Seconds in which a database answers that is well."""


class Condition(StrEnum):
    """How well the whole is."""

    OK = "ok"
    DEGRADED = "degraded"
    """Something that is needed does not work."""


class Alive(Answered):
    """A sign of life."""

    status: Literal["ok"] = "ok"
    time: datetime
    version: str
    service: Literal["audiobook-daemon"] = "audiobook-daemon"


class SchedulerHealth(Answered):
    """How the schedule stands."""

    enabled: bool
    """Whether jobs run at their times."""
    job_count: int
    running: list[str]


class DatabaseHealth(Answered):
    """How the database does."""

    well: bool
    seconds: float | None = None
    """How long it took to answer."""
    error: str | None = None


class InDetail(Answered):
    """How everything does, really asked."""

    status: Condition
    time: datetime
    version: str
    database: DatabaseHealth
    scheduler: SchedulerHealth
    asked: datetime
    """When the services were asked; that is done once a minute at most."""
    instances: list[InstanceTested]


@operations.add("GET", "", scope=None)
async def get_health(desk: Desk, _asked: Nothing) -> Alive:
    """Give a sign of life, to everybody."""
    return Alive(time=moment(), version=desk.lent.source.info().version)


@operations.add("GET", "/live", scope=None)
async def get_liveness(desk: Desk, _asked: Nothing) -> Alive:
    """Give a sign of life, to everybody: whoever does not get it may start the daemon anew."""
    return Alive(time=moment(), version=desk.lent.source.info().version)


@operations.add("GET", "/ready", scope=None, errors=(503,))
async def get_readiness(desk: Desk, _asked: Nothing) -> Alive:
    """Tell everybody whether the daemon can work: its database answers."""
    if not await desk.lent.figures.ready.get():
        raise Away("The database does not answer.", retry_after=5.0)
    return Alive(time=moment(), version=desk.lent.source.info().version)


@operations.add("GET", "/detailed")
async def get_detailed_health(desk: Desk, _asked: Nothing) -> InDetail:
    """Ask database, schedule and every service how they do; `degraded` if one that is needed does not work.

    A service that rests or waits for a person is not asked: how it does is known.
    """
    database = await database_health(desk)
    services = await desk.lent.figures.services.get()
    well = database.well and all(map(is_well, services.instances))
    return InDetail(
        status=Condition.OK if well else Condition.DEGRADED,
        time=moment(),
        version=desk.lent.source.info().version,
        database=database,
        scheduler=scheduler_health(desk),
        asked=services.at,
        instances=[tested(desk, one) for one in services.instances],
    )


async def database_health(desk: Desk) -> DatabaseHealth:
    """Ask the database for something small."""
    clock = asyncio.get_running_loop().time
    begun = clock()
    try:
        async with asyncio.timeout(_PATIENCE):
            await desk.database.events.bounds()
    except TimeoutError:
        return DatabaseHealth(well=False, error=f"It did not answer within {_PATIENCE:g} seconds.")
    except DatabaseError as error:
        return DatabaseHealth(well=False, error=desk.lent.redact(str(error)))
    return DatabaseHealth(well=True, seconds=round(clock() - begun, 4))


def scheduler_health(desk: Desk) -> SchedulerHealth:
    """Tell how the schedule stands."""
    jobs = desk.lent.source.jobs()
    running = [job.name for job in jobs if job.running]
    return SchedulerHealth(enabled=not desk.lent.source.paused(), job_count=len(jobs), running=running)
