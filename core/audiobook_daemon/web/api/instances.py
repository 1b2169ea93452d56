"""The services the daemon works with, and how they do."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from audiobook_daemon.doors import Examination
from audiobook_daemon.models import Finding, Health, InstanceStatus, Level
from audiobook_daemon.web.access import Scope
from audiobook_daemon.web.answers import Answered, Asked, Nothing
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.operation import Operations
from audiobook_daemon.web.refusals import NotFound

operations = Operations("instances", "/instances")


class InstanceAsked(Asked):
    """Which one."""

    name: Annotated[str, Field(min_length=1, max_length=100)]


class InstanceTold(Answered):
    """A configured plugin, and how the service behind it does."""

    name: str
    type: str
    roles: list[str]
    """What it is for: `Indexer`, `Library` and the like."""
    health: Health
    error: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    """When one that rests is asked again."""
    version: str | None = None
    """Of the service, once known."""
    latency: float | None = None
    """Seconds that its last answer took."""


class FindingTold(Answered):
    """One thing that the service said of itself."""

    level: Level
    text: str
    remedy: str | None = None
    """What would help."""


class InstanceTested(Answered):
    """How an instance does that was just asked."""

    instance: InstanceTold
    asked: bool
    """Whether the service was asked; one that could not be started was not."""
    well: bool
    """Whether it is ready and nothing it said is a failure."""
    findings: list[FindingTold]


@operations.add("GET", "")
async def list_instances(desk: Desk, _asked: Nothing) -> list[InstanceTold]:
    """List every instance with how it does, as last seen; nobody is asked."""
    return [instance_told(desk, status) for status in desk.lent.source.instances()]


@operations.add("GET", "/{name}", errors=(404,), example={"name": "qbittorrent"})
async def get_instance(desk: Desk, asked: InstanceAsked) -> InstanceTold:
    """Tell how an instance does, as last seen; nobody is asked."""
    for status in desk.lent.source.instances():
        if status.name == asked.name:
            return instance_told(desk, status)
    known = ", ".join(status.name for status in desk.lent.source.instances()) or "none"
    raise NotFound(f"There is no instance called {asked.name!r}. Instances: {known}.")


@operations.add("POST", "/{name}/test", scope=Scope.ACT, errors=(404,), example={"name": "qbittorrent"})
async def test_instance(desk: Desk, asked: InstanceAsked) -> InstanceTested:
    """Ask the service behind an instance now whether all is well, even if it rests or waits for a person."""
    return tested(desk, await desk.doors.test_instance(asked.name))


@operations.add("POST", "/{name}/retry", scope=Scope.ACT, errors=(404,), example={"name": "qbittorrent"})
async def retry_instance(desk: Desk, asked: InstanceAsked) -> InstanceTold:
    """Forget the faults of an instance and start it if needed, after something was mended."""
    return instance_told(desk, await desk.doors.retry_instance(asked.name))


def instance_told(desk: Desk, status: InstanceStatus) -> InstanceTold:
    """Tell how an instance does."""
    told = InstanceTold.model_validate(status)
    return told.model_copy(update={"error": desk.lent.redact(status.error)}) if status.error else told


def tested(desk: Desk, examination: Examination) -> InstanceTested:
    """Tell what came of a question."""
    return InstanceTested(
        instance=instance_told(desk, examination.status),
        asked=examination.asked,
        well=is_well(examination),
        findings=[_finding(desk, one) for one in examination.findings],
    )


def is_well(examination: Examination) -> bool:
    """Whether an instance is ready and its service named no failure."""
    ready = examination.status.health is Health.READY
    return ready and all(finding.level is not Level.FAILURE for finding in examination.findings)


def _finding(desk: Desk, finding: Finding) -> FindingTold:
    return FindingTold(level=finding.level, text=desk.lent.redact(finding.text), remedy=finding.remedy)
