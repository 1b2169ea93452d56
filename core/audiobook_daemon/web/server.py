"""Listens, and stops without waiting for those who only look on."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from aiohttp import web

from audiobook_daemon.web.app import application
from audiobook_daemon.web.lending import Lent
from audiobook_daemon.web.settings import WebSettings

_log = logging.getLogger(__name__)
_LAST_SECONDS = 2.0


class WebServer:
    """Serves until it is cancelled."""

    def __init__(self, settings: WebSettings, lent: Lent) -> None:
        self._settings, self._lent = settings, lent
        self.port: int | None = None
        """The one that is listened on; None while there is none."""

    async def run(self) -> None:
        """Serve for ever."""
        async with self.serving():
            await asyncio.Event().wait()

    @asynccontextmanager
    async def serving(self) -> AsyncGenerator[str, None]:
        """Serve until the block ends, and lend the address; raises OSError if it cannot be listened on."""
        runner = web.AppRunner(application(self._settings, self._lent), access_log=None, shutdown_timeout=_LAST_SECONDS)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._settings.host, self._settings.port).start()
            self.port = runner.addresses[0][1]
            host = f"[{self._settings.host}]" if ":" in self._settings.host else self._settings.host
            address = f"http://{host}:{self.port}{self._settings.prefix}"
            _log.info("Listening on %s.", address)
            yield address
        finally:
            self.port = None
            await runner.cleanup()
