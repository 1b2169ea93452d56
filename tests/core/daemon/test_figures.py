"""Numbers and pictures that are told of a household: downloads of the day, free space, covers, accounts."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from audiobook_daemon.daemon import Daemon
from audiobook_daemon.daemon import telling as telling_module
from audiobook_daemon.daemon.free_space import FreeSpace
from audiobook_daemon.daemon.telling import Telling
from audiobook_daemon.demo.faults import Fault
from audiobook_daemon.demo.world import DemoWorld
from audiobook_daemon.doors import FinishedDownloads, Versions
from audiobook_daemon.models import Download, DownloadState
from audiobook_daemon.upkeep.versions import NewVersion
from audiobook_daemon.version import __version__


def done(letter: str, size: int) -> Download:
    return Download("qbittorrent", letter * 40, DownloadState.READY, letter, 1.0, size)


@pytest.mark.parametrize(
    ("zone", "hours", "today"),
    [("UTC", 0, 2), ("Europe/Berlin", 1, 2), ("Pacific/Auckland", 13, 1), ("America/New_York", -5, 2)],
)
async def test_the_day_begins_at_midnight_where_one_lives(
    world: DemoWorld, edit: Callable[[str, str], None], zone: str, hours: int, today: int
) -> None:
    """One book at 10:00 UTC, and one at 12:00; in Auckland a new day has begun between them."""
    edit("timezone: UTC", f"timezone: {zone}")
    moment = datetime(2026, 1, 15, 10, 0, tzinfo=UTC)
    async with Daemon.assembled(world.config, {"TZ": "UTC"}, now=lambda: moment) as daemon:
        telling = Telling(daemon)
        assert await telling.finished() == FinishedDownloads(0, 0, 0, 0)
        await daemon.database.downloads.record(done("a", 100))
        moment = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
        await daemon.database.downloads.record(done("b", 7))
        assert moment.astimezone(daemon.configuration.timezone).hour == (12 + hours) % 24
        sizes = 107 if today == 2 else 7
        assert await telling.finished() == FinishedDownloads(today, sizes, 2, 107)
        moment = datetime(2026, 1, 17, 12, 0, tzinfo=UTC)
        assert await telling.finished() == FinishedDownloads(0, 0, 2, 107)


async def test_the_free_space_is_that_of_the_librarys_disk(daemon: Daemon, world: DemoWorld) -> None:
    space = FreeSpace(daemon.world, fresh=0)
    found = os.statvfs(world.library)
    free = await space.bytes()
    assert free is not None
    assert abs(free - found.f_bavail * found.f_frsize) < 5_000_000_000, "others write to this disk too"
    kept = world.library.with_name("elsewhere")
    world.library.rename(kept)
    assert await space.bytes() is None
    kept.rename(world.library)
    assert await space.bytes() is not None


async def test_the_disk_beneath_a_folder_that_is_not_mounted_is_not_told(daemon: Daemon, world: DemoWorld) -> None:
    await daemon.doors.do("sync", {}, "test")
    space = FreeSpace(daemon.world, fresh=0)
    assert await space.bytes() is not None
    shutil.rmtree(world.library)
    world.library.mkdir()
    assert await space.bytes() is None


async def test_the_library_is_asked_once_for_its_folder_and_may_be_away_then(daemon: Daemon, world: DemoWorld) -> None:
    space = FreeSpace(daemon.world, fresh=0)
    await space.bytes()
    before = len(world.audiobookshelf.requests)
    for _ in range(20):
        assert await space.bytes() is not None
    assert len(world.audiobookshelf.requests) == before
    await world.stop("audiobookshelf")
    assert await space.bytes() is not None
    again = FreeSpace(daemon.world, fresh=0, settled=0)
    assert await again.bytes() is None, "nobody has ever said where the library lies"


async def test_a_disk_that_hangs_holds_nobody_up(daemon: Daemon, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last answer stands meanwhile, and the disk is asked once, however often one wants to know."""
    space = FreeSpace(daemon.world, fresh=0)
    known = await space.bytes()
    hanging, asked = asyncio.Event(), 0

    async def hang(*_: object) -> None:
        nonlocal asked
        asked += 1
        await hanging.wait()

    monkeypatch.setattr("audiobook_daemon.daemon.free_space.space_of", hang)
    monkeypatch.setattr("audiobook_daemon.daemon.free_space._PATIENCE", 0.01)
    for _ in range(3):
        assert await space.bytes() == known
    assert asked == 1
    await space.stop()


