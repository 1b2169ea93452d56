"""Grab: a chosen release becomes a download, once, whatever happens in between."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from audiobook_daemon.errors import Refused
from audiobook_daemon.models import Download, Release, Torrent, Want, WantState
from audiobook_daemon.pipeline.choose import MANUAL
from audiobook_daemon.pipeline.engine import entering, next_candidate, save
from audiobook_daemon.pipeline.kept_torrents import kept_torrent
from audiobook_daemon.pipeline.owned import settled
from audiobook_daemon.pipeline.packs import attach_others, files_known, refuse_taken, select, sharing
from audiobook_daemon.pipeline.space import refuse_no_room
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.plugin import DownloadClient, Indexer
from audiobook_daemon.store import WantChanges

GRABBED = "grabbed"
VANISHED = "vanished"
"""The download was there and is gone."""
ADDED_AGAIN = "added_again"
"""It had vanished and was added once more."""


async def grab_release(world: World, want: Want) -> WantChanges | None:
    """Fetch the torrent, write the intent, add it to the download client.

    The intent (client, info-hash, and which files of a torrent with several books are this one) is on disk before the
    client is asked, so a crash in between finds the download again instead of starting a second one.
    """
    release = want.release
    if release is None:
        return entering(WantState.WANTED, "no_release", "The release is unknown; it is chosen anew.")
    known = want.approved or want.download is not None or want.replaces is not None
    if not known and (changes := await settled(world, want)):
        return changes
    client = want.client if want.client and want.client in world.host.instances else world.download_client()
    if want.download and (found := await _look(world, client, want.download)):
        return await _begun(world, want, found)
    kept = await kept_torrent(world, release)
    offered = release if kept else _offered(world, release)
    if offered is None:
        return next_candidate("source_gone", _gone(release))
    if offered is not release:
        changed = await save(world, want, WantChanges(release=offered))
        if changed is None:
            return None
        want, release = changed, offered
    await refuse_no_room(world, client, release)
    torrent = kept
    if torrent is None:
        torrent = await world.host.ask_one(release.source, Indexer.fetch, release=release)
    await _refuse_blocked(world, want, torrent)
    files = torrent.files or await files_known(world, want, torrent.info_hash)
    selection = await asyncio.to_thread(select, want.wish, files, release.authors)
    await refuse_taken(world, want, torrent.info_hash, selection)
    intent = WantChanges(client=client, download=torrent.info_hash, torrent_files=files, selection=selection)
    if any(getattr(want, name) != value for name, value in intent.items()):
        noted = await save(world, want, intent)
        if noted is None:
            return None
        want = noted
    download = await world.host.ask_one(client, DownloadClient.add, torrent=torrent, release=release)
    return await _begun(world, want, download)


def _offered(world: World, release: Release) -> Release | None:
    """The release as an instance that still is here offers it; None if nobody does."""
    if release.source in world.host.instances:
        return release
    for offer in release.also:
        if offer.source in world.host.playing(Indexer):
            return replace(release, source=offer.source, key=offer.key, extra=offer.extra)
    return None


def _gone(release: Release) -> str:
    if release.source == MANUAL:
        return "The download client no longer has the torrent that a person brought; the book is looked for anew."
    return f"{release.source}, which offered it, is no longer in the configuration; it is chosen anew."


async def _look(world: World, client: str, info_hash: str) -> Download | None:
    found = await world.host.ask_one(client, DownloadClient.status, ids=(info_hash,))
    return found[0] if found else None


async def _begun(world: World, want: Want, download: Download) -> WantChanges:
    others = await sharing(world, want, download.id)
    await world.database.downloads.record(download, want_id=None if others else want.id)
    await attach_others(world, replace(want, client=download.client))
    code = ADDED_AGAIN if want.code == VANISHED else GRABBED
    changes = entering(WantState.DOWNLOADING, code, downloading(download))
    changes["client"] = download.client
    return changes


def downloading(download: Download) -> str:
    """Say that all is well with a download."""
    return f"{download.client} downloads it."


async def _refuse_blocked(world: World, want: Want, torrent: Torrent) -> None:
    """Refuse a torrent that failed before under another name."""
    for blocked in await world.database.blocklist.for_want(want.id):
        if blocked.info_hash == torrent.info_hash:
            raise Refused(f"The same torrent failed before: {blocked.reason}", "blocked")
