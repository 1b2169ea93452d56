"""Runs one whole scan of a library, and notices when the request was dropped."""

from __future__ import annotations

import asyncio

from audiobook_plugins.audiobookshelf.client import Client

_POLLS_UNTIL_REPEATED = 5


class Scans:
    """Asks for scans and waits for their end; `poll` is in seconds."""

    def __init__(self, client: Client, poll: float) -> None:
        self._client = client
        self._poll = poll

    async def run(self, library: str) -> None:
        """Wait until one scan has run that began after this call.

        While a scan runs, the server answers a request as always and drops it. So a running one is waited for, and
        the request is repeated until a scan is seen or has left its mark.
        """
        await self._quiet(library)
        before = await self._last(library)
        while True:
            await self._client.scan(library)
            for _ in range(_POLLS_UNTIL_REPEATED):
                await asyncio.sleep(self._poll)
                ran = await self._quiet(library)
                if ran or await self._last(library) != before:
                    return

    async def _quiet(self, library: str) -> bool:
        """Wait until no scan runs; tells whether one did."""
        ran = False
        while await self._client.scanning(library):
            ran = True
            await asyncio.sleep(self._poll)
        return ran

    async def _last(self, library: str) -> int | None:
        return next((one.lastScan for one in await self._client.libraries() if one.id == library), None)
