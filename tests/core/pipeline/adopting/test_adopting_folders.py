"""A folder that a person names enters like a finished download; it is read, and never changed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.actions import from_afar
from audiobook_daemon.demo.audio import AudioTags
from audiobook_daemon.errors import Refused, Unavailable
from audiobook_daemon.models import Book, Download, DownloadState, Outcome, WantState
from audiobook_daemon.pipeline import NotPossible

if TYPE_CHECKING:
    from tests.core.pipeline.adopting.person import Person
    from tests.core.pipeline.conftest import SmallWorld

DOYLE = AudioTags(album="The Hound of the Baskervilles", artist="Arthur Conan Doyle")


def everything(place: Path) -> Mapping[Path, tuple[bytes, int, int]]:
    """All files below a place, with what must not change about them."""
    return {
        file: (file.read_bytes(), file.stat().st_mtime_ns, file.stat().st_ino)
        for file in place.rglob("*")
        if file.is_file()
    }


def rows(outcome: Outcome) -> dict[str, Mapping[str, object]]:
    """What was said of each book, by the names of their folders."""
    assert isinstance(outcome.data, list)
    return {Path(row["folder"]).name: row for row in outcome.data}


async def test_a_book_goes_through_the_gates_to_the_shelf_and_the_folder_stays(
    world: SmallWorld, person: Person
) -> None:
    folder = person.has("Jane Austen/Emma")
    (folder / "cover.jpg").write_bytes(b"picture")
    before = everything(person.place)
    outcome = await person.adopting.adopt_folder(str(folder))
    (want,) = await world.database.wants.list()
    assert (want.state, want.path, want.download) == (WantState.DOWNLOADED, str(folder), None)
    assert want.release is not None
    assert want.release.source == "manual"
    assert (outcome.processed, outcome.succeeded) == (1, 1)
    await person.tend()
    want = await world.now(want)
    assert want.state is WantState.SHELVED, want.reason
    assert sorted(file.name for file in Path(want.folder or "").iterdir()) == ["01.mp3", "02.mp3"]
    assert everything(person.place) == before


async def test_of_many_books_the_certain_ones_are_taken_in_and_the_others_named(
    world: SmallWorld, person: Person
) -> None:
    person.has("Jane Austen/Emma")
    person.has("Arthur Conan Doyle/The Hound of the Baskervilles", DOYLE)
    person.has("Unsorted/Rip 1", AudioTags())
    person.has("Jane Austen - Persuasion.mp3", AudioTags(album="Persuasion", artist="Jane Austen"))
    (person.place / "notes.txt").write_text("mine")
    before = everything(person.place)
    rehearsed = await person.adopting.adopt_folder(str(person.place), dry_run=True)
    assert await world.database.wants.list() == ()
    outcome = await person.adopting.adopt_folder(str(person.place))
    told = rows(outcome)
    assert {name: row["taken"] for name, row in rows(rehearsed).items()} == {n: r["taken"] for n, r in told.items()}
    assert (outcome.processed, outcome.succeeded) == (4, 3)
    assert told["Rip 1"]["taken"] == "no"
    assert "--title" in str(told["Rip 1"]["result"])
    await person.tend()
    wants = await world.database.wants.list()
    assert {want.state for want in wants} == {WantState.SHELVED}, [want.reason for want in wants]
    titles = {"Emma", "Persuasion", "The Hound of the Baskervilles"}
    assert {want.wish.book.title for want in wants} == titles
    shelved = sorted(str(file.relative_to(world.shelves.folder).parent) for file in everything(world.shelves.folder))
    assert len(shelved) == 5
    assert everything(person.place) == before
    again = await person.adopting.adopt_folder(str(person.place))
    assert again.succeeded == 0
    assert len(await world.database.wants.list()) == 3


async def test_files_that_say_that_they_are_two_books_are_not_taken_for_one(world: SmallWorld, person: Person) -> None:
    """Two books of one series lie side by side, and their names look like two parts of one."""
    for number, title in (("0.5", "A Candle for the Drowned"), ("2.5", "The Winter Ledger")):
        tags = AudioTags(album=title, artist="Ilse Marten")
        person.has(f"own/Ilse Marten - The Lantern Archive {number} - {title} [Nora Whitlock] [m4b].mp3", tags)
    outcome = await person.adopting.adopt_folder(str(person.place / "own"))
    assert (outcome.processed, outcome.succeeded) == (1, 0)
    assert "are not one book" in str(outcome.data)
    assert await world.database.wants.list() == ()


async def test_of_several_recordings_the_best_is_taken_and_a_rehearsal_says_so(
    world: SmallWorld, person: Person
) -> None:
    for kind in ("(Abridged)", "(German)", "(Unabridged)"):
        person.has(f"own/Jane Austen - Emma {kind}", AudioTags(album=f"Emma {kind}", artist="Jane Austen"))
    rehearsed = await person.adopting.adopt_folder(str(person.place / "own"), dry_run=True)
    outcome = await person.adopting.adopt_folder(str(person.place / "own"))
    (want,) = await world.database.wants.list()
    assert want.path is not None
    assert want.path.endswith("(Unabridged)")
    for one in (rehearsed, outcome):
        assert {name: row["taken"] for name, row in rows(one).items()} == {
            "Jane Austen - Emma (Abridged)": "no",
            "Jane Austen - Emma (German)": "no",
            "Jane Austen - Emma (Unabridged)": "yes",
        }
        assert str(one.data).count("is the same book, and rather taken") == 2


async def test_one_of_several_can_be_named(world: SmallWorld, person: Person) -> None:
    person.has("box/1 - Emma")
    person.has("box/2 - Persuasion", AudioTags(album="Persuasion", artist="Jane Austen"))
    want = await world.want("Persuasion")
    with pytest.raises(NotPossible, match="2 books"):
        await person.adopting.adopt_folder(str(person.place / "box"), title="Sanditon", author="Jane Austen")
    folder = (person.place / "box").rename(person.place / "Jane Austen")
    await person.adopting.adopt_folder(str(folder), want=want.id)
    want = await world.now(want)
    assert want.path == str(folder / "2 - Persuasion")
    await person.tend()
    assert (await world.now(want)).state is WantState.SHELVED


async def test_two_books_side_by_side_each_get_their_own_files(world: SmallWorld, person: Person) -> None:
    for title in ("Emma", "Persuasion"):
        for part in (1, 2):
            tags = AudioTags(album=title, artist="Jane Austen", track=part)
            person.has(f"Jane Austen/{title} - Part {part}.mp3", tags)
    outcome = await person.adopting.adopt_folder(str(person.place / "Jane Austen"))
    assert outcome.succeeded == 2, outcome.data
    await person.tend()
    for want in await world.database.wants.list():
        assert want.state is WantState.SHELVED, want.reason
        names = sorted(file.name for file in Path(want.folder or "").iterdir())
        assert [name.partition(" - ")[0] for name in names] == [want.wish.book.title] * 2


async def test_what_is_hidden_or_a_link_or_left_over_is_not_taken(world: SmallWorld, person: Person) -> None:
    outside = world.folder / "outside.mp3"
    outside.write_bytes(b"secret")
    folder = person.has("Jane Austen/Emma")
    (folder / "03.mp3").symlink_to(outside)
    (folder / "more").symlink_to(world.folder)
    (folder / ".04.mp3").write_bytes(b"hidden")
    (folder / "05.mp3.!qB").write_bytes(b"half")
    os.mkfifo(folder / "06.mp3")
    await person.adopting.adopt_folder(str(folder))
    (want,) = await world.database.wants.list()
    assert [file.path for file in want.torrent_files] == ["Emma/01.mp3", "Emma/02.mp3"]


async def test_what_cannot_be_a_folder_of_books_is_refused_with_a_sentence(world: SmallWorld, person: Person) -> None:
    (person.place / "empty").mkdir()
    fifo = person.place / "pipe"
    os.mkfifo(fifo)
    for path, words in (
        ("Jane Austen", "no absolute path"),
        (f"{person.place}/nowhere", "There is no"),
        (str(person.place / "empty"), "no audio"),
        (str(fifo), "neither a folder nor a file"),
        (str(world.folder), "holds the library shelves"),
        (str(world.shelves.folder), "holds the library shelves"),
    ):
        with pytest.raises(NotPossible, match=words):
            await person.adopting.adopt_folder(path)
    assert await world.database.wants.list() == ()


async def test_a_folder_that_is_not_there_any_more_waits_and_blames_nobody(world: SmallWorld, person: Person) -> None:
    folder = person.has("Jane Austen/Emma")
    await person.adopting.adopt_folder(str(folder))
    away = folder.rename(world.folder / "unmounted")
    await person.tend()
    (want,) = await world.database.wants.list()
    assert (want.state, want.code) == (WantState.DOWNLOADED, "unavailable")
    assert "Is its disk mounted?" in (want.reason or "")
    away.rename(folder)
    world.clock.pass_by(hours=1)
    await person.tend()
    assert (await world.now(want)).state is WantState.SHELVED


async def test_a_folder_that_has_changed_since_is_not_shelved(world: SmallWorld, person: Person) -> None:
    folder = person.has("Jane Austen/Emma")
    await person.adopting.adopt_folder(str(folder))
    (folder / "02.mp3").write_bytes((folder / "02.mp3").read_bytes() + b"more")
    await person.tend()
    (want,) = await world.database.wants.list()
    assert want.state is WantState.DOWNLOADED
    assert "Not as it was when it was adopted: 02.mp3" in (want.reason or "")
    assert await world.database.blocklist.for_want(want.id) == ()


async def test_the_download_of_a_want_is_not_taken_a_second_time(world: SmallWorld, person: Person) -> None:
    want = await world.downloaded()
    for place in (Path(want.path or ""), Path(want.path or "").parent):
        outcome = await person.adopting.adopt_folder(str(place))
        assert outcome.succeeded == 0, outcome.data
    with pytest.raises(NotPossible, match="download of 'Emma' already"):
        await person.adopting.adopt_folder(str(want.path), title="Persuasion", author="Jane Austen")


async def test_what_lies_in_the_library_is_owned_where_it_stands(world: SmallWorld, person: Person) -> None:
    person.has("Jane Austen/Emma")
    (person.place / "Jane Austen").rename(world.shelves.folder / "Jane Austen")
    folder = world.shelves.folder / "Jane Austen" / "Emma"
    before = everything(world.shelves.folder)
    want = await world.want()
    with pytest.raises(NotPossible, match="knows it as 'Admitted'"):
        await person.adopting.adopt_folder(str(folder), want=want.id)
    world.shelves.holds.clear()
    world.shelves.own(Book("Emma", ("Jane Austen",)), str(folder))
    await world.pipeline.sync()
    asked = len(world.shelves.asked["admit"])
    await person.adopting.adopt_folder(str(folder), want=want.id)
    want = await world.now(want)
    assert (want.state, want.folder, want.item) == (WantState.OWNED, str(folder), "item-1")
    assert len(world.shelves.asked["admit"]) == asked, "the library knew it"
    assert everything(world.shelves.folder) == before


async def test_a_library_behind_a_link_is_the_library_all_the_same(world: SmallWorld, person: Person) -> None:
    person.has("Jane Austen/Emma")
    disk = world.folder / "disk"
    world.shelves.folder.rename(disk)
    world.shelves.folder.symlink_to(disk)
    (person.place / "Jane Austen").rename(disk / "Jane Austen")
    folder = world.shelves.folder / "Jane Austen" / "Emma"
    world.shelves.own(Book("Emma", ("Jane Austen",)), str(folder))
    await world.pipeline.sync()
    for path in (folder, disk / "Jane Austen" / "Emma"):
        outcome = await person.adopting.adopt_folder(str(path))
        assert outcome.succeeded == 1, outcome.data
    assert world.shelves.asked["admit"] == []


async def test_a_library_that_cannot_say_where_it_lies_lets_nothing_be_taken_for_foreign(
    world: SmallWorld, person: Person
) -> None:
    folder = person.has("Jane Austen/Emma")
    world.shelves.before("root", Unavailable("It is down."))
    with pytest.raises(NotPossible, match="cannot say now where its books lie: It is down"):
        await person.adopting.adopt_folder(str(folder))
    assert await world.database.wants.list() == ()


async def test_a_library_is_asked_for_what_it_does_not_know_yet(world: SmallWorld, person: Person) -> None:
    person.has("Jane Austen/Emma")
    person.has("Jane Austen/Persuasion")
    (person.place / "Jane Austen").rename(world.shelves.folder / "Jane Austen")
    before = everything(world.shelves.folder)
    world.shelves.before("admit", Refused("It holds nothing I know."))
    outcome = await person.adopting.adopt_folder(str(world.shelves.folder / "Jane Austen"))
    assert (outcome.processed, outcome.succeeded) == (2, 1)
    assert "It holds nothing I know" in str(outcome.data)
    assert len(world.shelves.asked["admit"]) == 2
    assert everything(world.shelves.folder) == before
    assert await world.database.wants.list() == ()


async def test_a_library_is_asked_for_nothing_that_it_would_take_wrongly(world: SmallWorld, person: Person) -> None:
    """A loose file among folders makes all of them one item; what is hidden is our own staging and trash."""
    for path in ("Jane Austen/Emma.mp3", ".audiobook-daemon-trash/Emma/Emma.mp3"):
        place = world.shelves.folder / path
        place.parent.mkdir(parents=True)
        person.has("Emma.mp3").rename(place)
    person.has("Jane Austen/Persuasion").rename(world.shelves.folder / "Jane Austen" / "Persuasion")
    outcome = await person.adopting.adopt_folder(str(world.shelves.folder / "Jane Austen"))
    assert (outcome.processed, outcome.succeeded) == (2, 1)
    assert "lies loose in a library" in str(outcome.data)
    with pytest.raises(NotPossible, match="is hidden from the library"):
        await person.adopting.adopt_folder(str(world.shelves.folder / ".audiobook-daemon-trash" / "Emma"))
    assert world.shelves.asked["admit"] == [str(world.shelves.folder / "Jane Austen" / "Persuasion")]


async def test_over_a_network_only_folders_that_the_daemon_works_with_may_be_named(
    world: SmallWorld, person: Person
) -> None:
    folder = person.has("Jane Austen/Emma")
    link = world.shelves.folder / "way out"
    link.symlink_to(person.place)
    with from_afar():
        for path in (folder, link / "Jane Austen" / "Emma", world.shelves.folder / ".." / "own"):
            with pytest.raises(NotPossible, match="does not lie below a folder"):
                await person.adopting.adopt_folder(str(path))
        torrent, _ = person.torrent("Emma", {"01.mp3": 7})
        with pytest.raises(NotPossible, match="does not lie below a folder"):
            await person.adopting.add_torrent(str(torrent))
    assert await world.database.wants.list() == ()
    here = Download("qbittorrent", "a" * 40, DownloadState.READY, path=str(person.place / "x"), root=str(person.place))
    await world.database.downloads.record(here)
    with from_afar():
        await person.adopting.adopt_folder(str(folder))
    assert len(await world.database.wants.list()) == 1
