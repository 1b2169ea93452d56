"""The history of runs page by page and in sums, and where the event log begins and ends, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from audiobook_daemon.models import Run, RunOutcome
from audiobook_daemon.store import Database, RunSums

OUTCOMES = (RunOutcome.SUCCESS, RunOutcome.WARNING, RunOutcome.FAILED, RunOutcome.CANCELLED, RunOutcome.RUNNING)


@pytest.fixture
async def history(database: Database, now: datetime) -> list[str]:
    """The ids of one run of each outcome, ten minutes after each other, and of one of another job."""
    ended = timedelta(seconds=30)
    for number, outcome in enumerate(OUTCOMES):
        started = now + timedelta(minutes=10 * number)
        finished = None if outcome is RunOutcome.RUNNING else started + ended
        await database.runs.start(Run(f"0000000{number}", "hunt", "cli", started, outcome, finished, log="a line"))
    await database.runs.start(Run("0000000f", "sync", "cli", now, RunOutcome.SUCCESS, now + ended))
    return [f"0000000{number}" for number in range(len(OUTCOMES))]


async def test_runs_are_listed_the_newest_first_without_their_logs(database: Database, history: list[str]) -> None:
    page, total = await database.runs.page(2, 1, name="hunt")
    assert ([run.id for run in page], total) == ([history[3], history[2]], len(OUTCOMES))
    assert {run.log for run in page} == {None}
    assert (await database.runs.page(10))[1] == len(OUTCOMES) + 1
    failed, count = await database.runs.page(10, outcome=RunOutcome.FAILED)
    assert ([run.id for run in failed], count) == ([history[2]], 1)
    assert await database.runs.page(10, name="nothing") == ((), 0)


async def test_only_what_came_to_its_end_tells_how_long_a_job_takes(database: Database, history: list[str]) -> None:
    assert await database.runs.sums("hunt") == RunSums(runs=4, done=2, failed=1, seconds=30.0)
    first = await database.runs.get(history[0])
    assert first is not None
    assert first.finished is not None
    await database.runs.finish(replace(first, finished=first.finished + timedelta(seconds=60)))
    assert (await database.runs.sums("hunt")).seconds == 60.0
    assert await database.runs.sums("nothing") == RunSums(0, 0, 0, None)


async def test_the_event_log_tells_where_it_begins_and_ends(database: Database, now: datetime) -> None:
    assert await database.events.bounds() == (0, 0)
    for number in range(3):
        await database.events.add("news", f"number {number}")
    first, last = await database.events.bounds()
    assert last == first + 2
    await database.retention.forget("events", now + timedelta(seconds=1))
    assert await database.events.bounds() == (0, 0)
    await database.events.add("news", "one more")
    assert await database.events.bounds() == (last + 1, last + 1)
