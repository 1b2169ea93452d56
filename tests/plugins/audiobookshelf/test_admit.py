"""A new folder becomes exactly its own item, however the scan goes."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from audiobook_daemon import Facts, Refused, Unavailable
from audiobook_daemon.demo.audiobookshelf import AudiobookshelfStandIn
from audiobook_daemon.demo.audiobookshelf.audio import read_audio_files
from audiobook_plugins.audiobookshelf import Audiobookshelf, listing

Put = Callable[..., Path]
PluginFor = Callable[..., Audiobookshelf]


def _scans_asked_for(server: AudiobookshelfStandIn) -> int:
    return sum(request.path.endswith("/scan") for request in server.requests)


async def test_a_new_folder_is_scanned_in_and_found_by_its_path(
    plugin: Audiobookshelf, put: Put, server: AudiobookshelfStandIn
) -> None:
    put("Ada Lovett/Same Title")
    folder = put("Ben Harrow/Same Title")
    item = await plugin.admit(str(folder))
    assert item.path == str(folder)
    assert item.book.authors == ("Ben Harrow",)
    assert item.id in server.shelf.items
    assert len(server.scans) == 1


async def test_a_known_folder_is_answered_without_a_scan(
    plugin: Audiobookshelf, put: Put, server: AudiobookshelfStandIn
) -> None:
    folder = put("A/One")
    first = await plugin.admit(str(folder))
    again = await plugin.admit(f"{folder}/")
    assert again == first
    assert len(server.scans) == 1


async def test_a_known_new_folder_is_found_on_the_first_page(
    plugin: Audiobookshelf, put: Put, server: AudiobookshelfStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 2)
    for number in range(5):
        await plugin.admit(str(put(f"A/Title {number}")))
    server.requests.clear()
    await plugin.admit(str(put("A/Title 4")))
    assert sum(request.path.endswith("/items") for request in server.requests) == 1


async def test_many_admissions_share_the_scans(plugin: Audiobookshelf, put: Put, server: AudiobookshelfStandIn) -> None:
    folders = [put(f"A/Title {number}") for number in range(6)]
    items = await asyncio.gather(*(plugin.admit(str(folder)) for folder in folders))
    assert [item.path for item in items] == [str(folder) for folder in folders]
    assert len({item.id for item in items}) == 6
    assert _scans_asked_for(server) == len(server.scans) == 1


async def test_a_running_scan_is_waited_for_because_ours_would_be_dropped(
    plugin: Audiobookshelf, put: Put, server: AudiobookshelfStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed, go_on = threading.Event(), threading.Event()

    def held_up(files: Any) -> Any:  # noqa: ANN401
        listed.set()
        assert go_on.wait(60)
        return read_audio_files(files)

    monkeypatch.setattr("audiobook_daemon.demo.audiobookshelf.scan.read_audio_files", held_up)
    put("A/Slow")
    assert server.library.scan()
    assert await asyncio.to_thread(listed.wait, 60)
    folder = put("A/Late")  # too late for the scan that runs
    admission = asyncio.create_task(plugin.admit(str(folder)))
    async with asyncio.timeout(60):
        while not any(request.path == "/api/tasks" for request in server.requests):
            await asyncio.sleep(0.01)
    go_on.set()
    assert (await admission).path == str(folder)
    assert [counts.added for counts in server.scans] == [1, 1]
    assert _scans_asked_for(server) == 1


async def test_a_dropped_request_is_repeated(
    plugin: Audiobookshelf, put: Put, server: AudiobookshelfStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    scan = server.library.scan

    def dropping() -> bool:
        asked.append(True)
        return scan() if len(asked) > 2 else False

    monkeypatch.setattr(server.library, "scan", dropping)
    folder = put("A/One")
    assert (await plugin.admit(str(folder))).path == str(folder)
    assert len(asked) == 3


async def test_a_scan_that_never_ends_is_given_up_in_time(
    plugin_for: PluginFor, put: Put, server: AudiobookshelfStandIn
) -> None:
    server.library.scanner._seconds_per_book = 60
    plugin = plugin_for(scan_timeout=0.3)
    with pytest.raises(Unavailable, match=r"within 0.3 seconds"):
        await plugin.admit(str(put("A/One")))


async def test_a_folder_without_audio_is_given_up_after_a_few_scans(
    plugin: Audiobookshelf, folder: Path, server: AudiobookshelfStandIn
) -> None:
    (folder / "A" / "Empty").mkdir(parents=True)
    with pytest.raises(Refused, match=r"holds no item at .*/A/Empty: there is no audio in") as caught:
        await plugin.admit(str(folder / "A" / "Empty"))
    assert caught.value.code == "no_audio"
    assert len(server.scans) == 3


@pytest.mark.parametrize("outside", ["{folder}", "{folder}/..", "{folder}/../elsewhere", "/etc", "A/One", ""])
async def test_a_folder_outside_the_root_is_refused(
    plugin: Audiobookshelf, folder: Path, outside: str, server: AudiobookshelfStandIn
) -> None:
    with pytest.raises(Refused) as caught:
        await plugin.admit(outside.format(folder=folder))
    assert caught.value.code == "outside_library"
    assert server.scans == []


async def test_a_dot_folder_is_refused_for_the_server_ignores_it(plugin: Audiobookshelf, put: Put) -> None:
    with pytest.raises(Refused) as caught:
        await plugin.admit(str(put(".staging/One")))
    assert caught.value.code == "ignored_folder"


async def test_a_folder_that_is_not_there_is_no_reason_to_scan(
    plugin: Audiobookshelf, folder: Path, server: AudiobookshelfStandIn
) -> None:
    with pytest.raises(Unavailable, match="There is no folder"):
        await plugin.admit(str(folder / "A" / "Nothing"))
    assert server.scans == []


async def test_an_item_that_was_missing_is_scanned_back(
    plugin: Audiobookshelf, put: Put, tmp_path: Path, server: AudiobookshelfStandIn
) -> None:
    folder = put("A/One")
    first = await plugin.admit(str(folder))
    away = folder.rename(tmp_path / "away")
    await plugin.admit(str(put("A/Two", seconds=3)))
    assert server.shelf.items[first.id].is_missing
    away.rename(folder)
    back = await plugin.admit(str(folder))
    assert (back.id, back.missing) == (first.id, False)


async def test_a_renamed_folder_keeps_what_is_known_of_it(plugin: Audiobookshelf, put: Put, folder: Path) -> None:
    first = await plugin.admit(str(put("A/One")))
    await plugin.update(first.id, Facts(source="test", asin="B0ABCDTST1"))
    (folder / "A" / "One").rename(folder / "A" / "New Name")
    moved = await plugin.admit(str(folder / "A" / "New Name"))
    assert (moved.id, moved.book.asin, moved.book.title) == (first.id, "B0ABCDTST1", "One")
