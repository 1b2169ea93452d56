"""Takes new folders into the library, all that wait with one scan, and finds the items that are really theirs."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, field

from audiobook_daemon import Context, PluginError, Unavailable
from audiobook_plugins.audiobookshelf import likeness
from audiobook_plugins.audiobookshelf.arrivals import Arrival, audio_in, loose_file
from audiobook_plugins.audiobookshelf.changes import blank_body
from audiobook_plugins.audiobookshelf.client import Client
from audiobook_plugins.audiobookshelf.config import AudiobookshelfConfig
from audiobook_plugins.audiobookshelf.diagnosis import (
    behind_after_all,
    fallen_apart,
    not_whole,
    swallowed,
    why_not_taken,
)
from audiobook_plugins.audiobookshelf.likeness import Before
from audiobook_plugins.audiobookshelf.records import Item
from audiobook_plugins.audiobookshelf.scanning import Scans

_SCANS = 3
_QUIET_POLLS, _MOST_POLLS = 2, 60
"""A scan is asked for when no folder has come for so many polls, or when the first has waited for so many."""
_STALE = 900.0
"""Seconds without a look after which people may have moved folders, and what was seen before says nothing."""


@dataclass(eq=False, slots=True)
class _Newcomer:
    """A folder that waits for its item."""

    arrival: Arrival
    found: asyncio.Future[Item]
    scans: int = 0
    """How many have run without bringing it."""


@dataclass(slots=True)
class _Seen:
    """One look through the library."""

    items: dict[str, Item] = field(default_factory=dict)
    """By path, those that are waited for."""
    others: list[str] = field(default_factory=list)
    """The paths of those that were passed on the way."""

    def covering(self, path: str) -> str | None:
        """The path of an item that everything at this path belongs to."""
        return next((above for above in self.others if path.startswith(f"{above}/")), None)

    def within(self, path: str) -> list[str]:
        """The paths of items that lie in a folder which should be one itself."""
        return sorted(below for below in self.others if below.startswith(f"{path}/"))


class Admission:
    """Admits folders: those that come shortly after one another, or while a scan runs, share the next one."""

    def __init__(self, client: Client, config: AudiobookshelfConfig, context: Context) -> None:
        self._client = client
        self._config = config
        self._context = context
        self._scans = Scans(client, config.poll)
        self._waiting: list[_Newcomer] = []
        self._last_came = 0.0
        self._worker: asyncio.Task[None] | None = None
        self._known: dict[str, Before] = {}
        """By id, where items were first seen; a scan for one folder may have brought that of another too."""
        self._looked = 0.0

    async def admit(self, arrival: Arrival) -> Item:
        """Return the item at exactly this path of the server, scanning if it is not known or not up to date.

        Raises Unavailable if it does not appear within the configured time or is not whole, and Refused where an
        audio file further up makes one book of everything below.
        """
        if loose := await asyncio.to_thread(loose_file, arrival):
            raise swallowed(str(loose.parent), loose)
        newcomer = _Newcomer(arrival, asyncio.get_running_loop().create_future())
        self._waiting.append(newcomer)
        self._last_came = asyncio.get_running_loop().time()
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work())
        try:
            async with asyncio.timeout(self._config.scan_timeout):
                return await newcomer.found
        except TimeoutError:
            raise Unavailable(
                f"Audiobookshelf did not take in {arrival.remote} within {self._config.scan_timeout:g} seconds; "
                "perhaps a scan of the whole library is running."
            ) from None
        finally:
            self._waiting.remove(newcomer)
            if not self._waiting and self._worker is not None:
                self._worker.cancel()
                self._worker = None

    async def stop(self) -> None:
        """Stop to ask; those who still wait are told so."""
        worker, self._worker = self._worker, None
        _fail(self._waiting, Unavailable("The daemon stops to talk to Audiobookshelf; the folder is asked for again."))
        if worker is not None:
            worker.cancel()
            with suppress(asyncio.CancelledError):
                await worker

    async def _work(self) -> None:
        while True:
            await self._settle()
            batch = _open(self._waiting)
            if not batch:
                return
            try:
                if any(newcomer.scans == 0 for newcomer in batch):
                    await self._look(batch)
                if batch := _open(batch):
                    await self._scans.run(batch[0].arrival.library)
                    for newcomer in batch:
                        newcomer.scans += 1
                    await self._look(batch)
            except Exception as error:  # noqa: BLE001 - it is raised where the folders are waited for
                _fail(batch, error)

    async def _settle(self) -> None:
        """Wait until nobody comes any more, but not for ever."""
        clock, poll = asyncio.get_running_loop().time, self._config.poll
        start = clock()
        while (left := min(self._last_came + _QUIET_POLLS * poll, start + _MOST_POLLS * poll) - clock()) > 0:  # noqa: ASYNC110
            await asyncio.sleep(left)

    async def _look(self, batch: Sequence[_Newcomer]) -> None:
        """Look through the library once for all of them."""
        seen = await self._seen(batch[0].arrival.library, {newcomer.arrival.remote for newcomer in batch})
        for newcomer in batch:
            try:
                if row := seen.items.get(newcomer.arrival.remote):
                    await self._take(newcomer, row)
                elif newcomer.scans >= _SCANS:
                    remote = newcomer.arrival.remote
                    if pieces := seen.within(remote):
                        raise fallen_apart(newcomer.arrival, pieces)
                    raise await why_not_taken(self._client, newcomer.arrival, seen.covering(remote))
            except PluginError as error:
                _fail([newcomer], error)

    async def _seen(self, library: str, wanted: Collection[str]) -> _Seen:
        """Look through the library, the newest first, until all are found."""
        seen, now = _Seen(), asyncio.get_running_loop().time()
        if now > self._looked + _STALE:
            self._known.clear()
        self._looked = now
        async with aclosing(self._client.newest(library)) as items:
            async for item in items:
                self._remember(item)
                if item.path is not None and item.path in wanted and not item.isMissing:
                    seen.items[item.path] = item
                    if len(seen.items) == len(wanted):
                        break
                elif item.path:
                    seen.others.append(item.path)
        return seen

    def _remember(self, item: Item) -> None:
        """Note where an item lies; one that has moved is not noted anew before a folder has claimed it."""
        known = self._known.get(item.id)
        if known is None or known.path == item.path:
            self._known[item.id] = Before(item.path, item.media.duration, item.media.size)

    async def _take(self, newcomer: _Newcomer, row: Item) -> None:
        """Give the folder its item if it is whole; one that is behind the disk needs another scan."""
        arrival = newcomer.arrival
        item = await self._client.item(row.id)
        audio = await asyncio.to_thread(audio_in, arrival.folder)
        if likeness.is_behind(item, audio):
            if newcomer.scans >= _SCANS:
                raise behind_after_all(arrival)
            return
        if unread := likeness.unread(item, audio):
            raise not_whole(arrival, unread, len(audio))
        item = await self._freed_of_another_book(item, self._known.get(item.id))
        self._known.pop(item.id, None)
        if not newcomer.found.done():
            newcomer.found.set_result(item)

    async def _freed_of_another_book(self, item: Item, before: Before | None) -> Item:
        """Clear an item that the server took for a book it knew.

        A new folder often gets the inode of one just removed; the server then keeps the old book's id, title, author
        and ASIN for the new audio.
        """
        name = self._context.name
        if likeness.was_another_book(item, before):
            self._context.log.warning(
                "%s: Audiobookshelf took the new book at %s for the one that was at %s; what it said of the old book, "
                "its cover too, was cleared.",
                name,
                item.path,
                before.path if before else None,
            )
            if item.media.coverPath and not item.media.coverPath.startswith(f"{item.path}/"):
                await self._client.remove_cover(item.id)
            await self._client.change(item.id, blank_body((item.path or "").rpartition("/")[2]))
            return await self._client.item(item.id)
        if likeness.speaks_of_another_book(item):
            self._context.log.warning(
                "%s: Audiobookshelf calls the book at %s %r, perhaps after one whose folder was removed just before; "
                "have a look at it.",
                name,
                item.path,
                item.media.metadata.title,
            )
        return item


def _open(newcomers: Sequence[_Newcomer]) -> list[_Newcomer]:
    return [newcomer for newcomer in newcomers if not newcomer.found.done()]


def _fail(newcomers: Sequence[_Newcomer], error: Exception) -> None:
    for newcomer in _open(newcomers):
        newcomer.found.set_exception(error)
