"""Shelve: a verified download gets its place in the library, and the library takes it in."""

from __future__ import annotations

import asyncio
import logging

from audiobook_daemon.errors import PluginError, Refused, Unavailable
from audiobook_daemon.models import LibraryItem, Want, WantState
from audiobook_daemon.pipeline.describe import describe_shelved
from audiobook_daemon.pipeline.engine import entering
from audiobook_daemon.pipeline.keys import keyed
from audiobook_daemon.pipeline.placing import Result, begin, carry_out, passed_over, recover
from audiobook_daemon.pipeline.planning import Goods, Standing, goods_of, new_plan, standing_plan
from audiobook_daemon.pipeline.published import ADMIT
from audiobook_daemon.pipeline.verified import changed_since
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.plugin import Library
from audiobook_daemon.shelving import Plan, differences, fingerprints, is_audio
from audiobook_daemon.shelving.fingerprint import as_json, from_json
from audiobook_daemon.store import PlanState, WantChanges

_log = logging.getLogger(__name__)
_PATIENCE = 3
"""Faults after which a book is left without its metadata rather than without its place."""


async def shelve_book(world: World, want: Want) -> WantChanges | None:
    """Place the book, let the library take it in, and write its metadata.

    The plan is on record before anything is made, so a crash at any point finds out how far it came and goes on there.
    """
    goods = await goods_of(world, want)
    standing = await standing_plan(world, want, goods)
    if standing is None:
        made = await new_plan(world, want, goods)
        if made is None:
            return None
        want, standing = made
    if standing.published:  # before a crash
        result = await recover(world, standing.id, standing.result)
    elif await asyncio.to_thread(_is_all_there, standing.plan):
        if others := await changed_since(world, want, standing.plan):
            reason = f"{others[0]} is another file than the one that was verified; it is looked at again."
            return entering(WantState.DOWNLOADED, "changed", reason)
        result = await carry_out(world, want, standing)
    else:
        return entering(
            WantState.DOWNLOADED, "gone", f"Files are missing in {goods.download}; they are looked at again."
        )
    item = await _admit(world, want, goods, standing, result)
    item = await _describe(world, want, item)
    await world.database.books.upsert([keyed(item, want.key)])
    await _compare(world, want, standing, result)
    place = standing.plan.folder.relative_to(goods.root)
    changes = entering(WantState.SHELVED, "shelved", f"{goods.library} has it in {place}.{passed_over(result)}")
    changes["item"] = item.id
    return changes


async def _admit(world: World, want: Want, goods: Goods, standing: Standing, result: Result) -> LibraryItem:
    """Have the library take the folder in; the plan is done then, even if its metadata has to wait."""
    folder = str(standing.plan.folder)
    step = None if standing.state is PlanState.DONE else await begin(world, want, standing, ADMIT)
    try:
        item = await world.host.ask_one(goods.library, Library.admit, folder=folder)
    except Refused as error:  # the library's no is not the release's fault
        raise Unavailable(str(error)) from error
    result |= {"library": goods.library, "item": item.id}
    if step is not None:
        await world.database.journal.done(step, {"library": goods.library, "item": item.id})
        await world.database.plans.become(standing.id, PlanState.DONE, result=result)
    return item


async def _compare(world: World, want: Want, standing: Standing, result: Result) -> None:
    """See whether the library has changed what it took in: through a hard link that changes the seeding copy too."""
    before = from_json(result.get("files", []))
    try:
        now = await asyncio.to_thread(fingerprints, standing.plan.folder)
    except OSError as error:
        _log.warning("%s cannot be looked at after it was taken in: %s", standing.plan.folder, error.strerror)
        return
    told = differences(before, now)
    if told:
        result |= {"files": as_json(now), "changed": list(told) if before else []}
        await world.database.plans.become(standing.id, PlanState.DONE, result=result)
    spoilt = differences(*([one for one in look if is_audio(one.name)] for look in (before, now)))
    if before and spoilt:
        warning = "%s: its audio is not as it was placed: %s If it is linked, its torrent should be checked again."
        _log.warning(warning, want.wish.book.title, " ".join(spoilt))


def _is_all_there(plan: Plan) -> bool:
    return bool(plan.steps) and all(step.source.is_file() for step in plan.steps)


async def _describe(world: World, want: Want, item: LibraryItem) -> LibraryItem:
    """Write what is known about the book; the book is on the shelf already, so a fault here only costs the words."""
    try:
        return await describe_shelved(world, want, item)
    except PluginError as error:
        if isinstance(error, Unavailable) and want.faults < _PATIENCE:
            raise
        _log.warning("%s: its metadata could not be written: %s", want.wish.book.title, error)
        return item
