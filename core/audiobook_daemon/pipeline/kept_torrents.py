"""Torrents that people brought: they are kept here, for no indexer could be asked for them again."""

from __future__ import annotations

from audiobook_daemon.models import Release, Torrent
from audiobook_daemon.pipeline.choose import MANUAL
from audiobook_daemon.pipeline.world import World


async def kept_torrent(world: World, release: Release) -> Torrent | None:
    """The torrent of a release that a person brought; None for all others, and when it is kept no longer."""
    if release.source != MANUAL:
        return None
    found = await world.database.torrents.get(release.key)
    return found.torrent if found else None


async def forget_torrents(world: World) -> None:
    """Forget the kept torrents whose downloads are complete, and those that no want needs any more."""
    await world.database.torrents.sweep()
