"""Takes a new folder into the library: scan, wait, and find the item that is really ours."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import dataclass

from audiobook_daemon import Context, Unavailable
from audiobook_plugins.audiobookshelf.changes import blank_body
from audiobook_plugins.audiobookshelf.client import Client
from audiobook_plugins.audiobookshelf.config import AudiobookshelfConfig
from audiobook_plugins.audiobookshelf.records import Item

_SCANS = 3
_POLLS_UNTIL_REPEATED = 5
_SAME_RUNTIME = 2.0


@dataclass(frozen=True, slots=True)
class _Before:
    """Where an item lay and how long it ran (seconds) before the scan."""

    path: str | None
    runtime: float | None


class Admission:
    """Admits one folder at a time; folders that wait meanwhile are mostly found by the same scan."""

    def __init__(self, client: Client, config: AudiobookshelfConfig, context: Context) -> None:
        self._client = client
        self._config = config
        self._context = context
        self._one_at_a_time = asyncio.Lock()

    async def admit(self, library: str, path: str) -> Item:
        """Return the item at exactly this path of the server, scanning if it is not known yet.

        Raises Unavailable if it does not appear within the configured time.
        """
        try:
            async with asyncio.timeout(self._config.scan_timeout), self._one_at_a_time:
                return await self._admit(library, path)
        except TimeoutError:
            raise Unavailable(
                f"Audiobookshelf did not take in {path} within {self._config.scan_timeout:g} seconds; "
                "perhaps a scan of the whole library is running."
            ) from None

    async def dismiss(self, library: str, path: str) -> None:
        """Scan until no item counts as being at this path of the server; the item itself stays.

        Raises Unavailable if it counts as being there still.
        """
        try:
            async with asyncio.timeout(self._config.scan_timeout), self._one_at_a_time:
                for _ in range(_SCANS):
                    if await self._look(library, path, {}) is None:
                        return
                    await self._scan(library)
        except TimeoutError:
            raise Unavailable(
                f"Audiobookshelf was still scanning after {self._config.scan_timeout:g} seconds."
            ) from None
        raise Unavailable(f"Audiobookshelf still finds a book at {path}. Does the server see the same files?")

    async def _admit(self, library: str, path: str) -> Item:
        before: dict[str, _Before] = {}
        if item := await self._look(library, path, before):
            return item
        for _ in range(_SCANS):
            await self._scan(library)
            if item := await self._look(library, path, {}):
                return await self._freed_of_another_book(item, before.get(item.id))
        raise Unavailable(
            f"Audiobookshelf has scanned its library but holds no item at {path}. Does the server see the same files "
            "(check `paths` and the mounts), and are there readable audio files in the folder?"
        )

    async def _look(self, library: str, path: str, passed: dict[str, _Before]) -> Item | None:
        """Look through the library, the newest first; `passed` gets what was seen on the way."""
        async with aclosing(self._client.newest(library)) as items:
            async for item in items:
                if item.path == path and not item.isMissing:
                    return item
                passed[item.id] = _Before(item.path, item.media.duration)
        return None

    async def _scan(self, library: str) -> None:
        """Wait until one whole scan has run; the request is repeated, for the server drops it while another runs."""
        await self._quiet(library)
        before = await self._last_scan(library)
        while True:
            await self._client.scan(library)
            for _ in range(_POLLS_UNTIL_REPEATED):
                await asyncio.sleep(self._config.poll)
                ran = await self._quiet(library)
                if ran or await self._last_scan(library) != before:
                    return

    async def _quiet(self, library: str) -> bool:
        """Wait until no scan runs; tells whether one did."""
        ran = False
        while await self._client.scanning(library):
            ran = True
            await asyncio.sleep(self._config.poll)
        return ran

    async def _last_scan(self, library: str) -> int | None:
        return next((one.lastScan for one in await self._client.libraries() if one.id == library), None)

    async def _freed_of_another_book(self, item: Item, before: _Before | None) -> Item:
        """Clear an item that the server took for a book it knew.

        A new folder often gets the inode of one just removed; the server then keeps the old book's id, title, author
        and ASIN for the new audio. The same audio at a new path is only a renamed folder and keeps everything.
        """
        runtime = item.media.duration
        if before is None or before.path == item.path or runtime is None or before.runtime is None:
            return item
        if abs(runtime - before.runtime) <= _SAME_RUNTIME:
            return item
        self._context.log.warning(
            "%s: Audiobookshelf took the new book at %s for the one that was at %s; its old metadata was cleared. "
            "Look at its cover.",
            self._context.name,
            item.path,
            before.path,
        )
        await self._client.change(item.id, blank_body((item.path or "").rpartition("/")[2]))
        return await self._client.item(item.id)
