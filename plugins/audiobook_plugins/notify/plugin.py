"""The notifier: words events, keeps what has to wait, and sends the rest."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from audiobook_daemon import (
    Context,
    Event,
    Finding,
    Level,
    Notifier,
    Outcome,
    Plugin,
    Unavailable,
    action,
    hookimpl,
)
from audiobook_plugins.notify.config import NotifyConfig
from audiobook_plugins.notify.courier import Courier
from audiobook_plugins.notify.ledger import Ledger
from audiobook_plugins.notify.messages import Composer, Message
from audiobook_plugins.notify.services import NotTold, Service, find_services

QUIET_HEADING = "In the quiet hours"
DIGEST_HEADING = "Digest"
_PATIENCE = 40.0
"""Seconds that `notify` waits to see whether a message arrives; it is kept in any case."""
_FAREWELL = 2.0
_SHORT_REST = 10.0
"""Seconds after which the daemon may come with more while a service is down: all is kept here anyhow."""
_LONGEST_SLEEP = 60.0
"""Seconds after which the clock is looked at again, for it may have been set or the machine been asleep."""


class Notify(Plugin[NotifyConfig], Notifier):
    """Tells people over services of apprise; what it was told is kept until every address has taken it."""

    def __init__(self, config: NotifyConfig, context: Context) -> None:
        super().__init__(config, context)
        self._composer = Composer(config.templates, context.name, context.zone, context.log)
        self._ledger = Ledger(context)
        self._services: Sequence[Service] = ()
        self._courier = Courier(context, self._ledger, (), config.timeout)
        self._late: list[tuple[str, str]] = []
        self._wake = asyncio.Event()
        self._round: asyncio.Future[None] | None = None
        self._task: asyncio.Task[None] | None = None
        self._writing = asyncio.Lock()

    async def start(self) -> None:
        """Load apprise, read what waits, and begin to send; needs nobody's answer."""
        if self._task is None:
            addresses = self.config.addresses()
            self._services = await find_services(addresses, self._arrived_late)
            await self._ledger.open([address.id for address in addresses])
            self._courier = Courier(self.context, self._ledger, self._services, self.config.timeout)
            self._task = asyncio.create_task(self._keep_time())
        self._courier.hurry()
        self._wake.set()

    async def stop(self) -> None:
        """Send nothing more; what waits is kept."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            await asyncio.gather(*(service.settled(_FAREWELL) for service in self._services))
            await self._note_late()

    async def check(self) -> Sequence[Finding]:
        """Say what waits; nothing is sent for it."""
        pages = self._ledger.pages
        known = ", ".join(f"{service.address}, {service.name}" for service in self._services)
        findings = [Finding(Level.OK, f"It tells {known}." if known else "It has not started.")]
        if trouble := self._courier.trouble:
            findings.append(
                Finding(
                    Level.FAILURE,
                    f"{trouble} {len(pages.out)} messages wait.",
                    f"Look at the address; `audiobook-daemon do {self.context.name}.test` tries it.",
                )
            )
        if pages.lost:
            findings.append(
                Finding(Level.WARNING, f"{pages.lost} messages were given up so far, for they were too many.")
            )
        return findings

    @hookimpl
    async def notify(self, event: Event) -> None:
        """Take care of an event; Unavailable says that it is kept and a service is down."""
        message = self._composer.message_of(event)
        if message is None or message.kind not in self.config.events:
            return
        sent_now = await self._taken_in(message)
        if sent_now:
            await self._next_round()
        if trouble := self._courier.trouble:
            raise Unavailable(f"{self.context.name} cannot tell: {trouble} It is kept.", _SHORT_REST)

    @action
    async def test(self) -> Outcome:
        """Send a test message to every address now, quiet hours or not."""
        at = self.context.now()
        text = f"This is a test of {self.context.name}."
        message = Message("test", "test", "audiobook-daemon", text, at, (text,))
        said: list[str] = []
        if not self._services:
            raise Unavailable(f"{self.context.name} has not started.")
        for service in self._services:
            try:
                await service.tell(message, self.config.timeout)
            except NotTold as error:
                said.append(f"{error}.")
        told = len(self._services) - len(said)
        summary = " ".join([f"{told} of {len(self._services)} addresses took a test message.", *said])
        return Outcome(summary, len(self._services), told, len(said))

    @action
    async def flush(self) -> Outcome:
        """Send the digest and what the quiet hours hold back now, and try again what could not be sent."""
        pages = self._ledger.pages
        count = sum(message.count for message in (*pages.quiet, *pages.digest))
        async with self._writing:
            await self._gather_quiet(self.context.now())
            await self._gather_digest(self.context.now())
        self._courier.hurry()
        await self._next_round()
        waiting = len(self._ledger.pages.out)
        summary = f"{count} held back are sent, {waiting} messages still wait."
        return Outcome(f"{summary} {self._courier.trouble or ''}".strip(), count, count, waiting)

    async def _taken_in(self, message: Message) -> bool:
        """Keep a message where it belongs, once; tells whether it is to be sent now."""
        async with self._writing:
            if self._ledger.knows(message):
                return any(one.id == message.id for one in self._ledger.pages.out)
            if self.config.digest and message.kind in self.config.digest_events:
                await self._ledger.keep(message, digest=True)
            elif self._quiet_until(self.context.now()) and message.kind not in self.config.urgent:
                await self._ledger.keep(message, digest=False)
            else:
                await self._ledger.send(message)
                return True
        self._wake.set()  # the next moment to wake at may be another one now
        return False

    async def _next_round(self) -> None:
        """Let the sending begin, and wait for the end of it for a while."""
        if self._round is None:
            self._round = asyncio.get_running_loop().create_future()
        self._wake.set()
        with suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                await asyncio.shield(self._round)

    async def _keep_time(self) -> None:
        complained = False
        while True:
            self._wake.clear()
            ends, self._round = self._round, None
            try:
                await self._work()
                complained = False
            except Exception as error:  # noqa: BLE001 - the memory is closed to us, for instance
                if not complained:
                    self.context.log.warning("%s cannot keep account of what waits: %s", self.context.name, error)
                complained = True
                await asyncio.sleep(1.0)
            finally:
                if ends is not None and not ends.done():
                    ends.set_result(None)
            with suppress(TimeoutError):
                async with asyncio.timeout(self._pause()):
                    await self._wake.wait()

    async def _work(self) -> None:
        await self._note_late()
        now = self.context.now()
        if not self._quiet_until(now):
            async with self._writing:
                await self._gather_quiet(now)
                if (due := self._digest_due()) and due <= now:
                    await self._gather_digest(now)
        await self._courier.round()

    async def _note_late(self) -> None:
        while self._late:
            await self._ledger.strike(*self._late.pop())

    async def _gather_quiet(self, now: datetime) -> None:
        if kept := self._ledger.pages.quiet:
            one = kept[0] if len(kept) == 1 else self._composer.summary_of(kept, QUIET_HEADING, now)
            await self._ledger.send(one, instead=kept)

    async def _gather_digest(self, now: datetime) -> None:
        if kept := self._ledger.pages.digest:
            await self._ledger.send(self._composer.summary_of(kept, DIGEST_HEADING, now), instead=kept)

    def _quiet_until(self, now: datetime) -> datetime | None:
        hours = self.config.quiet_hours
        return hours.end_of(now, self.context.zone()) if hours else None

    def _digest_due(self) -> datetime | None:
        """The first time of a digest after the first message for it; a time that was slept through is due at once."""
        kept = self._ledger.pages.digest
        if not kept:
            return None
        first = min(message.at for message in kept)
        return self.config.digest.next(first, self.context.zone()) if self.config.digest else first

    def _pause(self) -> float:
        now = self.context.now()
        quiet = self._quiet_until(now)
        held = (quiet if self._ledger.pages.quiet else None, self._digest_due(), self._courier.next_try())
        moments = [moment for moment in held if moment is not None]
        if not moments:
            return _LONGEST_SLEEP
        return min(max((min(moments) - now).total_seconds(), 0.05), _LONGEST_SLEEP)

    def _arrived_late(self, message: str, address: str) -> None:
        self._late.append((message, address))
        self._wake.set()
