"""Clears away what a crash has left of books that are not to be shelved any more."""

from __future__ import annotations

import logging

from audiobook_daemon.errors import Unavailable
from audiobook_daemon.models import WantState
from audiobook_daemon.pipeline.placing import recover
from audiobook_daemon.pipeline.planning import give_up, read_plan
from audiobook_daemon.pipeline.published import is_published
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.shelving import SHELVE
from audiobook_daemon.store import PlanState, StoredPlan

_log = logging.getLogger(__name__)
_ON_THEIR_WAY = frozenset({WantState.DOWNLOADING, WantState.DOWNLOADED, WantState.REVIEW, WantState.VERIFIED})
"""The states in which a plan may still be carried on."""


async def sweep(world: World) -> None:
    """Give up the plans that were begun or made for books that somebody has dropped, or that go another way now."""
    standing = await world.database.plans.standing((PlanState.MADE, PlanState.BEGUN))
    plans = [stored for stored in standing if stored.kind == SHELVE]
    states = await world.database.wants.states({stored.want_id for stored in plans if stored.want_id is not None})
    for stored in plans:
        if states.get(stored.want_id or 0) not in _ON_THEIR_WAY:
            await _close(world, stored)


async def _close(world: World, stored: StoredPlan) -> None:
    """A folder that is published already stays: whether it leaves the library again is for people to say."""
    plan = read_plan(stored)
    if plan is not None and await is_published(world, stored, plan):
        result = await recover(world, stored.id, stored.result)
        reason = f"Nobody waits for it any more; {plan.folder} was published before and stays."
        await world.database.plans.become(stored.id, PlanState.DONE, result=result, reason=reason)
        _log.info("%s", reason)
        return
    try:
        await give_up(world, stored, "Nobody waits for it any more.")
    except (Unavailable, OSError) as error:
        _log.warning("What was begun of a book nobody waits for cannot be cleared away: %s", error)
