"""Nothing is grabbed that would fill a disk: downloads on their way and a reserve are counted first."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from audiobook_daemon.models import Download, Release, Want, WantState
from audiobook_daemon.pipeline.disks import Space, download_folder, library_root, space_of
from audiobook_daemon.pipeline.engine import Waits
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.shelving import Method
from audiobook_daemon.shelving.sizes import in_words

NO_SPACE = "no_space"
_UNKNOWN = 1_000_000_000
"""What a release of unknown size counts, in bytes."""
_MOST_WAITING = 10_000
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Need:
    """What will be written to the disk of a place, in bytes."""

    space: Space
    promised: int
    """For what is on its way already."""
    wanted: int
    """For the release in question."""


async def refuse_no_room(world: World, client: str, release: Release) -> None:
    """Raise Waits (`no_space`) if the disks of downloads and library have no room for one more release.

    A disk that cannot be asked holds nobody up: its client and its library know better what they can do with it.
    """
    told = _shortage(await _needs(world, client, release.size or _UNKNOWN), world.settings.keep_free)
    if told is None:
        if NO_SPACE in world.said:
            world.said.discard(NO_SPACE)
            _log.info("There is space again; grabbing goes on.")
        return
    if NO_SPACE not in world.said:
        world.said.add(NO_SPACE)
        _log.warning("Nothing more is grabbed until there is space: %s", told)
    raise Waits(f"{told} Free some space there, or let `keep_free` of `shelve` be less.", NO_SPACE)


async def _needs(world: World, client: str, size: int) -> Sequence[_Need]:
    folder, library = await download_folder(world, client), await library_root(world)
    downloads = await space_of(world, folder) if folder else None
    shelves = await space_of(world, library[1]) if library else None
    running = [record.download for record in await world.database.downloads.open()]
    needs = [_Need(downloads, sum(map(_left, running)), size)] if downloads else []
    if shelves and (world.settings.methods[0] is Method.COPY or (downloads and downloads.device != shelves.device)):
        waiting = await world.database.wants.list([WantState.DOWNLOADED, WantState.VERIFIED], limit=_MOST_WAITING)
        promised = sum(one.size or _UNKNOWN for one in running) + sum(map(_size, waiting))
        needs.append(_Need(shelves, promised, size))
    elif shelves and not downloads:
        needs.append(_Need(shelves, 0, 0))
    return needs


def _shortage(needs: Sequence[_Need], keep_free: int) -> str | None:
    """The first disk that would be left with less than the reserve; what is needed of one disk twice counts twice."""
    disks: dict[int, list[_Need]] = defaultdict(list)
    for need in needs:
        disks[need.space.device].append(need)
    for found in disks.values():
        space = found[0].space
        promised, wanted = sum(need.promised for need in found), sum(need.wanted for need in found)
        if space.free - promised - wanted < keep_free:
            parts = [f"{in_words(promised)} are promised to what is on its way"] if promised else []
            parts += [f"{in_words(wanted)} are needed for this one"] if wanted else []
            parts.append(f"{in_words(keep_free)} are kept free")
            return f"{space.place} has {in_words(space.free)} left: {', '.join(parts)}."
    return None


def _left(download: Download) -> int:
    """The bytes that have yet to arrive."""
    return round((download.size or _UNKNOWN) * (1 - min(max(download.progress, 0.0), 1.0)))


def _size(want: Want) -> int:
    known = sum(file.size for file in want.torrent_files)
    return known or (want.release.size if want.release and want.release.size else _UNKNOWN)
