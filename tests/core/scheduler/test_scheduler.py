from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon import Outcome, RunFinished, RunStarted, Unavailable
from audiobook_daemon.events import JobsChanged
from audiobook_daemon.models import RunOutcome
from audiobook_daemon.scheduler import AlreadyRunning, JobSpec, UnknownJob

if TYPE_CHECKING:
    from tests.core.conftest import PassingClock, Travel
    from tests.core.scheduler.conftest import Times

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
MakeJob = Callable[..., JobSpec]


def hours(count: float) -> float:
    return count * 3600


def test_jobs_run_at_their_times(travel: Travel, times: Times, job: MakeJob) -> None:
    async def story() -> None:
        await times.plan(job("hunt", "*/30 * * * *"), job("list", "15 13 * * *"))
        async with times.running():
            await asyncio.sleep(hours(2) + 1)
        runs = sorted((run.scheduled, run.name) for run in times.history.runs.values() if run.scheduled)
        minutes = [((moment - NOON).total_seconds() / 60, name) for moment, name in runs]
        assert minutes == [(30, "hunt"), (60, "hunt"), (75, "list"), (90, "hunt"), (120, "hunt")]
        assert {run.trigger for run in times.history.runs.values()} == {"schedule"}
        assert times.began == [moment for moment, _ in runs]

    travel(story())


def test_times_are_those_of_the_zone_across_the_change(
    travel: Travel, times: Times, clock: PassingClock, job: MakeJob
) -> None:
    async def story() -> None:
        clock.start = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)
        await times.plan(job("early", "30 2 * * *"), zone="Europe/Berlin")
        async with times.running():
            await asyncio.sleep(hours(72))
        assert [f"{moment:%d %H:%M}" for moment in times.began] == ["29 01:00", "30 00:30", "31 00:30"]

    travel(story())


def test_one_task_keeps_the_time_of_all(travel: Travel, times: Times, job: MakeJob) -> None:
    async def story() -> None:
        await times.plan(*(job(f"job{number}", "0 0 1 1 *") for number in range(50)))
        before = len(asyncio.all_tasks())
        async with times.running():
            await asyncio.sleep(60)
            assert len(asyncio.all_tasks()) == before + 1

    travel(story())


def test_a_job_never_overlaps_itself(
    travel: Travel, times: Times, job: MakeJob, caplog: pytest.LogCaptureFixture
) -> None:
    async def story() -> None:
        times.seconds = 150
        await times.plan(job("tend", "* * * * *"), job("other", "* * * * *"))
        async with times.running():
            await asyncio.sleep(359)
        begun = [run.started for run in times.history.runs.values() if run.name == "tend"]
        assert [(moment - NOON).total_seconds() for moment in begun] == [60, 240]

    travel(story())
    told = [line.getMessage() for line in caplog.records if line.levelname == "WARNING" and "tend" in line.getMessage()]
    assert told == [
        "tend is still running; its time at 2026-03-01 12:02:00+00:00 is skipped.",
        "tend is still running; its time at 2026-03-01 12:05:00+00:00 is skipped.",
    ], "once for each run, however many times it takes"


def test_a_failing_job_harms_neither_the_others_nor_its_next_time(travel: Travel, times: Times, job: MakeJob) -> None:
    async def fail() -> Outcome:
        raise Unavailable("The site is down.")

    async def bug() -> Outcome:
        raise ZeroDivisionError("a bug")

    async def story() -> None:
        times.actions.add("fail", fail)
        times.actions.add("bug", bug)
        names = {"failing": "fail", "broken": "bug", "well": "note"}
        await times.plan(*(job(name, "* * * * *", action=action) for name, action in names.items()))
        async with times.running():
            await asyncio.sleep(181)
        outcomes = [(run.name, run.outcome) for run in times.history.runs.values()]
        for name, outcome in (
            ("failing", RunOutcome.FAILED),
            ("broken", RunOutcome.FAILED),
            ("well", RunOutcome.SUCCESS),
        ):
            assert outcomes.count((name, outcome)) == 3

    travel(story())


