"""What has been done, is being done, and can be called off."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from audiobook_daemon.models import Run, RunOutcome
from audiobook_daemon.web.access import Scope
from audiobook_daemon.web.answers import Answered, Asked, Page, Paging
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.operation import Operations

operations = Operations("runs", "/runs")
Name = Annotated[str, Field(min_length=1, max_length=100)]
"""The name of a job or an action."""


class RunAsked(Asked):
    """Which one."""

    run_id: Annotated[str, Field(pattern=r"^[0-9a-f]{8}$")]


class RunsAsked(Paging):
    """Which runs."""

    name: Name | None = None
    """Of this job or action only."""
    outcome: RunOutcome | None = None
    """Those that ended so only."""


class StepTold(Answered):
    """How far a run has come."""

    done: int
    total: int | None = None
    """Null if nobody knows."""
    text: str
    """What is being done."""
    at: datetime


class RunTold(Answered):
    """One run of a job or an action."""

    id: str
    name: str
    trigger: str
    """What set it off: `schedule`, `catch_up`, `cli`, `mqtt`, `http` and the like."""
    outcome: RunOutcome
    started: datetime
    finished: datetime | None = None
    seconds: float | None = None
    """How long it took, or has taken so far."""
    scheduled: datetime | None = None
    """The time it was planned for."""
    processed: int
    succeeded: int
    failed: int
    summary: str | None = None
    error: str | None = None
    progress: StepTold | None = None
    """Of a run that goes on, if it tells."""


class RunInFull(RunTold):
    """One run with the lines that were logged in it."""

    log: str | None = None
    """The last 200 lines, once it has ended."""


@operations.add("GET", "", example={"limit": 10})
async def list_runs(desk: Desk, asked: RunsAsked) -> Page[RunTold]:
    """List what has been done, the newest first; it is kept as long as `retention.runs` says."""
    found, total = await desk.database.runs.page(asked.limit, asked.offset, name=asked.name, outcome=asked.outcome)
    return Page([run_told(desk, run) for run in found], total, asked.limit, asked.offset)


@operations.add("GET", "/{run_id}", errors=(404,), example={"run_id": "0a1b2c3d"})
async def get_run(desk: Desk, asked: RunAsked) -> RunInFull:
    """Tell how a run stands or how it ended, with what was logged in it."""
    run = await desk.doors.show_run(asked.run_id)
    log = desk.lent.redact(run.log) if run.log else None
    return RunInFull(**run_told(desk, run).model_dump(), log=log)


@operations.add("POST", "/{run_id}/cancel", scope=Scope.ACT, errors=(404, 409), example={"run_id": "0a1b2c3d"})
async def cancel_run(desk: Desk, asked: RunAsked) -> RunTold:
    """Call off a run that is under way; it ends at the next place where that does no harm."""
    return run_told(desk, await desk.doors.cancel_run(asked.run_id))


def run_told(desk: Desk, run: Run) -> RunTold:
    """Tell a run, with how far it has come if it goes on."""
    step = desk.lent.live.steps.get(run.id)
    until = run.finished or (desk.lent.now() if run.outcome is RunOutcome.RUNNING else None)
    return RunTold(
        id=run.id,
        name=run.name,
        trigger=run.trigger,
        outcome=run.outcome,
        started=run.started,
        finished=run.finished,
        seconds=None if until is None else round((until - run.started).total_seconds(), 3),
        scheduled=run.scheduled,
        processed=run.processed,
        succeeded=run.succeeded,
        failed=run.failed,
        summary=desk.lent.redact(run.summary) if run.summary else None,
        error=desk.lent.redact(run.error) if run.error else None,
        progress=StepTold(done=step.done, total=step.total, text=desk.lent.redact(step.text), at=step.at)
        if step
        else None,
    )
