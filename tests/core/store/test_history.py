"""Runs, jobs, events and failures: what is kept, what is pruned, what is never forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from audiobook_daemon.models import Run, RunOutcome, Want, WantState
from audiobook_daemon.store import Database, FailedAttempt

PassTime = Callable[[timedelta], datetime]
DAY = timedelta(days=1)


async def test_a_run_is_kept_from_start_to_finish(database: Database, now: datetime) -> None:
    run = Run("r1", "hunt", "schedule", now, scheduled=now - DAY)
    await database.runs.start(run)
    assert await database.runs.get("r1") == run
    ended = replace(
        run,
        outcome=RunOutcome.WARNING,
        finished=now + DAY,
        processed=3,
        succeeded=2,
        failed=1,
        summary="Two of three.",
        error="e",
        log="l",
    )
    await database.runs.finish(ended)
    assert await database.runs.get("r1") == ended
    assert await database.runs.get("r2") is None


async def test_the_latest_runs_come_first(database: Database, now: datetime) -> None:
    for number, name in enumerate(("hunt", "tend", "hunt", "tend")):
        await database.runs.start(Run(str(number), name, "cli", now + number * DAY))
    assert [run.id for run in await database.runs.latest()] == ["3", "2", "1", "0"]
    assert [run.id for run in await database.runs.latest("hunt", 1)] == ["2"]


async def test_runs_of_a_previous_life_are_marked_interrupted(database: Database, now: datetime) -> None:
    running = Run("r1", "hunt", "schedule", now - DAY)
    ended = Run("r2", "hunt", "schedule", now - DAY, RunOutcome.SUCCESS, now - DAY)
    await database.runs.start(running)
    await database.runs.start(ended)
    marked = replace(running, outcome=RunOutcome.INTERRUPTED, finished=now)
    assert await database.runs.interrupted(now) == (marked,)
    assert await database.runs.get("r1") == marked
    assert await database.runs.get("r2") == ended
    assert await database.runs.interrupted(now) == ()


async def test_a_key_has_one_run_whoever_comes_first_and_as_long_as_that_is_kept(
    database: Database, now: datetime
) -> None:
    asked = [Run(f"r{number}", "hunt", "mqtt", now, key="k", asked="a") for number in range(5)]
    owners = await asyncio.gather(*map(database.runs.claim, asked))
    assert len(set(owners)) == 1
    owner = owners[0]
    assert await database.runs.of_key("k") == owner
    assert await database.runs.latest() == (owner,)
    await database.runs.finish(replace(owner, outcome=RunOutcome.SUCCESS, finished=now))
    assert (await database.runs.claim(Run("r9", "hunt", "mqtt", now + DAY, key="k"))).id == owner.id
    await database.runs.start(Run("later", "hunt", "schedule", now + DAY))
    assert await database.retention.forget("runs", now + DAY) == 1
    assert await database.runs.of_key("k") is None
    assert (await database.runs.claim(Run("r10", "hunt", "mqtt", now + 2 * DAY, key="k"))).id == "r10"


async def test_the_last_planned_time_never_goes_back(database: Database, now: datetime) -> None:
    assert await database.runs.last_scheduled("hunt") is None
    for number, day in enumerate((1, 3, 2)):
        await database.runs.start(Run(str(number), "hunt", "schedule", now, scheduled=now + day * DAY))
    await database.runs.start(Run("by hand", "hunt", "cli", now + 9 * DAY))
    assert await database.runs.last_scheduled("hunt") == now + 3 * DAY
    assert await database.runs.last_scheduled("tend") is None


async def test_pausing_and_planned_times_do_not_disturb_each_other(database: Database, now: datetime) -> None:
    assert await database.jobs.pauses() == {}
    await database.jobs.pause("hunt", None)
    await database.runs.start(Run("r1", "hunt", "schedule", now, scheduled=now))
    await database.runs.start(Run("r2", "tend", "schedule", now, scheduled=now))
    assert await database.jobs.pauses() == {"hunt": None}
    await database.jobs.pause("hunt", now + DAY)
    assert await database.jobs.pauses() == {"hunt": now + DAY}
    await database.jobs.resume("hunt", now)
    assert await database.jobs.pauses() == {"hunt": now}, "until then its times passed"
    assert await database.runs.last_scheduled("hunt") == now


async def test_a_pause_outlives_the_daemon(address: str, now: datetime) -> None:
    async with Database.open(address) as database:
        await database.jobs.pause("hunt", None)
        await database.jobs.pause("*", now)
    async with Database.open(address) as database:
        assert await database.jobs.pauses() == {"hunt": None, "*": now}


async def test_pruning_takes_old_runs_and_events_and_nothing_else(
    database: Database, want: Want, pass_time: PassTime
) -> None:
    start = pass_time(timedelta())
    await database.failed_attempts.record("DOWNLOAD", "1", "Dune", "Gone.")
    for number, name in enumerate(("hunt", "hunt", "yearly", "stuck")):
        outcome = RunOutcome.RUNNING if name == "stuck" else RunOutcome.SUCCESS
        planned = start + number * timedelta(hours=1)
        await database.runs.start(Run(str(number), name, "schedule", planned, outcome, scheduled=planned))
    later = pass_time(40 * DAY)
    await database.runs.start(Run("new", "hunt", "schedule", later, RunOutcome.SUCCESS))
    await database.runs.start(Run("stuck too", "stuck", "schedule", later, RunOutcome.SUCCESS))
    await database.wants.change(want, state=WantState.DROPPED)
    before = later - 30 * DAY
    assert [await database.retention.count(kind, before) for kind in ("runs", "events")] == [2, 1]
    assert [await database.retention.forget(kind, before) for kind in ("runs", "events")] == [2, 1]
    kept = {run.id for run in await database.runs.latest()}
    assert kept == {"2", "3", "new", "stuck too"}  # the yearly job's only run and the running one stay
    assert [event.after for event in await database.events.newest(10)] == ["dropped"]
    assert len(await database.failed_attempts.newest(10)) == 1
    assert await database.wants.get(want.id) is not None
    assert await database.runs.last_scheduled("hunt") == start + timedelta(hours=1)


async def test_the_event_log_can_be_followed_even_after_pruning(database: Database, want: Want, now: datetime) -> None:
    await database.events.add("instance_changed", "mam rests.", code="unavailable")
    added, rests = reversed(await database.events.newest(10))
    assert (added.kind, rests.kind, rests.code, rests.reason) == (
        "want_added",
        "instance_changed",
        "unavailable",
        "mam rests.",
    )
    assert await database.events.newest(10, want_id=want.id) == (added,)
    assert await database.events.after(added.id, 10) == (rests,)
    assert await database.retention.forget("events", now + DAY) == 2
    await database.events.add("instance_changed", "mam is back.")
    (back,) = await database.events.after(rests.id, 10)
    assert back.reason == "mam is back."


async def test_the_same_failure_is_counted_not_repeated(database: Database, now: datetime, pass_time: PassTime) -> None:
    assert await database.failed_attempts.record("DOWNLOAD", "1", "Dune", "Slow.", "TIMEOUT") == 1
    later = pass_time(DAY)
    assert await database.failed_attempts.record("DOWNLOAD", "1", "Dune", "Gone.", "HTTP_404") == 2
    pass_time(DAY)
    assert await database.failed_attempts.record("DOWNLOAD", "2", "Dune", "Gone.") == 1
    assert await database.failed_attempts.record("TOP10", "1", "Dune", "Gone.") == 1
    dune = FailedAttempt("DOWNLOAD", "1", "Dune", "HTTP_404", "Gone.", now, later, 2)
    assert await database.failed_attempts.newest(10, at_least=2) == (dune,)
    assert [(one.task, one.item_id) for one in await database.failed_attempts.newest(10)] == [
        ("TOP10", "1"),
        ("DOWNLOAD", "2"),
        ("DOWNLOAD", "1"),
    ]
