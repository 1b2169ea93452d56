"""Series with the books that are known of them: which is which, and in what order they are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.numbers import read_positions
from audiobook_daemon.matching.works.authors import agreement
from audiobook_daemon.matching.works.books import SURE, compare_books
from audiobook_daemon.matching.works.series import compare_series, series_key
from audiobook_daemon.models import Book, SeriesPlace

_LEAST_SHARE = 0.5
"""How many of the known books a series of another name has to hold."""


@dataclass(frozen=True, slots=True)
class KnownSeries:
    """A series with the books that are known of it."""

    name: str
    books: tuple[Book, ...] = ()


def main_series(places: Sequence[SeriesPlace]) -> SeriesPlace | None:
    """The series to file a book under: the first with a position, of equals the one with the shortest name."""
    placed = [place for place in places if place.position] or list(places)
    return placed[0] if placed else None


def match_series(local: KnownSeries, candidates: Sequence[KnownSeries]) -> int | None:
    """The index of the candidate that is the local series: of the same name, or else holding most of its books.

    A namesake by other authors is not, unless it holds one of the books.
    """
    scores = [(_rank(local, candidate), index) for index, candidate in enumerate(candidates)]
    best = sorted((score for score in scores if score[0][0] > 0 or score[0][1] >= _LEAST_SHARE), reverse=True)
    if not best or (len(best) > 1 and best[0][0] == best[1][0]):
        return None
    return best[0][1]


def reading_order(books: Sequence[Book]) -> tuple[int, ...]:
    """The indexes of the books by series and position; books without a place come last, as they came."""
    return tuple(sorted(range(len(books)), key=lambda index: (*_order(books[index]), index)))


def _rank(local: KnownSeries, candidate: KnownSeries) -> tuple[int, float]:
    named = compare_series(local.name, candidate.name) is Likeness.SAME
    held = sum(any(compare_books(mine, theirs) in SURE for theirs in candidate.books) for mine in local.books)
    share = held / len(local.books) if local.books else 0.0
    if not held and agreement(_authors(local), _authors(candidate)) is Likeness.DIFFERENT:
        return 0, 0.0
    return named + (named and share > 0), share


def _authors(series: KnownSeries) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for book in series.books for name in book.authors))


def _order(book: Book) -> tuple[bool, str, bool, float]:
    place = main_series(book.series)
    if place is None:
        return (True, "", True, 0.0)
    positions = read_positions(place.position or "")
    return (False, series_key(place.name)[0], not positions, float(positions[0].first) if positions else 0.0)