async def test_a_cover_comes_from_the_library_that_holds_the_book(daemon: Daemon, world: DemoWorld) -> None:
    await daemon.doors.do("sync", {}, "test")
    telling = Telling(daemon)
    (item,) = world.audiobookshelf.shelf.items.values()
    picture = await telling.cover(item.id)
    assert picture is not None
    assert picture.startswith(b"\xff\xd8\xff")
    assert len(picture) <= 256 * 1024
    assert await telling.cover("nobody-holds-this") is None
    item.cover = None
    assert await telling.cover(item.id) is None


async def test_a_cover_that_is_too_large_is_asked_for_in_small(
    daemon: Daemon, world: DemoWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    await daemon.doors.do("sync", {}, "test")
    (item,) = world.audiobookshelf.shelf.items.values()
    large, small = 0, 0
    for width in (600, 300):
        picture = await daemon.host.instances["audiobookshelf"].plugin.cover(item.id, width)  # type: ignore[attr-defined]
        large, small = small, len(picture)
    assert large > small
    monkeypatch.setattr(telling_module, "_LARGEST_COVER", small)
    assert len(await Telling(daemon).cover(item.id) or b"") == small
    monkeypatch.setattr(telling_module, "_LARGEST_COVER", small - 1)
    assert await Telling(daemon).cover(item.id) is None


@pytest.mark.parametrize("fault", [Fault.SERVER_ERROR, Fault.HTML, Fault.DROPPED, Fault.DRIP])
async def test_a_cover_that_cannot_be_had_is_none(
    daemon: Daemon, world: DemoWorld, monkeypatch: pytest.MonkeyPatch, fault: Fault
) -> None:
    monkeypatch.setattr(telling_module, "_COVER_SECONDS", 0.3)
    await daemon.doors.do("sync", {}, "test")
    (item,) = world.audiobookshelf.shelf.items.values()
    world.audiobookshelf.faults.always(fault)
    assert await Telling(daemon).cover(item.id) is None


async def test_only_accounts_of_trackers_that_are_there_are_told(
    daemon: Daemon, world: DemoWorld, edit: Callable[[str, str], None]
) -> None:
    telling = Telling(daemon)
    assert telling.standings() == {}
    await daemon.doors.do("trackers", {}, "test")
    assert [*telling.standings()] == ["mam"]
    edit("  mam:\n", "  mam:\n    enabled: no\n")
    await daemon.reload()
    assert telling.standings() == {}


async def test_a_newer_version_is_told_by_the_doctor_and_in_the_versions(
    daemon: Daemon, monkeypatch: pytest.MonkeyPatch
) -> None:
    telling = Telling(daemon)
    assert telling.versions() == Versions(__version__, __version__)
    assert await doctor_of_versions(daemon) == []
    out = NewVersion("99.1", "https://example.org/99.1", "Covers.")
    await daemon.house.versions.keep(released=out)
    assert telling.versions() == Versions(__version__, "99.1", "Covers.", "https://example.org/99.1")
    (told,) = await doctor_of_versions(daemon)
    assert (told["level"], told["remedy"]) == ("ok", "Read on at https://example.org/99.1")
    monkeypatch.setattr("audiobook_daemon.upkeep.versions.looking.version", lambda _: "99.2")
    (told,) = await doctor_of_versions(daemon)
    assert (told["level"], told["text"]) == ("warning", f"Version 99.2 is installed, but {__version__} still runs.")


async def doctor_of_versions(daemon: Daemon) -> list[dict[str, str]]:
    _, outcome = await daemon.doors.do("doctor", {}, "test")
    assert outcome is not None
    assert isinstance(outcome.data, list)
    return [one for one in outcome.data if one["what"] == "version"]
