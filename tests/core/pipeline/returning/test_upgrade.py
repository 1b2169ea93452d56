"""A better edition takes the place of an owned one, and only when it stands there itself."""

from __future__ import annotations

import asyncio
import errno
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.core.pipeline.returning.conftest import Killed, dying, dying_later, in_trash, shelved, tree

from audiobook_daemon.demo.audio import AudioTags
from audiobook_daemon.demo.mp3 import make_mp3
from audiobook_daemon.errors import Unavailable
from audiobook_daemon.models import Book, LibraryItem, Release, TorrentFile, Want, WantState
from audiobook_daemon.models.releases import DownloadState
from audiobook_daemon.pipeline import NotPossible
from audiobook_daemon.pipeline.adopting import Adopting, settle_owned
from audiobook_daemon.pipeline.keys import keyed
from audiobook_daemon.pipeline.owned import in_library
from audiobook_daemon.pipeline.returning import moving, replacing
from audiobook_daemon.pipeline.returning.actions import Returning
from audiobook_daemon.pipeline.returning.refused import NotReturned
from audiobook_daemon.pipeline.returning.undoing import take_out
from audiobook_daemon.store import PlanState
from audiobook_daemon.store.journal import Journal
from audiobook_daemon.store.trash import Trash
from audiobook_daemon.store.wants import Wants

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import SmallWorld


def better(world: SmallWorld, **more: object) -> Release:
    return replace(world.offer(key="better"), formats=("m4b",), **more)  # type: ignore[arg-type]


async def chosen(world: SmallWorld, want: Want, *offers: Release) -> Want:
    """A want whose better edition is looked for among these offers."""
    await Returning(world.around).upgrade(want=want.id)
    world.mam.offers = offers
    await world.pipeline.choose()
    return await world.now(want)


async def verified(world: SmallWorld, want: Want) -> Want:
    """A want whose better edition was looked for and has arrived."""
    assert (await chosen(world, want, better(world))).state is WantState.CHOSEN
    return await arrived(world, want)


async def arrived(world: SmallWorld, want: Want) -> Want:
    """A want whose chosen release lies on the disk."""
    await world.pipeline.grab()
    want = await world.now(want)
    folder = world.folder / "downloads" / (want.download or "")
    folder.mkdir(parents=True)
    (folder / "Emma.mp3").write_bytes(make_mp3(2, AudioTags(album="Emma", artist="Jane Austen")))
    file = TorrentFile(f"{folder.name}/Emma.mp3", (folder / "Emma.mp3").stat().st_size)
    world.qbittorrent.see(want, DownloadState.READY, path=folder)
    return await world.change(want, state=WantState.VERIFIED, path=str(folder), torrent_files=(file,))


async def test_the_old_edition_leaves_when_the_new_one_stands(world: SmallWorld) -> None:
    old = await shelved(world)
    whole, seeding = tree(Path(old.folder or "")), tree(Path(old.path or ""))
    want = await verified(world, old)
    assert tree(Path(old.folder or "")) == whole
    await world.pipeline.shelve()
    now = await world.now(want)
    assert (now.state, now.code) == (WantState.SHELVED, "upgraded")
    assert now.folder not in {None, old.folder}
    assert now.item != old.item
    assert tree(Path(now.folder or "")) == tree(Path(now.path or ""))
    assert [tree(place) for place in in_trash(world)] == [whole]
    assert tree(Path(old.path or "")) == seeding
    assert set(world.qbittorrent.downloads) == {old.download, now.download}, "both go on seeding"
    (entry,) = await world.database.trash.lying()
    assert (entry.origin, entry.item, entry.want_id) == (old.folder, old.item, want.id)
    items = {one: await world.database.books.get("shelves", one) for one in (old.item or "", now.item or "")}
    assert [item and item.missing for item in items.values()] == [True, False]
    assert await world.database.journal.open_steps() == ()


async def test_undoing_it_brings_the_old_edition_back(world: SmallWorld) -> None:
    old = await shelved(world)
    before = tree(world.shelves.folder)
    await verified(world, old)
    await world.pipeline.shelve()
    new = await world.now(old)
    outcome = await take_out(world.around, old.id)
    assert "The edition before came back." in outcome.summary
    now = await world.now(old)
    assert (now.state, now.code, now.replaces) == (WantState.SHELVED, "undone", None)
    kept = ("folder", "library", "item", "release", "client", "download", "path", "torrent_files", "selection")
    assert {name: getattr(now, name) for name in kept} == {name: getattr(old, name) for name in kept}
    assert tree(world.shelves.folder) == before
    assert len(in_trash(world)) == 1
    assert tree(in_trash(world)[0]) == tree(Path(new.path or ""))
    await take_out(world.around, old.id)
    assert (await world.now(old)).state is WantState.DROPPED


