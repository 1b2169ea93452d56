"""The page behind a link: a .torrent, a way to somewhere else, or one of Prowlarr's refusals."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote
from xml.sax.saxutils import quoteattr

from aiohttp import web

from audiobook_daemon.demo.prowlarr.indexers import ProwlarrIndexer
from audiobook_daemon.demo.prowlarr.links import Links
from audiobook_daemon.demo.prowlarr.offers import ProwlarrOffer

_DAY = 24 * 3600
MAGNET = "magnet "
"""Stands before the guid in a link to the magnet link of an offer."""


class DownloadPage:
    """Hands out what links lead to."""

    def __init__(self, links: Links, now: Callable[[], datetime]) -> None:
        self._links = links
        self._now = now

    def answer(self, indexer: ProwlarrIndexer | None, link: str, file: str) -> web.Response:
        """Answer a download with the parameters of its link."""
        now = self._now()
        if indexer is None:
            return web.json_response({"message": "Indexer Not Found"}, status=404)
        if not indexer.enabled:
            return error(410, "Indexer is disabled")
        if indexer.blocked(now) and indexer.status.blocked_until is not None:
            until = indexer.status.blocked_until
            wait = (until - now).total_seconds()
            return error(429, f"Indexer is disabled till {until:%m/%d/%Y %H:%M:%S} due to recent failures.", wait)
        if indexer.grab_limit is not None and indexer.downloads.total() >= indexer.grab_limit:
            told = f"User configurable Indexer Grab Limit of {indexer.grab_limit} in last 24 hour(s) reached."
            return error(429, told, _DAY)
        if not link or not file:
            return web.json_response({"message": "Invalid Prowlarr link"}, status=400)
        target = self._links.read(link)
        if target is None:
            return web.json_response({"message": "Failed to normalize provided link"}, status=400)
        return self._hand_out(indexer, target, file, now)

    def _hand_out(self, indexer: ProwlarrIndexer, target: str, file: str, now: datetime) -> web.Response:
        guid = target.removeprefix(MAGNET)
        offer = next((one for one in indexer.offers if one.guid == guid), None)
        if offer is None or guid in indexer.gone:
            return error(410, "Release is no longer available at the indexer")
        if place := _elsewhere(indexer, offer, as_magnet=target.startswith(MAGNET)):
            indexer.downloads[guid] += 1
            return web.Response(status=301, headers={"Location": place})
        if indexer.failing:
            indexer.fail(now)
            return error(500, "Downloading torrent failed")
        indexer.downloads[guid] += 1
        return web.Response(
            body=offer.torrent,
            content_type="application/x-bittorrent",
            headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(file)}.torrent"},
        )


def error(code: int, description: str, wait: float | None = None) -> web.Response:
    """Write an error as the feeds have it; `wait` is in seconds."""
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<error code="{code}" description={quoteattr(description)} />'
    headers = {} if wait is None else {"Retry-After": str(math.ceil(wait))}
    return web.Response(status=code, text=text, content_type="application/rss+xml", charset="utf-8", headers=headers)


def _elsewhere(indexer: ProwlarrIndexer, offer: ProwlarrOffer, *, as_magnet: bool) -> str | None:
    if as_magnet or offer.torrent is None:
        return offer.magnet or offer.origin
    return offer.origin if indexer.redirect else None