def test_a_job_whose_action_is_gone_harms_nobody(
    travel: Travel, times: Times, job: MakeJob, caplog: pytest.LogCaptureFixture
) -> None:
    async def story() -> None:
        await times.plan(job("lost", "* * * * *", action="mam.account"), job("well", "* * * * *"))
        async with times.running():
            await asyncio.sleep(61)
        assert [run.name for run in times.history.runs.values()] == ["well"]

    travel(story())
    assert "lost cannot run: There is no action called 'mam.account'" in caplog.text


def test_a_paused_job_lets_its_times_pass(travel: Travel, times: Times, job: MakeJob) -> None:
    async def story() -> None:
        await times.plan(job("hunt", "0 * * * *"))
        async with times.running():
            await times.scheduler.pause("hunt")
            (status,) = times.scheduler.statuses()
            assert (status.paused, status.next_run) == (True, None)
            await asyncio.sleep(hours(2.5))
            assert times.began == []
            await times.scheduler.resume("hunt")
            (status,) = times.scheduler.statuses()
            assert (status.paused, status.next_run) == (False, NOON + timedelta(hours=3))
            await asyncio.sleep(hours(1))
        assert times.began == [NOON + timedelta(hours=3)]

    travel(story())


def test_a_pause_survives_a_restart(travel: Travel, times: Times, job: MakeJob) -> None:
    async def story() -> None:
        await times.plan(job("hunt", "0 * * * *"))
        await times.scheduler.pause("hunt")
        times.restart()
        await times.plan(job("hunt", "0 * * * *"))
        async with times.running():
            await asyncio.sleep(hours(3))
        assert times.began == []

    travel(story())


def test_a_paused_job_can_be_run_by_hand(travel: Travel, times: Times, job: MakeJob) -> None:
    async def story() -> None:
        await times.plan(job("hunt", "0 * * * *"))
        await times.scheduler.pause("hunt")
        run, outcome = await times.scheduler.run_and_wait("hunt", "cli")
        assert (run.trigger, run.scheduled, run.outcome) == ("cli", None, RunOutcome.SUCCESS)
        assert outcome is not None
        assert outcome.summary == "Noted."

    travel(story())


def test_run_now(travel: Travel, times: Times, job: MakeJob) -> None:
    async def story() -> None:
        times.seconds = 10
        await times.plan(job("hunt", "0 * * * *"))
        async with times.running():
            run_id = times.scheduler.run_now("hunt", "mqtt")
            with pytest.raises(AlreadyRunning, match="hunt is running already"):
                times.scheduler.run_now("hunt", "mqtt")
            await asyncio.sleep(1)
            assert times.scheduler.statuses()[0].running
            await asyncio.sleep(10)
            (status,) = times.scheduler.statuses()
            assert not status.running
            assert status.last_run == times.history.runs[run_id]
            assert status.next_run == NOON + timedelta(hours=1)

    travel(story())


def test_an_unknown_job_is_named_with_those_there_are(travel: Travel, times: Times, job: MakeJob) -> None:
    async def story() -> None:
        await times.plan(job("hunt", "0 * * * *"), job("charts", "0 3 * * sun"))
        for command in (times.scheduler.pause, times.scheduler.resume):
            with pytest.raises(UnknownJob, match=r"There is no job called 'hnt'\. Jobs: charts, hunt\."):
                await command("hnt")
        with pytest.raises(UnknownJob):
            times.scheduler.run_now("hnt", "cli")

    travel(story())


def test_a_reload_changes_times_at_once(travel: Travel, times: Times, job: MakeJob) -> None:
    async def story() -> None:
        await times.plan(job("hunt", "0 3 * * *"), job("gone", "*/10 * * * *"))
        async with times.running():
            await asyncio.sleep(300)
            await times.plan(job("hunt", "*/15 * * * *"), job("new", "20 12 * * *"))
            await asyncio.sleep(1200)
        assert [run.name for run in times.history.runs.values()] == ["hunt", "new"]
        assert [(moment - NOON).total_seconds() for moment in times.began] == [900, 1200]

    travel(story())


