"""The tally of what failed, once or again and again; it is kept for ever."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from audiobook_daemon.store import FailedAttempt
from audiobook_daemon.web.answers import Answered, Page, Paging
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.operation import Operations
from audiobook_daemon.web.words import Word

operations = Operations("failures", "/failed-attempts")


class FailureOrder(StrEnum):
    """What comes first."""

    NEWEST = "newest"
    """What failed last."""
    WORST = "worst"
    """What failed most often."""


class FailuresAsked(Paging):
    """Which failures."""

    task: Word | None = None
    """Of this kind (`download`, `search`)."""
    code: Word | None = None
    """For this reason, as a stable word."""
    at_least: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    """What failed so often or more."""
    order: FailureOrder = FailureOrder.NEWEST


class FailureTold(Answered):
    """Something that failed."""

    task: str
    """What was tried (`download`, `search`)."""
    item: str
    """With what: a release, as its source and key; or the key of a want."""
    name: str
    """The same for people."""
    code: str | None = None
    """Why, as a stable word."""
    reason: str
    """The same as a sentence, of the last time."""
    count: int
    """How often."""
    first: datetime
    last: datetime


@operations.add("GET", "", example={"task": "download", "at_least": 3, "order": "worst"})
async def list_failed_attempts(desk: Desk, asked: FailuresAsked) -> Page[FailureTold]:
    """List what failed, and how often."""
    found, total = await desk.database.failed_attempts.page(
        at_least=asked.at_least,
        task=asked.task,
        code=asked.code,
        worst_first=asked.order is FailureOrder.WORST,
        limit=asked.limit,
        offset=asked.offset,
    )
    return Page([failure_told(one) for one in found], total, asked.limit, asked.offset)


def failure_told(failed: FailedAttempt) -> FailureTold:
    """Tell of a failure."""
    return FailureTold(
        task=failed.task,
        item=failed.item_id,
        name=failed.item_name,
        code=failed.code,
        reason=failed.reason,
        count=failed.attempt_count,
        first=failed.first_attempt,
        last=failed.last_attempt,
    )
