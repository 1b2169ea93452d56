"""The places of a series as a row of blocks: what is owned, on its way, missing, or still to come; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from audiobook_daemon.catalogue.holes import OwnedPlaces, holes, in_order, places_of
from audiobook_daemon.matching import author_key
from audiobook_daemon.matching.works import series_key
from audiobook_daemon.models import LibraryItem
from audiobook_daemon.store import Gap, GapState, SeriesStanding

STATES: Final = (
    ("owned", "owned"),
    ("wanted", "on its way"),
    ("missing", "missing"),
    ("unreleased", "not out yet"),
    ("ignored", "not wanted"),
)
"""What a place can be, and the words for it."""
_WORDS: Final = dict(STATES)
_OF_GAP: Final = {
    GapState.WANTED: "wanted",
    GapState.UNRELEASED: "unreleased",
    GapState.IGNORED: "ignored",
    GapState.FILLED: "owned",
}
_MOST: Final = 40
"""So many blocks at most; of a longer series those around the first one that is not owned."""
_DIGITS: Final = 5


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a series."""

    position: str | None
    title: str
    state: str
    """One of `STATES`."""
    path: str | None = None
    """Where more of it is told."""

    @property
    def short(self) -> str:
        """What stands in its block."""
        return self.position if self.position and len(self.position) <= _DIGITS else "·"

    @property
    def told(self) -> str:
        """The whole for those who point at it, and those who do not see it."""
        return f"{self.title} ({_WORDS[self.state]})"


@dataclass(frozen=True, slots=True)
class Bar:
    """The places of a series, in their order."""

    places: tuple[Place, ...]
    before: int = 0
    """How many more there are before those shown."""
    after: int = 0


def bar(places: Iterable[Place]) -> Bar:
    """Put places in their order, and leave out what there is no room for."""
    ordered = sorted(places, key=lambda one: in_order(one.position or ""))
    first = next((at for at, one in enumerate(ordered) if one.state != "owned"), 0)
    start = max(0, min(first - _MOST // 4, len(ordered) - _MOST))
    shown = ordered[start : start + _MOST]
    return Bar(tuple(shown), start, len(ordered) - start - len(shown))


def bar_of(standing: SeriesStanding, items: Mapping[int, LibraryItem], gaps: Sequence[Gap]) -> Bar:
    """The bar of a series, of its owned books by their numbers and its gaps.

    Where no bibliography has told what there is, the numbers of the owned volumes tell it.
    """
    found: dict[str, Place] = {}
    owned = OwnedPlaces(standing.name)
    for number, item, position in _owned(standing, items):
        owned.add(item.book, position)
        for place in places_of(position) or (f"? {item.book.title}",):
            found.setdefault(place, Place(_position(place), item.book.title, "owned", f"/library/{number}"))
    for gap in gaps:
        for place in places_of(gap.position) or (f"? {gap.title}",):
            found.setdefault(place, Place(_position(place), gap.title, _OF_GAP.get(gap.state, "missing"), _path(gap)))
    if standing.total is None and not gaps:
        for place in holes(owned):
            found.setdefault(place, Place(place, f"Volume {place}", "missing"))
    return bar(found.values())


def by_names(items: Mapping[int, LibraryItem]) -> Mapping[str, Mapping[int, LibraryItem]]:
    """Group books by the keys of the names of their series, so that each bar is made of few."""
    found: defaultdict[str, dict[int, LibraryItem]] = defaultdict(dict)
    for number, item in items.items():
        for place in item.book.series:
            found[_key(place.name)][number] = item
    return found


def name_in(key: str) -> str:
    """What stands for the name in the key of a series (`foundation` in `foundation|asimov isaac`)."""
    return key.rpartition("|")[0] or key


def _owned(standing: SeriesStanding, items: Mapping[int, LibraryItem]) -> list[tuple[int, LibraryItem, str | None]]:
    """The owned books of a series; namesakes are told apart by their authors."""
    name, author = name_in(standing.key), standing.key.rpartition("|")[2]
    of_name = [
        (number, item, place.position)
        for number, item in items.items()
        for place in item.book.series
        if _key(place.name) == name
    ]
    theirs = [one for one in of_name if author in map(author_key, one[1].book.authors)]
    return theirs or of_name


def _key(name: str) -> str:
    key, note = series_key(name)
    return f"{key} ({note})" if note else key


def _position(place: str) -> str | None:
    return None if place.startswith("? ") else place


def _path(gap: Gap) -> str | None:
    return f"/wanted/{gap.want_id}" if gap.want_id else None
