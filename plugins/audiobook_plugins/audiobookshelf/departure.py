"""Lets the server see that a folder has left its library."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

from audiobook_daemon import Unavailable
from audiobook_plugins.audiobookshelf.client import Client
from audiobook_plugins.audiobookshelf.config import AudiobookshelfConfig
from audiobook_plugins.audiobookshelf.scanning import Scans

_SCANS = 2
"""The first may have begun before the folder left."""


class Departure:
    """Scans until the item of a folder is marked as missing; removing it would lose what people have of it."""

    def __init__(self, client: Client, config: AudiobookshelfConfig) -> None:
        self._client = client
        self._config = config
        self._scans = Scans(client, config.poll)

    async def dismiss(self, library: str, path: str) -> None:
        """Scan unless no item counts as being at this path of the server; raises Unavailable if one still does."""
        try:
            async with asyncio.timeout(self._config.scan_timeout):
                for _ in range(_SCANS):
                    if not await self._is_there(library, path):
                        return
                    await self._scans.run(library)
                if not await self._is_there(library, path):
                    return
        except TimeoutError:
            waited = f"{self._config.scan_timeout:g} seconds"
            raise Unavailable(f"Audiobookshelf was still scanning after {waited}.") from None
        raise Unavailable(f"Audiobookshelf still finds a book at {path}. Does the server see the same files?")

    async def _is_there(self, library: str, path: str) -> bool:
        async with aclosing(self._client.newest(library)) as items:
            async for item in items:
                if item.path == path:
                    return not item.isMissing
        return False
