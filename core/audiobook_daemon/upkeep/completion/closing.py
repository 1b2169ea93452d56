"""Closes the gaps of a book that has just come: at once, and without looking at anything else."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from audiobook_daemon.models import Want, WantState
from audiobook_daemon.store import Gap, GapKind, GapState, Standing
from audiobook_daemon.store.standings import Standings
from audiobook_daemon.upkeep.completion.evaluating import status_of
from audiobook_daemon.upkeep.house import House

S = TypeVar("S", bound=Standing)
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
            await _count(database.series, gap)
        elif gap.state in _COUNTED:
            await _count(database.authors, gap)
        closed += 1
    return closed


async def _count(records: Standings[S], gap: Gap) -> None:
    """One more is owned and one fewer missing; the next recount reads it from the books."""
    standing = await records.by_key(gap.owner)
    if standing is None or not standing.total or not standing.missing:
        return
    owned = standing.owned + 1
    await records.save(
        [
            replace(
                standing,
                owned=owned,
                missing=standing.missing - 1,
                percent=round(100 * owned / standing.total, 1),
                status=status_of(owned, standing.total),
            )
        ]
    )
