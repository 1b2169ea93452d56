"""An answer that is dear to find and may be a little old: it is looked for once, however many ask for it."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Remembered(Generic[T]):
    """Keeps an answer for some seconds; whoever asks while it is looked for waits for the same one.

    With `times` it is kept only so many times as long as it took to find: what is cheap stays fresh.
    """

    def __init__(self, find: Callable[[], Awaitable[T]], seconds: float, *, times: float = math.inf) -> None:
        self._find, self._seconds, self._times = find, seconds, times
        self._known: tuple[T, float] | None = None
        self._finding = asyncio.Lock()

    async def get(self) -> T:
        """Return the answer; raises what finding it raises, and then it is looked for anew the next time."""
        async with self._finding:
            clock = asyncio.get_running_loop().time
            now = clock()
            if self._known is None or now >= self._known[1]:
                self._known = None
                found = await self._find()
                self._known = (found, clock() + min(self._seconds, self._times * (clock() - now)))
            return self._known[0]
