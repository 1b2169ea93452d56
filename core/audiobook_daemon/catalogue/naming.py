"""The names of one series, and where books stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from audiobook_daemon.matching.numbers import Position, read_positions
from audiobook_daemon.matching.titles import joined, tidied, tokenise
from audiobook_daemon.matching.works import series_key
from audiobook_daemon.models import Book, SeriesPlace

_STOPS = re.compile(r"\s*[:()\[\]]\s*|\s+[-–—]\s+")


@dataclass(frozen=True, slots=True)
class SeriesNames:
    """All names that one series goes by."""

    own: frozenset[tuple[str, str]]
    """As in `matching.works.series_key`: the name, and what a bracket adds to it."""
    keys: frozenset[str]
    """The names alone, as titles may hold them."""
    split: frozenset[str] = frozenset()
    """The names, as they are written, that a title's punctuation would take apart (`Night Watch: Dawn`)."""

    @classmethod
    def of(cls, names: Iterable[str]) -> SeriesNames:
        """The names as a set; blank ones are none."""
        written = [name.strip() for name in names if name.strip()]
        own = frozenset(map(series_key, written))
        split = frozenset(name for name in written if _STOPS.search(name))
        plain = (text for name in written for text in (name.partition("(")[0], _STOPS.sub(" ", name)))
        keys = {*(key for key, _ in own), *(joined(tokenise(tidied(text))) for text in plain)}
        return cls(own, frozenset(keys) - {""}, split)

    def with_also(self, names: Iterable[str]) -> SeriesNames:
        """The same with further names."""
        more = SeriesNames.of(names)
        return SeriesNames(self.own | more.own, self.keys | more.keys, self.split | more.split)

    def in_one(self, title: str) -> str:
        """A title in which names of the series that a number follows are not taken apart."""
        for name in self.split:
            pattern = rf"{re.escape(name)}(?=[,\s]{{1,3}}(?:#|\d|(?:book|volume|vol|band|teil|part)\b))"
            title = re.sub(pattern, _STOPS.sub(" ", name), title, flags=re.IGNORECASE)
        return title

    def holds(self, place: SeriesPlace) -> bool:
        """Whether a place is one in this series."""
        return series_key(place.name) in self.own

    def positions(self, book: Book) -> Iterator[Position]:
        """Where a book says that it stands in this series."""
        for place in book.series:
            if place.position and self.holds(place):
                yield from read_positions(place.position)

    def listed_positions(self, book: Book) -> Iterator[Position]:
        """Where a listed work stands; under whatever name its only series goes, it is this one."""
        found = list(self.positions(book))
        if not found and len(book.series) == 1 and book.series[0].position:
            found = list(read_positions(book.series[0].position))
        yield from found


NAMELESS = SeriesNames(frozenset(), frozenset())
"""For works that are looked at outside any series."""
