"""Deletes what has lain in the trash past its time, and nothing else."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

from audiobook_daemon.pipeline.world import World
from audiobook_daemon.shelving.trash import NotMoved, delete, strangers
from audiobook_daemon.store import TrashEntry

_log = logging.getLogger(__name__)
DELETE = "delete"


async def empty_trash(world: World, *, dry_run: bool) -> tuple[TrashEntry, ...]:
    """Delete what is due and return it; where the trash is not to be found, as on a lost disk, nothing happens."""
    async with world.returning:
        due = [one for one in await world.database.trash.due(world.now()) if await asyncio.to_thread(_is_here, one)]
        if dry_run:
            return tuple(due)
        return tuple([entry for entry in due if await _delete(world, entry)])


async def is_being_deleted(world: World, entry: TrashEntry) -> bool:
    """Whether deleting a folder was begun: then it is no longer whole."""
    return any(step.kind == DELETE and step.source == entry.place for step in await world.database.journal.open_steps())


async def strangers_in_trash(world: World) -> tuple[Path, ...]:
    """What lies in the known trash folders and is on no record; only people may delete it."""
    lying = [Path(entry.place) for entry in await world.database.trash.lying()]
    roots = {Path(place).parent.parent for place in await world.database.trash.places()}
    found = await asyncio.gather(*(asyncio.to_thread(strangers, root, lying) for root in sorted(roots)))
    return tuple(place for places in found for place in places)


async def _delete(world: World, entry: TrashEntry) -> bool:
    place, journal = Path(entry.place), world.database.journal
    open_steps = [one for one in await journal.open_steps() if one.kind == DELETE and one.source == entry.place]
    step = open_steps[0].id if open_steps else await journal.begin(entry.want_id, DELETE, entry.place, "")
    try:
        if await asyncio.to_thread(place.exists):
            await asyncio.to_thread(delete, place, place.parent.parent)
    except NotMoved as error:
        _log.warning("%s stays in the trash: %s", place, error)
        return False
    await world.database.trash.deleted(entry.id)
    await journal.done(step)
    return True


def _is_here(entry: TrashEntry) -> bool:
    return Path(entry.place).parent.is_dir()