async def test_the_only_copy_is_not_taken_out_when_the_old_one_was_deleted(world: SmallWorld) -> None:
    old = await shelved(world)
    await verified(world, old)
    await world.pipeline.shelve()
    (entry,) = await world.database.trash.lying()
    await world.database.trash.deleted(entry.id)
    with pytest.raises(NotReturned, match="this is the only copy; it stays"):
        await take_out(world.around, old.id)
    await take_out(world.around, old.id, force=True)
    assert (await world.now(old)).state is WantState.DROPPED


@pytest.mark.parametrize("offers", ["nothing", "equal", "worse", "doubtful"])
async def test_what_is_not_surely_better_leaves_the_book_as_it_was(world: SmallWorld, offers: str) -> None:
    old = await shelved(world)
    before = tree(world.shelves.folder)
    match offers:
        case "nothing":
            found: tuple[Release, ...] = ()
        case "equal":
            found = (world.offer(key="other"),)
        case "worse":
            found = (replace(world.offer(key="other"), formats=("flac",)),)
        case _:
            found = (replace(world.doubtful(), formats=("m4b",)),)
    now = await chosen(world, old, *found)
    same = ("state", "folder", "library", "item", "release", "client", "download", "path", "torrent_files")
    assert {name: getattr(now, name) for name in same} == {name: getattr(old, name) for name in same}
    assert (now.code, now.replaces) == ("kept", None)
    assert (now.reason or "").startswith("No surely better edition was found.")
    assert tree(world.shelves.folder) == before
    assert now.next_try is not None, "it is looked for again, but not at once"


async def test_nobody_is_asked_when_nothing_could_be_better(world: SmallWorld) -> None:
    old = await shelved(world)
    first = world.around.settings.rules
    preference = replace(first.preference, order=("format",), formats=("mp3",))
    world.around.settings = replace(world.around.settings, rules=replace(first, preference=preference))
    asked = len(world.mam.asked["search"])
    now = await chosen(world, old, better(world))
    assert (now.state, now.code) == (WantState.SHELVED, "kept")
    assert len(world.mam.asked["search"]) == asked


async def test_indexers_that_are_away_are_waited_for(world: SmallWorld) -> None:
    old = await shelved(world)
    world.mam.before("search", Unavailable("mam is down."))
    world.prowlarr.before("search", Unavailable("prowlarr is down."))
    now = await chosen(world, old, better(world))
    assert (now.state, now.code) == (WantState.WANTED, "unavailable")
    world.clock.pass_by(hours=1)
    await world.pipeline.choose()
    assert (await world.now(old)).state is WantState.CHOSEN


@pytest.mark.parametrize("verb", ["drop", "give_up"])
async def test_a_person_who_calls_it_off_keeps_the_book(world: SmallWorld, verb: str) -> None:
    old = await shelved(world)
    await Returning(world.around).upgrade(want=old.id)
    await getattr(world.people, verb)(old.id)
    now = await world.now(old)
    assert (now.state, now.folder, now.release) == (WantState.SHELVED, old.folder, old.release)


async def test_reading_the_library_does_not_take_the_book_that_stands_there_for_the_better_one(
    world: SmallWorld,
) -> None:
    old = await shelved(world)
    await Returning(world.around).upgrade(want=old.id)
    wanted = await world.now(old)
    held = LibraryItem("audiobookshelf", "held", wanted.wish.book, path=old.folder)
    await world.database.books.upsert([keyed(held)])
    assert await in_library(world.around, wanted.wish), "the library does hold it"
    assert await settle_owned(world.around) == ()
    now = await world.now(old)
    assert (now.state, now.replaces is not None) == (WantState.WANTED, True)


async def test_a_download_that_turns_out_wrong_leaves_the_book_as_it_was(world: SmallWorld) -> None:
    old = await shelved(world)
    want = await verified(world, old)
    await world.change(want, state=WantState.REVIEW)
    await world.people.reject(want.id)
    await world.pipeline.choose()
    now = await world.now(old)
    assert (now.state, now.folder, now.release, now.code) == (WantState.SHELVED, old.folder, old.release, "kept")


