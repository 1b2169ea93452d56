"""Ctrl-C, SIGTERM and a closed terminal end the demo as if it were done: once, cleanly, whatever it is at."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Any, Self

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interruption:
    """Takes the signals over until the block ends; the first one cancels the task that has asked for it.

    All further ones are ignored: what follows is the clean-up, which takes a moment and must be whole.
    """

    def __init__(self) -> None:
        self._number: int | None = None
        self._before: dict[int, Any] = {}
        self._target: tuple[asyncio.AbstractEventLoop, asyncio.Task[Any]] | None = None

    def __enter__(self) -> Self:
        for number in _SIGNALS:
            self._before[number] = signal.signal(number, self._hear)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    @property
    def status(self) -> int:
        """The exit status that tells of the signal, as shells do."""
        return 128 + (self._number or signal.SIGINT)

    @contextmanager
    def cancelling(self) -> Iterator[None]:
        """Let the first signal, even one that has come already, cancel the current task until the block ends."""
        task = asyncio.current_task()
        assert task is not None
        self._target = (asyncio.get_running_loop(), task)
        if self._number is not None:
            self._cancel()
        try:
            yield
        finally:
            self._target = None

    def _hear(self, number: int, _frame: FrameType | None) -> None:
        if self._number is not None:
            return
        self._number = number
        if self._target is not None:
            self._target[0].call_soon_threadsafe(self._cancel)

    def _cancel(self) -> None:
        if self._target is not None:
            self._target[1].cancel()
