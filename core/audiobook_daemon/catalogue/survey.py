"""Sums up a library book by book: what there is, how well it is described, what is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from audiobook_daemon.catalogue.completeness import BUCKETS, bucket, described
from audiobook_daemon.catalogue.findings import flaws
from audiobook_daemon.catalogue.holes import OwnedPlaces
from audiobook_daemon.matching import author_key
from audiobook_daemon.matching.people import is_placeholder
from audiobook_daemon.matching.works import series_key
from audiobook_daemon.models import LibraryItem

MOST_EXAMPLES = 200
"""So many books are named for each check; all of them are counted."""


@dataclass(frozen=True, slots=True)
class Example:
    """A book that something was found about."""

    id: int
    """The number of its row."""
    title: str
    author: str | None
    detail: str | None


@dataclass(slots=True)
class Hours:
    """How much there is by somebody, or of something, under the name that was met first."""

    name: str
    books: int = 0
    seconds: float = 0.0


@dataclass(slots=True)
class LibrarySurvey:
    """The sums so far; items whose files are missing count as `missing` and in their series, else nowhere."""

    books: int = 0
    missing: int = 0
    seconds: float = 0.0
    size: int = 0
    percents: Counter[int] = field(default_factory=Counter)
    """How many books are described to so many percent."""
    lacking: Counter[str] = field(default_factory=Counter)
    """How many books lack a field."""
    authors: dict[str, Hours] = field(default_factory=dict)
    narrators: dict[str, Hours] = field(default_factory=dict)
    genres: dict[str, Hours] = field(default_factory=dict)
    formats: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    months: Counter[str] = field(default_factory=Counter)
    """How many books were added in a month (`2026-03`)."""
    undated: int = 0
    series: dict[str, OwnedPlaces] = field(default_factory=dict)
    """By the key of the name."""
    found: Counter[str] = field(default_factory=Counter)
    """How many books each check found something about."""
    examples: dict[str, list[Example]] = field(default_factory=dict)

    def add(self, number: int, item: LibraryItem, editions: Sequence[float] = ()) -> None:
        """Count a book, by its row id; `editions` are the running times of known editions."""
        for place in item.book.series:
            key = series_key(place.name)[0]
            self.series.setdefault(key, OwnedPlaces(place.name)).add(item.book, place.position)
        percent, missing = described(item)
        self._examine(number, item, editions, percent)
        if item.missing:
            self.missing += 1
            return
        self.books += 1
        self.seconds += item.runtime or 0
        self.size += item.size or 0
        self.percents[percent] += 1
        self.lacking.update(missing)
        _count(self.authors, item.book.authors, item, people=True)
        _count(self.narrators, item.narrators, item, people=True)
        _count(self.genres, item.genres, item, people=False)
        self.formats[(item.format or "unknown").lower()] += 1
        self.languages[item.book.language or "unknown"] += 1
        if item.added:
            self.months[f"{item.added.year:04}-{item.added.month:02}"] += 1
        else:
            self.undated += 1

    @property
    def average(self) -> float | None:
        """The mean completeness in percent; None without a book."""
        return sum(percent * count for percent, count in self.percents.items()) / self.books if self.books else None

    @property
    def buckets(self) -> Mapping[str, int]:
        """How many books there are in each class of completeness, the best first."""
        found = Counter(dict.fromkeys(BUCKETS, 0))
        for percent, count in self.percents.items():
            found[bucket(percent)] += count
        return {name: found[name] for name in BUCKETS}

    def _examine(self, number: int, item: LibraryItem, editions: Sequence[float], percent: int) -> None:
        for flaw in flaws(item, editions, percent):
            self.found[flaw.code] += 1
            named = self.examples.setdefault(flaw.code, [])
            if len(named) < MOST_EXAMPLES:
                author = item.book.authors[0] if item.book.authors else None
                named.append(Example(number, item.book.title, author, flaw.detail))


def largest(hours: Mapping[str, Hours], count: int) -> list[Hours]:
    """The few with most hours, by the alphabet where they are equal."""
    return sorted(hours.values(), key=lambda one: (-one.seconds, -one.books, one.name))[:count]


def _count(totals: dict[str, Hours], names: Iterable[str], item: LibraryItem, *, people: bool) -> None:
    """Count a book once for each name, in whatever spelling."""
    for key, name in {(_person(name) if people else name.strip().casefold()): name for name in names}.items():
        if not key:
            continue
        one = totals.get(key)
        if one is None:
            one = totals[key] = Hours(name)
        one.books += 1
        one.seconds += item.runtime or 0


@lru_cache(maxsize=20_000)
def _person(name: str) -> str:
    """The key of a name, empty for one that names nobody."""
    return "" if is_placeholder(name) else author_key(name)
