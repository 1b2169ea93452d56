"""One numbering of a series where sources number it differently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audiobook_daemon.catalogue.naming import SeriesNames
from audiobook_daemon.catalogue.source_trust import trust
from audiobook_daemon.catalogue.title_forms import title_forms
from audiobook_daemon.catalogue.volumes import ids_of
from audiobook_daemon.models import SeriesPlace, Work


def with_one_numbering(lists: Sequence[Sequence[Work]], names: Sequence[str]) -> tuple[Work, ...]:
    """All works of all sources under the first name, without the positions of sources that number otherwise.

    A source numbers otherwise if the same works stand at other positions with it than with those who are trusted more
    together; numberings are not mixed.
    """
    series = SeriesNames.of(names)
    placed = [[_placed(work, series, names[0]) for work in works] for works in lists]
    tables = [_table(works, series) for works in placed]
    weights = [trust(works[0].source) if works else 0.0 for works in placed]
    found: list[Work] = []
    for index, works in enumerate(placed):
        stands = sum(
            weights[other] * _agree(tables[index], tables[other]) for other in range(len(tables)) if other != index
        )
        outweighed = any(
            weights[other] >= weights[index] or _backed(other, index, tables, weights)
            for other in range(len(tables))
            if other != index and _agree(tables[index], tables[other]) < 0
        )
        found += [_unplaced(work, series) for work in works] if stands < 0 and outweighed else works
    return tuple(found)


def _backed(other: int, index: int, tables: Sequence[dict[str, str]], weights: Sequence[float]) -> bool:
    """Whether those who agree with the other weigh more than this one with those who agree with it."""

    def camp(of: int) -> float:
        return weights[of] + sum(
            weights[one] for one in range(len(tables)) if one != of and _agree(tables[of], tables[one]) > 0
        )

    return camp(other) > camp(index)


def _agree(one: dict[str, str], other: dict[str, str]) -> int:
    """1 if the works that both have stand at the same positions mostly, -1 if mostly not, 0 if it cannot be told."""
    shared = one.keys() & other.keys()
    same = sum(one[key] == other[key] for key in shared)
    return (same * 2 > len(shared)) - (same * 2 < len(shared))


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
