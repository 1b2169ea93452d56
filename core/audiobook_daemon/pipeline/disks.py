"""What is known of the disks of downloads and libraries, asked so that a dead one holds nobody up."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from audiobook_daemon.errors import PluginError
from audiobook_daemon.models import DownloadState
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.plugin import Library

_log = logging.getLogger(__name__)
_PATIENCE = 20.0
"""Seconds; a share whose server is gone may hang for ever."""
_RECORDS = 200
_NOT_THERE = os.strerror(errno.ENOENT)
"""Of a folder that a client makes with its first download this is no news; the doctor looks closer."""


@dataclass(frozen=True, slots=True)
class Space:
    """The free space of the disk that holds a place."""

    place: Path
    device: int
    free: int
    """Bytes that this daemon may use."""


async def space_of(world: World, place: Path) -> Space | None:
    """The free space there; None if it cannot be told, which is said in the log once until it can."""
    told = await _asked(world, place)
    key = f"space {place}"
    if isinstance(told, Space):
        world.said.discard(key)
        return told
    if key not in world.said:
        world.said.add(key)
        level = logging.INFO if told == _NOT_THERE else logging.WARNING
        _log.log(level, "How much space is free in %s cannot be told (%s); nobody looks at it until then.", place, told)
    return None


async def download_folder(world: World, client: str) -> Path | None:
    """The folder a client saves to, as far as its newest downloads show; None before there are any."""
    for record in await world.database.downloads.newest(_RECORDS):
        found = record.download
        if found.client == client and (place := found.root or found.path) and Path(place).is_absolute():
            return Path(place) if found.root else Path(place).parent
    return None


async def finished_downloads(world: World, client: str) -> Sequence[str]:
    """The ids of the newest downloads of a client that were complete when they were last seen."""
    records = await world.database.downloads.newest(_RECORDS)
    return [
        record.download.id
        for record in records
        if record.download.client == client and record.download.state is DownloadState.READY
    ]


async def library_root(world: World) -> tuple[str, Path] | None:
    """The library that new books go to, and its folder; None if it cannot be asked now."""
    library = world.settings.library
    if library is None:
        return None
    try:
        return library, Path(await world.host.ask_one(library, Library.root))
    except PluginError:
        return None


async def _asked(world: World, place: Path) -> Space | str:
    task = world.asking.get(place)
    if task is None:
        task = world.asking[place] = asyncio.create_task(asyncio.to_thread(_look, place))
        task.add_done_callback(lambda _: world.asking.pop(place, None))
    try:
        async with asyncio.timeout(_PATIENCE):
            found = await asyncio.shield(task)
    except TimeoutError:
        return "it does not answer"
    return found if isinstance(found, Space | str) else "it gives no answer"


def _look(place: Path) -> Space | str:
    try:
        found = os.statvfs(place)
        return Space(place, place.stat().st_dev, found.f_bavail * found.f_frsize)
    except OSError as error:
        return error.strerror or str(error)
