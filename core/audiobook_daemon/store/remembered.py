"""Remembers what takes long to count, until anything is written."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable
from typing import Final, TypeVar, cast

from audiobook_daemon.store.connections import Connections

T = TypeVar("T")
_MOST: Final = 200


class Remembered:
    """Answers a question once for each state of the database; only the daemon writes, so it knows when it changes."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._state = -1
        self._known: dict[Hashable, object] = {}

    async def get(self, question: Hashable, answer: Callable[[], Awaitable[T]]) -> T:
        """Return what is known, or what `answer` finds."""
        # An answer that was begun before a write belongs to the state before it.
        state = self._connections.writes
        if state is not None and state == self._state and question in self._known:
            return cast(T, self._known[question])
        found = await answer()
        if state is not None and state == self._connections.writes:
            if state != self._state or len(self._known) >= _MOST:
                self._state, self._known = state, {}
            self._known[question] = found
        return found
