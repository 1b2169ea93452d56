"""Listens, and stops without waiting for those who only look on."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.http import HttpProcessingError

from audiobook_daemon.web.access.crowd import Crowd
from audiobook_daemon.web.app import application
from audiobook_daemon.web.lending import Lent
from audiobook_daemon.web.settings import WebSettings

_log = logging.getLogger(__name__)
_LAST_SECONDS = 2.0
TRY_AGAIN = 30.0
"""Seconds until an address that another program has is tried again."""
_STRANGE = logging.getLogger(f"{__name__}.connections")
"""What the server says of connections."""


def _is_ours(record: logging.LogRecord) -> bool:
    """Whether the log may have it: what is no HTTP is answered, but its traceback would quote what a stranger sent."""
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, HttpProcessingError)


_STRANGE.addFilter(_is_ours)


class WebServer:
    """Serves until it is cancelled."""

    def __init__(self, settings: WebSettings, lent: Lent) -> None:
        self._settings, self._lent = settings, lent
        self.port: int | None = None
        """The one that is listened on; None while there is none."""
        self.tried = asyncio.Event()
        """Set when the address is listened on for the first time, or turned out to be taken."""

    async def run(self) -> None:
        """Serve for ever; while another program has the address, it is asked for again now and then."""
        while True:
            try:
                async with self.serving():
                    await asyncio.Event().wait()
            except OSError as error:
                self.tried.set()
                listen = f"{self._settings.host}:{self._settings.port}"
                _log.error(
                    "The web server cannot listen on %s (%s). Choose another address in web.listen, or end the program "
                    "that has it.",
                    listen,
                    error.strerror or error,
                )
            await asyncio.sleep(TRY_AGAIN)

    @asynccontextmanager
    async def serving(self) -> AsyncGenerator[str, None]:
        """Serve until the block ends, and lend the address; raises OSError if it cannot be listened on."""
        settings = self._settings
        crowd = Crowd(settings.most_connections)
        runner = web.AppRunner(
            application(settings, self._lent, crowd),
            access_log=None,
            logger=_STRANGE,
            shutdown_timeout=_LAST_SECONDS,
            keepalive_timeout=settings.patience,
            lingering_time=_LAST_SECONDS,
            auto_decompress=False,  # nobody sends us so much that it had to be packed, but a bomb would be
        )
        await runner.setup()
        assert runner.server is not None
        try:
            entrance = crowd.entrance(runner.server)
            listener = await asyncio.get_running_loop().create_server(entrance, settings.host, settings.port)
            try:
                self.port = listener.sockets[0].getsockname()[1]
                self.tried.set()
                await self._say_if_locked()
                yield self._address()
            finally:
                self.port = None
                listener.close()
        finally:
            await runner.cleanup()

    async def _say_if_locked(self) -> None:
        if not self._settings.keys and not await self._lent.database.keys.all():
            _log.warning("No key opens the web server yet; `audiobook-daemon keys add NAME` makes one.")

    def _address(self) -> str:
        host = f"[{self._settings.host}]" if ":" in self._settings.host else self._settings.host
        address = f"http://{host}:{self.port}{self._settings.prefix}"
        _log.info("Listening on %s.", address)
        return address
