"""Downloads are looked at until they are complete, gone or hopeless."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiobook_daemon import Unavailable
from audiobook_daemon.events import DownloadsSeen
from audiobook_daemon.models import DownloadState, WantState

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import SmallWorld


async def test_a_complete_download_moves_on_with_its_place(world: SmallWorld) -> None:
    want = await world.downloading()
    world.qbittorrent.see(want, DownloadState.READY, path=world.folder)
    outcome = await world.pipeline.watch()
    want = await world.now(want)
    assert (want.state, want.code, want.path) == (WantState.DOWNLOADED, "complete", str(world.folder))
    assert outcome.succeeded == 1
    record = await world.database.downloads.get(want.download or "")
    assert record is not None
    assert (record.want_id, record.finished) == (want.id, world.clock.now)


async def test_a_complete_download_without_a_place_waits_and_says_so(world: SmallWorld) -> None:
    want = await world.downloading()
    world.qbittorrent.see(want, DownloadState.READY)
    await world.pipeline.watch()
    waiting = await world.now(want)
    assert waiting.state is WantState.DOWNLOADING
    assert waiting.reason == "It is complete, but qbittorrent does not say yet where it lies."
    world.qbittorrent.see(want, DownloadState.READY, path=world.folder)
    await world.pipeline.watch()
    assert (await world.now(want)).state is WantState.DOWNLOADED


async def test_one_question_to_each_client_for_all_its_downloads(world: SmallWorld) -> None:
    wants = [await world.downloading(title) for title in ("Emma", "Persuasion", "Lady Susan")]
    moved = await world.change(wants[2], client="deluge")
    world.deluge.see(moved, DownloadState.DOWNLOADING)
    world.qbittorrent.asked.clear()
    await world.pipeline.watch()
    (asked,) = world.qbittorrent.asked["status"]
    assert asked == [wants[0].download, wants[1].download]
    assert world.deluge.asked["status"] == [[moved.download]]


async def test_a_client_that_is_down_holds_up_its_own_downloads_only(world: SmallWorld) -> None:
    here, there = await world.downloading("Emma"), await world.downloading("Persuasion")
    there = await world.change(there, client="deluge")
    world.deluge.see(there, DownloadState.READY, path=world.folder)
    world.qbittorrent.before("status", Unavailable("qbittorrent is down."))
    outcome = await world.pipeline.watch()
    here = await world.now(here)
    assert (here.state, here.code, here.reason) == (WantState.DOWNLOADING, "grabbed", "qbittorrent is down.")
    assert (await world.now(there)).state is WantState.DOWNLOADED
    assert (outcome.succeeded, outcome.failed) == (1, 1)


async def test_a_client_that_is_back_gives_its_downloads_their_reason_back(world: SmallWorld) -> None:
    want = await world.downloading()
    world.qbittorrent.before("status", Unavailable("qbittorrent is down."))
    await world.pipeline.watch()
    world.clock.pass_by(hours=1)
    await world.pipeline.watch()
    want = await world.now(want)
    assert (want.code, want.reason) == ("grabbed", "qbittorrent downloads it.")
    assert (want.faults, want.next_try) == (0, None)


async def test_a_download_that_vanished_is_looked_for_again_after_a_minute(world: SmallWorld) -> None:
    want = await world.downloading()
    there = world.qbittorrent.downloads
    world.qbittorrent.downloads = {}
    await world.pipeline.watch()
    unseen = await world.now(want)
    assert (unseen.state, unseen.code) == (WantState.DOWNLOADING, "unseen")
    assert unseen.reason == "qbittorrent does not list it."
    world.clock.pass_by(seconds=59)
    assert (await world.pipeline.watch()).processed == 0
    world.clock.pass_by(seconds=1)
    world.qbittorrent.downloads = there
    await world.pipeline.watch()
    want = await world.now(want)
    assert (want.state, want.code, want.reason) == (WantState.DOWNLOADING, "grabbed", "qbittorrent downloads it.")


async def vanish(world: SmallWorld) -> None:
    """Take every download away and look as often as it takes to believe it."""
    world.qbittorrent.downloads.clear()
    await world.pipeline.watch()
    world.clock.pass_by(minutes=1)
    await world.pipeline.watch()


async def test_a_download_that_stays_away_is_added_once_more_and_then_put_aside(world: SmallWorld) -> None:
    want = await world.downloading()
    await vanish(world)
    gone = await world.now(want)
    assert (gone.state, gone.code, gone.release) == (WantState.CHOSEN, "vanished", want.release)
    await world.pipeline.grab()
    again = await world.now(want)
    assert (again.state, again.code, again.download) == (WantState.DOWNLOADING, "added_again", want.download)
    await world.pipeline.watch()
    assert (await world.now(want)).code == "added_again"
    await vanish(world)
    aside = await world.now(want)
    assert (aside.state, aside.code, aside.release) == (WantState.WANTED, "vanished", None)
    assert aside.reason == "The download was removed from the client twice."
    assert len(world.qbittorrent.asked["add"]) == 2
    (blocked,) = await world.database.blocklist.for_want(want.id)
    assert (blocked.key, blocked.info_hash) == ("Emma", want.download)


async def test_a_fault_of_a_download_waits_for_the_client_and_blocks_nothing(world: SmallWorld) -> None:
    """A full disk, as a rule: another release would fare no better."""
    want = await world.downloading()
    world.qbittorrent.see(want, DownloadState.FAILED, message="No space left")
    await world.pipeline.watch()
    want = await world.now(want)
    assert (want.state, want.code, want.faults) == (WantState.DOWNLOADING, "grabbed", 1)
    assert want.reason == "qbittorrent reports a fault of this download: No space left."
    assert await world.database.blocklist.for_want(want.id) == ()


async def test_what_has_stalled_for_days_is_put_aside_with_the_words_of_the_tracker(world: SmallWorld) -> None:
    want = await world.downloading()
    world.qbittorrent.see(want, DownloadState.STALLED, message="Unregistered torrent")
    await world.pipeline.watch()
    world.clock.pass_by(days=3)
    await world.pipeline.watch()
    assert (await world.now(want)).state is WantState.DOWNLOADING
    world.clock.pass_by(seconds=1)
    await world.pipeline.watch()
    want = await world.now(want)
    assert (want.state, want.code) == (WantState.WANTED, "stalled")
    assert want.reason == "Nothing has arrived for 3 days (Unregistered torrent)."


async def test_days_in_which_the_daemon_was_away_are_not_held_against_a_download(world: SmallWorld) -> None:
    want = await world.downloading()
    world.qbittorrent.see(want, DownloadState.STALLED)
    await world.pipeline.watch()
    world.clock.pass_by(days=30)
    world.around.since = world.clock.now
    await world.pipeline.watch()
    assert (await world.now(want)).state is WantState.DOWNLOADING


async def test_the_downloads_of_a_client_that_is_no_more_go_to_the_present_one(world: SmallWorld) -> None:
    want = await world.change(await world.downloading(), client="transmission")
    await world.pipeline.watch()
    lost = await world.now(want)
    assert (lost.state, lost.client) == (WantState.CHOSEN, None)
    assert "transmission is no longer in the configuration" in (lost.reason or "")
    await world.pipeline.grab()
    want = await world.now(want)
    assert (want.state, want.client) == (WantState.DOWNLOADING, "qbittorrent")
    assert len(world.qbittorrent.asked["add"]) == 1


async def test_that_the_downloads_were_seen_is_told_once_and_only_if_there_are_any(world: SmallWorld) -> None:
    await world.pipeline.watch()
    assert not [event for event in world.heard if isinstance(event, DownloadsSeen)]
    for title in ("Emma", "Persuasion"):
        await world.downloading(title)
    await world.pipeline.watch()
    assert len([event for event in world.heard if isinstance(event, DownloadsSeen)]) == 1


async def test_a_client_that_was_down_does_not_make_us_forget_that_it_vanished_before(world: SmallWorld) -> None:
    want = await world.change(await world.downloading(), code="added_again")
    world.qbittorrent.before("status", Unavailable("qbittorrent is down."))
    await world.pipeline.watch()
    assert (await world.now(want)).code == "added_again"
