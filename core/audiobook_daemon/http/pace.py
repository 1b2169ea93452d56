"""Keeps the distance between the requests of one instance."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager


class Pace:
    """Lets requests start at least `seconds` apart, and one after the other if asked to."""

    def __init__(self, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep) -> None:
        self.seconds = 0.0
        self._one_at_a_time = False
        self._next = 0.0
        self._file = asyncio.Lock()
        self._sleep = sleep

    def keep(self, seconds: float, *, one_at_a_time: bool) -> None:
        """Set the distance in seconds, and whether a request waits for the end of the one before it."""
        self.seconds = max(0.0, seconds)
        self._one_at_a_time = one_at_a_time

    @asynccontextmanager
    async def turn(self) -> AsyncGenerator[None, None]:
        """Wait for the turn; in single file it ends with the block."""
        if self._one_at_a_time:
            async with self._file:
                await self._wait()
                yield
        else:
            await self._wait()
            yield

    async def _wait(self) -> None:
        now = asyncio.get_running_loop().time()
        start = max(now, self._next)
        self._next = start + self.seconds
        if start > now:
            await self._sleep(start - now)
