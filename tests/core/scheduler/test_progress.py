from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from audiobook_daemon import Outcome, RunFinished, RunStarted
from audiobook_daemon.actions import report_progress, reporting
from audiobook_daemon.events import RunProgressed
from audiobook_daemon.scheduler import Step
from audiobook_daemon.scheduler.progress import Pace

if TYPE_CHECKING:
    from tests.core.conftest import Travel
    from tests.core.scheduler.conftest import Times


def test_the_newest_is_told_once_a_second_and_the_last_is_never_lost(travel: Travel) -> None:
    async def story() -> None:
        loop = asyncio.get_running_loop()
        heard: list[tuple[float, int]] = []
        began = loop.time()
        pace = Pace(lambda done, _total, _text: heard.append((round(loop.time() - began, 1), done)))
        for done in range(25):
            pace.hear(done, None, "counting")
            await asyncio.sleep(0.1)
        pace.end()
        pace.end()
        await asyncio.sleep(5)
        assert [at for at, _ in heard] == [0.0, 1.0, 2.0, 2.5]
        assert [done for _, done in heard[::3]] == [0, 24]

    travel(story())


def test_everybody_hears_of_a_run_between_its_beginning_and_its_end(travel: Travel, times: Times) -> None:
    async def count() -> Outcome:
        for done in range(1, 4):
            report_progress(done, 3, f"number {done}")
        return Outcome("counted", 3, 3)

    async def story() -> None:
        times.actions.add("count", count)
        heard: list[int] = []
        with times.bus.listening(times.events.append), reporting(lambda done, _total, _text: heard.append(done)):
            await times.runner.begin("count", [Step("count")], "cli")[1]
        assert heard == [1, 2, 3]
        assert [type(event) for event in times.events] == [RunStarted, RunProgressed, RunProgressed, RunFinished]
        told = [(event.done, event.total, event.text) for event in times.events if isinstance(event, RunProgressed)]
        assert told == [(1, 3, "number 1"), (3, 3, "number 3")]

    travel(story())


def test_a_quiet_run_nobody_knows_of_has_no_progress(travel: Travel, times: Times) -> None:
    async def look() -> Outcome:
        report_progress(1, 1, "looking")
        return Outcome("0 due.")

    async def story() -> None:
        times.actions.add("look", look)
        with times.bus.listening(times.events.append):
            await times.runner.begin("tend", [Step("look")], "schedule", quiet=True)[1]
        assert times.events == []

    travel(story())
