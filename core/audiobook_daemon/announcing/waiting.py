"""What waits to be told to one instance: bounded, and a flood becomes a few events that stand for many."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from audiobook_daemon.announcing.worth import group_of
from audiobook_daemon.events import Event, EventsCondensed

LIMIT = 200
SINGLE = 5
"""So many events of one kind are passed on one by one within a window; the rest of them is told together after it."""
WINDOW = 60.0
LONGEST_WINDOW = 900.0
EXAMPLES = 10


@dataclass(slots=True)
class _Group:
    """The events of one kind in the present window."""

    ends: float
    length: float
    single: int
    """How many may still pass one by one."""
    count: int = 0
    examples: list[Event] = field(default_factory=list)
    latest: Event | None = None


class Waiting:
    """Takes events without ever waiting; moments are seconds of any clock that does not go back.

    When more than `limit` events wait, the oldest is given up and counted in `dropped`.
    """

    def __init__(self, *, limit: int = LIMIT, window: float = WINDOW) -> None:
        self.dropped = 0
        self._limit = limit
        self._window = window
        self._events: deque[Event] = deque()
        self._groups: dict[tuple[object, ...], _Group] = {}

    def put(self, event: Event, moment: float) -> None:
        """Take an event that has just happened."""
        self.gather(moment)
        kind = group_of(event)
        group = self._groups.setdefault(kind, _Group(moment + self._window, self._window, SINGLE))
        if group.single:
            group.single -= 1
            self._append(event)
            return
        group.count += 1
        group.latest = event
        if len(group.examples) < EXAMPLES:
            group.examples.append(event)

    def gather(self, moment: float, *, all_of_them: bool = False) -> None:
        """Let those be told that were collected in windows which are over, or in all of them.

        While a flood goes on its windows grow, up to a quarter of an hour; a window without one ends it.
        """
        for kind, group in tuple(self._groups.items()):
            if group.ends > moment and not all_of_them:
                continue
            del self._groups[kind]
            if group.latest is None:
                continue
            few = group.count == len(group.examples) == 1
            self._append(group.latest if few else EventsCondensed(group.latest.at, group.count, tuple(group.examples)))
            length = min(2 * group.length, max(LONGEST_WINDOW, self._window))
            single = SINGLE if group.count <= SINGLE else 0
            self._groups[kind] = _Group(moment + length, length, single)

    def due(self) -> float | None:
        """The moment at which `gather` has something to do, None if nothing is collected."""
        return min((group.ends for group in self._groups.values() if group.count), default=None)

    def first(self) -> Event | None:
        """Return what is to be told next, or None; it stays until `done`."""
        return self._events[0] if self._events else None

    def done(self, event: Event) -> None:
        """Strike an event that was told, or cannot be."""
        if self._events and self._events[0] is event:
            self._events.popleft()

    def __len__(self) -> int:
        return len(self._events) + sum(group.count for group in self._groups.values())

    def _append(self, event: Event) -> None:
        if len(self._events) >= self._limit:
            self._events.popleft()
            self.dropped += 1
        self._events.append(event)
