"""What a person may say to a download, and that the services are asked before it is believed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.errors import Unavailable
from audiobook_daemon.models import Book, DownloadState, Replaced, Want, WantState
from audiobook_daemon.pipeline import NotPossible, UnknownWant
from audiobook_daemon.pipeline.blocking import Blocking
from audiobook_daemon.pipeline.queueing import Import, Queueing
from audiobook_daemon.store import QueueState

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import SmallWorld

HASH = "a" * 40
COMMANDS = ("retry_download", "fail_download", "complete_download", "cancel_download")
POSSIBLE = {
    "retry_download": {
        WantState.WANTED,
        WantState.REVIEW,
        WantState.CHOSEN,
        WantState.GIVEN_UP,
        WantState.DROPPED,
    },
    "fail_download": {
        WantState.REVIEW,
        WantState.CHOSEN,
        WantState.DOWNLOADING,
        WantState.DOWNLOADED,
        WantState.VERIFIED,
    },
    "complete_download": {WantState.DOWNLOADING},
    "cancel_download": set(WantState) - {WantState.SHELVED},
}


@pytest.fixture
def queueing(world: SmallWorld) -> Queueing:
    return Queueing(world.around)


async def standing(world: SmallWorld, state: WantState) -> Want:
    """A want in a state, with everything that may be on record; its client has all of it."""
    want = await world.want(
        f"Emma {state}",
        state=state,
        release=world.offer(),
        client="qbittorrent",
        download=HASH,
        path="/downloads/Emma",
        attempts=3,
        faults=2,
    )
    world.qbittorrent.see(want, DownloadState.READY, path=world.folder)
    return want


@pytest.mark.parametrize("command", COMMANDS)
async def test_each_command_works_where_it_makes_sense_and_nowhere_else(
    world: SmallWorld, queueing: Queueing, command: str
) -> None:
    words = {"reason": "Half of it is missing."} if command == "fail_download" else {}
    for state in WantState:
        want = await standing(world, state)
        world.heard.clear()
        if state in POSSIBLE[command]:
            outcome = await getattr(queueing, command)(want=want.id, **words)
            after = await world.now(want)
            assert outcome.data == {"id": want.id, "state": after.state}
            assert after.faults == 0
            assert len(world.heard) == 1
        else:
            with pytest.raises(NotPossible, match=f"{state}|on the shelf"):
                await getattr(queueing, command)(want=want.id, **words)
            assert await world.now(want) == want
            assert world.heard == []
    with pytest.raises(UnknownWant, match="no want 999"):
        await getattr(queueing, command)(want=999, **words)


@pytest.mark.parametrize("days", [0, 1, 30])
async def test_another_try_comes_when_it_was_asked_for(world: SmallWorld, queueing: Queueing, days: int) -> None:
    want = await world.want(state=WantState.GIVEN_UP, attempts=12)
    await queueing.retry_download(want=want.id, days=days)
    after = await world.now(want)
    waits = world.clock.now + timedelta(days=days) if days else None
    assert (after.state, after.next_try, after.attempts) == (WantState.WANTED, waits, 0)
    await world.pipeline.choose()
    assert bool(world.mam.asked["search"]) is (days == 0)
    world.clock.pass_by(days=days)
    await world.pipeline.choose()
    assert world.mam.asked["search"]


async def test_a_chosen_release_is_kept_when_it_is_tried_again(world: SmallWorld, queueing: Queueing) -> None:
    want = await world.chosen()
    await queueing.retry_download(want=want.id, days=2)
    after = await world.now(want)
    assert (after.state, after.release) == (WantState.CHOSEN, want.release)
    await world.pipeline.grab()
    assert world.qbittorrent.downloads == {}
    world.clock.pass_by(days=2)
    await world.pipeline.grab()
    assert len(world.qbittorrent.downloads) == 1


@pytest.mark.parametrize(
    ("attempt", "becomes"), [(None, WantState.WANTED), (11, WantState.WANTED), (12, WantState.GIVEN_UP)]
)
async def test_what_failed_is_never_taken_again_and_the_last_attempt_ends_it(
    world: SmallWorld, queueing: Queueing, attempt: int | None, becomes: WantState
) -> None:
    want = await world.downloading()
    assert want.release
    await queueing.fail_download(want=want.id, reason="Half of it is missing.", attempt=attempt)
    after = await world.now(want)
    assert (after.state, after.release, after.download) == (becomes, None, None)
    assert after.reason == "A person says that it failed: Half of it is missing."
    (blocked,) = await world.database.blocklist.for_want(want.id)
    assert (blocked.source, blocked.key, blocked.info_hash) == ("mam", want.release.key, want.download)
    (failed,) = await world.database.failed_attempts.newest(5)
    assert (failed.item_id, failed.attempt_count) == (f"mam:{want.release.key}", 1)
    entry = await world.database.download_lists.get(want.id)
    assert entry
    assert entry.state is (QueueState.FAILED if becomes is WantState.WANTED else QueueState.ABANDONED)


async def test_a_better_edition_that_fails_for_good_leaves_the_book_where_it_was(
    world: SmallWorld, queueing: Queueing
) -> None:
    want = await standing(world, WantState.DOWNLOADING)
    await world.change(want, replaces=Replaced("shelves", "li_1", "/books/Emma"))
    await queueing.fail_download(want=want.id, reason="It is another book.", attempt=12)
    after = await world.now(want)
    assert (after.state, after.folder, after.replaces) == (WantState.OWNED, "/books/Emma", None)


async def test_the_client_is_asked_before_all_of_it_is_said_to_be_there(world: SmallWorld, queueing: Queueing) -> None:
    want = await world.downloading()
    assert want.download
    seen = world.qbittorrent.downloads[want.download]
    world.qbittorrent.downloads[want.download] = replace(seen, state=DownloadState.DOWNLOADING, progress=0.4)
    with pytest.raises(NotPossible, match="has 40% of it"):
        await queueing.complete_download(want=want.id)
    world.qbittorrent.see(want, DownloadState.READY, path=world.folder)
    await queueing.complete_download(want=want.id)
    after = await world.now(want)
    assert (after.state, after.path) == (WantState.DOWNLOADED, str(world.folder))
    record = await world.database.downloads.get(want.download)
    assert record
    assert record.download.state is DownloadState.READY


async def test_the_library_is_asked_before_a_book_is_said_to_be_there(world: SmallWorld, queueing: Queueing) -> None:
    want = await world.downloading()
    with pytest.raises(NotPossible, match="does not have"):
        await queueing.complete_download(want=want.id, imported=Import.IMPORTED)
    assert await world.now(want) == want
    item = world.shelves.own(Book("Emma", ("Jane Austen",)), "/books/Emma")
    await queueing.complete_download(want=want.id, imported=Import.IMPORTED)
    after = await world.now(want)
    assert (after.state, after.item, after.download) == (WantState.OWNED, item.id, want.download)
    with pytest.raises(NotPossible, match="in the library already"):
        await queueing.complete_download(want=want.id, imported=Import.IMPORTED)


async def test_a_book_that_the_library_did_not_take_is_brought_again_later(
    world: SmallWorld, queueing: Queueing
) -> None:
    want = await world.want(state=WantState.VERIFIED, release=world.offer())
    await queueing.complete_download(want=want.id, imported=Import.FAILED)
    after = await world.now(want)
    assert (after.state, after.code, after.faults) == (WantState.VERIFIED, "import_failed", 1)
    assert after.next_try == world.clock.now + world.around.settings.longest_retry
    other = await world.want("Persuasion", state=WantState.DOWNLOADING, release=world.offer())
    with pytest.raises(NotPossible, match="was not brought to the library yet"):
        await queueing.complete_download(want=other.id, imported=Import.FAILED)


async def test_a_cancelled_download_leaves_its_client_only_when_told_and_unfinished(
    world: SmallWorld, queueing: Queueing
) -> None:
    want = await world.downloading()
    assert want.download
    seen = world.qbittorrent.downloads[want.download]
    world.qbittorrent.downloads[want.download] = replace(seen, state=DownloadState.READY, progress=1.0)
    with pytest.raises(NotPossible, match="wants it seeded"):
        await queueing.cancel_download(want=want.id, remove=True)
    assert await world.now(want) == want
    await queueing.cancel_download(want=want.id)
    assert (await world.now(want)).state is WantState.DROPPED
    assert want.download in world.qbittorrent.downloads
    world.qbittorrent.may_remove = True
    other = await world.downloading("Persuasion", "Jane Austen")
    assert other.download
    world.qbittorrent.downloads[other.download] = replace(seen, id=other.download, state=DownloadState.STALLED)
    await queueing.cancel_download(want=other.id, remove=True)
    assert (await world.now(other)).state is WantState.DROPPED
    assert list(world.qbittorrent.downloads) == [want.download]
    assert world.qbittorrent.asked["remove"] == [True], "with its files"


async def test_a_torrent_of_two_books_stays_when_one_is_cancelled(world: SmallWorld, queueing: Queueing) -> None:
    one = await world.want(state=WantState.DOWNLOADING, client="qbittorrent", download=HASH, selection=("1.mp3",))
    await world.want(
        "Persuasion", state=WantState.DOWNLOADING, client="qbittorrent", download=HASH, selection=("2.mp3",)
    )
    world.qbittorrent.see(one, DownloadState.STALLED)
    with pytest.raises(NotPossible, match="also that of 'Persuasion'"):
        await queueing.cancel_download(want=one.id, remove=True)
    assert HASH in world.qbittorrent.downloads


async def test_a_client_that_is_down_keeps_the_torrent_and_is_named(world: SmallWorld, queueing: Queueing) -> None:
    want = await world.downloading()
    assert want.download
    world.qbittorrent.see(want, DownloadState.STALLED)
    world.qbittorrent.may_remove = True
    world.qbittorrent.before("remove", Unavailable("It is down."))
    with pytest.raises(NotPossible, match=r"is cancelled, but its torrent is still in qbittorrent: It is down\."):
        await queueing.cancel_download(want=want.id, remove=True)
    assert (await world.now(want)).state is WantState.DROPPED


async def test_nothing_is_removed_in_a_rehearsal(world: SmallWorld, queueing: Queueing) -> None:
    want = await world.downloading()
    assert want.download
    world.qbittorrent.see(want, DownloadState.STALLED)
    world.around.settings = replace(world.around.settings, dry_run=True)
    with pytest.raises(NotPossible, match="rehearses"):
        await queueing.cancel_download(want=want.id, remove=True)
    assert await world.now(want) == want


async def test_a_person_blocks_a_release_and_allows_it_again(world: SmallWorld) -> None:
    blocking, want = Blocking(world.around), await world.want()
    for whom in (want.id, None):
        await blocking.block("mam", "1", want=whom, reason="It is a hoax.")
    await blocking.block("mam", "1", want=want.id, reason="It is one.")
    blocked = await world.database.blocklist.for_want(want.id)
    assert [(one.want_id, one.reason) for one in blocked] == [(want.id, "It is one."), (None, "It is a hoax.")]
    await blocking.unblock(blocked[0].id)
    with pytest.raises(NotPossible, match="no entry"):
        await blocking.unblock(blocked[0].id)
    assert await world.database.blocklist.for_want(want.id) == blocked[1:]
    with pytest.raises(UnknownWant):
        await blocking.block("mam", "1", want=99)
