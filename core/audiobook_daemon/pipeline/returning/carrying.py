"""Carries out an exchange: written down, moved, told to the library, and said of the want; also after a crash."""

from __future__ import annotations

import logging

from audiobook_daemon.errors import PluginError
from audiobook_daemon.models import Want
from audiobook_daemon.pipeline.engine import REJECTED
from audiobook_daemon.pipeline.keys import keyed
from audiobook_daemon.pipeline.returning.exchange import Coming, Exchange, Kind, Leaving
from audiobook_daemon.pipeline.returning.moving import is_begun, move
from audiobook_daemon.pipeline.returning.standing import after
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.plugin import Library
from audiobook_daemon.shelving import SHELVE
from audiobook_daemon.shelving.trash import NotMoved
from audiobook_daemon.store import Conflict, PlanState, StoredPlan

_log = logging.getLogger(__name__)
_TRIES = 5
_STANDING = (PlanState.MADE, PlanState.BEGUN)


async def exchange_folders(world: World, kind: Kind, want_id: int | None, exchange: Exchange) -> str:
    """Do what an exchange says and return what the library had to say to it; `world.returning` is held.

    Raises NotMoved when it cannot be done.
    """
    plan_id = await world.database.plans.add(want_id, kind.value, exchange.as_json())
    plan = await world.database.plans.get(plan_id)
    assert plan is not None
    return await _carry_out(world, plan, exchange)


async def carry_on(world: World) -> None:
    """Finish what a crash has interrupted; what was not begun is given up. `world.returning` is held."""
    for plan in await world.database.plans.standing(_STANDING):
        if plan.kind not in {kind.value for kind in Kind}:
            continue
        try:
            exchange = Exchange.from_json(plan.plan)
        except ValueError:
            _warn_once(world, f"Plan {plan.id} was written by another version of this program and is left to it.")
            continue
        begun = await is_begun(world, plan)
        if begun is None:
            _warn_once(world, f"Plan {plan.id} waits: neither of its folders is to be found. Is the disk there?")
        elif begun:
            try:
                await _carry_out(world, plan, exchange)
            except NotMoved as error:
                _log.warning("Plan %s (%s) could not be finished: %s", plan.id, plan.kind, error)
        else:
            await _give_up(world, plan, "The daemon ended before anything was moved; ask again.")


def _warn_once(world: World, told: str) -> None:
    """Tell it once in the life of the daemon: what waits is looked at every minute."""
    if told not in world.said:
        world.said.add(told)
        _log.warning("%s", told)


async def _carry_out(world: World, plan: StoredPlan, exchange: Exchange) -> str:
    plans = world.database.plans
    await plans.become(plan.id, PlanState.BEGUN)
    try:
        await move(world, plan, exchange)
    except NotMoved as error:
        if exchange.coming and await is_begun(world, plan):  # that much stands, and nothing is lost
            await _tell_library(world, plan, Exchange(exchange.coming))
        await _give_up(world, plan, str(error))
        raise
    item, said = await _tell_library(world, plan, exchange)
    await _settle(world, plan, exchange, item)
    await plans.become(plan.id, PlanState.DONE, result={"library": said})
    return said


async def _give_up(world: World, plan: StoredPlan, reason: str) -> None:
    for step in await world.database.journal.for_plan(plan.id):
        if step.done is None and step.undone is None:
            await world.database.journal.undone(step.id)
    await world.database.plans.become(plan.id, PlanState.ABANDONED, reason=reason)


async def _tell_library(world: World, plan: StoredPlan, exchange: Exchange) -> tuple[str | None, str]:
    """Let the library see what has changed; one that is away sees it by itself at its next scan.

    Returns the item that came back, and a sentence about what could not be told.
    """
    item, said = None, []
    if coming := exchange.coming:
        item = coming.item
        try:
            item = await _admit(world, plan, coming)
        except PluginError as error:
            said.append(f"{coming.library} finds it at its next scan, for now: {error}")
    if leaving := exchange.leaving:
        try:
            await _dismiss(world, leaving)
        except PluginError as error:
            said.append(f"{leaving.library} notices at its next scan, for now: {error}")
    return item, " ".join(said)


async def _admit(world: World, plan: StoredPlan, coming: Coming) -> str | None:
    if coming.library is None:
        return coming.item
    if coming.item:
        await world.database.books.mark_missing(coming.library, [coming.item], missing=False)
    held = await world.host.ask_one(coming.library, Library.admit, folder=coming.folder)
    want = await world.database.wants.get(plan.want_id) if plan.want_id else None
    await world.database.books.upsert([keyed(held, want.key if want else None)])
    return held.id


async def _dismiss(world: World, leaving: Leaving) -> None:
    if leaving.item:
        await world.database.books.mark_missing(leaving.library, [leaving.item])
    if world.host.answers(leaving.library, Library.dismiss):
        await world.host.ask_one(leaving.library, Library.dismiss, folder=leaving.folder)


async def _settle(world: World, plan: StoredPlan, exchange: Exchange, item: str | None) -> None:
    """Let want, blocklist and the plans of shelving say how it now is."""
    want = await world.database.wants.get(plan.want_id) if plan.want_id else None
    if want is None:
        return
    if exchange.reject and want.release:
        release, reason = want.release, "A person rejected it and took it out of the library."
        await world.database.blocklist.add(want.id, release.source, release.key, want.download, REJECTED, reason)
    await _mark_shelving(world, want, Kind(plan.kind), exchange)
    for attempt in range(_TRIES):
        changes = after(want, Kind(plan.kind), exchange, item)
        if not changes:
            return
        try:
            changed = await world.database.wants.change(want, **changes)
        except Conflict:
            if attempt == _TRIES - 1:
                raise
            again = await world.database.wants.get(want.id)
            if again is None:
                return
            want = again
            continue
        world.tell(changed, want.state)
        return


async def _mark_shelving(world: World, want: Want, kind: Kind, exchange: Exchange) -> None:
    """What was shelved in a folder that left is undone, and done again when the folder is back."""
    left = exchange.leaving.folder if exchange.leaving and kind is not Kind.UPGRADE else None
    back = exchange.coming.folder if exchange.coming else None
    for shelved in await world.database.plans.for_want(want.id):
        folder = shelved.plan.get("folder")
        if shelved.kind != SHELVE or folder is None:
            continue
        if folder == left and shelved.state is PlanState.DONE:
            await world.database.plans.become(shelved.id, PlanState.UNDONE)
        elif folder == back and shelved.state is PlanState.UNDONE:
            await world.database.plans.become(shelved.id, PlanState.DONE)
