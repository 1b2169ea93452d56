"""A chosen release becomes one download, whatever happens in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiobook_daemon import Refused, Unavailable
from audiobook_daemon.models import WantState

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import SmallWorld


async def test_a_chosen_release_becomes_a_download(world: SmallWorld) -> None:
    want = await world.chosen()
    outcome = await world.pipeline.grab()
    want = await world.now(want)
    assert (want.state, want.code, want.client) == (WantState.DOWNLOADING, "grabbed", "qbittorrent")
    assert list(world.qbittorrent.downloads) == [want.download]
    record = await world.database.downloads.get(want.download or "")
    assert record is not None
    assert record.want_id == want.id
    assert (outcome.processed, outcome.succeeded, outcome.failed) == (1, 1, 0)


async def test_the_intent_is_on_disk_before_the_client_is_asked(world: SmallWorld) -> None:
    want = await world.chosen()
    seen = []

    async def look() -> None:
        seen.append(await world.now(want))

    world.qbittorrent.before("add", look)
    await world.pipeline.grab()
    (then,) = seen
    assert then.state is WantState.CHOSEN
    assert then.client == "qbittorrent"
    assert then.download in world.qbittorrent.downloads
    assert [file.path for file in then.torrent_files] == ["Emma/01.mp3"]


async def test_after_a_crash_behind_the_client_the_download_is_found_and_not_doubled(world: SmallWorld) -> None:
    want = await world.chosen()
    world.qbittorrent.after("add", Unavailable("The answer got lost."))
    await world.pipeline.grab()
    assert (await world.now(want)).state is WantState.CHOSEN
    world.clock.pass_by(hours=1)
    await world.pipeline.grab()
    want = await world.now(want)
    assert want.state is WantState.DOWNLOADING
    assert list(world.qbittorrent.downloads) == [want.download]
    assert len(world.mam.asked["fetch"]) == 1
    assert len(world.qbittorrent.asked["add"]) == 1


async def test_after_a_crash_before_the_client_it_is_added(world: SmallWorld) -> None:
    want = await world.chosen()
    world.qbittorrent.before("add", Unavailable("It is down."))
    await world.pipeline.grab()
    assert world.qbittorrent.downloads == {}
    world.clock.pass_by(hours=1)
    await world.pipeline.grab()
    assert (await world.now(want)).state is WantState.DOWNLOADING


async def test_a_client_that_is_down_keeps_the_release_and_the_intent(world: SmallWorld) -> None:
    want = await world.chosen()
    world.qbittorrent.before("add", Unavailable("qbittorrent is down."))
    outcome = await world.pipeline.grab()
    waiting = await world.now(want)
    assert (waiting.state, waiting.code, waiting.reason) == (WantState.CHOSEN, "unavailable", "qbittorrent is down.")
    assert waiting.release == want.release
    assert waiting.client == "qbittorrent"
    assert waiting.download
    assert waiting.next_try is not None
    assert (outcome.succeeded, outcome.failed) == (0, 1)
    assert await world.database.blocklist.for_want(want.id) == ()


async def test_an_intent_is_kept_with_its_client_when_another_becomes_the_usual_one(world: SmallWorld) -> None:
    want = await world.change(await world.chosen(), client="deluge", download="0" * 40)
    await world.pipeline.grab()
    assert (await world.now(want)).client == "deluge"
    assert world.qbittorrent.asked["add"] == []


async def test_what_the_indexer_refuses_is_blocked_and_the_book_wanted_again_at_once(world: SmallWorld) -> None:
    want = await world.chosen()
    world.mam.before("fetch", Refused("The torrent is gone.", "gone"))
    await world.pipeline.grab()
    want = await world.now(want)
    assert (want.state, want.code, want.reason) == (WantState.WANTED, "gone", "The torrent is gone.")
    assert (want.release, want.next_try, want.attempts) == (None, None, 0)
    (blocked,) = await world.database.blocklist.for_want(want.id)
    assert (blocked.source, blocked.key, blocked.code) == ("mam", "Emma", "gone")
    (failed,) = await world.database.failed_attempts.newest(5)
    assert (failed.item_id, failed.item_name, failed.reason) == ("mam:Emma", "Emma", "The torrent is gone.")


async def test_what_the_client_refuses_is_blocked_with_its_hash(world: SmallWorld) -> None:
    want = await world.chosen()
    world.qbittorrent.before("add", Refused("It cannot read the torrent.", "not_a_torrent"))
    await world.pipeline.grab()
    want = await world.now(want)
    assert (want.state, want.client, want.download) == (WantState.WANTED, None, None)
    (blocked,) = await world.database.blocklist.for_want(want.id)
    assert blocked.info_hash


async def test_one_torrent_is_not_taken_for_two_books(world: SmallWorld) -> None:
    world.mam.same_torrent = "a" * 40
    first, second = await world.chosen("Emma"), await world.chosen("Persuasion")
    await world.pipeline.grab()
    assert (await world.now(first)).state is WantState.DOWNLOADING
    second = await world.now(second)
    assert (second.state, second.code) == (WantState.WANTED, "taken")
    assert second.reason == "The torrent is already the download of 'Emma'."
    assert [blocked.key for blocked in await world.database.blocklist.for_want(second.id)] == ["Persuasion"]
    assert len(world.qbittorrent.asked["add"]) == 1


async def test_the_torrent_of_a_dropped_book_may_be_taken(world: SmallWorld) -> None:
    """It is left to its client, and a person who dropped a wrong wish may wish again under the right name."""
    world.mam.same_torrent = "a" * 40
    dropped = await world.downloading("Ema")
    await world.people.drop(dropped.id)
    want = await world.downloading("Emma")
    assert want.state is WantState.DOWNLOADING
    assert list(world.qbittorrent.downloads) == ["a" * 40]


async def test_a_torrent_that_failed_is_refused_under_another_name(world: SmallWorld) -> None:
    world.mam.same_torrent = "a" * 40
    want = await world.chosen()
    await world.database.blocklist.add(want.id, "mam", "another name", "a" * 40, "incomplete", "Not whole: 01.mp3.")
    await world.pipeline.grab()
    want = await world.now(want)
    assert (want.state, want.code) == (WantState.WANTED, "blocked")
    assert want.reason == "The same torrent failed before: Not whole: 01.mp3."
    assert world.qbittorrent.asked["add"] == []
    assert {item.key for item in await world.database.blocklist.for_want(want.id)} == {"Emma", "another name"}


async def test_without_a_release_it_is_chosen_anew(world: SmallWorld) -> None:
    want = await world.want(state=WantState.CHOSEN)
    await world.pipeline.grab()
    assert (await world.now(want)).state is WantState.WANTED


async def test_a_client_that_is_not_there_is_waited_for(world: SmallWorld) -> None:
    want = await world.chosen()
    await world.have("mam")
    await world.pipeline.grab()
    want = await world.now(want)
    assert (want.state, want.code, want.release) == (WantState.CHOSEN, "unavailable", world.offer())
    assert "'qbittorrent'" in (want.reason or "")


async def test_a_release_of_an_indexer_that_is_no_more_is_chosen_anew_and_not_blocked(world: SmallWorld) -> None:
    want = await world.chosen()
    await world.have("qbittorrent")
    await world.pipeline.grab()
    want = await world.now(want)
    assert (want.state, want.code, want.release) == (WantState.WANTED, "source_gone", None)
    assert await world.database.blocklist.for_want(want.id) == ()
