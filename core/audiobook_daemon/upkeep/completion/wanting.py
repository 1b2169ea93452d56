"""Turns gaps into wants, within the caps, the nearest to completion first."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar

from audiobook_daemon.matching.numbers import read_positions
from audiobook_daemon.models import Want, WantState
from audiobook_daemon.pipeline.gather import want_book
from audiobook_daemon.pipeline.owned import in_library, known_want
from audiobook_daemon.store import Follow, Gap, GapState, Standing
from audiobook_daemon.upkeep.completion.evaluating import Evaluation, is_one_book
from audiobook_daemon.upkeep.completion.rules import Terms, rule_of
from audiobook_daemon.upkeep.completion.subjects import looked_after
from audiobook_daemon.upkeep.completion.wishes import wish_for
from audiobook_daemon.upkeep.house import House

S = TypeVar("S", bound=Standing)
_log = logging.getLogger(__name__)
_MOST = 100_000
_WEEK = timedelta(days=7)
_OF_WANT = {
    WantState.DROPPED: GapState.IGNORED,
    WantState.SHELVED: GapState.FILLED,
    WantState.OWNED: GapState.FILLED,
}


@dataclass(slots=True)
class Wanted:
    """What has become a want, counted as it goes."""

    gaps: list[Gap] = field(default_factory=list)
    already: int = 0
    """How many of the missing books turned out to be wants, or there, already."""
    gradual: int = 0


async def want_missing(
    house: House,
    evaluations: Sequence[Evaluation[S]],
    terms: Terms,
    origin: str,
    save: Callable[[Gap, Evaluation[S]], Awaitable[None]],
    *,
    dry_run: bool,
) -> Wanted:
    """Want what is missing, until the caps are reached; each gap is saved as soon as it is a want.

    A book that is wanted, dropped or given up already is not wanted again: the gap only learns of it.
    """
    wanted = Wanted()
    ignored = await house.database.gaps.list([GapState.IGNORED], limit=_MOST)
    for evaluation in _in_order(evaluations, terms):
        room = terms.most_of_one
        follow = evaluation.subject.follow
        if follow is not None:
            room = await _room_of(house, evaluation, follow, room)
        for gap in _missing(evaluation, house.world.now()):
            if room <= 0 or len(wanted.gaps) >= terms.most_wanted:
                break
            if gap.state is GapState.GRADUAL and wanted.gradual >= terms.gradual:
                break
            if refused := next((one for one in ignored if is_one_book(one, gap)), None):
                _log.info("%s is not wanted: a person ignores it in %s.", gap.title, refused.of)
                continue
            rehearsed = dry_run and any(is_one_book(one, gap) for one in wanted.gaps)
            if rehearsed or not await _want(house, gap, evaluation, origin, save, dry_run=dry_run):
                wanted.already += 1
                continue
            room -= 1
            wanted.gaps.append(gap)
            wanted.gradual += gap.state is GapState.GRADUAL
    return wanted


async def _want(
    house: House,
    gap: Gap,
    evaluation: Evaluation[S],
    origin: str,
    save: Callable[[Gap, Evaluation[S]], Awaitable[None]],
    *,
    dry_run: bool,
) -> bool:
    """Whether the gap has become, or would become, a new want."""
    world, wish = house.world, wish_for(gap, evaluation, origin)
    if dry_run:
        return not await known_want(world, wish.book) and not await in_library(world, wish)
    want, created = await want_book(world, wish)
    await save(wanted_gap(gap, want, world.now() if created else None), evaluation)
    return created and want.state is WantState.WANTED


def wanted_gap(gap: Gap, want: Want, wanted: datetime | None) -> Gap:
    """The gap as its want makes it; `wanted` is when the want was made for it."""
    state = _OF_WANT.get(want.state, GapState.WANTED)
    reasons = {GapState.IGNORED: f"Its want {want.id} was dropped.", GapState.FILLED: f"Want {want.id} brought it."}
    return replace(gap, state=state, want_id=want.id, wanted=wanted, reason=reasons.get(state))


def _in_order(evaluations: Sequence[Evaluation[S]], terms: Terms) -> list[Evaluation[S]]:
    """Those from which may be wanted: what is followed first, then the nearest to completion, then the most owned."""
    open_ones = [
        one
        for one in evaluations
        if (terms.want or one.subject.follow) and one.standing.checked is not None and looked_after(one.subject, terms)
    ]
    return sorted(
        open_ones,
        key=lambda one: (
            one.subject.follow is None,
            -(one.standing.percent or 0.0),
            -len(one.subject.items),
            one.subject.key,
        ),
    )


def _missing(evaluation: Evaluation[S], now: datetime) -> Iterator[Gap]:
    """The gaps that wait to be wanted, those at the beginning of a series first."""
    follow = evaluation.subject.follow
    waiting = [gap for gap in evaluation.gaps if gap.state in {GapState.FOUND, GapState.GRADUAL}]
    for gap in sorted(waiting, key=_place):
        if follow is None or rule_of(follow).back or is_news(gap, follow, now):
            yield gap


def is_news(gap: Gap, follow: Follow, now: datetime) -> bool:
    """Whether a book came out after its series or author was followed; where its date is vague, when it was found."""
    since = follow.imported or now
    day = since.date().isoformat()
    if gap.released and gap.released != day[: len(gap.released)]:
        return gap.released > day
    return gap.found is not None and gap.found > since


async def _room_of(house: House, evaluation: Evaluation[S], follow: Follow, room: int) -> int:
    """How many books of what is followed may be wanted yet: by its weekly pace, if there is one."""
    pace = rule_of(follow).pace
    if pace is None:
        return room
    gaps, kind = house.database.gaps, evaluation.gaps[0].kind if evaluation.gaps else None
    if kind is None:
        return 0
    taken = await gaps.wanted_since(kind, evaluation.subject.key, house.world.now() - _WEEK)
    return max(0, pace - taken)


def _place(gap: Gap) -> tuple[bool, float, str]:
    positions = read_positions(gap.position or "")
    return not positions, float(positions[0].first) if positions else 0.0, gap.released or gap.title
