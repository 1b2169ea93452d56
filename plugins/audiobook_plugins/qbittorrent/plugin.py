"""The download client: translates between our values and qBittorrent's."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from audiobook_daemon import (
    Context,
    Download,
    DownloadClient,
    DownloadState,
    Finding,
    Plugin,
    Refused,
    Release,
    Torrent,
    Unavailable,
    hookimpl,
)
from audiobook_plugins.qbittorrent import parse
from audiobook_plugins.qbittorrent.client import Client
from audiobook_plugins.qbittorrent.config import QBittorrentConfig
from audiobook_plugins.qbittorrent.examine import examine
from audiobook_plugins.qbittorrent.paths import PathMap
from audiobook_plugins.qbittorrent.seeding import is_demanding, kept_rules
from audiobook_plugins.qbittorrent.session import Session

_LISTED_WITHIN = 10.0
_REFUSED_AFTER = 2.0
_POLL = 0.1


class QBittorrent(Plugin[QBittorrentConfig], DownloadClient):
    """qBittorrent. Only torrents we are asked about are touched, and its preferences never.

    A torrent whose tracker demands a ratio or a time is added with limits of its own where the usual ones could end
    seeding sooner.
    """

    def __init__(self, config: QBittorrentConfig, context: Context) -> None:
        super().__init__(config, context)
        self._session = Session(config, context)
        self._client = Client(self._session)
        self._paths = PathMap((pair.remote, pair.local) for pair in config.paths)

    async def start(self) -> None:
        """Log in and read the version."""
        self._session.forget_refusal()
        self.service_version = (await self._client.version()).program

    async def check(self) -> Sequence[Finding]:
        """Look at version, login, save path and path mapping."""
        findings, version = await examine(self._client, self.config, self._paths)
        self.service_version = version.program
        return findings

    @hookimpl
    async def add(self, torrent: Torrent, release: Release) -> Download:
        """Start a download; one that is there already, under whatever category, is left as it is."""
        id = parse.torrent_id(torrent.info_hash)  # noqa: A001
        if id is None:
            raise Refused(f"The torrent {torrent.name!r} has no usable info-hash.", "not_a_torrent")
        _refuse_unsendable(torrent)
        if found := await self._listed(id, within=0):
            return found
        if await self._client.add(torrent, {**self._fields(release), **await self._kept_rules(release)}):
            if found := await self._listed(id, within=_LISTED_WITHIN):
                return found
            raise Unavailable(f"qBittorrent took the torrent {torrent.name!r} but does not list it.")
        # It does not say why it took nothing. Somebody else may have added the torrent at this moment.
        if found := await self._listed(id, within=_REFUSED_AFTER):
            return found
        raise Refused(
            f"qBittorrent did not take the torrent {torrent.name!r} and gives no reason; its own log may say more.",
            "client_refused",
        )

    @hookimpl
    async def status(self, ids: Sequence[str]) -> Sequence[Download]:
        """Say how these downloads stand; what their trackers say is asked for stalled ones only."""
        wanted = list(dict.fromkeys(filter(None, map(parse.torrent_id, ids))))
        downloads = []
        for row in await self._client.torrents(wanted):
            message = None
            if parse.state(row) is DownloadState.STALLED:
                message = parse.tracker_message(await self._client.trackers(row.hash.lower()))
            downloads.append(parse.download(self.context.name, row, self._paths, message))
        return downloads

    @hookimpl
    async def remove(self, id: str, *, files: bool = False) -> None:  # noqa: A002
        """Remove one download; anything but a single info-hash is refused, for `all` would mean everything."""
        wanted = parse.torrent_id(id)
        if wanted is None:
            raise Refused(f"{id!r} is not the id of a torrent; nothing was removed.", "bad_id")
        await self._client.delete(wanted, files=files)
        if await self._client.torrents([wanted]):
            raise Unavailable(f"qBittorrent still lists the torrent {wanted} after it was told to remove it.")

    async def _kept_rules(self, release: Release) -> Mapping[str, str]:
        """Ask what would end seeding, if the tracker demands that it goes on."""
        if not is_demanding(release):
            return {}
        return kept_rules(release, await self._client.share_limits(self.config.category))

    def _fields(self, release: Release) -> dict[str, str]:
        stopped = "true" if self.config.start_stopped else "false"
        fields = {
            "category": self.config.category,
            "tags": ",".join(_tag(tag) for tag in (*self.config.tags, release.source) if _tag(tag)),
            # 4.x knows the first word, 5.x the second; each ignores the other.
            "paused": stopped,
            "stopped": stopped,
            # Otherwise the torrent's own paths would not start at the save path.
            "contentLayout": "Original",
        }
        if self.config.save_path is None:
            # Without automatic management the category's save path would be ignored.
            return {**fields, "autoTMM": "true"}
        return {**fields, "savepath": self.config.save_path, "autoTMM": "false"}

    async def _listed(self, id: str, *, within: float) -> Download | None:  # noqa: A002
        """Look until the torrent is listed, for at most `within` seconds; adding is asynchronous."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + within
        while True:
            if rows := await self._client.torrents([id]):
                return parse.download(self.context.name, rows[0], self._paths)
            if loop.time() >= deadline:
                return None
            await asyncio.sleep(_POLL)


def _refuse_unsendable(torrent: Torrent) -> None:
    if torrent.content is not None:
        return
    # What is no magnet link would be taken for an address, or for a file on qBittorrent's machine; a line is one link.
    link = torrent.magnet or ""
    if not link.startswith("magnet:?") or any(sign.isspace() for sign in link):
        raise Refused(f"The torrent {torrent.name!r} has neither a file nor a sound magnet link.", "no_content")


def _tag(text: str) -> str:
    return " ".join(text.replace(",", " ").split())
