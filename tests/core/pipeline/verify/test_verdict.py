"""What has arrived is the wanted book by its length and its tags, or a person is asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.core.pipeline.verify.aside import assert_put_aside, verify
from tinytag import TinyTag

from audiobook_daemon import Book, Facts, Unavailable
from audiobook_daemon.demo.audio import AudioTags
from audiobook_daemon.models import WantState
from audiobook_daemon.pipeline.verify import editions
from audiobook_daemon.store import Decision

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import Pause, SmallWorld


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
