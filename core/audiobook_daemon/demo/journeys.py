"""What the demo knows of each book's way, from the daemon's own events."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from audiobook_daemon.demo.books import DemoBook
from audiobook_daemon.demo.world import as_book
from audiobook_daemon.events import Event, WantChanged
from audiobook_daemon.matching import is_same_book
from audiobook_daemon.models import Want, WantState

_ARRIVED = frozenset({WantState.SHELVED, WantState.OWNED})


@dataclass(slots=True)
class Journey:
    """One book on its way; `began` and `latest` are seconds since the journeys began to be watched."""

    want: Want
    began: float
    latest: float

    @property
    def ended(self) -> bool:
        """Whether nothing is to be done for it any more."""
        return not self.want.state.open

    @property
    def arrived(self) -> bool:
        """Whether the book stands in the library."""
        return self.want.state in _ARRIVED


class Journeys:
    """All books in the order in which they were wanted; `changed` is told of each step."""

    def __init__(self, changed: Callable[[Journey, WantState | None], None]) -> None:
        self._changed = changed
        self._all: dict[int, Journey] = {}
        self._start = time.monotonic()
        self._moved = self._start

    def hear(self, event: Event) -> None:
        """Take an event of the daemon's bus."""
        if not isinstance(event, WantChanged):
            return
        want = event.want
        journey = self._all.setdefault(want.id, Journey(want, self.seconds, 0.0))
        journey.want, journey.latest = want, self.seconds
        if want.state is not event.before:
            self._moved = time.monotonic()
        self._changed(journey, event.before)

    @property
    def all(self) -> tuple[Journey, ...]:
        """Every journey."""
        return tuple(self._all.values())

    @property
    def seconds(self) -> float:
        """How long the journeys have been watched."""
        return time.monotonic() - self._start

    @property
    def quiet(self) -> float:
        """Seconds since a book entered a new state."""
        return time.monotonic() - self._moved

    @property
    def last(self) -> float:
        """When the last book arrived."""
        return max((journey.latest for journey in self._all.values() if journey.arrived), default=0.0)

    @property
    def arrived(self) -> int:
        """How many stand in the library."""
        return sum(journey.arrived for journey in self._all.values())

    @property
    def shelved(self) -> int:
        """How many of them the daemon has put there."""
        return sum(journey.want.state is WantState.SHELVED for journey in self._all.values())

    @property
    def over(self) -> bool:
        """Whether every journey has ended, well or not."""
        return all(journey.ended for journey in self._all.values())

    def stuck(self, now: datetime, patience: float) -> bool:
        """Whether nothing will happen within `patience` seconds: every open book waits for longer, or for a person."""
        least = now + timedelta(seconds=patience)
        left = [journey.want for journey in self._all.values() if not journey.ended]
        return bool(left) and all(
            want.state is WantState.REVIEW or (want.next_try is not None and want.next_try > least) for want in left
        )

    def lost(self, wanted: Iterable[DemoBook]) -> list[tuple[str, str]]:
        """Title and reason for every book that is not in the library: of those wanted, and of those on their way."""
        books = [journey.want.wish.book for journey in self._all.values()]
        missing = [
            (book.title, "Nobody has wanted it.")
            for book in wanted
            if not any(is_same_book(as_book(book), other) for other in books)
        ]
        left = [journey.want for journey in self._all.values() if not journey.arrived]
        return missing + [
            (want.wish.book.title, f"{want.state}: {want.reason or 'it was not its turn.'}") for want in left
        ]
