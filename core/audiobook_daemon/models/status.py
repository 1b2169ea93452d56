"""How instances, jobs and runs are doing, as people see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Health(StrEnum):
    """How an instance is doing, as shown to people."""

    STARTING = "starting"
    READY = "ready"
    RESTING = "resting"
    NEEDS_PERSON = "needs_person"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class InstanceStatus:
    """One instance as people see it."""

    name: str
    type: str
    roles: tuple[str, ...]
    health: Health
    error: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    """When a resting instance is asked again."""
    version: str | None = None
    """The version of the service behind it, once known."""
    latency: float | None = None
    """Seconds that its last answer took, once known."""


class RunOutcome(StrEnum):
    """How a run of a job or action ended."""

    RUNNING = "running"
    SUCCESS = "success"
    WARNING = "warning"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"
    """The daemon ended while it ran."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a job or action, as it stands in the history."""

    id: str
    name: str
    trigger: str
    """schedule, catch_up, mqtt, cli, http or start."""
    started: datetime
    outcome: RunOutcome = RunOutcome.RUNNING
    finished: datetime | None = None
    processed: int = 0
    succeeded: int = 0
    failed: int = 0
    summary: str | None = None
    error: str | None = None
    log: str | None = None
    scheduled: datetime | None = None
    key: str | None = None
    """What its sender knows it by; asked for again with the same key, it is not done a second time."""
    asked: str | None = None
    """A digest of what was asked for with the key, so that it cannot stand for something else."""
    data: object = None
    """What its outcome had to say beyond the summary; kept of runs with a key, to be told when it comes again."""


@dataclass(frozen=True, slots=True)
class JobStatus:
    """A job of the schedule as people see it."""

    name: str
    at: str
    """The cron expression."""
    actions: tuple[str, ...]
    paused: bool = False
    """Whether it is paused by itself; with the whole schedule it is `held`."""
    running: bool = False
    next_run: datetime | None = None
    """The next time at which it runs if nothing changes; None while it is paused for good."""
    last_run: Run | None = None
    description: str | None = None
    paused_until: datetime | None = None
    """When the pause ends by itself."""
    held: bool = False
    """Whether the whole schedule is paused."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an action did, in numbers and one sentence for people."""

    summary: str
    processed: int = 0
    succeeded: int = 0
    failed: int = 0
    data: object = None
    """Anything JSON can hold, for those who asked for more than the sentence."""


class Level(StrEnum):
    """How bad a finding is."""

    OK = "ok"
    WARNING = "warning"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the doctor saw, and how to mend it."""

    level: Level
    text: str
    remedy: str | None = None
