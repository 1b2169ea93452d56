"""An answer that is dear to find and may be a little old: it is looked for once, however many ask for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Known(Generic[T]):
    answer: T
    at: float
    stamp: object


class Remembered(Generic[T]):
    """Keeps an answer for some seconds; whoever asks while it is looked for waits for the same one.

    With a `stamp` that says whether anything has happened, an answer counts for the `longer` time if nothing has.
    """

    def __init__(
        self,
        find: Callable[[], Awaitable[T]],
        seconds: float,
        *,
        stamp: Callable[[], object] | None = None,
        longer: float = 600.0,
    ) -> None:
        self._find, self._seconds = find, seconds
        self._stamp, self._longer = stamp, longer
        self._known: _Known[T] | None = None
        self._finding = asyncio.Lock()

    async def get(self) -> T:
        """Return the answer; raises what finding it raises, and then it is looked for anew the next time."""
        async with self._finding:
            if self._known is None or not self._counts(self._known):
                stamp = self._stamp() if self._stamp else None
                self._known = None
                self._known = _Known(await self._find(), asyncio.get_running_loop().time(), stamp)
            return self._known.answer

    def _counts(self, known: _Known[T]) -> bool:
        age = asyncio.get_running_loop().time() - known.at
        if age < self._seconds:
            return True
        return self._stamp is not None and self._stamp() == known.stamp and age < self._longer
