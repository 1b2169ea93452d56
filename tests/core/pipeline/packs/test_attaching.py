"""A torrent with several books serves several wants: each gets its own files, nobody gets another's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.core.pipeline.packs.pack import HASH, Pack

from audiobook_daemon import Book
from audiobook_daemon.matching import book_key
from audiobook_daemon.models import Want, WantState, Wish

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import SmallWorld


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


async def test_of_a_dropped_book_the_files_are_free(world: SmallWorld) -> None:
    pack = Pack(world)
    dropped = await pack.chosen("Emma")
    await world.pipeline.grab()
    await world.people.drop(dropped.id)
    book = Book("Emma", ("Anne Jamison", "Jane Austen"))
    again, _ = await world.database.wants.add("again", Wish(book), state=WantState.CHOSEN, release=pack.release)
    await world.pipeline.grab()
    assert (await world.now(again)).selection == pack.paths("Emma")
