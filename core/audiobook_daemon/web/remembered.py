"""An answer that is dear to find and may be a little old: it is looked for once, however many ask for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Remembered(Generic[T]):
    """Keeps an answer for some seconds; whoever asks while it is looked for waits for the same one."""

    def __init__(self, find: Callable[[], Awaitable[T]], seconds: float) -> None:
        self._find, self._seconds = find, seconds
        self._known: tuple[T, float] | None = None
        self._finding = asyncio.Lock()

    async def get(self) -> T:
        """Return the answer; raises what finding it raises, and then it is looked for anew the next time."""
        async with self._finding:
            now = asyncio.get_running_loop().time()
            if self._known is None or now >= self._known[1]:
                self._known = None
                self._known = (await self._find(), asyncio.get_running_loop().time() + self._seconds)
            return self._known[0]
