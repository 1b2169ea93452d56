"""How much space is left where the library lies; nobody ever waits long for it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path

from audiobook_daemon.errors import AudiobookDaemonError, Unavailable
from audiobook_daemon.pipeline import World, library_root, refuse_unmounted, space_of

_PATIENCE = 1.0
"""Seconds that one who asks is kept waiting; after that the last answer will do."""


class FreeSpace:
    """Looks at the disk of the library in the background, and remembers what it saw.

    `fresh` is for how many seconds the free space counts as known, and `settled` for how many the library's folder.
    """

    def __init__(self, world: World, *, fresh: float = 60.0, settled: float = 3600.0) -> None:
        self._world = world
        self._fresh = fresh
        self._settled = settled
        self._free: int | None = None
        self._looked: float | None = None
        self._place: tuple[str, Path] | None = None
        self._asked = 0.0
        self._task: asyncio.Task[None] | None = None

    async def bytes(self) -> int | None:
        """Return the bytes that may still be used; None while the folder is away or unknown."""
        now = asyncio.get_running_loop().time()
        if self._task is None and (self._looked is None or now - self._looked >= self._fresh):
            self._task = asyncio.create_task(self._look())
        if self._task is not None:
            await asyncio.wait({self._task}, timeout=_PATIENCE)
        return self._free

    async def stop(self) -> None:
        """Look no longer."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _look(self) -> None:
        try:
            self._free = await self._seen()
        except AudiobookDaemonError:
            self._free = None
        finally:
            self._looked = asyncio.get_running_loop().time()
            self._task = None

    async def _seen(self) -> int | None:
        place = await self._folder()
        if place is None:
            return None
        library, root = place
        space = await space_of(self._world, root)
        if space is None:
            return None
        try:
            await refuse_unmounted(self._world, library, root)
        except Unavailable:
            return None  # the disk seen would be the one beneath
        return space.free

    async def _folder(self) -> tuple[str, Path] | None:
        """The library and its folder; the library is asked for it from time to time, and may be away then."""
        now = asyncio.get_running_loop().time()
        known = self._place if self._place and self._place[0] == self._world.settings.library else None
        if known is None or now - self._asked >= self._settled:
            self._place = await library_root(self._world) or known
            self._asked = now
            return self._place
        return known
