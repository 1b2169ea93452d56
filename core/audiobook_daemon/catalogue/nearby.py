"""Finds among the books of an author those that may be of one series, without comparing each with each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from audiobook_daemon.catalogue.naming import NAMELESS, SeriesNames
from audiobook_daemon.catalogue.title_forms import title_forms
from audiobook_daemon.catalogue.volumes import ids_of
from audiobook_daemon.matching.works import series_key
from audiobook_daemon.models import Book, LibraryItem, Work


class Nearby:
    """Owned books by their ids, the stretches of their titles, and their series."""

    def __init__(self, owned: Sequence[LibraryItem]) -> None:
        self._items = tuple(owned)
        self._by_key: defaultdict[str, set[int]] = defaultdict(set)
        self._by_series: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        for number, item in enumerate(self._items):
            for key in book_keys(item.book):
                self._by_key[key].add(number)
            for place in item.book.series:
                self._by_series[series_key(place.name)].add(number)

    def of(self, names: SeriesNames, works: Iterable[Work]) -> tuple[LibraryItem, ...]:
        """The books of a series, those with a title or id of its works, and all of the series that these are in."""
        found = {number for work in works for key in book_keys(work.book) for number in self._by_key.get(key, ())}
        series = {series_key(place.name) for number in found for place in self._items[number].book.series}
        for key in series | names.own:
            found |= self._by_series.get(key, set())
        return tuple(self._items[number] for number in sorted(found))


@lru_cache(maxsize=50_000)
def book_keys(book: Book) -> frozenset[str]:
    """What two books have in common if one may be the other by title or id.

    That is an id, a stretch of a title, or a whole title; series' names count, for libraries have others than shops.
    """
    return ids_of(book) | {key for form in title_forms(book, NAMELESS) for key in (form.tight, *form.keys)}
