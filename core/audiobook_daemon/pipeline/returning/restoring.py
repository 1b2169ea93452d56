"""Brings a book back from the trash to where it lay."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from audiobook_daemon.models import Outcome
from audiobook_daemon.pipeline.returning.carrying import carry_on, exchange_folders
from audiobook_daemon.pipeline.returning.emptying import is_being_deleted
from audiobook_daemon.pipeline.returning.exchange import Exchange, Kind
from audiobook_daemon.pipeline.returning.refused import NotReturned
from audiobook_daemon.pipeline.returning.undoing import coming_of
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.store import TrashEntry


async def bring_back(world: World, entry_id: int, *, dry_run: bool) -> Outcome:
    """Bring one folder back; raises NotReturned, above all when its place is taken, and NotMoved."""
    async with world.returning:
        if not dry_run:
            await carry_on(world)
        entry = await _decide(world, entry_id)
        exchange, said = Exchange(coming_of(entry)), ""
        if not dry_run:
            said = await exchange_folders(world, Kind.RESTORE, entry.want_id, exchange)
    verb = "would come back to" if dry_run else "is back in"
    sentence = f"put_back: {entry.title} {verb} {entry.origin}. {said}".rstrip()
    return Outcome(sentence, 1, 0 if dry_run else 1, data={"id": entry.id, "steps": exchange.lines()})


async def _decide(world: World, entry_id: int) -> TrashEntry:
    entry = await world.database.trash.get(entry_id)
    if entry is None:
        raise NotReturned(f"There is no entry {entry_id} in the trash; `audiobook-daemon trash` lists them.")
    if entry.restored or entry.deleted:
        what = "is back already" if entry.restored else "was deleted for good when its time was over"
        raise NotReturned(f"{entry.title!r} {what}.")
    if await is_being_deleted(world, entry):
        raise NotReturned(f"{entry.title!r} is being deleted and is no longer whole.")
    if not await asyncio.to_thread(Path(entry.place).is_dir):
        raise NotReturned(f"{entry.place} is not to be found. Is the disk there?")
    if await asyncio.to_thread(os.path.lexists, entry.origin):
        raise NotReturned(f"{entry.title!r} cannot come back to {entry.origin}: something else is there now.")
    return entry
