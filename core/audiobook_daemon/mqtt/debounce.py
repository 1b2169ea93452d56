"""Many calls, one deed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable


class Debounced:
    """Does something once, `delay` seconds after the first of any number of calls; never twice at a time.

    A call while it is being done leads to one more time, and `rest` seconds lie between two times at least. A deed
    that raises is a bug: the event loop is told.
    """

    def __init__(self, delay: float, deed: Callable[[], Awaitable[None]], *, rest: float = 0.0) -> None:
        self._delay, self._deed, self._rest = delay, deed, rest
        self._rested = 0.0
        self._wanted = False
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None
        self._turn = asyncio.Lock()

    def soon(self) -> None:
        """Ask for the deed."""
        self._wanted = True
        if self._timer is None and self._task is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_at(max(loop.time() + self._delay, self._rested), self._start)

    async def now(self) -> None:
        """Do it at once and wait for it; calls so far are served by this."""
        self._wanted = False
        if self._timer:
            self._timer.cancel()
            self._timer = None
        await self._guarded()

    def cancel(self) -> None:
        """Drop what was asked for and stop what is being done."""
        self._wanted = False
        if self._timer:
            self._timer.cancel()
            self._timer = None
        if self._task:
            self._task.cancel()

    def _start(self) -> None:
        self._timer = None
        self._wanted = False
        self._task = asyncio.get_running_loop().create_task(self._guarded())
        self._task.add_done_callback(self._finished)

    def _finished(self, _task: asyncio.Task[None]) -> None:
        self._task = None
        if self._wanted:
            self.soon()

    async def _guarded(self) -> None:
        async with self._turn:
            self._rested = asyncio.get_running_loop().time() + self._rest
            try:
                await self._deed()
            except Exception as error:  # noqa: BLE001
                asyncio.get_running_loop().call_exception_handler(
                    {"message": "MQTT documents could not be made", "exception": error}
                )