async def test_a_new_edition_that_is_not_whole_lets_the_old_one_stand(world: SmallWorld) -> None:
    old = await shelved(world)
    await verified(world, old)

    async def spoil() -> None:
        for file in world.shelves.folder.rglob("Emma.mp3"):
            file.unlink()
            file.write_bytes(b"half")

    world.shelves.after("admit", spoil)
    await world.pipeline.shelve()
    now = await world.now(old)
    assert (now.state, now.code) == (WantState.SHELVED, "both_stand")
    assert "the better one is not as it was placed" in (now.reason or "")
    assert Path(old.folder or "").is_dir()
    assert in_trash(world) == []


async def test_a_library_that_takes_the_new_edition_for_the_old_one_loses_neither(world: SmallWorld) -> None:
    """The inode trap: then nobody knows which item is which."""
    old = await shelved(world)
    want = await verified(world, old)
    world.shelves.holds[0] = replace(world.shelves.holds[0], path=f"{old.folder} (m4b)")
    await world.pipeline.shelve()
    now = await world.now(want)
    assert (now.folder, now.item, now.code) == (f"{old.folder} (m4b)", old.item, "both_stand")
    assert in_trash(world) == []
    assert all(tree(Path(folder or "")) for folder in (old.folder, now.folder))


DEATHS = [
    (Journal, "begin"), (moving, "move_to_trash"), (Trash, "add"), (Journal, "done"), (Wants, "change"),
]  # fmt: skip


@pytest.mark.parametrize("life", range(len(DEATHS)))
async def test_a_kill_at_any_step_leaves_one_edition_at_least_and_ends_well(
    world: SmallWorld, monkeypatch: pytest.MonkeyPatch, life: int
) -> None:
    old = await shelved(world)
    whole = tree(Path(old.folder or ""))
    await verified(world, old)
    world.around.returning, lock = _Held(), world.around.returning  # type: ignore[assignment]
    await world.pipeline.shelve()  # the new one stands, and the old one has not left yet
    world.around.returning = lock
    assert (await world.now(old)).code == "shelved"
    owner, name = DEATHS[life]
    with monkeypatch.context() as patch:
        death = dying if owner is moving else dying_later
        patch.setattr(owner, name, death(getattr(owner, name), before=False))
        with pytest.raises(Killed):
            await world.pipeline.shelve()
    now = await world.now(old)
    assert tree(Path(now.folder or "")) == tree(Path(now.path or "")), "the new one stands"
    assert [*map(tree, in_trash(world)), tree(Path(old.folder or ""))].count(whole) == 1
    await world.pipeline.shelve()
    now = await world.now(old)
    assert (now.state, now.code) == (WantState.SHELVED, "upgraded")
    assert [tree(place) for place in in_trash(world)] == [whole]
    assert not Path(old.folder or "").exists()
    assert len(await world.database.trash.lying()) == 1
    assert await world.database.plans.standing([PlanState.MADE, PlanState.BEGUN]) == ()
    assert await world.database.journal.open_steps() == ()


class _Held:
    def locked(self) -> bool:
        return True


async def test_a_book_that_was_owned_before_is_upgraded_and_comes_back_as_owned(world: SmallWorld) -> None:
    folder = world.shelves.folder / "Austen" / "Emma"
    folder.mkdir(parents=True)
    (folder / "emma.mp3").write_bytes(b"an old rip")
    world.shelves.own(Book("Emma", ("Jane Austen",)), str(folder))
    await world.pipeline.sync()
    await Returning(world.around).upgrade(book="Emma")
    (want,) = await world.database.wants.list()
    assert want.state is WantState.WANTED
    world.mam.offers = [better(world)]
    await world.pipeline.choose()
    await arrived(world, want)
    await world.pipeline.shelve()
    assert (await world.now(want)).code == "upgraded"
    assert [list(tree(place)) for place in in_trash(world)] == [["emma.mp3"]]
    await take_out(world.around, want.id)
    now = await world.now(want)
    assert (now.state, now.folder, now.item) == (WantState.OWNED, str(folder), "item-1")
    assert (folder / "emma.mp3").read_bytes() == b"an old rip"


