"""Libraries of 1,000, 10,000 and 100,000 items read over HTTP: the first time, unchanged, and with 1 % changed.

The limit does the same by hand in the same run: each page is fetched, decoded and written by one `executemany` of
sqlite3 into the same tables, without keys, values or comparison.
"""

from __future__ import annotations

import asyncio
import gc
import json
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import aiohttp
import msgspec

from audiobook_daemon.actions import Actions
from audiobook_daemon.events import Bus, Event
from audiobook_daemon.host import Host, InstanceSpec, PluginTypes
from audiobook_daemon.http import Transport
from audiobook_daemon.pipeline import Pipeline, Settings, World
from audiobook_daemon.store import Database, utc_now
from audiobook_plugins.audiobookshelf import Audiobookshelf
from figures import MIB, Figure, report
from shelf_server import PAGE
from stalls import Stalls, noted

SIZES = (1_000, 10_000, 100_000)
_NAME = "audiobookshelf"
_COLUMNS = (
    *("library", "item_id", "match_key", "title", "subtitle", "authors", "series", "language", "year", "isbn", "asin"),
    *("narrators", "runtime", "size", "path", "missing", "added", "abridged", "publisher", "description", "genres"),
    *("tags", "cover", "chapters", "files", "author_key", "series_keys", "completeness", "seen", "first_seen"),
)
_INSERT = f"INSERT INTO books ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
_MARK = "INSERT OR IGNORE INTO book_marks (mark, library, item_id) VALUES (?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Pass:
    """What one reading of the library cost."""

    seconds: float
    stalls: Stalls
    memory: float
    """MiB by which the peak of the process grew."""
    written: float
    """MiB handed to the file system."""
    events: int
    """What was told on the bus."""


async def measure(folder: Path, size: int) -> list[Figure]:
    """Measure one size; the most is said of the largest."""
    path = folder / f"state-{size}.db"
    with serving(size) as url:
        async with reading(path, url) as sync:
            first, unchanged = await sync(), await sync()
            await _change(url)
            changed, again = await sync(), await sync()
        database = path.stat().st_size / MIB
        limit = await _by_hand(folder / f"raw-{size}.db", url)
    by_hand, named = "decode + raw executemany", f"sync: {size:,}"
    figures = [
        Figure(f"{named} new items", first.seconds, "s", limit, by_hand, most_ratio=1.6),
        Figure(f"{named} unchanged items", unchanged.seconds, "s", limit, by_hand, most_ratio=0.5),
        Figure(f"{named} items, 1 % changed", changed.seconds, "s", limit, by_hand, most_ratio=1.0),
        Figure(f"{named} unchanged, written", unchanged.written + again.written, "MiB", most=0),
    ]
    if size < max(SIZES):
        return figures
    return [
        *figures,
        Figure(f"{named} new items, written", first.written, "MiB", database, "the database", most_ratio=2.5),
        Figure(f"{named} 1 % changed, written", changed.written, "MiB"),
        Figure("sync: memory of the whole action", first.memory, "MiB", most=64),
        Figure("sync: stalls of the loop, p99", first.stalls.usual, "ms", most=20),
        Figure("sync: stalls of the loop, longest", first.stalls.longest, "ms", most=100),
        Figure("sync: events told by three passes", first.events + unchanged.events + changed.events, "", most=20),
    ]


@contextmanager
def serving(size: int) -> Iterator[str]:
    """Run a server of so many items and give its address."""
    script = Path(__file__).with_name("shelf_server.py")
    with subprocess.Popen([sys.executable, script, str(size)], stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield f"http://127.0.0.1:{int(server.stdout.readline())}"
        finally:
            server.kill()


@asynccontextmanager
async def reading(path: Path, url: str) -> AsyncIterator[Callable[[], Awaitable[Pass]]]:
    """Put together what the action `sync` needs, and give what runs it."""
    heard: list[Event] = []
    async with Database.open(f"sqlite://{path}") as database:
        bus, transport = Bus(), Transport()
        types = PluginTypes(found=(), classes={_NAME: Audiobookshelf})
        host = Host(types, transport, database.memory, bus, utc_now)
        config = Audiobookshelf.config_type.model_validate({"url": url, "token": "key"})
        await host.apply([InstanceSpec(_NAME, _NAME, config)])
        await host.started()
        actions = Actions()
        Pipeline(World(host, database, bus, utc_now, Settings(library=_NAME))).register(actions)

        gc.collect()
        gc.freeze()  # as `audiobook-daemon run` does when all is up

        async def sync() -> Pass:
            heard.clear()
            memory, written = _peak(), _written()
            async with noted() as stalls:
                begin = time.perf_counter()
                await actions.get("sync").run({})
                seconds = time.perf_counter() - begin
            return Pass(seconds, stalls, _peak() - memory, _written() - written, len(heard))

        try:
            with bus.listening(heard.append):
                yield sync
        finally:
            await host.stop()
            await transport.close()


async def _change(url: str) -> None:
    async with aiohttp.ClientSession() as session, session.post(f"{url}/change") as answer:
        assert answer.status == 200


async def _by_hand(path: Path, url: str) -> float:
    """The seconds of the straight way, in a database of the same tables."""
    async with Database.open(f"sqlite://{path}"):
        pass
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        begin = time.perf_counter()
        async with aiohttp.ClientSession() as session:
            connection.execute("BEGIN IMMEDIATE")
            number, total = 0, 1
            while number * PAGE < total:
                query = {"limit": str(PAGE), "page": str(number), "sort": "addedAt", "minified": "1"}
                async with session.get(f"{url}/api/libraries/books/items", params=query) as answer:
                    page = msgspec.json.decode(await answer.read())
                connection.executemany(_INSERT, [_row(row) for row in page["results"]])
                connection.executemany(_MARK, [mark for row in page["results"] for mark in _marks(row)])
                number, total = number + 1, page["total"]
            connection.execute("COMMIT")
        return time.perf_counter() - begin


def _row(row: dict[str, Any]) -> tuple[object, ...]:
    media, moment = row["media"], "2026-01-01 00:00:00.000000"
    told = media["metadata"]
    return (
        *(_NAME, row["id"], f"{told['title']}|{told['authorName']}|", told["title"], told["subtitle"]),
        *(json.dumps([told["authorName"]]), json.dumps([told["seriesName"]]), told["language"]),
        *(int(told["publishedYear"]), told["isbn"], told["asin"], json.dumps([told["narratorName"]])),
        *(media["duration"], media["size"], row["path"], False, moment, None, told["publisher"]),
        *(told["description"], json.dumps(told["genres"]), json.dumps(media["tags"]), True),
        *(media["numChapters"], media["numAudioFiles"], told["authorName"], told["seriesName"], 100, moment, moment),
    )


def _marks(row: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    told = row["media"]["metadata"]
    names = [f"author {told['authorName']}", f"id {told['isbn']}", f"id {told['asin']}"]
    if told["seriesName"]:
        names.append(f"series {told['seriesName']}")
    for name in names:
        yield name, _NAME, row["id"]


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _written() -> float:
    text = Path("/proc/self/io").read_text()
    return int(text.partition("\nwrite_bytes: ")[2].split()[0]) / MIB


async def _all(folder: Path) -> None:
    for size in SIZES:
        report(await measure(folder, size))


if __name__ == "__main__":
    with TemporaryDirectory() as temporary:
        asyncio.run(_all(Path(temporary)))
