"""Brings what waits to its addresses: at its time, in its order to each, again until it arrives."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from audiobook_daemon import Context
from audiobook_plugins.notify.ledger import Ledger
from audiobook_plugins.notify.messages import Message
from audiobook_plugins.notify.services import NotTold, Service

FIRST_REST = 10.0
LONGEST_REST = 900.0
MOST_REFUSED = 5


@dataclass(slots=True)
class _Way:
    """The way to one service."""

    service: Service
    failures: int = 0
    until: datetime | None = None
    """When it is tried again."""
    trouble: str | None = None
    refused: Counter[str] = field(default_factory=Counter)
    """How often it failed to take a message while it took others; such messages come last."""


class Courier:
    """Sends the pages `out` of the ledger; one service that fails or hangs delays no other."""

    def __init__(self, context: Context, ledger: Ledger, services: Sequence[Service], limit: float) -> None:
        self._context = context
        self._ledger = ledger
        self._ways = [_Way(service) for service in services]
        self._limit = limit

    @property
    def trouble(self) -> str | None:
        """What is wrong with the services, as a sentence, or None."""
        said = [way.trouble for way in self._ways if way.trouble and self._left_for(way)]
        return f"{'; '.join(said)}." if said else None

    def next_try(self) -> datetime | None:
        """When there is something to send again; None if nothing waits."""
        now = self._context.now()
        return min((way.until or now for way in self._ways if self._left_for(way)), default=None)

    async def round(self) -> None:
        """Send what can be sent now."""
        await self._ledger.forget_old(self._context.now())
        await asyncio.gather(*(self._serve(way) for way in self._ways))

    def hurry(self) -> None:
        """Let every service be tried again now."""
        for way in self._ways:
            way.until = None

    async def _serve(self, way: _Way) -> None:
        if way.until is not None and way.until > self._context.now():
            return
        failed: list[str] = []
        took, reason = False, ""
        while len(failed) < 2 and not way.service.busy and (message := self._next(way, failed)):
            try:
                await way.service.tell(message, self._limit)
            except NotTold as error:
                failed.append(message.id)
                reason = str(error)
            else:
                took = True
                await self._ledger.strike(message.id, way.service.address.id)
        if took and not way.service.busy:
            self._praise(way)
            for message_id in failed:
                await self._refused(way, message_id)
        elif failed:
            self._complain(way, reason)
        if failed:
            self._rest(way)

    def _next(self, way: _Way, failed: Sequence[str]) -> Message | None:
        """The oldest first; those that were refused while others were taken come last."""
        left = [message for message in self._left_for(way) if message.id not in failed]
        return min(left, key=lambda message: way.refused[message.id], default=None)

    def _left_for(self, way: _Way) -> list[Message]:
        return [message for message in self._ledger.pages.out if way.service.address.id in message.left]

    async def _refused(self, way: _Way, message: str) -> None:
        """Note that the fault may be the message's own, and give it up in the end."""
        way.refused[message] += 1
        if way.refused[message] >= MOST_REFUSED:
            await self._ledger.strike(message, way.service.address.id)
            self._context.log.warning(
                "%s: %s takes other messages but not one of them; that is given up.",
                self._context.name,
                way.service.address,
            )

    def _rest(self, way: _Way) -> None:
        way.failures += 1
        seconds = min(FIRST_REST * 2 ** min(way.failures - 1, 10), LONGEST_REST)
        way.until = self._context.now() + timedelta(seconds=seconds)

    def _complain(self, way: _Way, reason: str) -> None:
        if way.trouble is None:
            self._context.log.warning("%s: %s. What waits is kept and sent later.", self._context.name, reason)
        way.trouble = reason

    def _praise(self, way: _Way) -> None:
        if way.trouble is not None:
            self._context.log.info("%s: %s takes messages again.", self._context.name, way.service.address)
        way.trouble, way.failures, way.until = None, 0, None
