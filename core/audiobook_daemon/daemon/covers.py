"""Covers as the libraries have them, kept for a while: a page of books shows fifty at once, again and again."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Final
from weakref import WeakValueDictionary

Fetch = Callable[[str, int], Awaitable[bytes | None]]
"""Asks the library of an item for its cover of a width in pixels; None if there is none to be had now."""
_Key = tuple[str, int]
_MOST_BYTES: Final = 16 * 1024 * 1024
_MOST_NONE: Final = 5000
"""So many books without a cover are remembered as such."""
_KEPT, _KEPT_NONE = 3600.0, 50.0
"""Seconds until a library is asked again, for a cover and for none."""
_TOGETHER: Final = 4


class Covers:
    """Asks for each cover once; forgets those first that nobody has looked at for longest."""

    def __init__(self, fetch: Fetch, clock: Callable[[], float] = time.monotonic) -> None:
        self._fetch, self._clock = fetch, clock
        self._kept: OrderedDict[_Key, tuple[bytes, float]] = OrderedDict()
        self._none: OrderedDict[_Key, float] = OrderedDict()
        self._size = 0
        self._asking: WeakValueDictionary[_Key, asyncio.Lock] = WeakValueDictionary()
        self._gate = asyncio.Semaphore(_TOGETHER)

    async def get(self, item: str, width: int) -> bytes | None:
        """Return a cover, or None if there is none to be had now."""
        key = (item, width)
        turn = self._asking.setdefault(key, asyncio.Lock())
        async with turn:
            known, picture = self._known(key)
            if known:
                return picture
            async with self._gate:
                picture = await self._fetch(item, width)
            self._keep(key, picture)
            return picture

    def _known(self, key: _Key) -> tuple[bool, bytes | None]:
        now = self._clock()
        if key in self._kept and self._kept[key][1] > now:
            self._kept.move_to_end(key)
            return True, self._kept[key][0]
        return self._none.get(key, now) > now, None

    def _keep(self, key: _Key, picture: bytes | None) -> None:
        self._forget(key)
        self._none.pop(key, None)
        if picture is None:
            self._none[key] = self._clock() + _KEPT_NONE
            if len(self._none) > _MOST_NONE:
                self._none.popitem(last=False)
            return
        self._kept[key] = (picture, self._clock() + _KEPT)
        self._size += len(picture)
        while self._size > _MOST_BYTES:
            self._forget(next(iter(self._kept)))

    def _forget(self, key: _Key) -> None:
        if old := self._kept.pop(key, None):
            self._size -= len(old[0])
