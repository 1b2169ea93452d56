"""Names that are probably one series, for a person to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from audiobook_daemon.matching import author_key, position_key, words
from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.people.spelling import distance
from audiobook_daemon.matching.works import compare_series, series_key
from audiobook_daemon.models import LibraryItem

if TYPE_CHECKING:
    from audiobook_daemon.catalogue.series_names import OwnedSeries

_LONG = 6
"""How many letters a name needs so that a slip of one is told from another name."""


@dataclass(frozen=True, slots=True)
class MergeCandidate:
    """Two series that are probably one."""

    one: OwnedSeries
    other: OwnedSeries
    canonical: str
    """The name to keep: of the series with more books."""
    reason: str


def merge_candidates(series: Sequence[OwnedSeries]) -> tuple[MergeCandidate, ...]:
    """Pairs of series that are probably one, each with the reason; only series that share an author or a name."""
    found: dict[tuple[str, str], MergeCandidate] = {}
    for one, other in _pairs(series):
        reason = _reason(one, other)
        if reason:
            kept, dropped = sorted((one, other), key=lambda each: (-len(each.items), len(each.name), each.name))
            found[kept.key, dropped.key] = MergeCandidate(kept, dropped, kept.name, reason)
    return tuple(found[key] for key in sorted(found))


def _pairs(series: Sequence[OwnedSeries]) -> Iterator[tuple[OwnedSeries, OwnedSeries]]:
    shelves: defaultdict[str, list[OwnedSeries]] = defaultdict(list)
    for one in series:
        for name in one.authors:
            shelves[f"@{author_key(name)}"].append(one)
        shelves[series_key(one.name)[0]].append(one)
    for shelf in shelves.values():
        yield from combinations(shelf, 2)


def _reason(one: OwnedSeries, other: OwnedSeries) -> str | None:
    mine, theirs = _places(one), _places(other)
    shared = [place for item, place in mine.items() if place and theirs.get(item) == place]
    if shared and not _contradict(mine, theirs):
        return f"{len(shared)} of their books stand at the same place in both"
    if _claimed(mine) & _claimed(theirs):
        return None
    (left, _), (right, _) = series_key(one.name), series_key(other.name)
    if left == right:
        return "they have the same name, and no position is taken twice"
    if compare_series(one.name, other.name) is Likeness.UNSURE:
        return "one name goes on where the other ends, and no position is taken twice"
    if left in _initials(other.name) or right in _initials(one.name):
        return "one name is the initials of the other, and no position is taken twice"
    if min(len(left), len(right)) >= _LONG and distance(left, right, 1) <= 1:
        return "their names differ by one letter, and no position is taken twice"
    return None


def _initials(name: str) -> set[str]:
    """The initials of all words, and of those that are no articles."""
    found = words(name)
    kept = [word for word in found if word not in {"the", "a", "an"}]
    return {"".join(word[0] for word in some) for some in (found, kept) if len(some) > 2}


def _places(series: OwnedSeries) -> dict[tuple[str, str], str | None]:
    names = {series.name, *series.spellings}
    return {(item.library, item.id): _place(item, names) for item in series.items}


def _place(item: LibraryItem, names: set[str]) -> str | None:
    positions = (position_key(place.position) for place in item.book.series if place.name.strip() in names)
    return next((position for position in positions if position), None)


def _claimed(places: dict[tuple[str, str], str | None]) -> set[str]:
    return {position for position in places.values() if position}


def _contradict(mine: dict[tuple[str, str], str | None], theirs: dict[tuple[str, str], str | None]) -> bool:
    return any(place and theirs.get(item) and theirs[item] != place for item, place in mine.items())
