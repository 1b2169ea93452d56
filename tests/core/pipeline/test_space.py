"""Nothing is grabbed that would fill the disk; what is on its way counts, and a dead disk holds nobody up."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from audiobook_daemon.models import Download, DownloadState, Want, WantState
from audiobook_daemon.pipeline import disks
from audiobook_daemon.pipeline.disks import Space
from audiobook_daemon.shelving import Method

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import SmallWorld

GB = 1_000_000_000


class Disks(NamedTuple):
    """How much is free on the disk of the downloads and on that of the library, in GB."""

    downloads: float
    library: float
    one_disk: bool = False


Have = Callable[[Disks], None]


@pytest.fixture
def have(world: SmallWorld, monkeypatch: pytest.MonkeyPatch) -> Have:
    """Let the disks be like this."""

    def let(them: Disks) -> None:
        def look(place: Path) -> Space:
            if place == world.shelves.folder:
                return Space(place, 1 if them.one_disk else 2, round(them.library * GB))
            return Space(place, 1, round(them.downloads * GB))

        monkeypatch.setattr(disks, "_look", look)

    return let


async def chosen(world: SmallWorld, title: str, size: float | None) -> Want:
    want = await world.chosen(title)
    release = replace(world.offer(title), size=None if size is None else round(size * GB))
    return await world.change(want, release=release)


async def running(world: SmallWorld, size: float | None, progress: float) -> None:
    """A download that is on its way, and whose folder is known."""
    state = DownloadState.READY if progress == 1 else DownloadState.DOWNLOADING
    other = Download("qbittorrent", "f" * 40, state, progress=progress, root=str(world.folder / "d"))
    await world.database.downloads.record(replace(other, size=None if size is None else round(size * GB)))


async def grab(world: SmallWorld, want: Want) -> Want:
    await world.pipeline.grab()
    return await world.now(want)


@pytest.mark.parametrize(
    ("them", "size", "other", "progress", "grabbed"),
    [
        (Disks(3, 9), 2, 0, 1.0, True),
        (Disks(2.9, 9), 2, 0, 1.0, False),
        (Disks(7, 99), 2, 8, 0.5, True),
        (Disks(6.9, 99), 2, 8, 0.5, False),
        (Disks(2, 9), None, 0, 1.0, True),
        (Disks(1.9, 9), None, 0, 1.0, False),
        (Disks(3, 9), 1, None, 0.0, True),
        (Disks(2.9, 9), 1, None, 0.0, False),
        (Disks(99, 2.9), 2, 0, 1.0, False),
        (Disks(99, 3), 2, 0, 1.0, True),
        (Disks(99, 5.9), 2, 3, 0.9, False),
        (Disks(99, 6), 2, 3, 0.9, True),
        (Disks(3, 3, one_disk=True), 2, 0, 1.0, True),
    ],
)
async def test_the_release_fits_beside_what_is_on_its_way_and_the_reserve(
    world: SmallWorld,
    have: Have,
    them: Disks,
    size: float | None,
    other: float | None,
    progress: float,
    grabbed: bool,
) -> None:
    have(them)
    await running(world, other, progress)
    want = await grab(world, await chosen(world, "Emma", size))
    assert want.state is (WantState.DOWNLOADING if grabbed else WantState.CHOSEN)
    assert len(world.mam.asked["fetch"]) == grabbed


async def test_on_one_disk_a_copy_needs_its_space_twice(world: SmallWorld, have: Have) -> None:
    world.around.settings = replace(world.around.settings, methods=(Method.COPY,))
    have(Disks(4.9, 4.9, one_disk=True))
    await running(world, 0, 1.0)
    want = await chosen(world, "Emma", 2)
    assert (await grab(world, want)).code == "no_space"


async def test_books_that_wait_to_be_copied_count(world: SmallWorld, have: Have) -> None:
    waiting = await world.verified("Persuasion")
    await world.change(waiting, torrent_files=(replace(waiting.torrent_files[0], size=5 * GB),))
    await running(world, 0, 1.0)
    want = await chosen(world, "Emma", 1)
    have(Disks(99, 7.9))
    assert (await grab(world, want)).code == "no_space"
    world.clock.pass_by(hours=1)
    have(Disks(99, 8))
    assert (await grab(world, want)).state is WantState.DOWNLOADING


async def test_a_book_waits_with_figures_and_is_grabbed_when_there_is_space(
    world: SmallWorld,
    have: Have,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    have(Disks(4, 99))
    await running(world, 4, 0.5)
    want = await chosen(world, "Emma", 2)
    for faults in (1, 2, 3):
        waiting = await grab(world, want)
        assert (waiting.state, waiting.code, waiting.faults) == (WantState.CHOSEN, "no_space", faults)
        world.clock.pass_by(hours=1)
    figures = "2 GB are promised to what is on its way, 2 GB are needed for this one, 1 GB are kept free."
    assert waiting.reason == (
        f"{world.folder}/d has 4 GB left: {figures} Free some space there, or let `keep_free` of `shelve` be less."
    )
    assert waiting.release
    assert await world.database.blocklist.for_want(want.id) == ()
    assert caplog.text.count("Nothing more is grabbed until there is space") == 1
    assert world.mam.asked["fetch"] == []
    have(Disks(9, 99))
    assert (await grab(world, want)).state is WantState.DOWNLOADING
    assert "There is space again; grabbing goes on." in caplog.text


async def test_what_the_client_has_already_needs_no_more_space(world: SmallWorld, have: Have) -> None:
    have(Disks(0, 0))
    await running(world, 0, 1.0)
    want = await world.change(await chosen(world, "Emma", 2), client="qbittorrent", download="a" * 40)
    world.qbittorrent.see(want, DownloadState.DOWNLOADING)
    assert (await grab(world, want)).state is WantState.DOWNLOADING


async def test_a_disk_that_cannot_be_asked_is_named_once_and_holds_nobody_up(
    world: SmallWorld, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await running(world, 1, 0.0)
    for title in ("Emma", "Persuasion"):
        assert (await grab(world, await chosen(world, title, 2))).state is WantState.DOWNLOADING
    told = f"How much space is free in {world.folder}/d cannot be told (No such file or directory)"
    assert caplog.text.count(told) == 1


async def test_a_disk_that_hangs_is_asked_once(world: SmallWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    over, asked = threading.Event(), []

    def hang(place: Path) -> Space:
        asked.append(place)
        over.wait(30)
        return Space(place, 1, 0)

    monkeypatch.setattr(disks, "_look", hang)
    monkeypatch.setattr(disks, "_PATIENCE", 0.02)
    try:
        for _ in range(3):
            assert await disks.space_of(world.around, Path("/dead")) is None
    finally:
        over.set()
    assert asked == [Path("/dead")]
    while world.around.asking:
        await asyncio.sleep(0)


async def test_the_real_figures_are_those_of_the_system(world: SmallWorld) -> None:
    found = await disks.space_of(world.around, world.folder)
    assert found is not None
    assert found.device == world.folder.stat().st_dev
    assert 0 < found.free <= os.statvfs(world.folder).f_frsize * os.statvfs(world.folder).f_blocks
