"""A finished download is whole, playable and as long as the book; else the next one is looked for."""

from __future__ import annotations

import errno
import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tinytag import TinyTag

from audiobook_daemon import Book, Facts, TorrentFile, Unavailable
from audiobook_daemon.demo.audio import AudioTags
from audiobook_daemon.demo.mp3 import make_mp3
from audiobook_daemon.models import DownloadState, Want, WantState
from audiobook_daemon.pipeline.verify import editions
from audiobook_daemon.store import Decision

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import Pause, SmallWorld


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


def edition(world: SmallWorld, seconds: float, *narrators: str, title: str = "Emma") -> None:
    """Let a provider know a recording."""
    facts = Facts("google", title, authors=("Jane Austen",), narrators=narrators or None, runtime=seconds)
    world.google.facts = (*world.google.facts, facts)


async def test_a_provider_knows_how_long_the_recording_of_a_narrator_is(world: SmallWorld) -> None:
    edition(world, 100, "Juliet Stevenson")
    edition(world, 112, "Prunella Scales")
    want = await world.downloaded(seconds=(60, 52))
    want = await world.change(want, release=replace(world.offer(), narrators=("Juliet Stevenson",)))
    reason = "It runs 1.9 minutes, the known editions 1.7 minutes (Juliet Stevenson)."
    await assert_put_aside(world, want, "wrong_runtime", reason)


async def test_a_few_percent_are_noted_where_the_narrator_agrees(world: SmallWorld) -> None:
    edition(world, 100, "Juliet Stevenson")
    want = await world.downloaded(seconds=(60, 44))
    want = await verify(
        world, await world.change(want, release=replace(world.offer(), narrators=("Juliet Stevenson",)))
    )
    assert want.state is WantState.VERIFIED
    assert "4.0% longer than the edition read by Juliet Stevenson, with the same narrator" in (want.reason or "")


async def test_records_of_other_books_and_of_shortened_ones_say_nothing(world: SmallWorld) -> None:
    edition(world, 500, title="Persuasion")
    world.google.facts = (
        *world.google.facts,
        Facts("google", "Emma", authors=("Jane Austen",), runtime=30, abridged=True),
    )
    want = await verify(world, await world.downloaded(seconds=(60, 40)))
    assert (want.state, want.reason) == (
        WantState.VERIFIED, "2 files, 1.7 minutes, all readable; how long it should be is not known.",
    )  # fmt: skip


async def test_a_wish_that_settles_it_asks_nobody(world: SmallWorld) -> None:
    want = await world.downloaded(seconds=(60, 40))
    await verify(world, await world.change(want, wish=replace(want.wish, runtimes=(100.0,))))
    assert world.google.asked["describe"] == []


@pytest.mark.parametrize("silent", [Unavailable("Busy."), RuntimeError("a mistake in it")])
async def test_a_provider_that_cannot_answer_leaves_it_unknown(world: SmallWorld, silent: Exception) -> None:
    world.google.before("describe", silent)
    want = await verify(world, await world.downloaded(seconds=(60, 40)))
    assert (want.state, "is not known" in (want.reason or "")) == (WantState.VERIFIED, True)


async def test_a_provider_that_hangs_holds_nobody_up(
    world: SmallWorld, pause: Pause, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editions, "_PATIENCE", 0.05)
    world.google.before("describe", pause)
    want = await verify(world, await world.downloaded(seconds=(60, 40)))
    assert want.state is WantState.VERIFIED


async def test_files_that_surely_are_another_book_are_put_aside(world: SmallWorld) -> None:
    want = await world.downloaded(tags=AudioTags(album="Great Expectations", artist="Charles Dickens"))
    reason = "By their own account, its files are of Great Expectations by Charles Dickens."
    await assert_put_aside(world, want, "other_book", reason)


@pytest.mark.parametrize("known", ["sibling", "owned"])
async def test_an_id_of_another_known_book_is_that_book(
    world: SmallWorld, monkeypatch: pytest.MonkeyPatch, known: str
) -> None:
    want = await world.downloaded(tags=AudioTags(album="Works", artist="Jane Austen"))
    other = Book("Persuasion", ("Jane Austen",), asin="B000000002")
    if known == "sibling":
        await world.database.decisions.add(want.id, Decision("chosen", "", siblings=(other,)))
    else:
        await world.database.books.upsert([(world.shelves.own(other), "persuasion")])
    monkeypatch.setattr(TinyTag, "as_dict", lambda _: {"asin": ["B000000002"], "album": ["Works"]})
    reason = "By their own account, 01.mp3 is Persuasion, by its ASIN or ISBN."
    await assert_put_aside(world, want, "other_book", reason)


async def test_thin_evidence_and_an_unknown_time_go_to_a_person_with_the_download_kept(world: SmallWorld) -> None:
    want = await verify(world, await world.downloaded(seconds=(60, 40), tags=AudioTags()))
    assert (want.state, want.code) == (WantState.REVIEW, "runtime_unknown")
    assert want.reason == (
        "2 files, 1.7 minutes; how long it should be is not known, and nothing but the title and the author speaks "
        "for it. Accept it to shelve what has arrived, or reject it."
    )
    assert want.path
    assert want.download
    assert want.release == world.offer()
    assert await world.database.blocklist.for_want(want.id) == ()


async def test_accepting_it_goes_on_to_the_shelf_without_a_second_download(world: SmallWorld) -> None:
    want = await verify(world, await world.downloaded(tags=AudioTags()))
    await world.people.accept(want.id)
    await world.pipeline.shelve()
    want = await world.now(want)
    assert (want.state, want.approved) == (WantState.SHELVED, True)
    assert len(world.qbittorrent.asked["add"]) == 1


async def test_what_was_accepted_is_not_asked_again(world: SmallWorld) -> None:
    want = await verify(world, await world.downloaded(tags=AudioTags()))
    await world.people.accept(want.id)
    want = await verify(world, await world.change(want, state=WantState.DOWNLOADED))
    assert want.state is WantState.VERIFIED


async def test_rejecting_it_puts_the_release_aside_with_its_hash(world: SmallWorld) -> None:
    want = await verify(world, await world.downloaded(tags=AudioTags()))
    await world.people.reject(want.id)
    again = await world.now(want)
    assert (again.state, again.release, again.path) == (WantState.WANTED, None, None)
    (blocked,) = await world.database.blocklist.for_want(want.id)
    assert (blocked.code, blocked.info_hash) == ("rejected", want.download)


@pytest.mark.parametrize(
    ("names", "doubt"),
    [
        (("01.mp3", "03.mp3"), "track 2 is missing"),
        (("01.mp3", "02.mp3"), "its files call themselves Persuasion"),
    ],
)
async def test_other_doubts_about_an_unknown_time_are_a_persons_too(
    world: SmallWorld, names: tuple[str, ...], doubt: str
) -> None:
    album = "Persuasion" if "Persuasion" in doubt else "Emma"
    want = await world.downloaded(tags=AudioTags(album=album, artist="Jane Austen"))
    folder = Path(want.path or "")
    Path(folder, "02.mp3").rename(folder / names[1])
    renamed = replace(want.torrent_files[1], path=f"{folder.name}/{names[1]}")
    want = await verify(world, await world.change(want, torrent_files=(want.torrent_files[0], renamed)))
    assert want.state is WantState.REVIEW
    assert doubt in (want.reason or "")
    await world.change(want, state=WantState.DOWNLOADED, wish=replace(want.wish, runtimes=(2.0,)))
    assert (await verify(world, want)).state is WantState.VERIFIED, "the known time answers for it"


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
