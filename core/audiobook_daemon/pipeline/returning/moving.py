"""Takes the steps of an exchange, each written down before and after; every one can be taken again after a crash."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from audiobook_daemon.pipeline.returning.exchange import Coming, Exchange, Leaving
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.shelving.trash import move_back, move_to_trash, remove_empty_above, size_of
from audiobook_daemon.store import FileStep, StoredPlan

_TRASH = "trash"
_RESTORE = "restore"


async def move(world: World, plan: StoredPlan, exchange: Exchange) -> None:
    """Move what is not moved yet; raises NotMoved, and then the step it was raised for is not taken."""
    if coming := exchange.coming:
        await _bring_back(world, plan, coming)
    if leaving := exchange.leaving:
        await _take_out(world, plan, leaving)


async def is_begun(world: World, plan: StoredPlan) -> bool | None:
    """Whether anything of a plan was done before a crash; None if nobody can tell, for its folders are nowhere."""
    begun: bool | None = False
    for step in await world.database.journal.for_plan(plan.id):
        if step.undone is not None:
            continue
        if step.done is not None or await asyncio.to_thread(_is_moved, step):
            return True
        if not await asyncio.to_thread(os.path.lexists, step.source):
            begun = None
    return begun


async def _bring_back(world: World, plan: StoredPlan, coming: Coming) -> None:
    step = await _step(world, plan, _RESTORE, coming.place, coming.folder)
    if step.done is not None:
        return
    if not await asyncio.to_thread(_is_moved, step):
        await asyncio.to_thread(move_back, Path(coming.place), Path(coming.folder))
    await world.database.trash.restored(coming.entry)
    await world.database.journal.done(step.id)


async def _take_out(world: World, plan: StoredPlan, leaving: Leaving) -> None:
    step = await _step(world, plan, _TRASH, leaving.folder, leaving.place)
    if step.done is not None:
        return
    folder, root, place = Path(leaving.folder), Path(leaving.root), Path(leaving.place)
    if not await asyncio.to_thread(_is_moved, step):
        await asyncio.to_thread(move_to_trash, folder, root, place.name)
    await world.database.trash.add(
        plan.want_id,
        library=leaving.library,
        item=leaving.item,
        title=leaving.title,
        origin=leaving.folder,
        place=leaving.place,
        size=await asyncio.to_thread(size_of, place),
        reason=leaving.reason,
        due=world.now() + world.settings.trash,
    )
    if leaving.ours:
        await asyncio.to_thread(remove_empty_above, folder, root)
    await world.database.journal.done(step.id)


async def _step(world: World, plan: StoredPlan, kind: str, source: str, target: str) -> FileStep:
    """The step of a plan that stands, or a new one."""
    journal = world.database.journal
    standing = [one for one in await journal.for_plan(plan.id) if one.kind == kind and one.undone is None]
    if not standing:
        await journal.begin(plan.want_id, kind, source, target, plan_id=plan.id)
        standing = [one for one in await journal.for_plan(plan.id) if one.kind == kind and one.undone is None]
    return standing[-1]


def _is_moved(step: FileStep) -> bool:
    return not os.path.lexists(step.source) and Path(step.target).is_dir()
