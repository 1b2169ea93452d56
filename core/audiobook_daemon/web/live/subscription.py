"""One onlooker's share of what happens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from audiobook_daemon.store import Events
from audiobook_daemon.web.live.messages import Message, of_logged

_MOST_PASSING = 256
"""Things of which the last word is kept for an onlooker who is slow."""
_PAGE = 200
_PATIENCE = 15.0
_GATHERING_SECONDS = 0.05
"""So long after the first word others are waited for: a burst is told at once, and the log is read once for it."""


class Subscription:
    """What one onlooker has not been told yet; made by `Live.subscribe`."""

    def __init__(self, log: Events, after: int | None) -> None:
        self._log = log
        self._asked_from = after
        self._last = 0
        self._passing: dict[tuple[str, str], Message] = {}
        self._unread = True
        self._open = True
        self._woken = asyncio.Event()

    async def begin(self) -> None:
        """Find out where in the log to begin."""
        oldest, newest = await self._log.bounds()
        after = newest if self._asked_from is None else self._asked_from
        self._last = min(after, newest)
        self.tell(Message("hello", {"last": self._last}, id=self._last))
        if after > newest or (after < newest and oldest > after + 1):
            self.tell(Message("resync"))

    def tell(self, message: Message | None) -> None:
        """Keep a message that passes, in the place of the last one about the same; None: the log may have grown."""
        if message is None:
            self._unread = True
        else:
            key = (message.kind, message.subject)
            self._passing.pop(key, None)
            if len(self._passing) >= _MOST_PASSING:
                self._passing = {("resync", ""): Message("resync")}
            self._passing[key] = message
        self._woken.set()

    def end(self) -> None:
        """Tell no more."""
        self._open = False
        self._woken.set()

    async def take(self, patience: float) -> tuple[Message, ...] | None:
        """Return what there is to tell, in order; nothing at all if nothing has happened for so many seconds.

        None when the daemon stops: there will be no more.
        """
        try:
            async with asyncio.timeout(patience):
                await self._woken.wait()
                if self._open:
                    await asyncio.sleep(_GATHERING_SECONDS)
        except TimeoutError:
            self._unread = True  # not everything that is written down is told on the bus as well
        if not self._open:
            return None
        self._woken.clear()
        passing, self._passing = tuple(self._passing.values()), {}
        return passing + await self._logged()

    async def __aiter__(self) -> AsyncIterator[Message]:
        while (messages := await self.take(_PATIENCE)) is not None:
            for message in messages:
                yield message

    async def _logged(self) -> tuple[Message, ...]:
        if not self._unread:
            return ()
        self._unread = False
        found = await self._log.after(self._last, _PAGE)
        if len(found) == _PAGE:
            self.tell(None)
        if found:
            self._last = found[-1].id
        return tuple(map(of_logged, found))
