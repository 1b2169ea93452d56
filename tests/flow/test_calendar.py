"""The daemon and the calendar: jobs run at their minute, and what was missed is made up for once."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from audiobook_daemon.daemon import Daemon
from audiobook_daemon.models import Run

if TYPE_CHECKING:
    from tests.flow.conftest import Household, Inhabit

SOON = 60.0


class Calendar:
    """A clock that stands at a moment of one's choice until it is told to go."""

    def __init__(self, start: datetime) -> None:
        self._start = start
        self._went = 0.0

    def go(self) -> None:
        self._went = monotonic()

    def __call__(self) -> datetime:
        return self._start + timedelta(seconds=monotonic() - self._went if self._went else 0)


async def live(config: Path, minute: datetime) -> tuple[Run, ...]:
    """Let the daemon live from just before a minute until that has had its run, and tell of all runs so far.

    Whatever else is due, or was missed, begins before that run, which therefore proves that it was looked for.
    """
    calendar = Calendar(minute - timedelta(seconds=0.3))
    async with Daemon.assembled(config, now=calendar) as daemon, asyncio.TaskGroup() as group:
        ready, stop = asyncio.Event(), asyncio.Event()
        group.create_task(daemon.serve(ready.set, stop))
        await ready.wait()
        calendar.go()
        async with asyncio.timeout(SOON):
            while True:
                found = await daemon.database.runs.latest()
                told = tuple(run for run in found if run.name in {"top10", "minute"})
                if ("minute", minute) in {(run.name, run.scheduled) for run in told if run.finished}:
                    break
                await asyncio.sleep(0.02)
            while any(run.finished is None for run in told):
                await asyncio.sleep(0.02)
                told = tuple([run for one in told if (run := await daemon.database.runs.get(one.id))])
        stop.set()
    return told


async def test_jobs_run_at_their_minute_and_make_up_once_for_what_they_missed(inhabit: Inhabit) -> None:
    async with inhabit(4) as household:
        await check_times(household)


async def check_times(household: Household) -> None:
    household.change('at: "0 3 29 2 *"', 'at: "0 3 * * *"\n    catch_up: 12h')
    household.change("do: [{gather: {only: [top10]}}]", "do: [sync]")
    household.change("  hunt:", '  minute:\n    at: "* * * * *"\n    catch_up: 0\n    do: [sync]\n  hunt:')
    (minute,) = await live(household.config, datetime(2026, 3, 2, 12, 1, tzinfo=UTC))
    assert (minute.name, minute.trigger, minute.processed) == ("minute", "schedule", 1)
    assert minute.scheduled == datetime(2026, 3, 2, 12, 1, tzinfo=UTC)
    assert timedelta(0) <= minute.started - minute.scheduled < timedelta(minutes=1)

    runs = await live(household.config, datetime(2026, 3, 3, 3, tzinfo=UTC))
    assert len(runs) == 3
    (night,) = (run for run in runs if run.name == "top10")
    assert (night.trigger, night.scheduled) == ("schedule", datetime(2026, 3, 3, 3, tzinfo=UTC))

    runs = await live(household.config, datetime(2026, 3, 5, 9, tzinfo=UTC))
    made_up = [run for run in runs if run.trigger == "catch_up"]
    assert [(run.name, run.scheduled) for run in made_up] == [("top10", datetime(2026, 3, 5, 3, tzinfo=UTC))]
    assert len(runs) == 5
    assert len(await live(household.config, datetime(2026, 3, 5, 9, 10, tzinfo=UTC))) == 6, "once is enough"
    assert len(await live(household.config, datetime(2026, 3, 6, 15, 10, tzinfo=UTC))) == 7, "that is too long ago"
