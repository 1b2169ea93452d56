"""A loop whose time passes by itself: whole days in a moment, and the same every time."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import pytest
from hypothesis import settings

settings.register_profile("calm", deadline=None, derandomize=True, max_examples=50)
settings.load_profile("calm")


class _Selector(selectors.DefaultSelector):
    """Does not wait: the time that would have passed is added up."""

    def __init__(self) -> None:
        super().__init__()
        self.passed = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if not ready:
            assert timeout is not None, "everybody waits, and nobody for a time"
            self.passed += max(0.0, timeout)
        return ready


class TravellingLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._passing = _Selector()
        super().__init__(self._passing)

    def time(self) -> float:
        return self._passing.passed


class PassingClock:
    """Shows the time of a travelling loop; `jump` sets it forward or back as a person would."""

    def __init__(self, start: datetime) -> None:
        self.start = start

    def __call__(self) -> datetime:
        return self.start + timedelta(seconds=asyncio.get_running_loop().time())

    def jump(self, by: timedelta) -> None:
        self.start += by


class Travel(Protocol):
    def __call__(self, story: Coroutine[Any, Any, None]) -> None: ...


@pytest.fixture
def travel() -> Travel:
    """Run a story on a loop whose time passes by itself; nothing in it may use a thread or a real wait."""

    def run(story: Coroutine[Any, Any, None]) -> None:
        with asyncio.Runner(loop_factory=TravellingLoop) as runner:
            runner.run(story)

    return run


@pytest.fixture
def passing_clock() -> Callable[[datetime], PassingClock]:
    return PassingClock


@pytest.fixture
def clock() -> PassingClock:
    return PassingClock(datetime(2026, 3, 1, 12, 0, tzinfo=UTC))
