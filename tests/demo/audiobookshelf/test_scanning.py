"""How a folder on disk becomes items, and what the server remembers of them."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

import aiohttp
import pytest

from audiobook_daemon.demo.audio import AudioTags
from audiobook_daemon.demo.audiobookshelf import AudiobookshelfStandIn
from audiobook_daemon.demo.mp3 import make_mp3

Put = Callable[[str, bytes], Path]
Scan = Callable[[], Awaitable[None]]
SILENCE = make_mp3(1, AudioTags())


def _titles(server: AudiobookshelfStandIn) -> dict[str, str | None]:
    return {item.rel_path: item.texts["title"] for item in server.shelf.items.values()}


async def test_staging_folders_and_unfinished_files_are_ignored(
    put: Put, scan: Scan, server: AudiobookshelfStandIn
) -> None:
    put(".staging/Ada/Title/1.mp3", SILENCE)
    put("Ada/@eaDir/Thumb/1.mp3", SILENCE)
    put("Ada/Coming/1.mp3.part", SILENCE)
    put("Ada/Hidden/1.mp3", SILENCE)
    put("Ada/Hidden/.ignore", b"")
    put("Ada/Title/1.mp3", SILENCE)

    await scan()

    assert _titles(server) == {"Ada/Title": "Title"}


async def test_one_loose_file_swallows_the_whole_folder(put: Put, scan: Scan, server: AudiobookshelfStandIn) -> None:
    put("Ada/One/1.mp3", SILENCE)
    put("Ada/Two/1.mp3", SILENCE)
    put("Ada/loose.mp3", SILENCE)

    await scan()

    (item,) = server.shelf.items.values()
    assert item.rel_path == "Ada"
    assert len(item.audio_files) == 3


async def test_a_folder_without_readable_audio_makes_no_item(
    put: Put, scan: Scan, server: AudiobookshelfStandIn
) -> None:
    put("Ada/Broken/1.mp3", b"not audio at all")

    await scan()

    assert server.shelf.items == {}


async def test_a_renamed_folder_keeps_its_item_and_its_metadata(
    folder: Path, put: Put, scan: Scan, server: AudiobookshelfStandIn
) -> None:
    put("Ada/Old Title/1.mp3", SILENCE)
    await scan()
    before = dict(server.shelf.items)

    (folder / "Ada/Old Title").rename(folder / "Ada/New Title")
    await scan()

    assert server.shelf.items.keys() == before.keys()
    assert _titles(server) == {"Ada/New Title": "Old Title"}


async def test_missing_books_are_marked_and_never_deleted(
    folder: Path, put: Put, scan: Scan, server: AudiobookshelfStandIn
) -> None:
    put("Ada/One/1.mp3", SILENCE)
    put("Ada/Two/1.mp3", SILENCE)
    await scan()

    away = folder.with_name("unmounted")
    folder.rename(away)
    await scan()
    assert [item.is_missing for item in server.shelf.items.values()] == [True, True]
    assert server.scans[-1].missing == 2

    away.rename(folder)
    await scan()
    assert [item.is_missing for item in server.shelf.items.values()] == [False, False]


async def test_a_metadata_json_placed_later_wins_over_what_is_stored(
    put: Put, scan: Scan, server: AudiobookshelfStandIn
) -> None:
    put("Ada/Title/1.mp3", SILENCE)
    await scan()
    put("Ada/Title/metadata.json", json.dumps({"title": "Given", "asin": None, "narrators": []}).encode())

    await scan()

    (item,) = server.shelf.items.values()
    assert item.texts["title"] == "Given"
    assert server.scans[-1].updated == 1


async def test_tags_of_a_known_item_change_nothing(put: Put, scan: Scan, server: AudiobookshelfStandIn) -> None:
    put("Ada/Title/1.mp3", make_mp3(1, AudioTags(album="First", artist="Ada")))
    await scan()
    put("Ada/Title/1.mp3", make_mp3(3, AudioTags(album="Second", artist="Ada")))

    await scan()

    (item,) = server.shelf.items.values()
    assert item.texts["title"] == "First"
    assert item.duration() == pytest.approx(3, abs=0.1)


async def test_empty_series_in_the_json_of_a_new_book_wipe_what_the_folder_said(
    put: Put, scan: Scan, server: AudiobookshelfStandIn
) -> None:
    put("Ada/Cycle/1. Title {Nora}/1.mp3", SILENCE)
    put("Ada/Cycle/1. Title {Nora}/metadata.json", b'{"series": [], "narrators": [], "authors": []}')

    await scan()

    (item,) = server.shelf.items.values()
    assert (item.series, item.narrators) == ([], [])
    assert server.shelf.author_names(item) == ["Ada"]


async def test_authors_new_to_the_library_come_first(put: Put, scan: Scan, server: AudiobookshelfStandIn) -> None:
    put("Known B/Title/1.mp3", SILENCE)
    await scan()
    put("New A, Known B, New C/Title/1.mp3", make_mp3(1, AudioTags(artist="New A & Known B & New C")))

    await scan()

    item = next(item for item in server.shelf.items.values() if len(item.authors) == 3)
    assert server.shelf.author_names(item) == ["New A", "New C", "Known B"]


async def test_a_second_request_while_a_scan_runs_is_dropped(
    folder: Path, put: Put, client: aiohttp.ClientSession, server: AudiobookshelfStandIn
) -> None:
    put("Ada/Title/1.mp3", SILENCE)
    server.library.scanner = type(server.library.scanner)(folder, 0.2, server.library.save)
    address = f"/api/libraries/{server.shelf.library_id}/scan"

    for _ in range(2):
        async with client.post(address) as answer:
            assert (answer.status, await answer.text()) == (200, "OK")
    async with asyncio.timeout(60):
        while server.library.tasks():
            await asyncio.sleep(0.01)

    assert [scan.added for scan in server.scans] == [1]


async def test_a_hard_delete_leaves_other_links_alone(
    folder: Path, put: Put, scan: Scan, client: aiohttp.ClientSession, server: AudiobookshelfStandIn
) -> None:
    book = put("Ada/Title/1.mp3", SILENCE)
    seeding = folder.with_name("seeding.mp3")
    seeding.hardlink_to(book)
    await scan()
    (item,) = server.shelf.items

    async with client.delete(f"/api/items/{item}", params={"hard": "1"}) as answer:
        assert answer.status == 200

    assert not book.exists()
    assert seeding.read_bytes() == SILENCE
    assert server.shelf.items == {}


async def test_a_soft_delete_lets_the_next_scan_add_it_again(
    put: Put, scan: Scan, client: aiohttp.ClientSession, server: AudiobookshelfStandIn
) -> None:
    book = put("Ada/Title/1.mp3", SILENCE)
    await scan()
    (item,) = server.shelf.items

    async with client.delete(f"/api/items/{item}"):
        assert book.exists()
    await scan()

    assert server.shelf.items.keys() != {item}
    assert _titles(server) == {"Ada/Title": "Title"}


async def test_what_is_known_survives_the_end_of_the_server(folder: Path, put: Put, tmp_path: Path) -> None:
    put("Ada/Cycle/Book 1 - Title {Nora}/1.mp3", make_mp3(1, AudioTags(cover=b"\xff\xd8\xff picture")))
    state = tmp_path / "state.json"
    async with AudiobookshelfStandIn(folder, "key", state=state, seconds_per_book=0) as first:
        await first.library.scanner.library(first.shelf)
        known = first.shelf

    second = AudiobookshelfStandIn(folder, "key", state=state)

    assert second.shelf == known
    assert len(second.shelf.items) == 1


async def test_a_stopped_server_breaks_off_its_scan_and_starts_again(folder: Path, put: Put) -> None:
    put("Ada/Title/1.mp3", SILENCE)
    stand_in = AudiobookshelfStandIn(folder, "key", seconds_per_book=60)
    await stand_in.start()
    stand_in.library.scan()
    await stand_in.stop()
    assert stand_in.library.tasks() == []

    port = stand_in.port
    await stand_in.start()
    assert stand_in.port == port
    await stand_in.stop()


async def test_a_book_placed_on_the_inode_of_another_is_taken_for_it(
    folder: Path, put: Put, scan: Scan, server: AudiobookshelfStandIn
) -> None:
    put("Ada/First/1.mp3", SILENCE)
    await scan()
    (item,) = server.shelf.items.values()
    shutil.rmtree(folder / "Ada/First")
    put("Ben/Second/1.mp3", make_mp3(2, AudioTags()))
    item.ino = str((folder / "Ben/Second").stat().st_ino)  # ext4 does so by itself, tmpfs does not

    await scan()

    assert _titles(server) == {"Ben/Second": "First"}
    assert not item.is_missing
