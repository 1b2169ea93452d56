"""Closes the gaps of a book that has just come: at once, and without looking at anything else."""

from __future__ import annotations

from audiobook_daemon.models import Want, WantState
from audiobook_daemon.store import GapKind, GapState
from audiobook_daemon.upkeep.house import House

_COUNTED = frozenset({GapState.FOUND, GapState.GRADUAL, GapState.WANTED})
"""The states in which a gap is counted as missing."""


def closes(want: Want, before: WantState | None) -> bool:
    """Whether this change of a want means that its book is there now."""
    return want.state is not before and want.state in {WantState.SHELVED, WantState.OWNED}


async def close_gaps_of(house: House, want: Want) -> int:
    """Fill the gaps that a want was for, and count its series and author anew; returns how many gaps there were."""
    database, closed = house.database, 0
    for gap in await database.gaps.of_want(want.id):
        if gap.id is None or gap.state in {GapState.FILLED, GapState.IGNORED}:
            continue
        await database.gaps.change(gap.id, state=GapState.FILLED, reason=f"Want {want.id} brought it.")
        if gap.state in _COUNTED and gap.kind is GapKind.SERIES:
            await database.series.one_came(gap.owner)
        elif gap.state in _COUNTED:
            await database.authors.one_came(gap.owner)
        closed += 1
    return closed
