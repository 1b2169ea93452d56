"""100,000 library items written down, and again with nothing changed.

The limit is one `executemany` of sqlite3 into the same table with the same conditions, rows made by hand.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sqlite3
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from audiobook_daemon import Book, Facts, Library, LibraryItem, LibraryPage, Plugin, PluginConfig, hookimpl
from audiobook_daemon.actions import Actions
from audiobook_daemon.events import Bus
from audiobook_daemon.host import Host, InstanceSpec, PluginTypes
from audiobook_daemon.http import Transport
from audiobook_daemon.pipeline import Pipeline, Settings, World
from audiobook_daemon.store import Database, utc_now
from figures import MIB, Figure, report
from shelf import Shelf, item
from stalls import Stalls, noted

_SIZE = 100_000
_WARM = 1_000
_PAGE = 500
_COLUMNS = (
    *("library", "item_id", "match_key", "title", "subtitle", "authors", "series", "language", "year", "isbn", "asin"),
    *("narrators", "runtime", "size", "path", "missing", "added", "seen"),
)
_KEPT = _COLUMNS[2:-1]
_UPSERT = (
    f"INSERT INTO books ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))}) "
    f"ON CONFLICT (library, item_id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _KEPT)}, "
    f"seen = excluded.seen WHERE {' OR '.join(f'books.{name} IS NOT excluded.{name}' for name in _KEPT)}"
)


@dataclass(frozen=True, slots=True)
class Pass:
    """What one pass over all items cost."""

    seconds: float
    stalls: Stalls
    memory: float
    """MiB by which the peak of the process grew."""
    written: float
    """MiB handed to the file system."""


class ServerConfig(PluginConfig):
    """Nothing to say."""


class Server(Plugin[ServerConfig], Library):
    """A library server that hands over all its items at once, as the contract has it."""

    @hookimpl
    async def page(self, cursor: str | None = None, known: str | None = None) -> LibraryPage:
        del known
        start = int(cursor or 0)
        end = start + _PAGE
        items = tuple(item(number) for number in range(start, end))
        return LibraryPage(items, next=str(end) if end < _SIZE else None)

    @hookimpl
    async def read(self, ids: Sequence[str]) -> Sequence[LibraryItem]:
        raise NotImplementedError

    @hookimpl
    async def snapshot(self, item: str, *, cover: bool = False) -> Mapping[str, object]:
        raise NotImplementedError

    @hookimpl
    async def restore(self, item: str, fields: Mapping[str, object]) -> LibraryItem:
        raise NotImplementedError

    @hookimpl
    async def find(self, book: Book) -> Sequence[LibraryItem]:
        raise NotImplementedError

    @hookimpl
    async def root(self) -> str:
        return "/books"

    @hookimpl
    async def admit(self, folder: str) -> LibraryItem:
        raise NotImplementedError

    @hookimpl
    async def update(self, item: str, changes: Facts) -> LibraryItem:
        raise NotImplementedError


async def measure(folder: Path) -> list[Figure]:
    shelf, path = Shelf(_SIZE), folder / "state.db"
    async with Database.open(f"sqlite://{path}") as database:
        await database.books.upsert(Shelf(_WARM))
        first = await _pass(lambda: database.books.upsert(shelf))
        making = shelf.seconds
        size = path.stat().st_size / MIB
        again = await _pass(lambda: database.books.upsert(shelf))
        making_again = shelf.seconds - making
        whole = await _whole(database)
    raw = await _raw(folder / "raw.db")
    straight = "raw executemany"
    return [
        Figure("sync: 100,000 new items", first.seconds - making, "s", raw, straight, most_ratio=1.6),
        Figure("sync: 100,000 unchanged items", again.seconds - making_again, "s", raw, straight, most_ratio=0.5),
        Figure("sync: written, new items", first.written, "MiB", size, "the database", most_ratio=2.5),
        Figure("sync: written, unchanged items", again.written, "MiB", most=0),
        Figure("sync: memory of the store", first.memory, "MiB", most=64),
        Figure("sync: memory of the whole action", whole.memory, "MiB", most=64),
        Figure("sync: stalls of the loop, p99", whole.stalls.usual, "ms", most=20),
        Figure("sync: stalls of the loop, longest", whole.stalls.longest, "ms", most=100),
    ]


async def _pass(work: Callable[[], Awaitable[object]]) -> Pass:
    before, written = _peak(), _written()
    async with noted() as stalls:
        begin = time.perf_counter()
        await work()
        seconds = time.perf_counter() - begin
    return Pass(seconds, stalls, _peak() - before, _written() - written)


async def _whole(database: Database) -> Pass:
    """Run the action `sync` with a library that has just begun to answer."""
    bus, transport = Bus(), Transport()
    host = Host(PluginTypes(found=(), classes={"server": Server}), transport, database.memory, bus, utc_now)
    await host.apply([InstanceSpec("audiobookshelf", "server", ServerConfig())])
    await host.started()
    actions = Actions()
    Pipeline(World(host, database, bus, utc_now, Settings(library="audiobookshelf"))).register(actions)
    try:
        return await _pass(lambda: actions.get("sync").run({}))
    finally:
        await host.stop()
        await transport.close()


async def _raw(path: Path) -> float:
    """The seconds of the straight way, in a database of the same tables."""
    shelf = Shelf(_SIZE)
    async with Database.open(f"sqlite://{path}"):
        pass
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        begin = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(_UPSERT, _rows(shelf))
        connection.execute("COMMIT")
        return time.perf_counter() - begin - shelf.seconds


def _rows(shelf: Shelf) -> Iterator[tuple[object, ...]]:
    seen = utc_now().isoformat(sep=" ")
    for start in range(0, _SIZE, _PAGE):
        for found, key in shelf[start : start + _PAGE]:
            book = found.book
            series = json.dumps([{"name": place.name, "position": place.position} for place in book.series])
            yield (
                *(found.library, found.id, key, book.title, book.subtitle, json.dumps(book.authors), series),
                *(book.language, book.year, book.isbn, book.asin, json.dumps(found.narrators), found.runtime),
                *(found.size, found.path, found.missing, found.added and found.added.isoformat(sep=" "), seen),
            )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _written() -> float:
    text = Path("/proc/self/io").read_text()
    return int(text.partition("\nwrite_bytes: ")[2].split()[0]) / MIB


if __name__ == "__main__":
    with TemporaryDirectory() as temporary:
        report(asyncio.run(measure(Path(temporary))))