async def test_many_books_are_upgraded_only_where_the_configuration_says_so(world: SmallWorld) -> None:
    old = await shelved(world)
    with pytest.raises(NotReturned, match="set `upgrade: yes`"):
        await Returning(world.around).upgrade()
    world.around.settings = replace(world.around.settings, upgrade=True)
    outcome = await Returning(world.around).upgrade(dry_run=True)
    assert (outcome.processed, (await world.now(old)).state) == (1, WantState.SHELVED)
    await Returning(world.around).upgrade()
    assert (await world.now(old)).state is WantState.WANTED
    await world.pipeline.choose()
    assert (await world.now(old)).state is WantState.SHELVED
    assert (await Returning(world.around).upgrade()).processed == 0, "it was looked for a moment ago"
    world.clock.pass_by(days=31)
    assert (await Returning(world.around).upgrade()).processed == 1


async def test_books_that_cannot_be_looked_at_do_not_starve_the_others(world: SmallWorld) -> None:
    world.around.settings = replace(world.around.settings, upgrade=True)
    for title in ("Lost", "Gone"):
        await world.want(title, state=WantState.OWNED, library="shelves", item=title, folder="/nowhere")
    await world.want("Unknown", state=WantState.OWNED)
    old = await shelved(world)
    await world.change(old, next_try=world.clock.now)
    counts = [(await Returning(world.around).upgrade(limit=2)).succeeded for _ in range(3)]
    assert sum(counts) == 1
    assert (await world.now(old)).state is WantState.WANTED


async def test_what_is_not_there_cannot_be_better(world: SmallWorld) -> None:
    want = await world.want()
    with pytest.raises(NotReturned, match="it is wanted"):
        await Returning(world.around).upgrade(want=want.id)
    with pytest.raises(NotReturned, match="is no book in the library"):
        await Returning(world.around).upgrade(book="Nothing")
    with pytest.raises(NotReturned, match="not by both"):
        await Returning(world.around).upgrade(want=1, book="Emma")


async def test_a_better_edition_that_is_gone_again_can_be_wanted_anew(world: SmallWorld) -> None:
    old = await shelved(world)
    await verified(world, old)
    await world.pipeline.shelve()
    now = await world.now(old)
    await world.database.books.mark_missing("shelves", [now.item or ""])
    await world.people.revive(old.id)
    world.mam.offers = [world.offer(key="anew")]
    await world.pipeline.choose()
    now = await world.now(old)
    assert (now.state, now.replaces) == (WantState.CHOSEN, None), now.reason


async def test_no_better_edition_is_looked_for_while_the_book_is_taken_out(world: SmallWorld) -> None:
    old = await shelved(world)
    world.around.settings = replace(world.around.settings, upgrade=True)
    async with world.around.returning:
        looking = [asyncio.create_task(Returning(world.around).upgrade(want=want)) for want in (old.id, None)]
        for _ in range(20):
            assert await world.now(old) == old
        await world.change(old, state=WantState.DROPPED)
    told = await asyncio.gather(*looking, return_exceptions=True)
    assert isinstance(told[0], NotReturned)
    assert (await world.now(old)).state is WantState.DROPPED


@pytest.mark.parametrize("name", ["notes.txt", "map.pdf"])
async def test_what_a_person_put_beside_the_old_edition_keeps_it_on_the_shelf(world: SmallWorld, name: str) -> None:
    old = await shelved(world)
    await verified(world, old)
    (Path(old.folder or "") / name).write_text("by hand")
    await world.pipeline.shelve()
    now = await world.now(old)
    assert (now.state, now.code) == (WantState.SHELVED, "both_stand")
    assert f"{name} was put there by somebody else" in (now.reason or "")
    assert in_trash(world) == []


async def test_a_disk_that_fails_at_one_edition_does_not_hold_up_the_others(
    world: SmallWorld, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    old = await shelved(world)
    await verified(world, old)

    def fail(folder: Path) -> None:
        raise OSError(errno.EIO, "Input/output error", str(folder))

    with monkeypatch.context() as patch:
        patch.setattr(replacing, "fingerprints", fail)
        await world.pipeline.shelve()
    assert (await world.now(old)).code == "shelved"
    assert "waits to be taken out" in caplog.text
    assert in_trash(world) == []
    await world.pipeline.shelve()
    assert (await world.now(old)).code == "upgraded"


async def test_a_book_whose_better_edition_is_looked_for_is_not_called_owned_meanwhile(world: SmallWorld) -> None:
    old = await shelved(world)
    await Returning(world.around).upgrade(want=old.id)
    sought = await world.now(old)
    assert await settle_owned(world.around) == ()
    assert await world.now(old) == sought
    with pytest.raises(NotPossible, match="a better edition is looked for"):
        await Adopting(world.around).adopt_folder(old.path or "", want=old.id)
    assert await world.now(old) == sought
