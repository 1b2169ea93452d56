"""What the numbers of owned volumes alone tell of a series: whoever owns 1, 2 and 4 lacks 3."""

from __future__ import annotations

from dataclasses import dataclass, field

from audiobook_daemon.matching.numbers import expand, read_positions
from audiobook_daemon.models import Book

_HIGHEST = 1000
"""Higher numbers are years and issues of magazines."""
_MOST_PEOPLE = 3


@dataclass(slots=True)
class OwnedPlaces:
    """The places of a series that are owned, by one book or several."""

    name: str
    """As it was met first."""
    authors: list[str] = field(default_factory=list)
    """The first few."""
    books: int = 0
    placeless: int = 0
    """Books of the series whose place is not known."""
    titles: dict[str, str] = field(default_factory=dict)
    """The title at each place; an omnibus stands at each place it covers."""

    def add(self, book: Book, position: str | None) -> None:
        """Note an owned book."""
        self.books += 1
        if book.authors and book.authors[0] not in self.authors and len(self.authors) < _MOST_PEOPLE:
            self.authors.append(book.authors[0])
        places = places_of(position)
        for place in places:
            self.titles.setdefault(place, book.title)
        self.placeless += not places


def places_of(position: str | None) -> tuple[str, ...]:
    """The single places of a position: `1-3` is three, `2.5` is one, nothing legible is none."""
    if not position or not position.strip():
        return ()
    if ranged := expand(position):
        return tuple(dict.fromkeys(ranged))
    return tuple(dict.fromkeys(place.first for place in read_positions(position)))


def holes(places: OwnedPlaces) -> tuple[str, ...]:
    """The whole numbers from 1 to the highest owned one that are not owned.

    Nothing is said of series whose owned numbers are so few and so high that they are no count of volumes.
    """
    owned = {int(place) for place in places.titles if place.isdigit() and 0 < int(place) < _HIGHEST}
    if not owned:
        return ()
    found = tuple(str(number) for number in range(1, max(owned)) if number not in owned)
    return found if len(found) <= 10 + 3 * len(owned) else ()


def in_order(position: str) -> tuple[float, str]:
    """The sort key of a place: by number, what is none last."""
    try:
        return float(position), position
    except ValueError:
        return float("inf"), position
