"""One application behind the address, from the day it opens to its last answer; another may take its place there."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from aiohttp import web
from aiohttp.http import HttpProcessingError

from audiobook_daemon.web.access.crowd import Crowd
from audiobook_daemon.web.app import application
from audiobook_daemon.web.lending import Lent
from audiobook_daemon.web.settings import WebSettings

_LAST_SECONDS = 2.0
_STRANGE = logging.getLogger("audiobook_daemon.web.server.connections")
"""What the server says of connections."""


def _is_ours(record: logging.LogRecord) -> bool:
    """Whether the log may have it: what is no HTTP is answered, but its traceback would quote what a stranger sent."""
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, HttpProcessingError)


_STRANGE.addFilter(_is_ours)


class Reception:
    """Takes the connections that are brought to it, and knows the keys and the limits of one set of settings."""

    def __init__(self, runner: web.AppRunner, enter: Callable[[], asyncio.BaseProtocol]) -> None:
        self._runner = runner
        self.enter = enter
        """Makes the protocol of each new connection."""

    @classmethod
    async def opened(cls, settings: WebSettings, lent: Lent) -> Reception:
        """Put an application together, ready to be asked."""
        crowd = Crowd(settings.most_connections)
        runner = web.AppRunner(
            application(settings, lent, crowd),
            access_log=None,
            logger=_STRANGE,
            shutdown_timeout=_LAST_SECONDS,
            keepalive_timeout=settings.patience,
            lingering_time=_LAST_SECONDS,
            auto_decompress=False,  # nobody sends us so much that it had to be packed, but a bomb would be
        )
        await runner.setup()
        assert runner.server is not None
        return cls(runner, crowd.entrance(runner.server))

    async def close(self) -> None:
        """Let idle connections and event streams go at once, and the others with their answers as `leaving` says."""
        await self._runner.cleanup()
