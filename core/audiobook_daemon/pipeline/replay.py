"""Lets the present rules decide again what was decided before, to see what they would change; nothing is changed."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from audiobook_daemon.matching import Choice, Rules, choose
from audiobook_daemon.models import Release
from audiobook_daemon.store import Candidate, Database, Decision

_PAGE = 50
_OURS = "daemon"


class Change(StrEnum):
    """What the present rules make of an old decision."""

    SAME = "same"
    OTHER_RELEASE = "other release"
    CHOOSES = "now chooses"
    ABSTAINS = "now abstains"
    UNKNOWN = "cannot be told"
    """The decision is of an older version, which did not keep the wish."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """One decision, as it was and as it would be."""

    want: int
    title: str
    at: datetime | None
    change: Change
    before: str
    """The outcome's word, then and now."""
    after: str | None = None
    release_before: str | None = None
    release_after: str | None = None
    reason: str | None = None
    """What the present rules say."""


async def replay(
    database: Database, rules: Rules, *, want: int | None = None, since: datetime | None = None
) -> AsyncIterator[Replayed]:
    """Go through the newest decision of each want (of one want, or made since a moment) and decide it again."""
    async for decision in _decisions(database, want, since):
        yield replayed(decision, rules)
        await asyncio.sleep(0)  # thinking blocks the loop for as long as one choice takes


def replayed(decision: Decision, rules: Rules) -> Replayed:
    """Decide one again and compare."""
    before = decision.candidates[0].release if decision.outcome == "chosen" and decision.candidates else None
    choice = decide_again(decision, rules)
    if choice is None or decision.wish is None:
        return Replayed(decision.want_id or 0, "", decision.at, Change.UNKNOWN, decision.outcome)
    after = choice.chosen.release if choice.chosen else None
    return Replayed(
        decision.want_id or 0,
        decision.wish.book.title,
        decision.at,
        _change(before, after),
        decision.outcome,
        choice.code,
        _name(before),
        _name(after),
        choice.reason,
    )


def decide_again(decision: Decision, rules: Rules) -> Choice | None:
    """Choose by other rules among the same releases, with the same siblings, and what policies then said.

    None for a decision of an older version, which did not keep the wish.
    """
    if decision.wish is None:
        return None
    return choose(
        decision.wish,
        [candidate.release for candidate in decision.candidates],
        rules,
        blocked={_key(candidate) for candidate in decision.candidates if _blocked(candidate)},
        judged=tuple(
            (_key(candidate), verdict)
            for candidate in decision.candidates
            for verdict in candidate.verdicts
            if verdict.source != _OURS
        ),
        siblings=decision.siblings,
        today=decision.at.date() if decision.at else None,
    )


def summary(found: Iterable[Replayed]) -> str:
    """Say in one sentence what would change."""
    counts = Counter(one.change for one in found)
    total = counts.total()
    changed = [f"{counts[change]} {change}" for change in Change if change is not Change.SAME and counts[change]]
    told = ", ".join(changed) or "the present rules would decide the same"
    return f"replay: {total} decisions: {told}." if total else "replay: there are no decisions."


async def _decisions(database: Database, want: int | None, since: datetime | None) -> AsyncIterator[Decision]:
    if want is not None:
        for decision in await database.decisions.for_want(want):
            if since is None or (decision.at and decision.at >= since):
                yield decision
        return
    seen = 0
    while page := await database.decisions.latest(since, after=seen, limit=_PAGE):
        for decision in page:
            yield decision
        seen = page[-1].want_id or 0


def _change(before: Release | None, after: Release | None) -> Change:
    if before is None:
        return Change.SAME if after is None else Change.CHOOSES
    if after is None:
        return Change.ABSTAINS
    same = (before.source, before.key) == (after.source, after.key)
    return Change.SAME if same else Change.OTHER_RELEASE


def _blocked(candidate: Candidate) -> bool:
    return any(verdict.code == "blocked" for verdict in candidate.verdicts)


def _key(candidate: Candidate) -> tuple[str, str]:
    return candidate.release.source, candidate.release.key


def _name(release: Release | None) -> str | None:
    return f"{release.title} ({release.source} {release.key})" if release else None
