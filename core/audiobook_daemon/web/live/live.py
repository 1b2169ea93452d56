"""Hears what the bus carries, and hands it on to everybody who looks on."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager

from audiobook_daemon.events import Bus, Event
from audiobook_daemon.store import Database
from audiobook_daemon.web.live.messages import of_event
from audiobook_daemon.web.live.progress import Progress, Step
from audiobook_daemon.web.live.subscription import Subscription
from audiobook_daemon.web.refusals import TooMany

MOST = 64
"""Onlookers at a time."""
_COME_AGAIN = 30.0


class Live:
    """What happens in the daemon, for pages and programs that look on; without onlookers it costs next to nothing."""

    def __init__(self, database: Database, bus: Bus) -> None:
        self._database, self._bus = database, bus
        self._onlookers: set[Subscription] = set()
        self._progress = Progress()
        self._closed = False

    @property
    def onlookers(self) -> int:
        """How many look on now."""
        return len(self._onlookers)

    @property
    def steps(self) -> Mapping[str, Step]:
        """How far each run has come that is under way and has told of it, by the run's id."""
        return self._progress.steps

    def successor(self) -> Live:
        """Return one for whoever looks on from now on; it knows how far the runs are that are under way."""
        found = Live(self._database, self._bus)
        found._progress = self._progress
        return found

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Hear the bus until the block ends."""
        self._closed = False
        with self._bus.listening(self._hear):
            yield

    @asynccontextmanager
    async def subscribe(self, after: int | None = None) -> AsyncGenerator[Subscription, None]:
        """Lend a share of everything that happens until the block ends.

        It begins `after` the entry of the event log with this number, or with what happens from now on. Raises TooMany.
        """
        if len(self._onlookers) >= MOST:
            raise TooMany(f"{MOST} programs and pages look on already.", retry_after=_COME_AGAIN)
        subscription = Subscription(self._database.events, after)
        self._onlookers.add(subscription)
        try:
            await subscription.begin()
            if self._closed:
                subscription.end()
            yield subscription
        finally:
            self._onlookers.discard(subscription)

    def close(self) -> None:
        """Let everybody go who looks on: the daemon stops and does not wait for them."""
        self._closed = True
        for subscription in self._onlookers:
            subscription.end()

    def _hear(self, event: Event) -> None:
        self._progress.hear(event)
        if self._onlookers:
            message = of_event(event)
            for subscription in self._onlookers:
                subscription.tell(message)
