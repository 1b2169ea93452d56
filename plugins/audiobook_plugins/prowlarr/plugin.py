"""Translates between the daemon and Prowlarr."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from audiobook_daemon import (
    Context,
    Finding,
    Indexer,
    Level,
    Plugin,
    PluginError,
    Price,
    Query,
    Refused,
    Release,
    ReleaseFeed,
    Torrent,
    hookimpl,
)
from audiobook_plugins.prowlarr.addresses import is_link
from audiobook_plugins.prowlarr.client import Client
from audiobook_plugins.prowlarr.config import ProwlarrConfig
from audiobook_plugins.prowlarr.download import Downloader
from audiobook_plugins.prowlarr.report import findings
from audiobook_plugins.prowlarr.search import Search


class Prowlarr(Plugin[ProwlarrConfig], Indexer, ReleaseFeed):
    """Searches the torrent indexers of one Prowlarr, tells what is new there and fetches what they offer.

    It grabs nothing by itself.
    """

    searches_fields: ClassVar[bool] = False

    def __init__(self, config: ProwlarrConfig, context: Context) -> None:
        super().__init__(config, context)
        self._client = Client(config, context)
        self._search = Search(self._client, config, context)
        self._downloader = Downloader(self._client, context)

    async def start(self) -> None:
        """Read the version, which proves address and key."""
        self._client.forget()
        self.service_version = await self._client.version()

    @hookimpl
    async def search(self, query: Query) -> Sequence[Release]:
        """Find releases; of trackers that could not answer while others did, the log and the doctor tell."""
        return await self._search.find(query)

    @hookimpl
    async def latest(self, since: datetime | None, limit: int) -> Sequence[Release]:
        """List the newest releases of all trackers; of those that could not answer the log and the doctor tell."""
        return await self._search.newest(since, limit)

    @hookimpl
    async def fetch(self, release: Release) -> Torrent:
        """Fetch the .torrent or the magnet link."""
        if not is_link(release.extra):
            raise Refused(f"{release.title!r} carries no link of Prowlarr.", "no_link")
        if release.vip_only and release.price is Price.PAID:
            # It would be free for a member; all Prowlarr could tell of the refusal is that the download failed.
            raise Refused("The torrent is for VIP members only, and the account is none.", "vip_only")
        return await self._downloader.fetch(release.extra, self.config.url)

    async def check(self) -> Sequence[Finding]:
        """Look at version and key, at every indexer that is asked, and at what Prowlarr itself complains of."""
        try:
            self.service_version = await self._client.version()
            trackers = await self._client.trackers(fresh=True)
            failures = await self._client.failures()
            complaints = await self._client.complaints()
        except PluginError as error:
            return (Finding(Level.FAILURE, str(error)),)
        answers = Finding(Level.OK, f"Prowlarr {self.service_version} at {self.config.url} accepts the key.")
        silent, now = self._search.silent, self.context.now()
        return (answers, *findings(self.config, trackers, failures, complaints, silent, now))
