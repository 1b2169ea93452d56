"""What MQTT publishes is what the database and the rooms know; no service is asked for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from audiobook_daemon.daemon import Daemon
from audiobook_daemon.daemon.telling import Telling
from audiobook_daemon.demo.world import DemoWorld
from audiobook_daemon.doors import BookDownload, LastAdded, LibraryCounts
from audiobook_daemon.models import Book, Download, DownloadState, Health, LibraryItem, SeriesPlace, WantState, Wish
from audiobook_daemon.store import BookKeys
from audiobook_daemon.version import __version__

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
async def telling(daemon: Daemon, world: DemoWorld) -> Telling:
    """Every service is gone by the time anything is told."""
    for name in ("mam", "prowlarr", "google_books", "qbittorrent", "audiobookshelf", "mqtt"):
        await world.stop(name)
    return Telling(daemon)


async def add(daemon: Daemon, title: str, state: WantState, **more: str) -> int:
    want, _ = await daemon.database.wants.add(title, Wish(Book(title, ("Jane Austen",))), state=state, **more)  # type: ignore[arg-type]
    return want.id


async def test_who_is_speaking(daemon: Daemon, telling: Telling) -> None:
    info = telling.info()
    assert (info.version, info.started) == (__version__, daemon.started)
    assert [job.name for job in telling.jobs()] == ["top10", "hunt", "tend"]
    assert all(job.next_run and job.next_run > daemon.started for job in telling.jobs())
    instances = {one.name: one for one in telling.instances()}
    sources = ["mam", "prowlarr", "top10", "google_books", "audnexus", "hardcover", "open_library"]
    assert [*instances] == [*sources, "qbittorrent", "audiobookshelf"]
    assert {one.health for one in instances.values()} == {Health.READY}
    assert instances["audiobookshelf"].version == "2.36.0"


async def test_nothing_yet(telling: Telling) -> None:
    assert set((await telling.want_counts()).values()) == {0}
    assert await telling.reviews(5) == ()
    assert await telling.downloads() == []
    assert await telling.library() == LibraryCounts(
        0, 0, 0, 0.0, 0, None, 0, 0, None, 0, 0, 0, None, 0, 0, 0, 0
    )  # fmt: skip


async def test_counts_and_reviews_in_the_order_of_their_waiting(daemon: Daemon, telling: Telling) -> None:
    first, second, third = [await add(daemon, title, WantState.REVIEW) for title in ("Emma", "Persuasion", "Sanditon")]
    await add(daemon, "Evelina", WantState.WANTED)
    counts = await telling.want_counts()
    assert (counts[WantState.REVIEW], counts[WantState.WANTED], counts[WantState.SHELVED]) == (3, 1, 0)
    assert [want.id for want in await telling.reviews(10)] == [first, second, third]
    assert [want.id for want in await telling.reviews(2)] == [first, second]


async def test_downloads_of_open_wants(daemon: Daemon, telling: Telling) -> None:
    await add(daemon, "Emma", WantState.DOWNLOADING, download="a" * 40)
    await add(daemon, "Persuasion", WantState.SHELVED, download="b" * 40)
    running = Download("qbittorrent", "a" * 40, DownloadState.DOWNLOADING, progress=0.25, size=100, rate=7, eta=11)
    foreign = Download("qbittorrent", "c" * 40, DownloadState.DOWNLOADING)
    done = Download("qbittorrent", "b" * 40, DownloadState.READY, progress=1.0)
    await daemon.database.downloads.record(running, foreign, done)
    assert await telling.downloads() == [BookDownload(running, "Emma", "Jane Austen")]


@pytest.mark.parametrize(
    ("series", "told"),
    [((), None), ((SeriesPlace("Highbury", "2"),), "Highbury #2"), ((SeriesPlace("Highbury"),), "Highbury")],
)
async def test_the_library(daemon: Daemon, telling: Telling, series: tuple[SeriesPlace, ...], told: str | None) -> None:
    old = LibraryItem("audiobookshelf", "one", Book("Sanditon"), added=NOON - timedelta(days=1))
    new = LibraryItem("audiobookshelf", "two", Book("Emma", ("Jane Austen",), series=series), runtime=60.5, added=NOON)
    keys = BookKeys("emma", "austen jane", ("highbury",) if series else (), 61)
    await daemon.database.books.upsert([(old, BookKeys("sanditon", None, (), 90)), (new, keys)])
    await add(daemon, "Emma", WantState.SHELVED)
    last = LastAdded("Emma", "Jane Austen", told, "two", 60.5, NOON)
    counts = LibraryCounts(2, 1, len(series), 60.5, 0, None, 0, 1, last, incomplete=1, duplicates=0, missing_books=0)
    counts = replace(counts, completeness=75.5, series_complete=0, series_known=0, trash_books=0, trash_size=0)
    assert await telling.library() == counts
