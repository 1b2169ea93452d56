"""A finished download is whole, playable and as long as the book; else the next one is looked for."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon import TorrentFile, Unavailable
from audiobook_daemon.models import DownloadState, Want, WantState

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import SmallWorld


async def verify(world: SmallWorld, want: Want) -> Want:
    await world.pipeline.verify()
    return await world.now(want)


async def assert_put_aside(world: SmallWorld, want: Want, code: str, reason: str) -> None:
    """It is wanted again at once, and its release is blocked with the hash and the reason."""
    info_hash = want.download
    want = await verify(world, want)
    assert (want.state, want.code, want.reason) == (WantState.WANTED, code, reason)
    assert (want.release, want.download, want.path, want.torrent_files) == (None, None, None, ())
    assert want.next_try is None
    (blocked,) = await world.database.blocklist.for_want(want.id)
    assert (blocked.key, blocked.info_hash, blocked.code) == ("Emma", info_hash, code)


async def test_whole_and_playable_files_are_verified(world: SmallWorld) -> None:
    want = await verify(world, await world.downloaded(seconds=(60, 30)))
    assert (want.state, want.code) == (WantState.VERIFIED, "verified")
    assert want.reason == "2 files, 1.5 minutes, all readable."


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
    await assert_put_aside(world, want, "unreadable", "Cannot be played: 01.mp3.")


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
    assert (await verify(world, want)).reason == "3 files, 3.0 minutes, all readable."


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
