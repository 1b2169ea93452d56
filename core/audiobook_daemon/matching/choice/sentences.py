"""The sentences that say why a release was taken, or why not."""

from __future__ import annotations

from collections.abc import Sequence

from audiobook_daemon.matching.choice.weighing import Weighed
from audiobook_daemon.matching.identity import Holding
from audiobook_daemon.matching.prefer import Preference, behind
from audiobook_daemon.models import Stance, Wish


def name(weighed: Weighed) -> str:
    """A release as people know it again."""
    return f"{weighed.release.title!r} ({weighed.release.source} {weighed.release.key})"


def reasons(weighed: Weighed, stance: Stance) -> str:
    """Its verdicts of one stance."""
    return ", ".join(verdict.reason for verdict in weighed.verdicts if verdict.stance is stance)


def doubts(weighed: Weighed) -> str:
    """What keeps it from being sure."""
    return reasons(weighed, Stance.DOUBT) or "too little speaks for it"


def _worst_doubt(weighed: Weighed) -> str:
    found = [verdict for verdict in weighed.verdicts if verdict.stance is Stance.DOUBT]
    return min(found, key=lambda verdict: verdict.weight).reason if found else "too little speaks for it"


def nothing(ranked: Sequence[Weighed]) -> str:
    """Why no release can be taken."""
    if not ranked:
        return "Nobody offers it."
    near = next((item for item in ranked if item.identity.score > 0), None)
    if near is None:
        return f"None of {len(ranked)} releases is this book."
    return f"{name(near)} cannot be taken: {reasons(near, Stance.VETO)}."


def lost(wish: Wish, loser: Weighed, chosen: Weighed | None, sure: Sequence[Weighed], preference: Preference) -> str:
    """Why a release was not taken."""
    if loser is chosen:
        return ""
    if loser.vetoed:
        return next(verdict.reason for verdict in loser.verdicts if verdict.stance is Stance.VETO)
    if loser.holds is Holding.PACK:
        return f"{_worst_doubt(loser)}; the book alone is dearer" if chosen else _worst_doubt(loser)
    if chosen is None or not any(loser is item for item in sure):
        return _worst_doubt(loser)
    worse = behind(wish, loser.filled, chosen.filled, preference)
    return f"same book, but {worse}" if worse else "same book, and nothing speaks for it more than for the chosen one"
