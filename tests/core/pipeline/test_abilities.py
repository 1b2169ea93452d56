"""What the disks can do is found out with what is on record, and said once."""

from __future__ import annotations

import errno
import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon import Unavailable
from audiobook_daemon.models import DownloadState, Finding, Level, Want
from audiobook_daemon.pipeline import abilities, announce_disks, examine_disks

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import SmallWorld


async def finished(world: SmallWorld, title: str = "Emma") -> Want:
    """A download that is complete and on record as such."""
    want = await world.downloaded(title, "Jane Austen")
    await world.database.downloads.record(world.qbittorrent.downloads[want.download or ""])
    return want


async def found(world: SmallWorld, name: str) -> list[Finding]:
    return list((await examine_disks(world.around))[name])


async def test_with_a_finished_download_everything_is_tried_with_a_real_file(world: SmallWorld) -> None:
    want = await finished(world)
    (library,) = await found(world, "shelves")
    assert library.level is Level.OK
    assert library.text.startswith(f"{world.shelves.folder} is ")
    mapping, pair = await found(world, "qbittorrent")
    assert mapping == Finding(Level.OK, f"A finished download lies where qbittorrent says: {want.path}.")
    downloads = Path(want.path or "").parent
    assert pair.text == f"Books are hardlinked: {downloads} and {world.shelves.folder} are on one file system."
    assert list(world.shelves.folder.iterdir()) == []
    assert {file.stat().st_nlink for file in Path(want.path or "").iterdir()} == {1}


async def test_before_the_first_download_nothing_is_guessed(world: SmallWorld) -> None:
    (finding,) = await found(world, "qbittorrent")
    told = "Whether books can be hardlinked into the library is seen after the first download."
    assert finding == Finding(Level.OK, told)


async def test_a_download_that_is_not_where_the_client_says_names_the_first_missing_part(world: SmallWorld) -> None:
    want = await finished(world)
    world.qbittorrent.see(want, DownloadState.READY, path=Path("/elsewhere/books/Emma"))
    mapping, *_ = await found(world, "qbittorrent")
    assert mapping.level is Level.FAILURE
    assert mapping.text.endswith("/elsewhere/books/Emma, but there is no /elsewhere here.")


async def test_downloads_that_are_long_gone_are_no_reason_to_doubt_the_mapping(world: SmallWorld) -> None:
    gone, here = await finished(world), await finished(world, "Persuasion")
    shutil.rmtree(Path(gone.path or ""))
    mapping, _ = await found(world, "qbittorrent")
    assert (mapping.level, mapping.text.endswith(f"{here.path}.")) == (Level.OK, True)
    await world.change(here, state=here.state)
    world.qbittorrent.downloads.clear()
    assert [finding.level for finding in await found(world, "qbittorrent")] == [Level.OK]


async def test_in_a_dry_run_nothing_is_made(world: SmallWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    await finished(world)
    world.around.settings = replace(world.around.settings, dry_run=True)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something was made")

    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(Path, "mkdir", refuse)
    assert len(await found(world, "qbittorrent")) == 2


async def test_at_the_start_it_is_said_once_why_books_are_copied(
    world: SmallWorld, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def other_disk(*_: object) -> None:
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))

    monkeypatch.setattr(os, "link", other_disk)
    caplog.set_level("INFO")
    await finished(world)
    world.shelves.before("root", Unavailable("It starts yet."))
    world.around.settings = replace(world.around.settings, library="shelves")
    waited = []

    async def pass_by(seconds: float) -> None:
        waited.append(seconds)
        world.clock.pass_by(seconds=seconds)

    await announce_disks(world.around, pass_by)
    assert waited == [60.0]
    assert caplog.text.count("Books are copied, because ") == 1
    assert "one volume" in caplog.text


async def test_a_library_that_cannot_be_asked_is_left_to_its_own_check(world: SmallWorld) -> None:
    world.shelves.before("root", Unavailable("It is down."))
    findings = await examine_disks(world.around)
    assert "shelves" not in findings


async def test_a_disk_that_hangs_does_not_hold_up_the_doctor(
    world: SmallWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def too_late(*_: object, **__: object) -> None:
        return None

    monkeypatch.setattr(abilities, "_in_time", too_late)
    (finding,) = await found(world, "shelves")
    assert finding == Finding(
        Level.FAILURE, f"{world.shelves.folder} does not answer.", "See that the disk or the server behind it is there."
    )
