"""Hints lead to one sync after a quiet moment, never to a flood, never beside a sync that runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from audiobook_daemon.daemon.early_sync import EarlySync
from audiobook_daemon.events import Event, InstanceHinted
from audiobook_daemon.scheduler import AlreadyRunning, Step

NOW = datetime(2026, 3, 1, tzinfo=UTC)
HINT = InstanceHinted(NOW, "shelf", "items_added")
QUIET, PAUSE = 0.02, 0.06


@dataclass
class Runs:
    """Counts what is begun; `busy` beginnings are refused first."""

    busy: int = 0
    begun: list[str] = field(default_factory=list)
    at: list[float] = field(default_factory=list)
    refused: int = 0

    def begin(self, name: str, steps: Sequence[Step], trigger: str, *, quiet: bool) -> tuple[str, asyncio.Task[None]]:
        if self.refused < self.busy:
            self.refused += 1
            raise AlreadyRunning("sync is running already.")
        assert (trigger, quiet, [step.action for step in steps]) == ("hint", True, ["sync"])
        self.begun.append(name)
        self.at.append(asyncio.get_running_loop().time())
        return "1", asyncio.create_task(asyncio.sleep(0))

    async def reach(self, count: int) -> None:
        async with asyncio.timeout(60):
            while len(self.begun) < count:
                await asyncio.sleep(0.001)


class Instances:
    def playing(self, role: type) -> tuple[str, ...]:
        del role
        return ("shelf",)


@asynccontextmanager
async def early(runs: Runs, *, wanted: bool = True) -> AsyncIterator[EarlySync]:
    sync = EarlySync(cast(Any, runs), cast(Any, Instances()), lambda: wanted, quiet=QUIET, pause=PAUSE)
    task = asyncio.create_task(sync.run())
    yield sync
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_many_hints_are_one_sync() -> None:
    runs = Runs()
    async with early(runs) as sync:
        for _ in range(20):
            sync.hear(HINT)
        await runs.reach(1)
        await asyncio.sleep(2 * PAUSE)
    assert runs.begun == ["sync"]


async def test_hints_that_never_cease_are_not_waited_for_for_ever() -> None:
    runs = Runs()

    async def chatter(sync: EarlySync) -> None:
        while True:
            sync.hear(HINT)
            await asyncio.sleep(QUIET / 10)

    async with early(runs) as sync:
        talking = asyncio.create_task(chatter(sync))
        await runs.reach(2)
        talking.cancel()
    assert runs.at[1] - runs.at[0] >= PAUSE


async def test_a_hint_during_a_sync_is_served_after_it() -> None:
    runs = Runs(busy=1)
    async with early(runs) as sync:
        sync.hear(HINT)
        await runs.reach(1)
    assert runs.refused == 1


@pytest.mark.parametrize(
    ("event", "wanted"), [(InstanceHinted(NOW, "tracker", "x"), True), (HINT, False), (Event(NOW), True)]
)
async def test_what_is_no_hint_of_a_library_or_unwanted_does_nothing(event: Event, wanted: bool) -> None:
    runs = Runs()
    async with early(runs, wanted=wanted) as sync:
        sync.hear(event)
        await asyncio.sleep(3 * QUIET)
    assert runs.begun == []
