"""How a run is written down and told of, and the lines that are logged within it."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Protocol

from audiobook_daemon.actions import reporting
from audiobook_daemon.events import Bus, RunFinished, RunProgressed, RunStarted
from audiobook_daemon.models import Run
from audiobook_daemon.scheduler.progress import Pace

_LOG_LINES = 200


class History(Protocol):
    """Where runs are written down."""

    async def start(self, run: Run) -> None:
        """Write a run that begins."""

    async def finish(self, run: Run) -> None:
        """Write how it ended."""

    async def claim(self, run: Run) -> Run:
        """Write a run that begins, unless there is one with its key; returns the one that has the key."""

    async def of_key(self, key: str) -> Run | None:
        """The run that was asked for with a key."""


class Record:
    """One run as history and bus get to know of it: at once, or only when it has something to tell."""

    def __init__(self, history: History, bus: Bus, run: Run, *, written: bool = False) -> None:
        self.run = run
        self.told = False
        self._written = written
        self._history = history
        self._bus = bus
        self._telling = asyncio.Lock()

    @asynccontextmanager
    async def opened(self, after: float) -> AsyncGenerator[None, None]:
        """Tell that the run has begun, `after` seconds later if it still goes on then."""
        if not after:
            await self._tell()
            yield
            return
        later = asyncio.create_task(self._tell_later(after))
        try:
            yield
        finally:
            later.cancel()

    @contextmanager
    def followed(self, now: Callable[[], datetime]) -> Iterator[None]:
        """Tell how far it comes within the block, once it is known that it has begun."""

        def tell(done: int, total: int | None, text: str) -> None:
            if self.told:
                self._bus.publish(RunProgressed(now(), self.run, done, total, text))

        pace = Pace(tell)
        with reporting(pace.hear, too=True):
            try:
                yield
            finally:
                pace.end()

    async def close(self, ended: Run) -> None:
        """Write and tell how it ended."""
        await self._tell()
        await self._history.finish(ended)
        self._bus.publish(RunFinished(at=ended.finished or ended.started, run=ended))

    async def _tell_later(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        await asyncio.shield(self._tell())

    async def _tell(self) -> None:
        async with self._telling:
            if not self.told:
                if not self._written:
                    await self._history.start(self.run)
                self.told = True
                self._bus.publish(RunStarted(at=self.run.started, run=self.run))


_lines: ContextVar[deque[str] | None] = ContextVar("lines", default=None)


class RunLog(logging.Handler):
    """Keeps the last lines that were logged within a run; add one to the root logger."""

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line for the run it belongs to."""
        if (lines := _lines.get()) is not None:
            lines.append(self.format(record))


@contextmanager
def listening() -> Iterator[deque[str]]:
    """Keep what is logged within the block."""
    lines: deque[str] = deque(maxlen=_LOG_LINES)
    token = _lines.set(lines)
    try:
        yield lines
    finally:
        _lines.reset(token)
