"""Downloads as the client last told, without asking it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from audiobook_daemon.models import Download, DownloadState, Want
from audiobook_daemon.store import Database, DownloadRecord

PassTime = Callable[[timedelta], datetime]
MINUTE = timedelta(minutes=1)
DOWNLOAD = Download(
    "qbittorrent", "a" * 40, DownloadState.DOWNLOADING, "Säulen", 0.25, 2**33, 1000, 60, "/d/Säulen", "/d", "m"
)


async def test_a_download_comes_back_with_its_times(
    database: Database, want: Want, now: datetime, pass_time: PassTime
) -> None:
    await database.downloads.record(DOWNLOAD, want_id=want.id)
    expected = DownloadRecord(DOWNLOAD, want.id, added=now, changed=now, progressed=now, finished=None)
    assert await database.downloads.get("a" * 40) == expected
    later = pass_time(MINUTE)
    await database.downloads.record(replace(DOWNLOAD, progress=0.5, rate=None))
    assert await database.downloads.get("a" * 40) == DownloadRecord(
        replace(DOWNLOAD, progress=0.5, rate=None), want.id, added=now, changed=later, progressed=later, finished=None
    )


async def test_only_arriving_bytes_are_progress(database: Database, now: datetime, pass_time: PassTime) -> None:
    await database.downloads.record(DOWNLOAD)
    for state in (DownloadState.STALLED, DownloadState.DOWNLOADING, DownloadState.STOPPED):
        later = pass_time(MINUTE)
        await database.downloads.record(replace(DOWNLOAD, state=state))
    record = await database.downloads.get("a" * 40)
    assert record is not None
    assert (record.changed, record.progressed) == (later, now)


async def test_an_unchanged_download_is_not_written(database: Database, now: datetime, pass_time: PassTime) -> None:
    await database.downloads.record(DOWNLOAD)
    pass_time(MINUTE)
    await database.downloads.record(DOWNLOAD)
    record = await database.downloads.get("a" * 40)
    assert record is not None
    assert record.changed == now


async def test_a_want_may_be_named_later(database: Database, want: Want) -> None:
    await database.downloads.record(DOWNLOAD)
    await database.downloads.record(DOWNLOAD, want_id=want.id)
    assert [record.want_id for record in await database.downloads.for_want(want.id)] == [want.id]


async def test_finished_is_the_first_time_it_was_ready(database: Database, pass_time: PassTime) -> None:
    ready = replace(DOWNLOAD, state=DownloadState.READY, progress=1.0)

    async def finished(download: Download) -> datetime | None:
        await database.downloads.record(download)
        record = await database.downloads.get("a" * 40)
        assert record is not None
        return record.finished

    assert await finished(DOWNLOAD) is None
    first = pass_time(MINUTE)
    assert await finished(ready) == first
    pass_time(MINUTE)
    assert await finished(replace(ready, message="seeding")) == first
    assert await finished(replace(ready, state=DownloadState.CHECKING, progress=0.9)) == first
    assert await finished(ready) == first


async def test_open_ones_are_neither_ready_nor_failed(database: Database, pass_time: PassTime) -> None:
    for state in DownloadState:
        await database.downloads.record(replace(DOWNLOAD, id=state.value, state=state))
        pass_time(MINUTE)
    open_ones = [record.download.id for record in await database.downloads.open()]
    assert open_ones == ["stopped", "moving", "checking", "stalled", "downloading", "queued"]
    assert [record.download.id for record in await database.downloads.newest(2)] == ["failed", "ready"]


async def test_many_are_written_at_once_and_none_is_no_error(database: Database) -> None:
    await database.downloads.record()
    await database.downloads.record(*(replace(DOWNLOAD, id=str(number)) for number in range(20)))
    assert len(await database.downloads.open()) == 20


async def test_downloads_are_found_by_the_folder_they_share_files_with(database: Database) -> None:
    places = ("/books/A/Emma", "/books/A/Emma/01.mp3", "/books/A", "/books/A/Emma 2", "/books/B", None)
    for number, path in enumerate(places):
        await database.downloads.record(Download("qbittorrent", str(number), DownloadState.READY, path=path))
    assert {one.download.path for one in await database.downloads.at("/books/A/Emma")} == set(places[:3])
