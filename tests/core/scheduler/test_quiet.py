"""A job that looks every minute and finds nothing leaves no trace."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from audiobook_daemon import Outcome, RunFinished, RunStarted, Unavailable
from audiobook_daemon.actions import Actions
from audiobook_daemon.events import Bus, Event
from audiobook_daemon.models import Run, RunOutcome
from audiobook_daemon.scheduler import Runner, Step

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


class History:
    def __init__(self) -> None:
        self.started: list[str] = []
        self.finished: list[Run] = []

    async def start(self, run: Run) -> None:
        self.started.append(run.name)

    async def claim(self, run: Run) -> Run:
        raise AssertionError("nobody gave a key")

    async def of_key(self, key: str) -> Run | None:
        raise AssertionError("nobody gave a key")

    async def finish(self, run: Run) -> None:
        assert run.name in self.started
        self.finished.append(run)


def runner_with(history: History, events: list[Event]) -> Runner:
    async def nothing() -> Outcome:
        return Outcome("nothing: nothing to do.")

    async def work() -> Outcome:
        return Outcome("work: one done.", 1, 1)

    async def fail() -> Outcome:
        raise Unavailable("The site is down.")

    async def long() -> Outcome:
        await asyncio.Event().wait()
        raise AssertionError

    class Ear(Bus):
        def publish(self, event: Event) -> None:
            events.append(event)

    actions, bus = Actions(), Ear()
    for function in (nothing, work, fail, long):
        actions.add(function.__name__, function)
    return Runner(actions, history, bus, lambda: NOW)


async def test_nothing_found_is_not_written_down() -> None:
    history, events = History(), list[Event]()
    run, outcome = await runner_with(history, events).begin("tend", [Step("nothing")], "schedule", NOW, quiet=True)[1]
    assert run.outcome is RunOutcome.SUCCESS
    assert outcome is not None
    assert (history.started, history.finished, events) == ([], [], [])


async def test_work_and_failure_are() -> None:
    for action, ended in (("work", RunOutcome.SUCCESS), ("fail", RunOutcome.FAILED)):
        history, events = History(), list[Event]()
        await runner_with(history, events).begin("tend", [Step("nothing"), Step(action)], "schedule", NOW, quiet=True)[
            1
        ]
        assert [run.outcome for run in history.finished] == [ended]
        assert [type(event) for event in events] == [RunStarted, RunFinished]


async def test_a_person_always_sees_the_run() -> None:
    history, events = History(), list[Event]()
    await runner_with(history, events).begin("tend", [Step("nothing")], "cli")[1]
    assert history.started == ["tend"]
    assert len(history.finished) == 1


async def test_a_quiet_run_that_lasts_is_told_of_and_its_end_is_written() -> None:
    history, events = History(), list[Event]()
    runner = runner_with(history, events)
    runner.begin("tend", [Step("long")], "schedule", NOW, quiet=True)
    async with asyncio.timeout(60):
        while not events:
            await asyncio.sleep(0.02)
    assert history.started == ["tend"]
    await runner.stop()
    assert [run.outcome for run in history.finished] == [RunOutcome.CANCELLED]
