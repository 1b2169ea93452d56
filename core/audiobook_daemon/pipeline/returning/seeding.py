"""Keeps folders where they are that a download client seeds from: a seeding copy is never moved."""

from __future__ import annotations

from audiobook_daemon.errors import PluginError
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.plugin import DownloadClient


async def seeded_there(world: World, folder: str) -> str | None:
    """Why a folder has to stay, as a sentence, if a known download lies there; a client that is away may seed it."""
    for record in await world.database.downloads.at(folder):
        one = record.download
        if one.client not in world.host.instances:
            continue  # nobody seeds it for us any more
        try:
            found = await world.host.ask_one(one.client, DownloadClient.status, ids=(one.id,))
        except PluginError as error:
            return f"{one.client} may be seeding {one.name!r} from {one.path}, and cannot be asked: {error}"
        if found:
            return f"{one.client} seeds {one.name!r} from {one.path}; remove the torrent there first."
    return None
