"""Choose: a wanted book gets its release, or waits, or is shown to a person."""

from __future__ import annotations

from datetime import timedelta

from audiobook_daemon.models import Want, WantState
from audiobook_daemon.pipeline.consider import Considered, consider
from audiobook_daemon.pipeline.engine import entering, next_candidate, save
from audiobook_daemon.pipeline.ladder import nobody
from audiobook_daemon.pipeline.owned import settled
from audiobook_daemon.pipeline.returning.choosing import choose_better
from audiobook_daemon.pipeline.review import proposals, told
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.store import Candidate, WantChanges

MANUAL = "manual"
"""The origin of what a person asked for, and the source of the releases that a person brought."""
ADOPTED = "adopted"
"""The origin of wishes for what was there already; nothing is downloaded for them unasked."""
AUTO_GRAB_OFF = "auto_grab_off"
_SECTIONS = {
    "series_completion": "under `series:`",
    "author_completion": "under `authors:`",
    "follow": "in its rule under `follow:`",
}
"""Where consent is given for what no list wishes."""
HALF_ASKED = "half_asked"
"""Nothing but doubtful releases were found, and somebody who could not answer may have a better one."""
_MOST_REVIEWS = 1000
_REVIEWED = frozenset({"ambiguous", "doubtful"})
_HALF_ASKED = timedelta(hours=6)


async def choose_release(world: World, want: Want) -> WantChanges | None:
    """Search, judge, and say what becomes of one want."""
    if want.replaces is not None:
        return await choose_better(world, want)
    if changes := await settled(world, want):
        return changes
    considered = await consider(world, want)
    decision = await world.database.decisions.add(want.id, considered.decision(want))
    if considered.choice.chosen is not None and _may_grab(world, want):
        changes = entering(WantState.CHOSEN, "chosen", considered.choice.reason)
        changes["release"] = considered.choice.chosen.release
        return changes
    if considered.choice.chosen is not None or (
        considered.choice.code in _REVIEWED and (not considered.silent or want.code == HALF_ASKED)
    ):
        return _put_before_a_person(want, considered, decision.candidates)
    changes = _wait(world, want, considered)
    if changes.get("attempts"):
        title, reason = want.wish.book.title, considered.choice.reason
        await world.database.failed_attempts.record("search", want.key, title, reason, considered.choice.code)
    return changes


async def let_go_on(world: World) -> None:
    """Send back to choosing what waited only because auto_grab was off for its list, and no longer is."""
    for want in await world.database.wants.list([WantState.REVIEW], limit=_MOST_REVIEWS):
        if want.code == AUTO_GRAB_OFF and want.wish.origin in world.settings.auto_grab:
            await save(world, want, next_candidate("auto_grab_on", "auto_grab was switched on."))


def _may_grab(world: World, want: Want) -> bool:
    return want.wish.origin == MANUAL or want.wish.origin in world.settings.auto_grab


def _put_before_a_person(want: Want, considered: Considered, candidates: tuple[Candidate, ...]) -> WantChanges:
    choice, shown = considered.choice, proposals(candidates)
    if choice.chosen is not None:
        found = choice.chosen.release
        reason = f"{found.source} has it as {found.title!r} ({found.key}). {_consent(want.wish.origin)}"
        changes = entering(WantState.REVIEW, AUTO_GRAB_OFF, reason)
    else:
        changes = entering(WantState.REVIEW, choice.code, told(choice.reason, shown))
    changes["proposals"] = shown
    changes["release"] = candidates[shown[0].number - 1].release if shown else None
    return changes


def _consent(origin: str) -> str:
    if origin == ADOPTED:
        return "Nobody has asked for a download yet; accept it to have it."
    return f"Accept it, or set `auto_grab: yes` {_SECTIONS.get(origin) or 'for ' + (origin or 'its source')}."


def _wait(world: World, want: Want, considered: Considered) -> WantChanges:
    """Nothing acceptable is there: wait longer from search to search, and give up in the end."""
    choice = considered.choice
    if considered.silent:
        # Not everybody was asked, so this was no attempt; the wait is long enough not to tire those who answer.
        reason = f"{choice.reason} {nobody(considered.silent)}"
        code = HALF_ASKED if choice.code in _REVIEWED else choice.code
        return WantChanges(code=code, reason=reason, faults=0, next_try=world.now() + _HALF_ASKED)
    attempts = want.attempts + 1
    if attempts >= world.settings.give_up_after:
        reason = f"{attempts} searches found no acceptable release. {choice.reason}"
        changes = entering(WantState.GIVEN_UP, choice.code, reason)
        changes["attempts"] = attempts
        return changes
    ladder = world.settings.ladder
    return WantChanges(
        code=choice.code,
        reason=choice.reason,
        attempts=attempts,
        faults=0,
        next_try=world.now() + ladder[min(attempts, len(ladder)) - 1],
    )
