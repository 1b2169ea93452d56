"""The answer to a scrape."""

from __future__ import annotations

from typing import ClassVar

from aiohttp import web

from audiobook_daemon.web.answers import Raw
from audiobook_daemon.web.lending import Lent
from audiobook_daemon.web.metrics.gathering import gathered


class Metrics(Raw):
    """All figures, in the form the scraper likes best."""

    content_type: ClassVar[str] = "text/plain"

    def __init__(self, lent: Lent) -> None:
        self._lent = lent

    async def send(self, request: web.Request) -> web.StreamResponse:
        """Gather the figures and write them."""
        from audiobook_daemon.web.metrics.exposition import exposed  # noqa: PLC0415 - 3 MiB that few need

        found = await gathered(self._lent)
        text, content_type = exposed(found, request.headers.get("Accept", ""))
        return web.Response(body=text, headers={"Content-Type": content_type})
