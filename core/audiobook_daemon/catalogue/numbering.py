"""One numbering of a series where sources number it differently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audiobook_daemon.catalogue.naming import SeriesNames
from audiobook_daemon.catalogue.source_trust import trust
from audiobook_daemon.catalogue.title_forms import title_forms
from audiobook_daemon.catalogue.volumes import ids_of
from audiobook_daemon.models import SeriesPlace, Work

_SEVERAL = 2
"""One work at another position is a mistake, several are another numbering."""


def with_one_numbering(lists: Sequence[Sequence[Work]], names: Sequence[str]) -> tuple[Work, ...]:
    """All works of all sources under the first name, without the positions of sources that number otherwise.

    The numbering that most of the trust agrees on holds; a source in which several of the same works stand at other
    positions numbers otherwise. Numberings are not mixed. Of equals the first list holds.
    """
    series = SeriesNames.of(names)
    placed = [[_placed(work, series, names[0]) for work in works] for works in lists]
    tables = [_table(works, series) for works in placed]
    weights = [trust(works[0].source) if works else 0.0 for works in placed]
    camps = [
        sum(weight for table, weight in zip(tables, weights, strict=True) if _agree(one, table) > 0) for one in tables
    ]
    held = tables[max(range(len(tables)), key=lambda index: camps[index] or weights[index])]
    found: list[Work] = []
    for works, table in zip(placed, tables, strict=True):
        found += [_unplaced(work, series) for work in works] if _agree(table, held) < 0 else works
    return tuple(found)


def _agree(one: dict[str, str], other: dict[str, str]) -> int:
    """1 if most works that both have stand at the same positions, -1 if several do not, 0 if it cannot be told."""
    shared = one.keys() & other.keys()
    same = sum(one[key] == other[key] for key in shared)
    others = len(shared) - same
    return 1 if same > others else -1 if others >= _SEVERAL and others > same else 0


def _table(works: Sequence[Work], series: SeriesNames) -> dict[str, str]:
    """Positions by the ids and titles of the works."""
    found: dict[str, str] = {}
    for work in works:
        position = next((str(place) for place in series.positions(work.book)), None)
        for key in (*ids_of(work.book), *(form.core for form in title_forms(work.book, series))):
            if position:
                found.setdefault(key, position)
    return found


def _placed(work: Work, series: SeriesNames, name: str) -> Work:
    """The work with its place in this series first and under the one name."""
    position = next((str(place) for place in series.listed_positions(work.book)), None)
    others = tuple(place for place in work.book.series if not series.holds(place))
    if len(work.book.series) == 1 and position:
        others = ()
    return replace(work, book=replace(work.book, series=(SeriesPlace(name, position), *others)))


def _unplaced(work: Work, series: SeriesNames) -> Work:
    own = tuple(replace(place, position=None) if series.holds(place) else place for place in work.book.series)
    return replace(work, book=replace(work.book, series=own))
