"""A finished download is whole, playable and as long as the book; else the next one is looked for."""

from __future__ import annotations

import errno
import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.core.pipeline.verify.aside import assert_put_aside, verify

from audiobook_daemon import TorrentFile, Unavailable
from audiobook_daemon.demo.audio import AudioTags
from audiobook_daemon.demo.mp3 import make_mp3
from audiobook_daemon.models import DownloadState, WantState

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import SmallWorld


async def test_whole_and_playable_files_are_verified(world: SmallWorld) -> None:
    want = await verify(world, await world.downloaded(seconds=(60, 30)))
    assert (want.state, want.code) == (WantState.VERIFIED, "verified")
    assert want.reason == "2 files, 1.5 minutes, all readable; how long it should be is not known."


async def test_a_missing_file_makes_it_incomplete(world: SmallWorld) -> None:
    want = await world.downloaded()
    Path(want.path or "", "02.mp3").unlink()
    await assert_put_aside(world, want, "incomplete", "Not whole: 02.mp3.")


async def test_a_file_of_another_size_makes_it_incomplete(world: SmallWorld) -> None:
    want = await world.downloaded()
    with Path(want.path or "", "01.mp3").open("ab") as file:
        file.write(b"\0")
    await assert_put_aside(world, want, "incomplete", "Not whole: 01.mp3.")


async def test_what_cannot_be_played_is_put_aside(world: SmallWorld) -> None:
    want = await world.downloaded()
    file = Path(want.path or "", "01.mp3")
    file.write_bytes(b"\0" * file.stat().st_size)
    await assert_put_aside(world, want, "unreadable", "01.mp3 cannot be played.")


async def test_a_torrent_without_audio_is_put_aside(world: SmallWorld) -> None:
    want = await world.downloaded()
    want = await world.change(want, torrent_files=(TorrentFile("Emma/emma.epub", 9),))
    await assert_put_aside(world, want, "no_audio", "The torrent holds no audio files.")


async def test_files_beside_the_audio_are_not_asked_for(world: SmallWorld) -> None:
    want = await world.downloaded()
    want = await world.change(want, torrent_files=(*want.torrent_files, TorrentFile("Emma/cover.jpg", 9)))
    assert (await verify(world, want)).state is WantState.VERIFIED


@pytest.mark.parametrize(
    ("runtimes", "state"),
    [
        ((), WantState.VERIFIED),
        ((100.0,), WantState.VERIFIED),
        ((98.1, 500.0), WantState.VERIFIED),
        ((97.0,), WantState.WANTED),
        ((300.0, 50.0), WantState.WANTED),
    ],
)
async def test_the_running_time_is_that_of_a_known_edition_within_two_percent(
    world: SmallWorld, runtimes: tuple[float, ...], state: WantState
) -> None:
    want = await world.downloaded(seconds=(60, 40))
    want = await world.change(want, wish=replace(want.wish, runtimes=runtimes))
    want = await verify(world, want)
    assert want.state is state
    if state is WantState.WANTED:
        assert want.code == "wrong_runtime"
        assert want.reason is not None
        assert want.reason.startswith("It runs 1.7 minutes, the known editions ")


async def test_the_only_file_of_a_folder_may_be_named_by_the_client_itself(world: SmallWorld) -> None:
    """So does qBittorrent for a top folder with a single file in it."""
    want = await world.downloaded(seconds=(60,))
    want = await world.change(want, path=str(Path(want.path or "", "01.mp3")))
    assert (await verify(world, want)).state is WantState.VERIFIED


async def test_of_a_magnet_link_the_files_on_disk_are_listened_to(world: SmallWorld) -> None:
    want = await world.change(await world.downloaded(seconds=(60, 60, 60)), torrent_files=())
    assert (
        await verify(world, want)
    ).reason == "3 files, 3.0 minutes, all readable; how long it should be is not known."


async def test_files_that_only_the_client_can_see_wait_with_a_hint(world: SmallWorld) -> None:
    want = await world.downloaded()
    shutil.rmtree(want.path or "")
    told = await verify(world, want)
    assert (told.state, told.code, told.path) == (WantState.DOWNLOADED, "unavailable", want.path)
    assert told.reason is not None
    assert told.reason.startswith(f"{want.path} does not exist here, but qbittorrent says it is there.")
    assert "Check the mount, and `paths` of qbittorrent" in told.reason
    assert await world.database.blocklist.for_want(want.id) == ()


