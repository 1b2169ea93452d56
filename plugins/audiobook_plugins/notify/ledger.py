"""What waits to be told, in the instance's memory, so that neither a crash nor a restart loses or doubles it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from pydantic import TypeAdapter, ValidationError

from audiobook_daemon import Context
from audiobook_plugins.notify.messages import Message

KEY = "waiting"
MOST_OUT = 100
MOST_KEPT = 500
MOST_TOLD = 500
LONGEST_WAIT = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Pages:
    """The whole of it, as it is written."""

    out: tuple[Message, ...] = ()
    """To be told now."""
    quiet: tuple[Message, ...] = ()
    """To be told when the quiet hours are over."""
    digest: tuple[Message, ...] = ()
    """To be told with the digest."""
    told: tuple[str, ...] = ()
    """Ids of the last that were taken care of."""
    known: tuple[str, ...] = ()
    """The addresses there were."""
    lost: int = 0
    """How many were given up: too many waited, or they waited too long."""


_PAGES = TypeAdapter(Pages)


@dataclass(slots=True)
class Ledger:
    """The pages and their writing; every change is on disk when the call returns."""

    context: Context
    pages: Pages = field(default_factory=Pages)
    _changing: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def open(self, addresses: Sequence[str]) -> None:
        """Read what waits; what an address that is gone has not taken goes to those that are new."""
        raw = await self.context.memory.get(KEY)
        try:
            read = _PAGES.validate_python(raw) if raw is not None else Pages()
        except ValidationError:
            self.context.log.warning("%s cannot read what it had kept, and begins anew.", self.context.name)
            read = Pages()
        new = tuple(address for address in addresses if address not in read.known)
        out = tuple(replace(one, left=_moved(one.left, addresses, new)) for one in read.out)
        self.pages = replace(read, out=tuple(one for one in out if one.left), known=tuple(addresses))

    def knows(self, message: Message) -> bool:
        """Whether a message waits already or was taken care of."""
        waiting = (*self.pages.out, *self.pages.quiet, *self.pages.digest)
        return message.id in self.pages.told or any(one.id == message.id for one in waiting)

    async def keep(self, message: Message, *, digest: bool) -> None:
        """Keep a message for the digest, or for the end of the quiet hours."""
        async with self._changing:
            pages = self.pages
            before = pages.digest if digest else pages.quiet
            kept, lost = _bounded(_listed((*before, message), alone=not digest), MOST_KEPT)
            lost += pages.lost
            await self._write(
                replace(pages, digest=kept, lost=lost) if digest else replace(pages, quiet=kept, lost=lost)
            )

    async def send(self, message: Message, instead: Sequence[Message] = ()) -> None:
        """Put a message out for every address, in the place of those kept ones that it stands for."""
        async with self._changing:
            pages, gone = self.pages, {one.id for one in instead}
            out, lost = _bounded((*pages.out, replace(message, left=pages.known)), MOST_OUT)
            await self._write(
                replace(
                    pages,
                    out=out,
                    quiet=tuple(one for one in pages.quiet if one.id not in gone),
                    digest=tuple(one for one in pages.digest if one.id not in gone),
                    told=_latest(pages.told, [one.id for one in instead]),
                    lost=pages.lost + lost,
                )
            )

    async def strike(self, message_id: str, address: str) -> None:
        """Note that an address has taken a message, or never will."""
        async with self._changing:
            out: list[Message] = []
            done: list[str] = []
            for one in self.pages.out:
                left = tuple(other for other in one.left if other != address) if one.id == message_id else one.left
                if left:
                    out.append(one if left == one.left else replace(one, left=left))
                else:
                    done.append(one.id)
            pages = replace(self.pages, out=tuple(out), told=_latest(self.pages.told, done))
            self.pages = pages  # it has arrived, whether that can be written down now or not
            await self._write(pages)

    async def forget_old(self, now: datetime) -> None:
        """Give up what nobody has taken for days: old news is no news."""
        async with self._changing:
            fresh = tuple(one for one in self.pages.out if now - one.at < LONGEST_WAIT)
            if lost := len(self.pages.out) - len(fresh):
                self.context.log.warning(
                    "%s gives up %d messages that could not be sent for days.", self.context.name, lost
                )
                await self._write(replace(self.pages, out=fresh, lost=self.pages.lost + lost))

    async def _write(self, pages: Pages) -> None:
        await self.context.memory.put(KEY, _PAGES.dump_python(pages, mode="json"))
        if pages.lost > self.pages.lost and not self.pages.lost:
            self.context.log.warning("%s cannot keep all that waits; the oldest is given up.", self.context.name)
        self.pages = pages


def _listed(messages: tuple[Message, ...], *, alone: bool) -> tuple[Message, ...]:
    """Of messages that will stand in a list nothing else is needed; one `alone` may yet be sent as it is."""
    return messages if alone and len(messages) == 1 else tuple(replace(one, title="", body="") for one in messages)


def _bounded(messages: tuple[Message, ...], most: int) -> tuple[tuple[Message, ...], int]:
    return messages[-most:], max(0, len(messages) - most)


def _latest(told: tuple[str, ...], more: Iterable[str]) -> tuple[str, ...]:
    return (*told, *more)[-MOST_TOLD:]


def _moved(left: tuple[str, ...], present: Sequence[str], new: tuple[str, ...]) -> tuple[str, ...]:
    kept = tuple(address for address in left if address in present)
    return kept if len(kept) == len(left) else (*kept, *(address for address in new if address not in kept))
