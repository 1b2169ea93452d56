"""Lists missing books, each of them once: one may be missing from a series and of its author, as two gaps."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import BigInteger, ColumnElement, Connection, and_, case, exists, func, literal, or_, select

from audiobook_daemon.store.catalogue_tables import gaps
from audiobook_daemon.store.catalogue_values import Gap, GapKind, GapState
from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.gaps import hidden, named_gaps, read_gaps
from audiobook_daemon.store.remembered import Remembered

_SAME, _OTHER = gaps.alias("same"), gaps.alias("other")
_MOST: Final = 1024
"""Gaps that no book has in one state."""
_ONE: Final = {state: _MOST**place for place, state in enumerate(GapState)}
"""What a gap counts in a sum that tells how many there are in each state, as digits do."""


@dataclass(frozen=True, slots=True)
class MissingBook:
    """A book that is missing, and all that lacks it."""

    gap: Gap
    """Of its series, if one lacks it."""
    others: tuple[Gap, ...] = ()
    """The same book in other series and of authors, in one of the states that were asked for."""


class MissingBooks:
    """Reads gaps by their books; those with the same key are one."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._remembered = Remembered(connections)

    async def list(
        self, states: Collection[GapState], *, by_date: bool = False, limit: int = 100, offset: int = 0
    ) -> tuple[MissingBook, ...]:
        """Return missing books, the most urgent first, those of one series or author together.

        `by_date` lets those that come out first come first.
        """
        urgent = (gaps.c.priority, gaps.c.owner, gaps.c.place.asc().nulls_last(), gaps.c.id)
        order = (gaps.c.released.asc().nulls_last(), gaps.c.id) if by_date else urgent
        state = gaps.c.state if by_date else hidden(gaps.c.state)
        first = select(gaps.c.id).where(_stands_in(state, states), ~_told_by_another(states))
        chosen = first.order_by(*order).limit(limit).offset(offset)
        found = await read_gaps(self._connections, named_gaps().where(gaps.c.id.in_(chosen)).order_by(*order))
        others = await self._others(found, states)
        return tuple(MissingBook(gap, tuple(others.get(gap.key, ()))) for gap in found)

    async def counts(self, sets: Sequence[Collection[GapState]]) -> tuple[int, ...]:
        """Return how many books are missing in any state of each of these sets."""
        found = await self._remembered.get("counts", self._counts)
        return tuple(sum(number for held, number in found.items() if not held.isdisjoint(asked)) for asked in sets)

    async def _others(self, found: Sequence[Gap], states: Collection[GapState]) -> Mapping[str, Sequence[Gap]]:
        same = and_(gaps.c.key.in_({gap.key for gap in found}), gaps.c.id.not_in([gap.id for gap in found]))
        wanted = named_gaps().where(same, _stands_in(hidden(gaps.c.state), states)).order_by(gaps.c.id)
        others: defaultdict[str, list[Gap]] = defaultdict(list)
        for gap in await read_gaps(self._connections, wanted):
            others[gap.key].append(gap)
        return others

    async def _counts(self) -> Mapping[frozenset[GapState], int]:
        """How many books there are whose gaps stand in just these states."""
        several = select(gaps.c.key).group_by(gaps.c.key).having(func.count() > 1)
        digits = case(*[(gaps.c.state == state, literal(one, BigInteger)) for state, one in _ONE.items()])
        of_book = select(func.sum(digits).label("held")).where(gaps.c.key.in_(several)).group_by(gaps.c.key).subquery()
        doubled = select(of_book.c.held, func.count()).group_by(of_book.c.held)
        single = select(gaps.c.state, func.count()).group_by(gaps.c.state)

        def count(connection: Connection) -> Mapping[frozenset[GapState], int]:
            whole = {row[0]: row[1] for row in connection.execute(single)}
            return _by_books(whole, {int(row[0]): row[1] for row in connection.execute(doubled)})

        return await self._connections.read(count)


def _by_books(whole: Mapping[GapState, int], doubled: Mapping[int, int]) -> dict[frozenset[GapState], int]:
    """Count books of all gaps by state, and of the books with several gaps by the sums that `_ONE` makes of these."""
    alone, together = Counter(whole), Counter[frozenset[GapState]]()
    for held, books in doubled.items():
        gaps_of = {state: number for state, one in _ONE.items() if (number := held // one % _MOST)}
        alone.subtract({state: number * books for state, number in gaps_of.items()})
        together[frozenset(gaps_of)] += books
    together.update({frozenset({state}): number for state, number in alone.items()})
    return dict(together)


def _stands_in(column: ColumnElement[Any], states: Collection[GapState]) -> ColumnElement[bool]:
    return column.in_([state.value for state in states])


def _told_by_another(states: Collection[GapState]) -> ColumnElement[bool]:
    """Whether the book is told of already: by a series rather than by an author, else by the gap known longest."""
    series_rather = and_(_OTHER.c.kind == GapKind.SERIES, gaps.c.kind == GapKind.AUTHOR)
    longest_known = and_(_OTHER.c.kind == gaps.c.kind, _OTHER.c.id < gaps.c.id)
    # The key is read of the few rows in these states alone: it is in no index that gives the order.
    found = select(_OTHER.c.id).join(_SAME, _OTHER.c.key == _SAME.c.key).where(_SAME.c.id == gaps.c.id)
    rather = found.where(_stands_in(hidden(_OTHER.c.state), states), or_(series_rather, longest_known))
    return exists(rather.correlate(gaps))
