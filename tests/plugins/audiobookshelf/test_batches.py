"""Many folders at once: few scans, and the trouble of one is not the trouble of the others."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from audiobook_daemon import LibraryItem, Refused, Unavailable
from audiobook_daemon.demo.audiobookshelf import AudiobookshelfStandIn
from audiobook_daemon.demo.audiobookshelf.audio import read_audio_files
from audiobook_daemon.demo.faults import Fault
from audiobook_plugins.audiobookshelf import Audiobookshelf

Put = Callable[..., Path]


class Held:
    """A scan that waits at its first new book until it is let go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reached, self.go_on = threading.Event(), threading.Event()
        monkeypatch.setattr("audiobook_daemon.demo.audiobookshelf.scan.read_audio_files", self._read)

    def _read(self, files: Any) -> Any:  # noqa: ANN401
        self.reached.set()
        assert self.go_on.wait(60)
        return read_audio_files(files)

    async def begun(self) -> None:
        assert await asyncio.to_thread(self.reached.wait, 60)


async def test_folders_that_come_while_a_scan_runs_share_the_next_one(
    plugin: Audiobookshelf, put: Put, server: AudiobookshelfStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = Held(monkeypatch)
    admissions = [asyncio.create_task(plugin.admit(str(put("A/First"))))]
    await scan.begun()
    admissions += [asyncio.create_task(plugin.admit(str(put(f"A/Late {number}")))) for number in range(5)]
    await asyncio.sleep(0)
    scan.go_on.set()
    items = await asyncio.gather(*admissions)
    assert len({item.id for item in items}) == 6
    assert [counts.added for counts in server.scans] == [1, 5]


async def test_an_endless_stream_of_folders_does_not_put_the_scan_off_for_ever(
    plugin: Audiobookshelf, put: Put, server: AudiobookshelfStandIn
) -> None:
    first = asyncio.create_task(plugin.admit(str(put("A/Title 0"))))
    others: list[asyncio.Task[LibraryItem]] = []
    async with asyncio.timeout(60):
        while not first.done():
            others.append(asyncio.create_task(plugin.admit(str(put(f"A/Title {len(others) + 1}")))))
            await asyncio.sleep(0.01)
    items = [await first, *await asyncio.gather(*others)]
    assert len({item.id for item in items}) == len(others) + 1
    assert len(server.scans) <= 3


async def test_a_folder_without_a_book_does_not_keep_the_others_waiting(
    plugin: Audiobookshelf, put: Put, folder: Path, server: AudiobookshelfStandIn
) -> None:
    (folder / "A" / "Empty").mkdir(parents=True)
    good, bad = await asyncio.gather(
        plugin.admit(str(put("A/Good"))), plugin.admit(str(folder / "A" / "Empty")), return_exceptions=True
    )
    assert isinstance(good, LibraryItem)
    assert isinstance(bad, Refused)


async def test_a_fault_of_the_server_reaches_everybody_who_waits_and_nobody_after(
    plugin: Audiobookshelf, put: Put, server: AudiobookshelfStandIn
) -> None:
    folders = [str(put(f"A/Title {number}")) for number in range(3)]
    server.faults.always(Fault.HTML, "/api/tasks")
    answers = await asyncio.gather(*(plugin.admit(one) for one in folders), return_exceptions=True)
    assert all(isinstance(answer, Unavailable) for answer in answers)
    server.faults.clear()
    assert {item.path for item in await asyncio.gather(*(plugin.admit(one) for one in folders))} == set(folders)


async def test_who_does_not_wait_any_longer_asks_for_nothing_and_the_next_is_served(
    plugin: Audiobookshelf, put: Put, server: AudiobookshelfStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = Held(monkeypatch)
    gone = asyncio.create_task(plugin.admit(str(put("A/Gone"))))
    await scan.begun()
    gone.cancel()
    with pytest.raises(asyncio.CancelledError):
        await gone
    next_one = asyncio.create_task(plugin.admit(str(put("A/Next"))))
    scan.go_on.set()
    assert (await next_one).book.title == "Next"


async def test_at_the_end_those_who_wait_are_told_so(
    plugin: Audiobookshelf, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = Held(monkeypatch)
    waiting = asyncio.create_task(plugin.admit(str(put("A/One"))))
    await scan.begun()
    await plugin.stop()
    with pytest.raises(Unavailable, match="asked for again"):
        await waiting
    scan.go_on.set()
