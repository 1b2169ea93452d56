"""The cover of the book that came last, fetched while everything else goes on."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable

from audiobook_daemon.doors import Source
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.mqtt.topics import COVER

_LOG = logging.getLogger(__name__)

ASK_AGAIN = 60.0
"""Seconds until a book without a cover may be asked for it once more."""
_JPEG = b"\xff\xd8\xff"


class Cover:
    """Publishes a cover when another book is the last, and nothing when it is the same."""

    def __init__(self, source: Source, publish: Callable[[bytes], None]) -> None:
        self._source, self._publish = source, publish
        self._book: str | None = None
        self._picture: bytes | None = None
        self._asked = 0.0
        self._task: asyncio.Task[None] | None = None

    def look(self, book: str | None) -> None:
        """Learn which book is the last now; None if there is none. Never waits."""
        known = self._picture is not None and book == self._book
        if known and (self._picture or book is None or time.monotonic() < self._asked + ASK_AGAIN):
            return
        if self._task and not self._task.done() and book == self._book:
            return
        self.cancel()
        self._book, self._asked = book, time.monotonic()
        if book is None:
            self._show(b"")
        else:
            self._task = asyncio.get_running_loop().create_task(self._fetch(book))

    def cancel(self) -> None:
        """Stop what is being fetched."""
        if self._task:
            self._task.cancel()
            self._task = None

    async def _fetch(self, book: str) -> None:
        try:
            picture = await self._source.cover(book) or b""
        except AudiobookDaemonError as error:
            _LOG.debug("The cover of %s cannot be had: %s", book, error)
            picture = b""
        except Exception as error:  # noqa: BLE001
            asyncio.get_running_loop().call_exception_handler({"message": "A cover cannot be had", "exception": error})
            picture = b""
        if picture and (len(picture) > COVER.limit or not picture.startswith(_JPEG)):
            _LOG.debug("The cover of %s is not published: it is no JPEG or has %d bytes.", book, len(picture))
            picture = b""
        self._show(picture)

    def _show(self, picture: bytes) -> None:
        if picture != self._picture:
            self._picture = picture
            self._publish(picture)
