"""What is owned twice in libraries of 1,000 to 100,000 books, and the audit of all of them, from the database.

One book in a hundred is there twice: every other one of these without its ids. The limits are taken from the same file
by sqlite3 alone: for duplicates a query for each key that books can share, for the audit the reading of all rows.
"""

from __future__ import annotations

import asyncio
import gc
import sqlite3
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from audiobook_daemon.catalogue.survey import LibrarySurvey
from audiobook_daemon.matching import book_key
from audiobook_daemon.models import LibraryItem
from audiobook_daemon.store import Database
from audiobook_daemon.upkeep.audit import find_doubles, survey_library
from figures import Figure, report
from shelf import Shelf, item
from stalls import Stalls, noted

T = TypeVar("T")

_SIZES = (1_000, 10_000, 100_000)
_EVERY = 100
_KEYS = (
    "upper(asin)",
    "replace(isbn, '-', '')",
    "path",
    "size",
    "substr(match_key, 1, instr(match_key, '|'))",
    "series_keys || match_key",
)
_GROUP = (
    "SELECT {key} AS shared, group_concat(id) FROM books WHERE shared IS NOT NULL GROUP BY shared HAVING count(*) > 1"
)


@dataclass(frozen=True, slots=True)
class Pass:
    """What one look at the library cost."""

    seconds: float
    stalls: Stalls


async def measure(folder: Path, size: int) -> list[Figure]:
    """Measure one size; the stalls of the event loop are told of the largest."""
    path = folder / f"state-{size}.db"
    async with Database.open(f"sqlite://{path}") as database:
        await database.books.upsert(Shelf(size))
        await database.books.upsert([(one, book_key(one.book)) for one in _copies(size)])
        gc.collect()
        gc.freeze()  # as the daemon does once it runs
        groups, doubles = await _timed(lambda: find_doubles(database))
        survey, audit = await _timed(lambda: survey_library(database))
    gc.unfreeze()
    wrong = abs(len(groups) - size // _EVERY) + sum(len(group.books) != 2 for group in groups)
    shared, rows = _by_sql(path)
    figures = [
        Figure(f"duplicates: {size:,} books", doubles.seconds, "s", shared, "SQL group by"),
        Figure(f"duplicates: {size:,} books, wrong", wrong, "groups", most=0),
        Figure(f"audit: {size:,} books", audit.seconds, "s", rows, "reading all rows"),
        Figure(f"audit: {size:,} books, left out", _left_out(survey, size), "books", most=0),
    ]
    if size == max(_SIZES):
        figures += [
            Figure("duplicates: stalls of the loop, p99", doubles.stalls.usual, "ms", most=20),
            Figure("duplicates: stalls of the loop, longest", doubles.stalls.longest, "ms", most=100),
            Figure("audit: stalls of the loop, p99", audit.stalls.usual, "ms", most=20),
            Figure("audit: stalls of the loop, longest", audit.stalls.longest, "ms", most=100),
        ]
    return figures


def _copies(size: int) -> Iterator[LibraryItem]:
    for number in range(0, size, _EVERY):
        one = item(number)
        book = one.book if number % (2 * _EVERY) else replace(one.book, asin=None, isbn=None)
        yield replace(one, id=f"copy-{number}", book=book, path=f"{one.path} (copy)", size=(one.size or 0) + 5_000_000)


def _left_out(survey: LibrarySurvey, size: int) -> int:
    return abs(survey.books - size - size // _EVERY)


async def _timed(work: Callable[[], Awaitable[T]]) -> tuple[T, Pass]:
    async with noted() as stalls:
        begin = time.perf_counter()
        found = await work()
        seconds = time.perf_counter() - begin
    return found, Pass(seconds, stalls)


def _by_sql(path: Path) -> tuple[float, float]:
    """The seconds of one query for each key, and of reading every row."""
    with closing(sqlite3.connect(path)) as connection:
        begin = time.perf_counter()
        for key in _KEYS:
            connection.execute(_GROUP.format(key=key)).fetchall()
        grouped = time.perf_counter()
        for _ in connection.execute("SELECT * FROM books ORDER BY id"):
            pass
        return grouped - begin, time.perf_counter() - grouped


if __name__ == "__main__":
    sizes = tuple(map(int, sys.argv[1:])) or _SIZES
    with TemporaryDirectory() as temporary:
        for number in sizes:
            report(asyncio.run(measure(Path(temporary), number)))