def test_a_reload_in_another_zone_moves_the_times(travel: Travel, times: Times, job: MakeJob) -> None:
    async def story() -> None:
        await times.plan(job("hunt", "0 14 * * *"))
        assert times.scheduler.statuses()[0].next_run == NOON + timedelta(hours=2)
        await times.plan(job("hunt", "0 14 * * *"), zone="Europe/Berlin")
        assert times.scheduler.statuses()[0].next_run == NOON + timedelta(hours=1)

    travel(story())


def test_a_clock_set_forward_costs_one_run_and_a_clock_set_back_none(
    travel: Travel, times: Times, clock: PassingClock, job: MakeJob
) -> None:
    async def story() -> None:
        await times.plan(job("tend", "*/10 * * * *"))
        async with times.running():
            await asyncio.sleep(60)
            clock.jump(timedelta(hours=5))
            await asyncio.sleep(301)
            assert len(times.began) == 1
            clock.jump(timedelta(hours=-5))
            await asyncio.sleep(301)
            assert len(times.began) == 1
            (status,) = times.scheduler.statuses()
            assert status.next_run is not None
            assert timedelta(0) < status.next_run - clock() <= timedelta(minutes=10)
            await asyncio.sleep(hours(1))
            assert len(times.began) == 7

    travel(story())


def test_a_clock_set_back_stops_no_job(travel: Travel, times: Times, clock: PassingClock, job: MakeJob) -> None:
    async def story() -> None:
        await times.plan(job("tend", "*/10 * * * *"), job("daily", "0 11 * * *"))
        async with times.running():
            await asyncio.sleep(1)
            clock.jump(timedelta(days=-30))
            await asyncio.sleep(hours(1))
            assert len(times.began) >= 5
            due = {status.name: status.next_run for status in times.scheduler.statuses()}
            assert due["daily"] == NOON + timedelta(days=-29, hours=-1)

    travel(story())


def test_a_clock_put_right_by_a_moment_runs_nothing_twice(
    travel: Travel, times: Times, clock: PassingClock, job: MakeJob
) -> None:
    async def story() -> None:
        await times.plan(job("tend", "*/10 * * * *"))
        async with times.running():
            await asyncio.sleep(600.5)
            assert len(times.began) == 1
            clock.jump(timedelta(seconds=-2))
            await times.plan(job("tend", "*/10 * * * *"))
            await asyncio.sleep(60)
            assert len(times.began) == 1

    travel(story())


def test_everybody_is_told(travel: Travel, times: Times, job: MakeJob) -> None:
    async def story() -> None:
        await times.plan(job("hunt", "0 * * * *"))
        async with times.running():
            await times.scheduler.pause("hunt")
            assert any(isinstance(event, JobsChanged) for event in times.events)
            times.events.clear()
            await times.scheduler.run_and_wait("hunt", "cli")
            await asyncio.sleep(0)
        kinds = [type(event) for event in times.events]
        assert kinds == [JobsChanged, RunStarted, RunFinished, JobsChanged]

    travel(story())


def test_only_jobs_that_run_often_are_quiet(travel: Travel, times: Times, job: MakeJob) -> None:
    async def idle() -> Outcome:
        return Outcome("0 due.")

    async def story() -> None:
        times.actions.add("idle", idle)
        often, seldom = job("often", "*/5 * * * *", action="idle"), job("seldom", "0 * * * *", action="idle")
        await times.plan(often, seldom)
        async with times.running():
            await asyncio.sleep(hours(1) + 1)
            assert times.scheduler.statuses()[0].last_run is not None
        assert [run.name for run in times.history.runs.values()] == ["seldom"]

    travel(story())