@pytest.mark.parametrize("moved", [True, False])
async def test_files_that_the_client_moved_or_lost_are_asked_for_again(world: SmallWorld, moved: bool) -> None:
    want = await world.downloaded()
    new = world.folder / "elsewhere"
    if moved:
        Path(want.path or "").rename(new)
        world.qbittorrent.see(want, DownloadState.READY, path=new)
    else:
        shutil.rmtree(want.path or "")
        world.qbittorrent.downloads.clear()
    told = await verify(world, want)
    assert (told.state, told.code) == (WantState.DOWNLOADING, "gone")
    await world.pipeline.watch()
    found = await world.now(want)
    assert (found.code, found.path) == (("complete", str(new)) if moved else ("unseen", want.path))
    if moved:
        assert (await verify(world, found)).state is WantState.VERIFIED


async def test_while_the_client_cannot_explain_the_absence_it_is_waited_for(world: SmallWorld) -> None:
    want = await world.downloaded()
    shutil.rmtree(want.path or "")
    world.qbittorrent.before("status", Unavailable("qbittorrent is down."))
    want = await verify(world, want)
    assert (want.state, want.reason) == (WantState.DOWNLOADED, "qbittorrent is down.")


async def test_after_a_wrong_one_the_next_candidate_is_chosen(world: SmallWorld) -> None:
    want = await world.downloaded(seconds=(60,))
    await world.change(want, wish=replace(want.wish, runtimes=(600.0,)))
    world.mam.offers = [world.offer(), world.offer("Emma", "second")]
    await world.pipeline.verify()
    await world.pipeline.choose()
    want = await world.now(want)
    assert (want.state, want.release) == (WantState.CHOSEN, world.offer("Emma", "second"))


async def test_the_order_of_track_numbers_is_kept_for_the_shelf(world: SmallWorld) -> None:
    want = await world.downloaded()
    folder = Path(want.path or "")
    for name, track in (("An End", 2), ("Beginning", 1)):
        tags = AudioTags(album="Emma", artist="Jane Austen", track=track)
        (folder / f"{name}.mp3").write_bytes(make_mp3(1, tags))
    for file in ("01.mp3", "02.mp3"):
        (folder / file).unlink()
    files = [TorrentFile(f"{folder.name}/{file.name}", file.stat().st_size) for file in sorted(folder.iterdir())]
    await world.change(want, torrent_files=tuple(files))
    assert (await verify(world, want)).selection == (f"{folder.name}/Beginning.mp3", f"{folder.name}/An End.mp3")
    await world.pipeline.shelve()
    shelved = Path((await world.now(want)).folder or "")
    assert sorted(file.name for file in shelved.iterdir()) == ["01 - Beginning.mp3", "02 - An End.mp3"]


async def test_a_file_of_the_wrong_size_waits_while_the_client_is_still_busy(world: SmallWorld) -> None:
    want = await world.downloaded()
    Path(want.path or "", "02.mp3").unlink()
    world.qbittorrent.see(want, DownloadState.CHECKING)
    want = await verify(world, want)
    assert (want.state, want.code) == (WantState.DOWNLOADING, "gone")
    assert await world.database.blocklist.for_want(want.id) == ()


async def test_a_folder_whose_files_are_all_gone_is_an_absent_disk(world: SmallWorld) -> None:
    want = await world.downloaded()
    for file in Path(want.path or "").iterdir():
        file.unlink()
    want = await verify(world, want)
    assert (want.state, want.code) == (WantState.DOWNLOADED, "unavailable")
    assert await world.database.blocklist.for_want(want.id) == ()


async def test_a_link_is_no_file_of_a_torrent(world: SmallWorld) -> None:
    want = await world.downloaded()
    file = Path(want.path or "", "01.mp3")
    file.rename(world.folder / "elsewhere.mp3")
    file.symlink_to(world.folder / "elsewhere.mp3")
    await assert_put_aside(world, want, "incomplete", "Not whole: 01.mp3.")


async def test_a_disk_that_fails_is_waited_for(world: SmallWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> bytes:
        raise OSError(errno.EIO, "Input/output error")

    want = await world.downloaded()
    monkeypatch.setattr(os, "pread", fails)
    want = await verify(world, want)
    assert (want.state, want.code) == (WantState.DOWNLOADED, "unavailable")
    assert "Input/output error" in (want.reason or "")
    assert await world.database.blocklist.for_want(want.id) == ()
