"""Chooses a better edition of a book one owns, or leaves everything as it was."""

from __future__ import annotations

from audiobook_daemon.matching import could_be_better
from audiobook_daemon.models import Want, WantState
from audiobook_daemon.pipeline.consider import consider
from audiobook_daemon.pipeline.engine import entering
from audiobook_daemon.pipeline.returning.edition import edition_of
from audiobook_daemon.pipeline.returning.standing import KEPT, LOOK_AGAIN, where_it_was
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.store import WantChanges


async def choose_better(world: World, want: Want) -> WantChanges:
    """Take a release that is surely the book and surely better; what is doubtful is not worth the risk.

    Raises Unavailable when no indexer, or not every policy, can answer.
    """
    assert want.replaces is not None
    owned = await edition_of(world, want.replaces)
    again = world.now() + LOOK_AGAIN
    if owned is None:
        return where_it_was(want, KEPT, "The edition in the library cannot be looked at, so none is better.", again)
    if not could_be_better(want.wish, owned, world.settings.rules.preference):
        return where_it_was(want, KEPT, "The edition in the library is as good as your preference knows.", again)
    considered = await consider(world, want, owned)
    await world.database.decisions.add(want.id, considered.decision(want))
    choice = considered.choice
    if choice.chosen is not None:
        changes = entering(WantState.CHOSEN, "chosen", choice.reason)
        changes["release"] = choice.chosen.release
        return changes
    silent = "".join(f" {one.instance} could not answer." for one in considered.silent)
    return where_it_was(want, KEPT, f"No surely better edition was found. {choice.reason}{silent}", again)
