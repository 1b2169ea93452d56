"""A recount of libraries of 1,000 to 100,000 books: all of it, nothing changed, and with one book more.

The books and bibliographies are those of `library_gaps`, each author with two series. The limit is the reading of all
rows by sqlite3 alone.
"""

from __future__ import annotations

import asyncio
import gc
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from audiobook_daemon.events import Bus
from audiobook_daemon.host import Host, PluginTypes
from audiobook_daemon.http import Transport
from audiobook_daemon.models import LibraryItem, Work
from audiobook_daemon.pipeline import Settings, World
from audiobook_daemon.pipeline.keys import keyed
from audiobook_daemon.store import Database, utc_now
from audiobook_daemon.upkeep import House, UpkeepSettings
from audiobook_daemon.upkeep.completing import Completing
from figures import Figure, report
from library_gaps import catalogued, owned
from stalls import Stalls, noted

_SIZES = (1_000, 10_000, 100_000)
_AT_ONCE = 1000
_FIFTH = 4
"""The number of the book that the first series lacks."""


@dataclass(frozen=True, slots=True)
class Pass:
    """What one recount cost."""

    processor: float
    """Seconds."""
    stalls: Stalls


async def measure(path: Path, size: int) -> list[Figure]:
    """Measure one size; the most is said of the largest."""
    async with Database.open(f"sqlite://{path}") as database:
        await _fill(database, size)
        gc.collect()
        gc.freeze()  # as the daemon does once it runs
        completing = Completing(_house(database))
        await completing.recount()  # writes down what is missing
        whole = await _recount(completing)  # what was written down is other than before
        unchanged = await _recount(completing)
        await database.books.upsert([keyed(_one_more())])
        changed = await _recount(completing)
        gc.unfreeze()
    rows, named = _by_sql(path), f"recount: {size:,} books"
    figures = [
        Figure(f"{named}, all of them", whole.processor, "s of the processor", rows, "reading all rows"),
        Figure(f"{named}, unchanged", unchanged.processor, "s of the processor", rows, "reading all rows"),
        Figure(f"{named}, one more", changed.processor, "s of the processor", rows, "reading all rows"),
    ]
    if size < max(_SIZES):
        return figures
    return [
        *figures,
        Figure("recount: stalls of the loop, p99", whole.stalls.usual, "ms", most=20),
        Figure("recount: stalls of the loop, longest", whole.stalls.longest, "ms", most=100),
    ]


def _house(database: Database) -> House:
    host = Host(PluginTypes(found=(), classes={}), Transport(), database.memory, Bus(), utc_now)
    return House(World(host, database, Bus(), utc_now, Settings(library="shelf")), UpkeepSettings())


async def _fill(database: Database, size: int) -> None:
    for start in range(0, size, _AT_ONCE):
        found = (owned(number) for number in range(start, min(size, start + _AT_ONCE)))
        await database.books.upsert([keyed(_its_own(item)) for item in found if item])
    await Completing(_house(database)).recount()
    for start in range(0, len(known := await database.series.all()), _AT_ONCE):
        listed = [replace(one, works=_works(one.name), checked=utc_now()) for one in known[start : start + _AT_ONCE]]
        await database.series.save(listed)


def _its_own(item: LibraryItem) -> LibraryItem:
    """The item by an author of two series, and not of a thousand."""
    return replace(item, book=replace(item.book, authors=(_author(item.book.series[0].name),)))


def _works(name: str) -> tuple[Work, ...]:
    return tuple(replace(work, book=replace(work.book, authors=(_author(name),))) for work in catalogued(name))


def _author(series: str) -> str:
    number = int(series.rpartition(" ")[2]) // 2
    return f"Ann {''.join('abcdefghik'[int(digit)] for digit in str(number)).title()}son"


def _one_more() -> LibraryItem:
    item = owned(_FIFTH - 1)
    assert item is not None
    work = catalogued(item.book.series[0].name)[_FIFTH]
    return _its_own(replace(item, id="one more", book=work.book))


async def _recount(completing: Completing) -> Pass:
    async with noted() as stalls:
        begin = time.process_time()
        await completing.recount()
        processor = time.process_time() - begin
    return Pass(processor, stalls)


def _by_sql(path: Path) -> float:
    with closing(sqlite3.connect(path)) as connection:
        begin = time.process_time()
        for table in ("books", "series", "authors", "gaps"):
            for _ in connection.execute(f"SELECT * FROM {table} ORDER BY id"):
                pass
        return time.process_time() - begin


def _all(folder: Path, sizes: tuple[int, ...]) -> Iterator[Figure]:
    for size in sizes:
        yield from asyncio.run(measure(folder / f"state-{size}.db", size))


if __name__ == "__main__":
    with TemporaryDirectory() as temporary:
        report(_all(Path(temporary), tuple(map(int, sys.argv[1:])) or _SIZES))
