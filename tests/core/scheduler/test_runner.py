from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon import Outcome, RunFinished, RunStarted, Unavailable
from audiobook_daemon.actions import BadArguments, UnknownAction, report_progress, reporting
from audiobook_daemon.models import RunOutcome
from audiobook_daemon.scheduler import AlreadyRunning, RunLog, Step

if TYPE_CHECKING:
    from tests.core.conftest import Travel
    from tests.core.scheduler.conftest import Times

log = logging.getLogger("audiobook_plugins.mam")


@pytest.fixture
def times(times: Times) -> Times:
    async def gather(only: str = "") -> Outcome:
        log.info("gathering %s", only)
        return Outcome(f"gathered {only}.", 5, 4, 0, ["a"])

    async def choose() -> Outcome:
        await asyncio.sleep(1)
        log.info("choosing")
        return Outcome("chosen.", 3, 1, 2)

    async def refuse() -> Outcome:
        raise Unavailable("The site is down.")

    async def bug() -> Outcome:
        raise ZeroDivisionError("a bug")

    for function in (gather, choose, refuse, bug):
        times.actions.add(function.__name__, function)
    return times


@pytest.fixture
def run_log() -> Iterator[None]:
    root, handler = logging.getLogger(), RunLog()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.mark.usefixtures("run_log")
def test_counts_are_summed_and_the_last_data_counts(travel: Travel, times: Times) -> None:
    async def story() -> None:
        steps = [Step("gather", {"only": "top10"}), Step("choose")]
        run, outcome = await times.runner.begin("charts", steps, "schedule")[1]
        assert (run.processed, run.succeeded, run.failed) == (8, 5, 2)
        assert run.summary == "gathered top10. chosen."
        assert run.outcome is RunOutcome.WARNING
        assert run.finished is not None
        assert (run.finished - run.started).total_seconds() == 1
        assert outcome is not None
        assert outcome.data == ["a"]
        assert times.history.runs[run.id] == run

    travel(story())


@pytest.mark.usefixtures("run_log")
def test_each_run_keeps_its_own_log(travel: Travel, times: Times) -> None:
    async def story() -> None:
        one = times.runner.begin("one", [Step("gather", {"only": "A"}), Step("choose")], "cli")[1]
        two = times.runner.begin("two", [Step("choose"), Step("gather", {"only": "B"})], "cli")[1]
        log.info("outside")
        first, second = (await one)[0], (await two)[0]
        assert first.log == "gathering A\ngathered A.\nchoosing\nchosen."
        assert second.log == "choosing\nchosen.\ngathering B\ngathered B."

    travel(story())


@pytest.mark.usefixtures("run_log")
@pytest.mark.parametrize(("action", "error"), [("refuse", "The site is down."), ("bug", "ZeroDivisionError: a bug")])
def test_a_failing_step_ends_the_run(travel: Travel, times: Times, action: str, error: str) -> None:
    async def story() -> None:
        run, outcome = await times.runner.begin("hunt", [Step("gather"), Step(action), Step("choose")], "cli")[1]
        assert (run.outcome, run.error) == (RunOutcome.FAILED, error)
        assert run.summary == "gathered ."
        assert run.log is not None
        assert "choosing" not in run.log
        assert outcome is not None
        assert times.runner.running == frozenset()

    travel(story())


def test_what_cannot_begin_leaves_no_trace(travel: Travel, times: Times) -> None:
    async def story() -> None:
        with pytest.raises(UnknownAction):
            times.runner.begin("hunt", [Step("gather"), Step("nothing")], "cli")
        with pytest.raises(BadArguments):
            times.runner.begin("hunt", [Step("gather", {"onyl": "x"})], "cli")
        assert times.history.runs == {}
        assert times.runner.running == frozenset()

    travel(story())


def test_a_run_never_overlaps_itself(travel: Travel, times: Times) -> None:
    async def story() -> None:
        _, task = times.runner.begin("hunt", [Step("choose")], "cli")
        with pytest.raises(AlreadyRunning, match="hunt is running already"):
            times.runner.begin("hunt", [Step("choose")], "mqtt")
        assert times.runner.running == {"hunt"}
        await task
        await times.runner.begin("hunt", [Step("choose")], "cli")[1]

    travel(story())


