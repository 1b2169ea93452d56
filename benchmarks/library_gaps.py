"""The gaps of libraries of 1,000 to 100,000 books, beside what SQL alone takes to find them by number.

The fifth book of each series is missing, one copy in twenty is written otherwise than it is listed. The limit is
one query over the same books and works in SQLite: for each series the listed positions that no book has.
"""

from __future__ import annotations

import gc
import sqlite3
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from audiobook_daemon.catalogue.gaps import GapRules, Gaps, series_gaps
from audiobook_daemon.catalogue.series_names import OwnedSeries, group_series
from audiobook_daemon.models import Book, LibraryItem, SeriesPlace, Work, WorkKind
from figures import Figure, report

_SIZES = (1_000, 10_000, 100_000)
_VOLUMES = 6
_TODAY = date(2026, 1, 1)
_RULES = GapRules(languages=("en",))
_WORDS = ("river", "winter", "crown", "shadow", "garden", "letter", "stone", "harbour", "silence", "orchard", "mirror")
_QUERY = """
    select works.series, count(*), group_concat(works.position) from works
    left join books on books.series = works.series and books.position = works.position
    where books.id is null group by works.series
"""
Bibliographies = dict[str, tuple[Work, ...]]


def measure(sizes: tuple[int, ...] = _SIZES) -> Iterator[Figure]:
    """The figures of all sizes."""
    for size in sizes:
        yield from _measure(size)


def _measure(size: int) -> Iterator[Figure]:
    items = [item for number in range(size) if (item := owned(number))]
    listed: Bibliographies = {
        name: catalogued(name) for name in dict.fromkeys(item.book.series[0].name for item in items)
    }
    gc.freeze()  # a daemon has its books in the database, and no collector would walk through them
    limit, expected = _by_sql(items, listed)
    begin = time.perf_counter()
    series = group_series(items)
    grouped = time.perf_counter() - begin
    begin = time.perf_counter()
    found = [_gaps(one, listed) for one in series]
    took = time.perf_counter() - begin
    wrong = sum(len(gaps.missing) != expected.get(gaps.name, 0) for gaps in found)
    name = f"gaps: {size:,} books"
    yield Figure(name, took, "s", limit, "SQL group by", most_ratio=2)
    yield Figure(f"{name}, grouped", grouped, "s")
    yield Figure(f"{name}, series counted wrong", wrong, "series", most=0)
    yield Figure(f"{name}, one change", _one_change(series, listed), "ms", most=1)
    gc.unfreeze()


def _gaps(series: OwnedSeries, listed: Bibliographies) -> Gaps:
    return series_gaps(series.name, series.items, listed[series.name], _RULES, _TODAY)


def _one_change(series: tuple[OwnedSeries, ...], listed: Bibliographies) -> float:
    """The milliseconds that a series takes that has one copy less, the median of many."""
    times = []
    for one in series[:: max(1, len(series) // 200)]:
        changed = replace(one, items=one.items[1:])
        begin = time.perf_counter()
        _gaps(changed, listed)
        times.append(time.perf_counter() - begin)
    return sorted(times)[len(times) // 2] * 1000


def _by_sql(items: list[LibraryItem], listed: Bibliographies) -> tuple[float, dict[str, int]]:
    """The seconds of the query, and how many books each series lacks."""
    base = sqlite3.connect(":memory:")
    base.execute("create table books (id integer primary key, series text, position text)")
    base.execute("create table works (id integer primary key, series text, position text)")
    rows = [(item.book.series[0].name, item.book.series[0].position) for item in items]
    base.executemany("insert into books (series, position) values (?, ?)", rows)
    places = [(name, work.book.series[0].position) for name, works in listed.items() for work in works]
    base.executemany("insert into works (series, position) values (?, ?)", places)
    base.execute("create index by_place on books (series, position)")
    begin = time.perf_counter()
    found = {name: count for name, count, _ in base.execute(_QUERY).fetchall()}
    return time.perf_counter() - begin, found


def owned(number: int) -> LibraryItem | None:
    """A book of a series; None for the fifth of each, which is missing."""
    series, volume = divmod(number, _VOLUMES)
    if volume == 4:
        return None
    name, position, title = _series(series), str(volume + 1), _title(series, volume)
    if number % 20 == 3:
        title = f"{title}: {name}, Book {position} (Unabridged)"
    book = Book(title, (_author(series),), series=(SeriesPlace(name, position),), language="en")
    return LibraryItem("shelf", str(number), book)


def catalogued(name: str) -> tuple[Work, ...]:
    """The bibliography of a series."""
    series = int(name.rpartition(" ")[2])
    return tuple(
        Work(
            Book(
                _title(series, volume), (_author(series),), series=(SeriesPlace(name, str(volume + 1)),), language="en"
            ),
            source="audnexus, hardcover",
            key=f"{series}-{volume}",
            kind=WorkKind.NOVEL,
            released="2019-03-04",
            audiobook=True,
        )
        for volume in range(_VOLUMES)
    )


def _series(series: int) -> str:
    return f"{_WORDS[series % 11].title()} {_WORDS[series // 11 % 11].title()} Cycle {series}"


def _author(series: int) -> str:
    return f"{_WORDS[series // 3 % 11].title()} {_WORDS[series // 7 % 11].title()}son"


def _title(series: int, volume: int) -> str:
    return f"The {_WORDS[(series + volume) % 11].title()} of {_WORDS[(series // 5 + 2 * volume) % 11].title()}"


if __name__ == "__main__":
    report(measure(tuple(int(size) for size in sys.argv[1:]) or _SIZES))
