"""The books of one torrent go each its own way, from the download to the shelf."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.core.pipeline.packs.pack import HASH, Pack, shelf, shelved

from audiobook_daemon import TorrentFile
from audiobook_daemon.demo.audio import AudioTags
from audiobook_daemon.demo.mp3 import make_mp3
from audiobook_daemon.models import WantState

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import SmallWorld


async def test_each_want_goes_its_way_to_the_shelf_and_the_rest_stays_in_the_torrent(world: SmallWorld) -> None:
    pack = Pack(world)
    await pack.chosen("Persuasion")
    await world.want("Sanditon")
    await world.pipeline.grab()
    pack.arrive()
    await pack.tend()
    assert shelf(world) == shelved("Persuasion", "Sanditon")
    assert (await world.database.wants.counts())[WantState.SHELVED] == 2
    assert {path: (pack.folder / path).read_bytes() for path in pack.data} == pack.data
    (asked,) = world.qbittorrent.asked["status"]
    assert asked == [HASH], "one torrent is one question"


async def test_a_book_wanted_later_is_taken_from_the_torrent_that_is_there(world: SmallWorld) -> None:
    pack = Pack(world)
    await pack.chosen("Persuasion")
    await world.pipeline.grab()
    pack.arrive()
    await pack.tend()
    later = await pack.chosen("Emma")
    await world.pipeline.grab()
    assert (await world.now(later)).selection == pack.paths("Emma")
    await pack.tend()
    assert shelf(world) == shelved("Emma", "Persuasion")
    record = await world.database.downloads.get(HASH)
    assert record is not None
    assert record.want_id == 1, "it stays the first one's"


async def test_a_broken_book_puts_only_itself_aside(world: SmallWorld) -> None:
    pack = Pack(world)
    broken, sound = await pack.chosen("Emma"), await pack.chosen("Sanditon")
    await world.pipeline.grab()
    pack.arrive()
    file = pack.folder / "1 - Emma" / "Part 2.mp3"
    file.write_bytes(bytes(file.stat().st_size))
    await pack.tend()
    broken, sound = await world.now(broken), await world.now(sound)
    assert (broken.state, broken.code, broken.selection) == (WantState.WANTED, "unreadable", ())
    assert sound.state is WantState.SHELVED
    assert [one.code for one in await world.database.blocklist.for_want(broken.id)] == ["unreadable"]
    assert await world.database.blocklist.for_want(sound.id) == ()
    assert shelf(world) == shelved("Sanditon")


async def test_a_wrong_book_in_a_pack_puts_only_itself_aside(world: SmallWorld) -> None:
    pack = Pack(world)
    for path in (path for path in pack.data if "Emma" in path):
        pack.data[path] = make_mp3(2, AudioTags(album="Hard Times", artist="Charles Dickens"))
    pack.files = tuple(TorrentFile(f"{pack.folder.name}/{path}", len(data)) for path, data in pack.data.items())
    world.mam.files = pack.files
    wrong, right = await pack.chosen("Emma"), await pack.chosen("Sanditon")
    await world.pipeline.grab()
    pack.arrive()
    await pack.tend()
    assert ((await world.now(wrong)).code, (await world.now(right)).state) == ("other_book", WantState.SHELVED)


async def test_the_books_of_a_magnet_link_are_found_when_it_is_here(world: SmallWorld) -> None:
    pack = Pack(world, magnet=True)
    want = await pack.chosen("Emma")
    other = await world.want("Sanditon")
    rival = await world.want("Persuasion", state=WantState.CHOSEN, release=pack.release)
    await world.pipeline.grab()
    assert (await world.now(want)).torrent_files == ()
    assert (await world.now(other)).state is WantState.WANTED
    waiting = await world.now(rival)
    assert (waiting.state, waiting.code) == (WantState.CHOSEN, "unavailable")
    pack.arrive()
    await pack.tend()
    assert (await world.now(want)).selection == pack.paths("Emma")
    assert (await world.now(other)).selection == pack.paths("Sanditon")
    world.clock.pass_by(hours=1)
    await world.pipeline.grab()
    await pack.tend()
    assert shelf(world) == shelved("Emma", "Sanditon", "Persuasion")
    assert set(world.qbittorrent.downloads) == {HASH}


async def test_a_magnet_link_without_the_book_is_put_aside_when_it_is_here(world: SmallWorld) -> None:
    pack = Pack(world, magnet=True)
    want = await pack.chosen("Northanger Abbey")
    await world.pipeline.grab()
    pack.arrive()
    await pack.tend()
    now = await world.now(want)
    assert (now.state, now.code) == (WantState.WANTED, "not_in_pack")
    (blocked,) = await world.database.blocklist.for_want(want.id)
    assert blocked.info_hash == HASH


async def test_a_pack_that_vanished_is_added_once_for_all(world: SmallWorld) -> None:
    pack = Pack(world)
    wants = [await pack.chosen(title) for title in ("Emma", "Sanditon")]
    await world.pipeline.grab()
    world.qbittorrent.downloads.clear()
    for _ in range(2):
        await world.pipeline.watch()
        world.clock.pass_by(minutes=2)
    await world.pipeline.grab()
    assert [(await world.now(want)).state for want in wants] == [WantState.DOWNLOADING] * 2
    assert set(world.qbittorrent.downloads) == {HASH}
    pack.arrive()
    await pack.tend()
    assert shelf(world) == shelved("Emma", "Sanditon")


async def test_a_magnet_link_whose_files_lie_loose_among_others_waits(world: SmallWorld) -> None:
    """Nobody can say which files of the download folder are its own."""
    pack = Pack(world, magnet=True)
    want = await pack.chosen("Emma")
    await world.pipeline.grab()
    pack.arrive()
    loose = replace(world.qbittorrent.downloads[HASH], root=str(pack.folder))
    world.qbittorrent.downloads[HASH] = loose
    await pack.tend()
    waiting = await world.now(want)
    assert (waiting.state, waiting.code, waiting.selection) == (WantState.DOWNLOADED, "unavailable", ())
    assert "lie loose in" in (waiting.reason or "")