def test_several_people_may_give_the_same_command_at_once(travel: Travel, times: Times) -> None:
    async def story() -> None:
        started = [times.runner.begin("accept", [Step("choose")], "cli", alone=False) for _ in range(3)]
        assert times.runner.running == {"accept"}
        await started[0][1]
        with pytest.raises(AlreadyRunning):
            times.runner.begin("accept", [Step("choose")], "cli")
        await asyncio.gather(*(task for _, task in started))
        await asyncio.sleep(0)
        assert times.runner.running == frozenset()
        assert set(times.history.runs) == {run_id for run_id, _ in started}

    travel(story())


def test_a_cancelled_run_is_recorded(travel: Travel, times: Times) -> None:
    async def story() -> None:
        with times.bus.listening(times.events.append):
            run_id, task = times.runner.begin("hunt", [Step("gather"), Step("choose")], "cli")
            await asyncio.sleep(0.5)
            await times.runner.stop()
        assert task.cancelled()
        run = times.history.runs[run_id]
        assert (run.outcome, run.error) == (RunOutcome.CANCELLED, "The daemon was stopped.")
        assert (run.processed, run.summary) == (5, "gathered .")
        assert run.finished is not None
        assert isinstance(times.events[-1], RunFinished)
        assert times.events[-1].run == run

    travel(story())


def test_stopping_with_nothing_under_way(travel: Travel, times: Times) -> None:
    travel(times.runner.stop())


def test_a_long_log_keeps_its_end(travel: Travel, times: Times, run_log: None) -> None:
    async def chatter() -> Outcome:
        for number in range(1000):
            log.info("line %d", number)
        return Outcome("done", processed=1)

    async def story() -> None:
        times.actions.add("chatter", chatter)
        run, _ = await times.runner.begin("chatter", [Step("chatter")], "cli")[1]
        assert run.log is not None
        lines = run.log.splitlines()
        assert (len(lines), lines[-2:]) == (200, ["line 999", "done"])

    travel(story())


def test_who_starts_a_run_hears_how_far_it_has_come(travel: Travel, times: Times) -> None:
    async def count() -> Outcome:
        for done in range(3):
            report_progress(done, 3, "counting")
        return Outcome("counted")

    async def story() -> None:
        times.actions.add("count", count)
        heard: list[int] = []
        with reporting(lambda done, _total, _text: heard.append(done)):
            await times.runner.begin("count", [Step("count")], "cli")[1]
        await times.runner.begin("count", [Step("count")], "schedule")[1]
        assert heard == [0, 1, 2]

    travel(story())


def test_a_quiet_run_without_work_leaves_no_trace(travel: Travel, times: Times) -> None:
    async def idle() -> Outcome:
        return Outcome("0 due.")

    async def story() -> None:
        times.actions.add("idle", idle)
        with times.bus.listening(times.events.append):
            run, _ = await times.runner.begin("tend", [Step("idle")], "schedule", quiet=True)[1]
        assert run.outcome is RunOutcome.SUCCESS
        assert (times.history.runs, times.events) == ({}, [])

    travel(story())


@pytest.mark.parametrize(
    ("action", "outcome"),
    [("gather", RunOutcome.SUCCESS), ("refuse", RunOutcome.FAILED), ("bug", RunOutcome.FAILED)],
)
def test_a_quiet_run_with_news_is_recorded(travel: Travel, times: Times, action: str, outcome: RunOutcome) -> None:
    async def story() -> None:
        with times.bus.listening(times.events.append):
            run, _ = await times.runner.begin("tend", [Step(action)], "schedule", quiet=True)[1]
        assert run.outcome is outcome
        assert times.history.runs == {run.id: run}
        assert [type(event) for event in times.events] == [RunStarted, RunFinished]

    travel(story())


def test_a_quiet_run_that_takes_its_time_is_told_of(travel: Travel, times: Times) -> None:
    async def slow() -> Outcome:
        await asyncio.sleep(5)
        return Outcome("0 due.")

    async def story() -> None:
        times.actions.add("slow", slow)
        run_id, task = times.runner.begin("tend", [Step("slow")], "schedule", quiet=True)
        await asyncio.sleep(0.5)
        assert times.history.runs == {}
        await asyncio.sleep(1)
        assert times.history.runs[run_id].outcome is RunOutcome.RUNNING
        await task
        assert times.history.runs[run_id].outcome is RunOutcome.SUCCESS

    travel(story())


def test_a_quiet_run_that_is_cancelled_is_recorded(travel: Travel, times: Times) -> None:
    async def story() -> None:
        run_id, _ = times.runner.begin("tend", [Step("choose")], "schedule", quiet=True)
        await asyncio.sleep(0.5)
        await times.runner.stop()
        assert times.history.runs[run_id].outcome is RunOutcome.CANCELLED

    travel(story())
