"""A pause of the whole schedule, and pauses that end by themselves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.events import JobsChanged
from audiobook_daemon.models import Run, RunOutcome
from audiobook_daemon.scheduler import JobSpec

if TYPE_CHECKING:
    from tests.core.conftest import PassingClock, Travel
    from tests.core.scheduler.conftest import Times

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
MakeJob = Callable[..., JobSpec]


def hours(number: float) -> float:
    return number * 3600


def seen(times: Times) -> list[tuple[str, bool, bool, datetime | None]]:
    return [(one.name, one.paused, one.held, one.next_run) for one in times.scheduler.statuses()]


def test_a_paused_schedule_runs_nothing_by_time_and_makes_up_for_nothing(
    travel: Travel, times: Times, job: MakeJob
) -> None:
    async def story() -> None:
        await times.plan(job("hunt", "0 * * * *"), job("tend", "30 * * * *"))
        async with times.running():
            await times.scheduler.pause_all()
            assert times.scheduler.paused is True
            assert seen(times) == [("hunt", False, True, None), ("tend", False, True, None)]
            await asyncio.sleep(hours(2.25))
            assert times.began == []
            await times.scheduler.resume_all()
            assert [one.held for one in times.scheduler.statuses()] == [False, False]
            await asyncio.sleep(60)
            assert times.began == [], "what was due meanwhile has passed"
            await asyncio.sleep(hours(0.75))
        assert times.began == [NOON + 2.5 * HOUR, NOON + 3 * HOUR]

    travel(story())


def test_what_a_person_asks_for_runs_all_the_same(travel: Travel, times: Times, job: MakeJob) -> None:
    async def story() -> None:
        await times.plan(job("hunt", "0 * * * *"))
        await times.scheduler.pause_all()
        run, _ = await times.scheduler.run_and_wait("hunt", "mqtt")
        assert run.outcome is RunOutcome.SUCCESS
        assert times.scheduler.run_now("hunt", "cli")
        await times.runner.stop()

    travel(story())


def test_the_pauses_of_the_schedule_and_of_a_job_do_not_touch_each_other(
    travel: Travel, times: Times, job: MakeJob
) -> None:
    async def story() -> None:
        await times.plan(job("hunt", "0 * * * *"), job("tend", "0 * * * *"))
        await times.scheduler.pause("hunt")
        await times.scheduler.pause_all()
        assert [line[1:3] for line in seen(times)] == [(True, True), (False, True)]
        await times.scheduler.resume_all()
        assert [line[1:3] for line in seen(times)] == [(True, False), (False, False)]
        await times.scheduler.pause_all()
        await times.scheduler.resume("hunt")
        assert [line[1:3] for line in seen(times)] == [(False, True), (False, True)]
        async with times.running():
            await asyncio.sleep(hours(1.5))
        assert times.began == []

    travel(story())


def test_a_forgotten_pause_ends_by_itself_and_says_so(
    travel: Travel, times: Times, job: MakeJob, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="audiobook_daemon.scheduler")

    async def story() -> None:
        await times.plan(job("hunt", "0 * * * *"))
        async with times.running():
            await times.scheduler.pause_all(NOON + 2 * HOUR)
            assert times.scheduler.paused_until == NOON + 2 * HOUR
            assert seen(times) == [("hunt", False, True, NOON + 2 * HOUR)], "at its end its times count again"
            await asyncio.sleep(hours(1.9))
            assert times.began == []
            told = len([event for event in times.events if isinstance(event, JobsChanged)])
            await asyncio.sleep(hours(0.2))
            assert not times.scheduler.paused
            assert len([event for event in times.events if isinstance(event, JobsChanged)]) > told
        assert times.began == [NOON + 2 * HOUR]

    travel(story())
    assert caplog.messages.count("The pause of the schedule has ended by itself.") == 1


def test_a_pause_that_ends_between_two_times_is_told_of_when_it_ends(
    travel: Travel, times: Times, job: MakeJob
) -> None:
    async def story() -> None:
        await times.plan(job("daily", "0 3 * * *"))
        async with times.running():
            await times.scheduler.pause("daily", NOON + timedelta(minutes=10))
            await asyncio.sleep(300)
            assert times.scheduler.statuses()[0].paused_until == NOON + timedelta(minutes=10)
            told = len(times.events)
            await asyncio.sleep(301)
            assert len(times.events) == told + 1
            assert seen(times) == [("daily", False, False, NOON + 15 * HOUR)]

    travel(story())


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("until", [None, NOON + 30 * HOUR])
def test_a_pause_survives_a_restart(
    travel: Travel, times: Times, clock: PassingClock, job: MakeJob, whole: bool, until: datetime | None
) -> None:
    async def story() -> None:
        await times.plan(job("hunt", "0 * * * *"))
        if whole:
            await times.scheduler.pause_all(until)
        else:
            await times.scheduler.pause("hunt", until)
        times.restart()
        await times.plan(job("hunt", "0 * * * *"))
        assert (times.scheduler.paused, times.scheduler.statuses()[0].paused) == (whole, not whole)
        async with times.running():
            await asyncio.sleep(hours(3))
            assert times.began == []

    travel(story())


@pytest.mark.parametrize(
    ("ended", "made_up"),
    [
        pytest.param(NOON + 23 * HOUR, True, id="over before the time came"),
        pytest.param(NOON + 24 * HOUR, True, id="over when it came"),
        pytest.param(NOON + 25 * HOUR, False, id="on when it came"),
    ],
)
@pytest.mark.parametrize("by_hand", [True, False])
@pytest.mark.parametrize("name", ["daily", None])
def test_after_downtime_only_what_was_due_outside_of_a_pause_is_made_up_for(
    travel: Travel,
    times: Times,
    clock: PassingClock,
    job: MakeJob,
    ended: datetime,
    made_up: bool,
    by_hand: bool,
    name: str | None,
) -> None:
    async def story() -> None:
        await times.history.start(Run("1", "daily", "schedule", NOON, scheduled=NOON))
        await times.plan(job("daily", "0 12 * * *"))
        until = None if by_hand else ended
        await (times.scheduler.pause(name, until) if name else times.scheduler.pause_all(until))
        clock.jump(ended - NOON)
        if by_hand:
            await (times.scheduler.resume(name) if name else times.scheduler.resume_all())
        clock.jump(NOON + 26 * HOUR - ended)
        times.restart()
        await times.plan(job("daily", "0 12 * * *"))
        async with times.running():
            await asyncio.sleep(5)
        assert [run.trigger for run in times.history.runs.values()][1:] == ["catch_up"] * made_up

    travel(story())


def test_after_a_sleep_of_the_machine_what_was_due_in_the_pause_does_not_run(
    travel: Travel, times: Times, clock: PassingClock, job: MakeJob
) -> None:
    async def story() -> None:
        await times.plan(job("hunt", "0 * * * *"))
        async with times.running():
            await times.scheduler.pause_all(NOON + 1.5 * HOUR)
            await asyncio.sleep(1)
            clock.jump(1.75 * HOUR)
            await asyncio.sleep(600)
            assert times.began == []
            await asyncio.sleep(600)
        assert times.began == [NOON + 2 * HOUR]

    travel(story())


def test_resuming_what_is_not_paused_changes_nothing(travel: Travel, times: Times, job: MakeJob) -> None:
    async def story() -> None:
        await times.plan(job("hunt", "0 * * * *"))
        await times.scheduler.resume("hunt")
        await times.scheduler.resume_all()
        assert times.paused.ends == {}
        await times.scheduler.pause_all(NOON + HOUR)
        await times.scheduler.pause_all()
        assert times.paused.ends == {"*": None}, "the last word counts"

    travel(story())
