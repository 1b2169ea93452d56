"""A torrent that a person brings is kept first, then grabbed like one of an indexer, and forgotten when it is there."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from aiohttp.test_utils import RawTestServer

from audiobook_daemon.errors import Unavailable
from audiobook_daemon.models import DownloadState, WantState
from audiobook_daemon.pipeline import NotPossible

if TYPE_CHECKING:
    from tests.core.pipeline.adopting.person import Person
    from tests.core.pipeline.conftest import SmallWorld

NAME = "Jane Austen - Emma"
PARTS = {"01.mp3": 2000, "02.mp3": 2000}
MAGNET = "magnet:?xt=urn:btih:AERUKZ4JVPG66AJDIVTYTK6N54ASGRLH&dn=Jane Austen - Emma&tr=http://tracker.example/key"
MAGNET_HASH = "0123456789abcdef0123456789abcdef01234567"


def arrive(world: SmallWorld, info_hash: str, folder: Path) -> None:
    """Let the client have all of it."""
    download = world.qbittorrent.downloads[info_hash]
    there = replace(download, state=DownloadState.READY, path=str(folder), root=str(folder.parent))
    world.qbittorrent.downloads[info_hash] = there


async def test_it_is_kept_and_grabbed_and_forgotten_when_it_is_there(world: SmallWorld, person: Person) -> None:
    want = await world.want()
    folder = person.has(NAME)
    sizes = {file.name: file.stat().st_size for file in folder.iterdir()}
    place, info_hash = person.torrent(NAME, sizes, private=True)
    await person.adopting.add_torrent(str(place), want=want.id)
    want = await world.now(want)
    assert (want.state, want.approved, want.download) == (WantState.CHOSEN, True, info_hash)
    assert want.release is not None
    assert (want.release.source, want.release.key, want.release.info_hash) == ("manual", info_hash, info_hash)
    content = place.read_bytes()
    place.unlink()
    await world.pipeline.grab()
    (added,) = world.qbittorrent.asked["add"]
    assert (added.content, added.private, added.magnet) == (content, True, None)  # type: ignore[attr-defined]
    world.clock.pass_by(hours=3)
    await world.pipeline.watch()
    assert await world.database.torrents.get(info_hash) is not None, "the client may lose it yet"
    arrive(world, info_hash, folder)
    await person.tend()
    assert (await world.now(want)).state is WantState.SHELVED
    assert await world.database.torrents.get(info_hash) is None
    assert world.mam.asked["fetch"] == []


async def test_a_magnet_link_of_the_old_form_with_blanks_is_taken(world: SmallWorld, person: Person) -> None:
    await person.adopting.add_torrent(f" {MAGNET}\n", title="Emma", author="Jane Austen")
    await person.tend()
    (added,) = world.qbittorrent.asked["add"]
    assert added.info_hash == MAGNET_HASH  # type: ignore[attr-defined]
    assert added.magnet == MAGNET.replace(" ", "%20")  # type: ignore[attr-defined]
    arrive(world, MAGNET_HASH, person.has(NAME))
    await person.tend()
    (want,) = await world.database.wants.list()
    assert want.state is WantState.SHELVED, want.reason


async def test_without_a_name_it_is_the_book_that_is_wanted_and_that_it_says_it_is(
    world: SmallWorld, person: Person
) -> None:
    place, info_hash = person.torrent(NAME, PARTS)
    with pytest.raises(NotPossible, match="--title"):
        await person.adopting.add_torrent(str(place))
    assert await world.database.torrents.get(info_hash) is None
    want = await world.want()
    await person.adopting.add_torrent(str(place))
    want = await world.now(want)
    assert (want.state, want.approved) == (WantState.CHOSEN, False), "no person has said so"


async def test_one_that_the_client_lost_is_added_again_from_what_was_kept(world: SmallWorld, person: Person) -> None:
    place, info_hash = person.torrent(NAME, PARTS)
    await person.adopting.add_torrent(str(place), title="Emma", author="Jane Austen")
    await world.pipeline.grab()
    del world.qbittorrent.downloads[info_hash]
    for _ in range(3):
        await person.tend()
        world.clock.pass_by(hours=2)
    assert list(world.qbittorrent.downloads) == [info_hash]
    assert len(world.qbittorrent.asked["add"]) == 2


async def test_a_crash_before_or_behind_the_client_doubles_nothing(world: SmallWorld, person: Person) -> None:
    place, info_hash = person.torrent(NAME, PARTS)
    await person.adopting.add_torrent(str(place), title="Emma", author="Jane Austen")
    world.qbittorrent.before("add", Unavailable("It is down."))
    await world.pipeline.grab()
    world.clock.pass_by(hours=1)
    world.qbittorrent.after("add", Unavailable("The answer got lost."))
    await world.pipeline.grab()
    world.clock.pass_by(hours=1)
    await world.pipeline.grab()
    (want,) = await world.database.wants.list()
    assert want.state is WantState.DOWNLOADING
    assert list(world.qbittorrent.downloads) == [info_hash]
    assert len(world.qbittorrent.asked["add"]) == 2, "the third time it was there"


async def test_brought_again_after_a_crash_behind_the_keeping_it_is_taken_once(
    world: SmallWorld, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, info_hash = person.torrent(NAME, PARTS)
    wants = world.database.wants

    async def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(wants, "add", die)
        with pytest.raises(KeyboardInterrupt):
            await person.adopting.add_torrent(str(place), title="Emma", author="Jane Austen")
    assert await wants.list() == ()
    bringing = (person.adopting.add_torrent(str(place), title="Emma", author="Jane Austen") for _ in range(3))
    outcomes = await asyncio.gather(*bringing, return_exceptions=True)
    assert sum(isinstance(outcome, NotPossible) for outcome in outcomes) == 2
    assert len(await wants.by_download(info_hash)) == 1


async def test_what_fails_a_gate_is_neither_kept_nor_chosen(world: SmallWorld, person: Person) -> None:
    want = await world.want()
    (person.place / "page.torrent").write_bytes(b"<!DOCTYPE html>")
    (person.place / "huge.torrent").touch()
    with (person.place / "huge.torrent").open("r+b") as file:
        file.truncate(20_000_001)
    blocked, blocked_hash = person.torrent("Emma blocked", PARTS)
    await world.database.blocklist.add(want.id, "mam", "1", blocked_hash, "unreadable", "It could not be played.")
    pack = {f"{number} - {title}/1.mp3": 9 for number, title in enumerate(("Persuasion", "Sanditon"), start=1)}
    for place, words in (
        (person.torrent("Emma epub", {"Emma.epub": 9})[0], "holds no audio"),
        (person.torrent("Emma up", {"../../Emma.mp3": 9})[0], "outside its folder"),
        (person.torrent("Emma twice", {"1.mp3": 9, "1.mp3/1.mp3": 9})[0], "that is a folder as well"),
        (person.torrent("Jane Austen", pack)[0], "not surely one of them"),
        (blocked, "was tried before: It could not be played"),
        (person.place / "page.torrent", "not a sound"),
        (person.place / "huge.torrent", "is no .torrent file"),
        (person.place, "is no .torrent file"),
        (person.place / "none.torrent", "There is no"),
        (Path("none.torrent"), "no absolute path"),
    ):
        with pytest.raises(NotPossible, match=words):
            await person.adopting.add_torrent(str(place), want=want.id)
    assert (await world.now(want)) == want
    assert await world.database.torrents.get(blocked_hash) is None


async def test_of_a_pack_only_the_named_book_is_taken(world: SmallWorld, person: Person) -> None:
    files = {
        f"{number} - {title}/{part}.mp3": 9
        for number, title in enumerate(("Emma", "Persuasion", "Sanditon"), start=1)
        for part in (1, 2)
    }
    place, info_hash = person.torrent("Jane Austen Collection", files)
    with pytest.raises(NotPossible, match="3 books"):
        await person.adopting.add_torrent(str(place))
    await person.adopting.add_torrent(str(place), title="Persuasion", author="Jane Austen")
    await person.adopting.add_torrent(str(place), title="Emma", author="Jane Austen")
    wants = await world.database.wants.by_download(info_hash)
    assert {want.wish.book.title: len(want.selection) for want in wants} == {"Persuasion": 2, "Emma": 2}
    await world.pipeline.grab()
    assert len(world.qbittorrent.downloads) == 1


async def test_the_words_of_a_tracker_never_come_out(world: SmallWorld, person: Person) -> None:
    place, _ = person.torrent(NAME, PARTS, private=True)
    told = [str(await person.adopting.add_torrent(str(place), title="Emma", author="Jane Austen"))]
    (want,) = await world.database.wants.list()
    told.append(repr(want))
    told += [repr(event) for event in world.heard]
    assert "tracker.example" not in "".join(told)


async def test_a_link_into_the_private_network_is_refused_and_not_repeated(world: SmallWorld, person: Person) -> None:
    link = "http://127.0.0.1:9/download/7.torrent?passkey=0a1b2c3d"
    for bring in (person.adopting.add_torrent, person.adopting.adopt_torrent):
        with pytest.raises(NotPossible) as told:
            await bring(link, title="Emma")
        assert "0a1b2c3d" not in str(told.value)
    assert await world.database.wants.list() == ()


async def test_a_link_to_an_indexer_is_followed_to_a_file_or_a_magnet(
    world: SmallWorld, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, info_hash = person.torrent(NAME, PARTS)
    answers: dict[str, object] = {
        "/file": web.Response(body=place.read_bytes()),
        "/magnet": web.Response(status=302, headers={"Location": MAGNET.replace(" ", "%20")}),
        "/page": web.Response(text="<!DOCTYPE html>"),
    }

    async def answer(request: web.BaseRequest) -> web.Response:
        given = answers[request.path]
        assert isinstance(given, web.Response)
        return given

    async with RawTestServer(answer) as server:
        here = str(server.make_url("/"))
        with pytest.raises(NotPossible, match="private network"):
            await person.adopting.add_torrent(f"{here}file", title="Emma", author="Jane Austen")
        monkeypatch.setattr(type(world.mam.config), "url", here, raising=False)
        with pytest.raises(NotPossible, match="not a sound"):
            await person.adopting.add_torrent(f"{here}page", title="Emma", author="Jane Austen")
        assert await world.database.wants.list() == ()
        await person.adopting.add_torrent(
            f"{here}file?passkey=0a1b2c3d", title="Emma", author="Jane Austen", found_at="the forum"
        )
        (want,) = await world.database.wants.list()
        assert (want.state, want.download) == (WantState.CHOSEN, info_hash)
        assert want.reason == "A person brought its torrent from the forum."
        assert "0a1b2c3d" not in repr(want)
        await person.adopting.add_torrent(f"{here}magnet", title="Persuasion", author="Jane Austen")
        assert len(await world.database.wants.by_download(MAGNET_HASH)) == 1
