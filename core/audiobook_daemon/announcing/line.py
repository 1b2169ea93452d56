"""The way to one notifier: one event after the other, with rests while it cannot take them."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress

from audiobook_daemon.announcing.waiting import Waiting
from audiobook_daemon.errors import AuthFailed, DatabaseError, Refused, Unavailable
from audiobook_daemon.events import Event
from audiobook_daemon.host import Bug, Host
from audiobook_daemon.plugin import Notifier

_log = logging.getLogger(__name__)

_SHORTEST_REST, _LONGEST_REST = 1.0, 900.0


class Line:
    """Tells one instance what was put here."""

    def __init__(self, host: Host, name: str, waiting: Waiting) -> None:
        self._host = host
        self._name = name
        self._waiting = waiting
        self._filled = asyncio.Event()
        self._mended = asyncio.Event()
        self._closing = False
        self._complained = False

    def put(self, event: Event) -> None:
        """Take an event; never waits."""
        self._waiting.put(event, asyncio.get_running_loop().time())
        if self._waiting.dropped and not self._complained:
            self._complained = True
            _log.warning("%s takes nothing now, and more waits than is kept; the oldest is given up.", self._name)
        self._filled.set()

    def mended(self) -> None:
        """Note that the instance is doing otherwise than before."""
        self._mended.set()

    def close(self) -> None:
        """Let `work` end as soon as all is told, or cannot be told now."""
        self._closing = True
        self._waiting.gather(asyncio.get_running_loop().time(), all_of_them=True)
        self._filled.set()
        self._mended.set()

    def give_up(self, reason: str) -> None:
        """Say that what waits will not be told."""
        if count := len(self._waiting):
            _log.warning("%s was not told of all that waited (%d): %s.", self._name, count, reason)

    async def work(self) -> None:
        """Tell until cancelled or closed."""
        loop = asyncio.get_running_loop()
        while True:
            self._filled.clear()
            self._waiting.gather(loop.time())
            event = self._waiting.first()
            if event is not None:
                rest = await self._tell(event)
                if rest is None:
                    self._waiting.done(event)
                elif self._closing:
                    return
                else:
                    await self._wait(self._mended, loop.time() + rest)
            elif self._closing:
                return
            else:
                await self._wait(self._filled, self._waiting.due())

    async def _tell(self, event: Event) -> float | None:
        """Tell, and return None if that is over with, else for how long to rest; the host logs what went wrong."""
        self._mended.clear()
        try:
            await self._host.ask_one(self._name, Notifier.notify, event=event)
        except (Bug, Refused):
            return None
        except AuthFailed:
            return _LONGEST_REST
        except Unavailable as error:  # one that has just failed is asked in a moment how long it rests
            return min(max(error.retry_after or 0.0, _SHORTEST_REST), _LONGEST_REST)
        except DatabaseError:
            return _LONGEST_REST
        if self._complained:
            _log.warning("%s is told of things again; %d events were given up.", self._name, self._waiting.dropped)
            self._complained, self._waiting.dropped = False, 0
        return None

    @staticmethod
    async def _wait(happened: asyncio.Event, moment: float | None) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout_at(moment):
                await happened.wait()
