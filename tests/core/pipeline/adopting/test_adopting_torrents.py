"""A torrent that the download client has becomes the download of a want, as if it had been grabbed for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.core.pipeline.adopting.person import EMMA

from audiobook_daemon.demo.audio import AudioTags
from audiobook_daemon.errors import Unavailable
from audiobook_daemon.models import Book, Facts, WantState
from audiobook_daemon.pipeline import NotPossible
from audiobook_daemon.pipeline.adopting.torrents import read_hash

if TYPE_CHECKING:
    from tests.core.pipeline.adopting.person import Person
    from tests.core.pipeline.conftest import SmallWorld

HASH = "0123456789abcdef0123456789abcdef01234567"
NAME = "Jane Austen - Emma"
OTHER = AudioTags(album="The Hound of the Baskervilles", artist="Arthur Conan Doyle")


async def test_a_finished_one_is_recognised_and_goes_to_the_shelf(world: SmallWorld, person: Person) -> None:
    folder = person.has(NAME)
    before = {file: file.read_bytes() for file in folder.iterdir()}
    person.client_has(HASH, NAME, folder)
    outcome = await person.adopting.adopt_torrent(HASH)
    (want,) = await world.database.wants.list()
    assert (want.state, want.client, want.download) == (WantState.DOWNLOADING, "qbittorrent", HASH)
    assert want.wish.book == Book("Emma", ("Jane Austen",))
    assert want.release is not None
    assert (want.release.source, want.release.key, want.release.title) == ("manual", HASH, NAME)
    assert outcome.data == {"id": want.id, "state": "downloading"}
    assert "names and tags agree" in outcome.summary
    await person.tend()
    want = await world.now(want)
    assert want.state is WantState.SHELVED, want.reason
    assert {file: file.read_bytes() for file in folder.iterdir()} == before
    assert world.qbittorrent.asked["add"] == []


async def test_an_unfinished_one_waits_until_it_is_complete(world: SmallWorld, person: Person) -> None:
    want = await world.want()
    person.client_has(HASH, NAME, progress=0.4)
    await person.adopting.adopt_torrent(HASH.upper())
    await person.tend()
    want = await world.now(want)
    assert (want.state, want.download, want.torrent_files) == (WantState.DOWNLOADING, HASH, ())
    person.client_has(HASH, NAME, person.has(NAME))
    await person.tend()
    assert (await world.now(want)).state is WantState.SHELVED


@pytest.mark.parametrize("naming", [{"want": 1}, {"title": "Emma", "author": "Jane Austen"}, {"title": "EMMA"}])
async def test_a_person_may_say_which_book_it_is(world: SmallWorld, person: Person, naming: dict[str, object]) -> None:
    if "author" in naming or "want" in naming:
        await world.want()
    person.client_has(HASH, "f3a9c1d2e4b5a697", person.has("f3a9c1d2e4b5a697", None))
    await person.adopting.adopt_torrent(HASH, **naming)  # type: ignore[arg-type]
    await person.tend()
    (want,) = await world.database.wants.list()
    assert (want.id, want.approved, want.state) == (1, True, WantState.SHELVED), want.reason


NOT_CERTAIN = (
    ("f3a9c1d2e4b5a697", None, "names say"),
    ("Sanditon", None, "no author"),
    ("Lady Susan", AudioTags(artist="Jane Austen"), "Only one witness"),
    ("0a9c1d2e4b5a6970", EMMA, "Their tags say 'Emma' by Jane Austen"),
    ("Jane Austen - Persuasion", OTHER, "names say 'Persuasion'"),
)


async def test_what_is_not_certain_is_left_and_told(world: SmallWorld, person: Person) -> None:
    for name, tags, said in NOT_CERTAIN:
        person.client_has(HASH, name, person.has(name, tags))
        with pytest.raises(NotPossible) as caught:
            await person.adopting.adopt_torrent(HASH)
        assert said in str(caught.value)
        assert "--title" in str(caught.value)
    assert await world.database.wants.list() == ()
    wanted = await world.want("Persuasion")
    person.client_has(HASH, "Jane Austen - Persuasion", person.has("Persuasion (Jane Austen)", EMMA))
    with pytest.raises(NotPossible, match="It may be 'Persuasion', but the tags say 'Emma'"):
        await person.adopting.adopt_torrent(HASH)
    assert await world.now(wanted) == wanted


async def test_a_source_that_knows_the_book_is_a_second_witness(world: SmallWorld, person: Person) -> None:
    world.google.facts = (Facts("google", title="Emma", authors=("Jane Austen",), score=0.99),)
    person.client_has(HASH, "f3a9c1d2e4b5a697", person.has("f3a9c1d2e4b5a697"))
    outcome = await person.adopting.adopt_torrent(HASH)
    assert "google knows it" in outcome.summary


async def test_a_title_alone_gets_the_author_that_the_files_tell(world: SmallWorld, person: Person) -> None:
    want = await world.want()
    person.client_has(HASH, "f3a9c1d2e4b5a697", person.has("f3a9c1d2e4b5a697"))
    await person.adopting.adopt_torrent(HASH, title="EMMA")
    assert [one.id for one in await world.database.wants.by_download(HASH)] == [want.id], "no second want of one book"


async def test_a_torrent_is_adopted_once(world: SmallWorld, person: Person) -> None:
    await world.want("Persuasion")
    person.client_has(HASH, NAME, person.has(NAME))
    await person.adopting.adopt_torrent(HASH)
    for naming in ({}, {"want": 1}, {"title": "Emma", "author": "Jane Austen"}):
        with pytest.raises(NotPossible, match="already"):
            await person.adopting.adopt_torrent(HASH, **naming)
    assert len(await world.database.wants.by_download(HASH)) == 1


async def test_files_of_another_book_go_to_no_shelf_and_nothing_is_downloaded_instead(
    world: SmallWorld, person: Person
) -> None:
    world.mam.offers = (world.offer(),)
    person.client_has(HASH, NAME, person.has(NAME, OTHER))
    await person.adopting.adopt_torrent(HASH, title="Emma", author="Jane Austen")
    await person.tend()
    (want,) = await world.database.wants.list()
    assert (want.state, want.code) == (WantState.WANTED, "other_book")
    await world.pipeline.choose()
    want = await world.now(want)
    assert want.state is WantState.REVIEW
    assert "Nobody has asked for a download yet" in (want.reason or "")
    with pytest.raises(NotPossible, match="was tried before"):
        await person.adopting.adopt_torrent(HASH, want=want.id)


async def test_a_want_that_has_its_book_or_a_download_is_refused(world: SmallWorld, person: Person) -> None:
    busy = await world.downloading()
    person.client_has(HASH, NAME, person.has(NAME))
    for naming in ({"want": busy.id}, {}):
        with pytest.raises(NotPossible, match="download already"):
            await person.adopting.adopt_torrent(HASH, **naming)  # type: ignore[arg-type]
    await world.change(busy, state=WantState.SHELVED)
    with pytest.raises(NotPossible, match="in the library already"):
        await person.adopting.adopt_torrent(HASH, want=busy.id)


async def test_what_the_library_holds_is_not_taken_in_again(world: SmallWorld, person: Person) -> None:
    world.shelves.own(Book("Emma", ("Jane Austen",)))
    await world.pipeline.sync()
    person.client_has(HASH, NAME, person.has(NAME))
    with pytest.raises(NotPossible, match="in the library already"):
        await person.adopting.adopt_torrent(HASH)


async def test_of_several_books_one_is_named_and_the_others_that_are_wanted_come_along(
    world: SmallWorld, person: Person
) -> None:
    for number, title in enumerate(("Emma", "Persuasion", "Sanditon"), start=1):
        person.has(f"Austen/{number} - {title}", AudioTags(album=title, artist="Jane Austen"))
    emma, other = await world.want("Emma"), await world.want("Persuasion")
    person.client_has(HASH, "Austen", person.place / "Austen")
    with pytest.raises(NotPossible, match=r"3 books .*Emma.*Name one"):
        await person.adopting.adopt_torrent(HASH)
    await person.adopting.adopt_torrent(HASH, want=emma.id)
    await person.tend()
    for taken in (emma, other):
        want = await world.now(taken)
        assert want.state is WantState.SHELVED, want.reason
        assert all(want.wish.book.title in path for path in want.selection)


async def test_a_torrent_nobody_has_and_a_client_that_is_away_are_told_apart(world: SmallWorld, person: Person) -> None:
    with pytest.raises(NotPossible, match="has no torrent"):
        await person.adopting.adopt_torrent(HASH)
    world.qbittorrent.before("status", Unavailable("It is down."))
    with pytest.raises(NotPossible, match="It is down"):
        await person.adopting.adopt_torrent(HASH)


@pytest.mark.parametrize("text", ["", "xyz", "all", HASH[:-1], HASH + "0", "magnet:?dn=Emma"])
def test_what_is_no_hash_is_refused(text: str) -> None:
    with pytest.raises(NotPossible):
        read_hash(text)


FORMS = (
    f"  {HASH}\n",
    HASH.upper(),
    f"magnet:?xt=urn:btih:{HASH}",
    "AERUKZ4JVPG66AJDIVTYTK6N54ASGRLH",
    f"{HASH}{'0' * 24}",
)


@pytest.mark.parametrize("text", FORMS)
def test_a_hash_may_be_written_in_any_form(text: str) -> None:
    assert read_hash(text) == HASH


async def test_files_that_lie_loose_among_others_are_nobodys(world: SmallWorld, person: Person) -> None:
    folder = person.has("downloads")
    person.client_has(HASH, NAME, folder)
    world.qbittorrent.downloads[HASH] = replace(world.qbittorrent.downloads[HASH], root=str(folder))
    with pytest.raises(NotPossible, match="loose"):
        await person.adopting.adopt_torrent(HASH, title="Emma")


async def test_a_rehearsal_writes_nothing(world: SmallWorld, person: Person) -> None:
    person.client_has(HASH, NAME, person.has(NAME))
    outcome = await person.adopting.adopt_torrent(HASH, dry_run=True)
    assert "would be taken in as 'Emma' by Jane Austen" in outcome.summary
    assert await world.database.wants.list() == ()
    assert await world.database.downloads.get(HASH) is None


async def test_one_that_vanishes_is_looked_for_anew_and_never_fetched_from_a_person(
    world: SmallWorld, person: Person
) -> None:
    person.client_has(HASH, NAME, progress=0.4)
    await person.adopting.adopt_torrent(HASH, title="Emma", author="Jane Austen")
    del world.qbittorrent.downloads[HASH]
    for _ in range(3):
        await person.tend()
        world.clock.pass_by(hours=1)
    (want,) = await world.database.wants.list()
    assert (want.state, want.code) == (WantState.WANTED, "source_gone")
    assert "person brought" in (want.reason or "")
