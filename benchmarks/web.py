"""The API and the pages over a library of 100,000 books, and a small answer beside one of aiohttp alone."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote_plus

import aiohttp
from aiohttp import web

from audiobook_daemon.demo.ports import free_ports
from audiobook_daemon.pipeline.keys import keyed
from audiobook_daemon.store import Database
from daemons import Running, daemon, example
from figures import Figure, report
from peers import datasette, search_of
from shelf import item

_SIZE, _AT_ONCE = 100_000, 1000
_KEY = "a-key-for-the-benchmark"
_HEADERS = {"X-API-Key": _KEY}
_ROUNDS, _SMALL, _SIDE_BY_SIDE = 60, 4000, 8
_LIST, _SEARCH = 10.0, 5.0
_READS = {
    "newest 100 books": "/api/books",
    "100 books of the middle": "/api/books?offset=50000",
    "100 books by title": "/api/books?order=title",
    "100 books, archived too": "/api/books?status=all",
    "one book": "/api/books/54321",
    "worst described books": "/api/books/incomplete-metadata?threshold=95",
    "newest 100 series": "/api/series",
    "100 authors": "/api/authors",
    "numbers of everything": "/api/system/stats",
    "state of the library": "/api/system/library-status",
}
_SEARCHES = {"a common word": "river", "two words": "river crown", "a rare word": "54321"}
_PAGES = ("/", "/library", "/library/54321", "/series", "/authors", "/wanted", "/review", "/report")


@dataclass(frozen=True, slots=True)
class Times:
    """What came of asking the same again and again, in milliseconds."""

    seen: list[float]
    processor: float
    """Of the daemon, for each."""


async def measure(folder: Path) -> AsyncIterator[Figure]:
    """Measure one after another, in a daemon of its own process."""
    (port,) = free_ports(1)
    configuration = example(folder / "daemon", web=port, key=_KEY)
    await _fill(configuration.with_name("state.db"))
    with daemon(configuration) as running, _bare() as bare:
        async with aiohttp.ClientSession(f"http://127.0.0.1:{port}", headers=_HEADERS) as session:
            await _counted(session)
            for name, path in _READS.items():
                yield _figure(f"read: {name}", await _times(running, session, path), _LIST)
            searches = {
                words: await _times(running, session, f"/api/books/search?query={quote_plus(words)}")
                for words in _SEARCHES.values()
            }
            for name, words in _SEARCHES.items():
                yield _figure(f"search: {name}", searches[words], _SEARCH)
            async for figure in _beside_datasette(configuration.with_name("state.db"), searches):
                yield figure
            for path in _PAGES:
                yield _figure(f"page: {path}", await _times(running, session, path), None)
            ours, least = await _small(session, "/api/keys/own"), await _small(session, bare)
            yield Figure("1,000 small reads with a key", ours, "s", least, "bare aiohttp handler", most_ratio=2.0)
        yield Figure("stop with an open stream of events", await _stop(running, port), "s", most=0.2)


def _figure(name: str, times: Times, most: float | None) -> Figure:
    """The 95th percentile; beside it the others, and the processor time, which a busy machine does not change."""
    ordered = sorted(times.seen)
    middle, usual, worst = (ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.95, 0.99))
    told = f"p50 {middle:.1f} ms, p99 {worst:.1f} ms, processor {times.processor:.1f} ms"
    return Figure(f"{name}, p95", usual, "ms", None, told, most=most)


async def _beside_datasette(database: Path, ours: Mapping[str, Times]) -> AsyncIterator[Figure]:
    """The same searches asked of Datasette over the same file, where it is installed."""
    with datasette(database) as address:
        if address is None:
            return
        async with aiohttp.ClientSession() as session:
            for name, words in _SEARCHES.items():
                theirs = _usual(await _seen(session, f"{address}{search_of(words)}"))
                found = _usual(ours[words].seen)
                yield Figure(f"search: {name}, p95", found, "ms", theirs, "Datasette, same file", most_ratio=0.2)


async def _fill(path: Path) -> None:
    async with Database.open(f"sqlite://{path}") as database:
        for start in range(0, _SIZE, _AT_ONCE):
            await database.books.upsert([keyed(item(number)) for number in range(start, start + _AT_ONCE)])


async def _counted(session: aiohttp.ClientSession) -> None:
    """Let series and authors be counted, as after a sync."""
    async with session.post("/api/actions/recount", json={"arguments": {}}) as answer:
        assert answer.status == 202, await answer.text()
        run = (await answer.json())["data"]["run_id"]
    while True:
        async with session.get(f"/api/runs/{run}") as answer:
            if (await answer.json())["data"]["outcome"] != "running":
                return
        await asyncio.sleep(0.5)


async def _times(running: Running, session: aiohttp.ClientSession, path: str) -> Times:
    """Ask again and again, when what is loaded at the first use has been."""
    await _seen(session, path, rounds=2)
    before = running.cost().cpu
    times = await _seen(session, path)
    return Times(times, (running.cost().cpu - before) / _ROUNDS * 1000)


async def _seen(session: aiohttp.ClientSession, path: str, rounds: int = _ROUNDS) -> list[float]:
    """The milliseconds until all of each answer is there."""
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        async with session.get(path) as answer:
            await answer.read()
            assert answer.status == 200, f"{path}: {answer.status}"
        times.append((time.perf_counter() - begin) * 1000)
    return times


def _usual(seen: Sequence[float]) -> float:
    """The 95th percentile."""
    return sorted(seen)[min(len(seen) - 1, int(len(seen) * 0.95))]


async def _small(session: aiohttp.ClientSession, path: str) -> float:
    """The seconds of a thousand requests, some at a time."""

    async def some() -> None:
        for _ in range(_SMALL // _SIDE_BY_SIDE):
            async with session.get(path) as answer:
                await answer.read()

    await some()
    begin = time.perf_counter()
    await asyncio.gather(*(some() for _ in range(_SIDE_BY_SIDE)))
    return (time.perf_counter() - begin) / _SMALL * 1000


async def _stop(running: Running, port: int) -> float:
    """The seconds from SIGTERM to the end while somebody looks on."""
    address = f"http://127.0.0.1:{port}/api/events"
    async with aiohttp.ClientSession(headers=_HEADERS) as session, session.get(address) as stream:
        await stream.content.readline()
        return await asyncio.to_thread(running.stop)


@contextmanager
def _bare() -> Iterator[str]:
    """Run a handler of aiohttp alone in a process of its own, and give its address."""
    with subprocess.Popen([sys.executable, __file__, "--bare"], stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield f"http://127.0.0.1:{int(server.stdout.readline())}/"
        finally:
            server.kill()


async def _serve_bare() -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.json_response({"success": True, "data": {"name": "key 1", "scope": "admin"}, "error": None})

    app = web.Application()
    app.router.add_get("/", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


async def _all(folder: Path) -> None:
    async for figure in measure(folder):
        report([figure])


if __name__ == "__main__":
    if "--bare" in sys.argv:
        asyncio.run(_serve_bare())
    else:
        with TemporaryDirectory() as temporary:
            asyncio.run(_all(Path(temporary)))
