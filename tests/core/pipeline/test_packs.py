"""A torrent with several books serves several wants: each gets its own files, nobody gets another's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon import Book, TorrentFile
from audiobook_daemon.demo.audio import AudioTags
from audiobook_daemon.demo.mp3 import make_mp3
from audiobook_daemon.matching import book_key
from audiobook_daemon.models import DownloadState, Want, WantState, Wish

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import SmallWorld

TITLES = ("Emma", "Persuasion", "Lady Susan", "Mansfield Park", "Sanditon")
HASH = "a" * 40


class Pack:
    """A torrent of several books, two files each, as an indexer offers it and a client downloads it."""

    def __init__(self, world: SmallWorld, titles: Sequence[str] = TITLES, *, magnet: bool = False) -> None:
        self.world = world
        self.folder = world.folder / "downloads" / "Jane Austen"
        self.release = replace(world.offer("Jane Austen Collection"), key="pack")
        data = {
            f"{number} - {title}/{part}.mp3": make_mp3(2, AudioTags(album=title, artist="Jane Austen"))
            for number, title in enumerate(titles, start=1)
            for part in ("Part 1", "Part 2")
        }
        self.data = data
        self.files = tuple(TorrentFile(f"{self.folder.name}/{path}", len(bytes_)) for path, bytes_ in data.items())
        world.mam.same_torrent = HASH
        world.mam.files = () if magnet else self.files

    async def chosen(self, title: str) -> Want:
        """A want for which the pack was chosen."""
        return await self.world.want(title, state=WantState.CHOSEN, release=self.release)

    def paths(self, title: str) -> tuple[str, ...]:
        return tuple(file.path for file in self.files if f" - {title}/" in file.path)

    def arrive(self) -> None:
        """Let all of it be there."""
        for path, data in self.data.items():
            file = self.folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        for info_hash, download in self.world.qbittorrent.downloads.items():
            ready = replace(download, state=DownloadState.READY, path=str(self.folder))
            self.world.qbittorrent.downloads[info_hash] = ready

    async def tend(self) -> None:
        for verb in (self.world.pipeline.watch, self.world.pipeline.verify, self.world.pipeline.shelve):
            await verb()


def shelf(world: SmallWorld) -> list[str]:
    root = world.shelves.folder
    return sorted(str(file.relative_to(root)) for file in root.rglob("*") if file.is_file())


def shelved(*titles: str) -> list[str]:
    return sorted(f"Jane Austen/{title}/Part {part}.mp3" for title in titles for part in (1, 2))


async def test_all_wants_whose_book_is_in_it_get_their_files_of_one_download(world: SmallWorld) -> None:
    pack = Pack(world)
    first = await pack.chosen("Persuasion")
    second = await world.want("Sanditon")
    absent = await world.want("Northanger Abbey")
    await world.pipeline.grab()
    for want, title in ((first, "Persuasion"), (second, "Sanditon")):
        now = await world.now(want)
        assert (now.state, now.client, now.download) == (WantState.DOWNLOADING, "qbittorrent", HASH)
        assert (now.selection, now.torrent_files, now.release) == (pack.paths(title), pack.files, pack.release)
    assert await world.now(absent) == absent
    assert len(world.qbittorrent.asked["add"]) == 1
    told = [(event.want.wish.book.title, event.before, event.want.state) for event in world.told()]
    assert ("Sanditon", WantState.WANTED, WantState.DOWNLOADING) in told


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


async def test_two_that_chose_the_same_pack_at_once_share_it(world: SmallWorld) -> None:
    pack = Pack(world)
    wants = [await pack.chosen(title) for title in ("Emma", "Lady Susan")]
    await world.pipeline.grab()
    assert [(await world.now(want)).selection for want in wants] == [pack.paths("Emma"), pack.paths("Lady Susan")]
    assert set(world.qbittorrent.downloads) == {HASH}


async def test_a_pack_that_does_not_surely_hold_the_book_is_refused(world: SmallWorld) -> None:
    pack = Pack(world)
    want = await pack.chosen("Northanger Abbey")
    await world.pipeline.grab()
    want = await world.now(want)
    assert (want.state, want.code) == (WantState.WANTED, "not_in_pack")
    assert want.reason == (
        "The torrent holds 5 books, and Northanger Abbey is not surely one of them: no group of files is this book."
    )
    assert world.qbittorrent.asked["add"] == []
    (blocked,) = await world.database.blocklist.for_want(want.id)
    assert (blocked.key, blocked.code) == ("pack", "not_in_pack")


async def test_who_wishes_for_a_collection_gets_all_of_it(world: SmallWorld) -> None:
    pack = Pack(world)
    want = await pack.chosen("Jane Austen Collection")
    await world.pipeline.grab()
    assert ((await world.now(want)).state, (await world.now(want)).selection) == (WantState.DOWNLOADING, ())


async def test_a_torrent_of_one_book_is_nobody_elses(world: SmallWorld) -> None:
    Pack(world, ["Emma"])
    want, other = await world.chosen("Emma"), await world.want("Persuasion")
    await world.pipeline.grab()
    assert (await world.now(want)).selection == ()
    assert await world.now(other) == other


async def test_the_same_book_of_a_pack_is_not_given_twice(world: SmallWorld) -> None:
    pack = Pack(world)
    first = await pack.chosen("Emma")
    await world.pipeline.grab()
    again = await world.want(author="Austen", state=WantState.CHOSEN, release=pack.release)
    await world.pipeline.grab()
    assert (await world.now(first)).state is WantState.DOWNLOADING
    refused = await world.now(again)
    assert (refused.state, refused.code) == (WantState.WANTED, "taken")


@pytest.mark.parametrize(
    ("state", "origin", "blocked", "attached"),
    [
        (WantState.WANTED, "charts", None, True),
        (WantState.WANTED, "manual", None, True),
        (WantState.REVIEW, "charts", None, True),
        (WantState.WANTED, "bookmarks", None, False),
        (WantState.REVIEW, "bookmarks", None, False),
        (WantState.WANTED, "charts", ("pack", None), False),
        (WantState.WANTED, "charts", ("other", HASH), False),
        *((state, "charts", None, False) for state in WantState if state not in {WantState.WANTED, WantState.REVIEW}),
    ],
)
async def test_only_those_who_wait_and_may_have_it_are_given_a_book(
    world: SmallWorld, state: WantState, origin: str, blocked: tuple[str, str | None] | None, attached: bool
) -> None:
    pack = Pack(world)
    book = Book("Sanditon", ("Jane Austen",))
    other, _ = await world.database.wants.add(book_key(book), Wish(book, origin), state=state)
    if blocked:
        await world.database.blocklist.add(
            other.id, "mam", blocked[0], blocked[1], "unreadable", "It cannot be played."
        )
    await world.change(other, next_try=world.clock.now)
    before = await world.now(other)
    await pack.chosen("Emma")
    await world.pipeline.grab()
    after = await world.now(other)
    if attached:
        assert (after.state, after.code, after.next_try) == (WantState.DOWNLOADING, "attached", None)
    elif state is not WantState.CHOSEN:
        assert after == before


@pytest.mark.parametrize(
    "change",
    [
        {"language": "de"},
        {"title": "Jane Austen Collection (Abridged)"},
        {"dramatised": True, "title": "Jane Austen: Full Cast Drama"},
    ],
)
async def test_a_recording_that_another_wish_would_refuse_is_not_given_to_it(
    world: SmallWorld, change: dict[str, str]
) -> None:
    pack = Pack(world)
    pack.release = replace(pack.release, **change)  # type: ignore[arg-type]
    other = await world.want("Sanditon")
    await pack.chosen("Emma")
    await world.pipeline.grab()
    assert await world.now(other) == other


async def test_what_is_under_review_with_a_download_of_its_own_is_left_alone(world: SmallWorld) -> None:
    pack = Pack(world)
    other = await world.want("Sanditon", state=WantState.REVIEW, download="b" * 40, path="/here")
    await pack.chosen("Emma")
    await world.pipeline.grab()
    assert await world.now(other) == other


async def test_after_a_crash_the_others_are_attached_when_the_download_is_found_again(world: SmallWorld) -> None:
    pack = Pack(world)
    await pack.chosen("Emma")
    other = await world.want("Sanditon")
    attach = world.database.wants.change

    async def dies(want: Want, **changes: object) -> Want:
        if want.id == other.id:
            raise RuntimeError("the daemon dies here")
        return await attach(want, **changes)  # type: ignore[arg-type]

    world.database.wants.change = dies  # type: ignore[method-assign]
    await world.pipeline.grab()
    world.database.wants.change = attach  # type: ignore[method-assign]
    assert (await world.now(other)).state is WantState.WANTED
    world.clock.pass_by(hours=1)
    await world.pipeline.grab()
    assert (await world.now(other)).selection == pack.paths("Sanditon")
    assert len(world.qbittorrent.asked["add"]) == 1


async def test_a_person_who_drops_meanwhile_wins(world: SmallWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = Pack(world)
    other = await world.want("Sanditon")
    await pack.chosen("Emma")
    blocked = world.database.blocklist.for_want

    async def dropped(want_id: int) -> object:
        if want_id == other.id:
            await world.people.drop(want_id)
        return await blocked(want_id)

    monkeypatch.setattr(world.database.blocklist, "for_want", dropped)
    await world.pipeline.grab()
    assert (await world.now(other)).state is WantState.DROPPED


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


async def test_of_a_dropped_book_the_files_are_free(world: SmallWorld) -> None:
    pack = Pack(world)
    dropped = await pack.chosen("Emma")
    await world.pipeline.grab()
    await world.people.drop(dropped.id)
    book = Book("Emma", ("Anne Jamison", "Jane Austen"))
    again, _ = await world.database.wants.add("again", Wish(book), state=WantState.CHOSEN, release=pack.release)
    await world.pipeline.grab()
    assert (await world.now(again)).selection == pack.paths("Emma")
