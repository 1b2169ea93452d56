from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.models import Run
from audiobook_daemon.scheduler import JobSpec

if TYPE_CHECKING:
    from tests.core.conftest import PassingClock, Travel
    from tests.core.scheduler.conftest import Times

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
MakeJob = Callable[..., JobSpec]


async def live(times: Times, *jobs: JobSpec, seconds: float = 5) -> None:
    """Be there for a while, then end."""
    times.restart()
    await times.plan(*jobs)
    async with times.running():
        await asyncio.sleep(seconds)


def ran(times: Times) -> list[tuple[str, datetime | None]]:
    return [(run.trigger, run.scheduled) for run in times.history.runs.values()]


def test_nothing_is_made_up_for_at_the_first_start_ever(travel: Travel, times: Times, job: MakeJob) -> None:
    async def story() -> None:
        await live(times, job("daily", "0 3 * * *"))
        assert ran(times) == []

    travel(story())


def test_a_missed_time_is_made_up_for_exactly_once(
    travel: Travel, times: Times, clock: PassingClock, job: MakeJob
) -> None:
    async def story() -> None:
        daily = job("daily", "30 12 * * *")
        await live(times, daily, seconds=3600)
        assert ran(times) == [("schedule", NOON + timedelta(minutes=30))]
        clock.jump(timedelta(days=3))
        for _ in range(3):
            await live(times, daily)
        assert ran(times)[1:] == [("catch_up", NOON + timedelta(days=3, minutes=30))]

    travel(story())


@pytest.mark.parametrize(
    ("away", "window", "expected"),
    [
        (timedelta(hours=23), timedelta(hours=24), 0),
        (timedelta(hours=26), timedelta(hours=24), 1),
        (timedelta(hours=26), timedelta(hours=2), 1),
        (timedelta(hours=26), timedelta(hours=1), 0),
        (timedelta(hours=26), timedelta(0), 0),
    ],
)
def test_only_within_the_window(
    travel: Travel,
    times: Times,
    clock: PassingClock,
    job: MakeJob,
    away: timedelta,
    window: timedelta,
    expected: int,
) -> None:
    async def story() -> None:
        run = Run("1", "daily", "schedule", NOON, scheduled=NOON)
        await times.history.start(run)
        clock.jump(away)
        await live(times, job("daily", "0 12 * * *", catch_up=window))
        assert ran(times)[1:] == [("catch_up", NOON + timedelta(days=1))] * expected

    travel(story())


def test_a_run_by_hand_is_no_scheduled_one(travel: Travel, times: Times, clock: PassingClock, job: MakeJob) -> None:
    async def story() -> None:
        await times.plan(job("daily", "0 3 * * *"))
        await times.scheduler.run_and_wait("daily", "cli")
        clock.jump(timedelta(days=2))
        await live(times, job("daily", "0 3 * * *"))
        assert ran(times) == [("cli", None)]

    travel(story())


def test_a_paused_job_makes_up_for_nothing(travel: Travel, times: Times, clock: PassingClock, job: MakeJob) -> None:
    async def story() -> None:
        await times.history.start(Run("1", "daily", "schedule", NOON, scheduled=NOON))
        await times.paused.pause("daily", None)
        clock.jump(timedelta(hours=30))
        await live(times, job("daily", "0 12 * * *"))
        assert len(times.history.runs) == 1

    travel(story())


def test_a_time_missed_in_the_hour_of_the_change_is_made_up_for(
    travel: Travel, times: Times, clock: PassingClock, job: MakeJob
) -> None:
    async def story() -> None:
        clock.start = datetime(2026, 3, 29, 1, 20, tzinfo=UTC)
        last = datetime(2026, 3, 28, 1, 30, tzinfo=UTC)
        await times.history.start(Run("1", "daily", "schedule", last, scheduled=last))
        times.restart()
        await times.plan(job("daily", "30 2 * * *"), zone="Europe/Berlin")
        async with times.running():
            await asyncio.sleep(3600)
        assert ran(times)[1:] == [("catch_up", datetime(2026, 3, 29, 1, 0, tzinfo=UTC))]

    travel(story())
