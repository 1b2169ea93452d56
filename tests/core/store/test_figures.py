"""The numbers behind what is shown: downloads that are done, whom they are owed to, series, and the trash."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from audiobook_daemon.models import (
    Book,
    Download,
    DownloadState,
    LibraryItem,
    Offer,
    Release,
    Replaced,
    Want,
    WantState,
)
from audiobook_daemon.store import BookKeys, Database, DownloadSums, OwedTorrent, SeriesStanding

PassTime = Callable[[timedelta], datetime]
HOUR = timedelta(hours=1)
FIRST, SECOND, THIRD = "a" * 40, "b" * 40, "c" * 40


def done(number: str, size: int | None = 100) -> Download:
    return Download("qbittorrent", number, DownloadState.READY, f"name of {number[0]}", 1.0, size)


async def test_nothing_was_downloaded_yet(database: Database, now: datetime) -> None:
    await database.downloads.record(replace(done(FIRST), state=DownloadState.DOWNLOADING))
    assert await database.downloads.sums(now) == DownloadSums(0, 0, 0, 0)


async def test_what_was_downloaded_counts_once_and_for_ever(
    database: Database, now: datetime, pass_time: PassTime
) -> None:
    await database.downloads.record(done(FIRST, 2**40))
    later = pass_time(HOUR)
    await database.downloads.record(done(SECOND), done(THIRD, None))
    assert await database.downloads.sums(now) == DownloadSums(3, 2**40 + 100, 3, 2**40 + 100)
    assert await database.downloads.sums(later) == DownloadSums(2, 100, 3, 2**40 + 100)
    pass_time(HOUR)
    lost = replace(done(FIRST, 2**40), state=DownloadState.FAILED, progress=0.2, message="missingFiles")
    await database.downloads.record(lost)
    assert (await database.downloads.sums(now)).ever == 3
    await database.downloads.record(done(FIRST, 2**40))
    assert await database.downloads.sums(later) == DownloadSums(2, 100, 3, 2**40 + 100)


async def settle(database: Database, want: Want, **changes: object) -> None:
    await database.wants.change(want, state=WantState.SHELVED, **changes)  # type: ignore[arg-type]


async def test_a_torrent_is_owed_to_all_that_offered_it(
    database: Database, want: Want, release: Release, now: datetime, pass_time: PassTime
) -> None:
    offered = replace(release, source="prowlarr", also=(Offer("mam", "4711"),), seed_time=259200)
    await settle(database, want, release=offered, download=FIRST)
    await database.downloads.record(done(FIRST), done(SECOND))
    owed = OwedTorrent("qbittorrent", FIRST, "name of a", now, ("prowlarr", "mam"), 259200)
    assert await database.downloads.owed(now) == (owed,), "nobody knows where the other one is from"
    assert await database.downloads.owed(pass_time(HOUR)) == ()


async def test_an_edition_that_was_replaced_and_a_wrong_one_are_owed_too(
    database: Database, want: Want, release: Release, now: datetime
) -> None:
    replaced = Replaced("shelves", "item", "/books/Emma", release=release, download=FIRST)
    await settle(database, want, release=replace(release, source="other"), download=SECOND, replaces=replaced)
    await database.blocklist.add(want.id, "mam", "12", THIRD, "wrong_runtime", "It is another recording.")
    for number in (FIRST, SECOND, THIRD):
        await database.downloads.record(done(number), want_id=want.id)
    assert {one.id: one.sources for one in await database.downloads.owed(now)} == {
        FIRST: ("mam",),
        SECOND: ("other",),
        THIRD: ("mam",),
    }


async def test_books_of_one_torrent_owe_it_once(
    database: Database, want: Want, release: Release, now: datetime
) -> None:
    other, _ = await database.wants.add("another", want.wish)
    for one in (want, other):
        await settle(database, one, release=release, download=FIRST)
    await database.downloads.record(done(FIRST))
    assert [one.id for one in await database.downloads.owed(now)] == [FIRST]


async def test_series_are_complete_when_nothing_that_is_out_is_missing(database: Database) -> None:
    assert ((await database.surveys.sums()).series_known, (await database.surveys.sums()).series_complete) == (0, 0)
    await database.series.save(
        [
            SeriesStanding("one", "One", total=3, owned=3),
            SeriesStanding("two", "Two", total=4, owned=3, missing=1),
            SeriesStanding("three", "Three", owned=2),
            SeriesStanding("four", "Four", total=2, owned=1),
        ]
    )
    sums = await database.surveys.sums()
    assert (sums.series, sums.series_known, sums.series_complete) == (4, 3, 2)


async def test_the_mean_leaves_out_what_is_not_there(database: Database) -> None:
    assert (await database.surveys.sums()).completeness is None
    items = [LibraryItem("shelves", name, Book(name), missing=name == "Gone") for name in ("Emma", "Evelina", "Gone")]
    keys = [BookKeys(name, None, (), percent) for name, percent in (("a", 100), ("b", 51), ("c", 0))]
    await database.books.upsert(list(zip(items, keys, strict=True)))
    assert (await database.surveys.sums()).completeness == 75.5


async def test_the_trash_is_counted_with_what_is_known_of_its_size(database: Database, now: datetime) -> None:
    assert await database.trash.sums() == (0, 0)
    entries = [
        await database.trash.add(
            None, library="shelves", item=None, title=title, origin=f"/books/{title}", place=f"/books/.trash/{title}",
            size=size, reason="A person took it out.", due=now,
        )
        for title, size in (("Emma", 2**40), ("Evelina", None), ("Sanditon", 7), ("Camilla", 5))
    ]  # fmt: skip
    await database.trash.restored(entries[2].id)
    await database.trash.deleted(entries[3].id)
    assert await database.trash.sums() == (2, 2**40)
