"""A memory that forgets: the newest few entries, and none for longer than a while."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recent(Generic[K, V]):
    """Holds at most `limit` entries, each for `seconds` at the longest."""

    def __init__(self, seconds: float, limit: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._limit, self._clock = seconds, limit, clock
        self._entries: dict[K, tuple[float, V]] = {}

    def put(self, key: K, value: V) -> None:
        """Remember; the oldest entry goes when there is no room."""
        self._entries.pop(key, None)
        self._entries[key] = (self._clock(), value)
        if len(self._entries) > self._limit:
            del self._entries[next(iter(self._entries))]

    def get(self, key: K) -> V | None:
        """Return what is still remembered, or None."""
        at, value = self._entries.get(key, (None, None))
        if at is None or self._clock() - at > self._seconds:
            self._entries.pop(key, None)
            return None
        return value

    def forget(self, key: K) -> None:
        """Forget one entry; an unknown one is no error."""
        self._entries.pop(key, None)
