"""A shelved book is taken out again unless somebody has touched it; the download is never touched."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.core.pipeline.returning.conftest import in_trash, shelved, tree

from audiobook_daemon.errors import Unavailable
from audiobook_daemon.models import PERSON, BookField, WantState
from audiobook_daemon.pipeline.returning.refused import NotReturned
from audiobook_daemon.pipeline.returning.undoing import take_out
from audiobook_daemon.store import PlanState

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import SmallWorld


async def test_a_shelved_book_goes_into_the_trash_and_its_want_is_dropped(world: SmallWorld) -> None:
    want = await shelved(world)
    folder, download = Path(want.folder or ""), Path(want.path or "")
    whole, seeding = tree(folder), tree(download)
    inodes = {file.stat().st_ino for file in download.iterdir()}
    outcome = await take_out(world.around, want.id)
    (place,) = in_trash(world)
    assert tree(place) == whole
    assert {file.stat().st_ino for file in place.iterdir()} == inodes
    assert tree(download) == seeding
    assert list(world.shelves.folder.iterdir()) == [place.parent], "empty folders above it are gone too"
    now = await world.now(want)
    assert (now.state, now.code, now.folder) == (WantState.DROPPED, "undone", None)
    assert str(place) in (now.reason or "")
    assert outcome.summary == "undo: Emma lies in the trash."
    (entry,) = await world.database.trash.lying()
    assert (entry.origin, entry.place, entry.library, entry.item) == (str(folder), str(place), "shelves", want.item)
    assert entry.due == world.clock.now + timedelta(days=30)
    assert entry.size == sum(file.stat().st_size for file in place.iterdir())
    assert await world.database.journal.open_steps() == ()
    assert await world.database.blocklist.for_want(want.id) == ()


async def test_the_plan_and_the_step_are_on_record_before_the_folder_moves(world: SmallWorld) -> None:
    want = await shelved(world)
    await take_out(world.around, want.id)
    plan = next(one for one in await world.database.plans.for_want(want.id) if one.kind == "undo")
    assert plan.state is PlanState.DONE
    (step,) = await world.database.journal.for_plan(plan.id)
    assert (step.kind, step.source, step.target) == ("trash", want.folder, str(in_trash(world)[0]))
    assert step.done


async def test_a_rehearsal_says_the_same_and_does_nothing(world: SmallWorld) -> None:
    want = await shelved(world)
    before = tree(world.shelves.folder)
    outcome = await take_out(world.around, want.id, dry_run=True)
    assert outcome.summary == "undo: Emma would go into the trash."
    assert outcome.data["steps"][0].startswith(f"{want.folder} goes into the trash")  # type: ignore[index]
    assert tree(world.shelves.folder) == before
    assert await world.now(want) == want
    assert in_trash(world) == []
    assert [plan.kind for plan in await world.database.plans.for_want(want.id)] == ["shelve"]


async def test_its_item_counts_as_missing_at_once_and_is_never_deleted(world: SmallWorld) -> None:
    want = await shelved(world)
    await take_out(world.around, want.id)
    item = await world.database.books.get("shelves", want.item or "")
    assert item is not None
    assert item.missing
    assert [held.id for held in world.shelves.holds] == [want.item]


async def test_what_was_taken_out_is_not_owned_and_can_be_revived(world: SmallWorld) -> None:
    want = await shelved(world)
    world.shelves.holds[0] = replace(world.shelves.holds[0], book=want.wish.book)
    await take_out(world.around, want.id)
    await world.people.revive(want.id)
    world.mam.offers = [world.offer(key="another")]
    await world.pipeline.choose()
    now = await world.now(want)
    assert (now.state, now.release and now.release.key) == (WantState.CHOSEN, "another")


async def test_a_book_that_somebody_put_back_by_hand_is_owned_again(world: SmallWorld) -> None:
    want = await shelved(world)
    world.shelves.holds[0] = replace(world.shelves.holds[0], book=want.wish.book)
    await take_out(world.around, want.id)
    in_trash(world)[0].rename(world.shelves.folder / "x")
    Path(want.folder or "").parent.mkdir()
    (world.shelves.folder / "x").rename(want.folder or "")
    await world.people.revive(want.id)
    await world.pipeline.choose()
    assert (await world.now(want)).state is WantState.OWNED


async def test_its_release_is_blocked_only_if_that_is_asked_for(world: SmallWorld) -> None:
    want = await shelved(world)
    await take_out(world.around, want.id, reject=True)
    (blocked,) = await world.database.blocklist.for_want(want.id)
    assert (blocked.key, blocked.info_hash, blocked.code) == ("Emma", want.download, "rejected")


@pytest.mark.parametrize(
    ("touch", "recorded"),
    [
        *((touch, True) for touch in ("rewritten", "gone", "new audio", "note")),
        *((touch, False) for touch in ("appended", "gone", "new audio")),
    ],
)
async def test_a_book_that_was_touched_stays_until_it_is_forced(
    world: SmallWorld, touch: str, *, recorded: bool
) -> None:
    """What an older version has shelved is known by the sizes of its files only."""
    want = await shelved(world)
    if not recorded:
        for plan in await world.database.plans.for_want(want.id):
            await world.database.plans.become(plan.id, PlanState.UNDONE)
    folder = Path(want.folder or "")
    first = folder / "01.mp3"
    content = first.read_bytes()
    match touch:
        case "rewritten":
            first.unlink()
            first.write_bytes(content[:-1] + b"?")
        case "appended":
            first.unlink()
            first.write_bytes(content + b"a tag")
        case "gone":
            first.unlink()
        case "new audio":
            (folder / "03.mp3").write_bytes(b"mine")
        case _:
            (folder / "my notes.pdf").write_bytes(b"mine")
    before = tree(world.shelves.folder)
    with pytest.raises(NotReturned, match=r"stays where it is: .*`--force` takes it out all the same"):
        await take_out(world.around, want.id)
    assert tree(world.shelves.folder) == before
    assert (await world.now(want)).state is WantState.SHELVED
    await take_out(world.around, want.id, force=True)
    assert sorted(tree(in_trash(world)[0])) == sorted(name.removeprefix("Jane Austen/Emma/") for name in before)


async def test_what_describes_the_book_goes_along(world: SmallWorld) -> None:
    want = await shelved(world)
    for name in ("metadata.json", "cover.jpg", "Emma.opf"):
        Path(want.folder or "", name).write_text(name)
    await take_out(world.around, want.id)
    assert {file.name for file in in_trash(world)[0].iterdir()} == {
        *("01.mp3", "02.mp3", "metadata.json", "cover.jpg", "Emma.opf"),
    }  # fmt: skip


async def test_what_people_wrote_about_it_is_named_and_is_no_hindrance(world: SmallWorld) -> None:
    want = await shelved(world)
    book = await world.database.books.id_of("shelves", want.item or "")
    assert book is not None
    await world.database.facts.keep(book, [BookField("title", "Emma, mine", PERSON)])
    outcome = await take_out(world.around, want.id)
    assert "What people wrote about it (title) stays with its item in shelves." in outcome.summary


async def test_a_folder_with_another_book_in_it_stays_even_if_forced(world: SmallWorld) -> None:
    want = await shelved(world)
    inner = Path(want.folder or "") / "Persuasion"
    inner.mkdir()
    item = world.shelves.own(replace(want.wish.book, title="Persuasion"), str(inner))
    await world.pipeline.sync()
    assert item.path == str(inner)
    with pytest.raises(NotReturned, match="'Persuasion' lies within its folder"):
        await take_out(world.around, want.id, force=True)
    assert inner.exists()


async def test_the_folders_of_others_above_it_stay(world: SmallWorld) -> None:
    want = await shelved(world)
    (world.shelves.folder / "Jane Austen" / "portrait.jpg").write_text("Jane")
    await take_out(world.around, want.id)
    assert tree(world.shelves.folder).keys() == {"Jane Austen/portrait.jpg"}


async def test_a_library_that_is_away_is_asked_for_its_folder_first(world: SmallWorld) -> None:
    want = await shelved(world)
    world.shelves.before("root", Unavailable("shelves is down."))
    with pytest.raises(Unavailable):
        await take_out(world.around, want.id)
    assert (await world.now(want)).state is WantState.SHELVED
    assert in_trash(world) == []


@pytest.mark.parametrize("state", [WantState.OWNED, WantState.DOWNLOADED, WantState.DROPPED])
async def test_only_shelved_books_can_be_taken_out(world: SmallWorld, state: WantState) -> None:
    want = await world.want(state=state)
    with pytest.raises(NotReturned, match="only what was shelved here"):
        await take_out(world.around, want.id)


async def test_an_unknown_want_is_a_sentence(world: SmallWorld) -> None:
    with pytest.raises(NotReturned, match="There is no want 77"):
        await take_out(world.around, 77)


@pytest.mark.parametrize("away", [False, True])
async def test_a_folder_that_a_client_seeds_from_stays_even_if_forced(world: SmallWorld, *, away: bool) -> None:
    want = await shelved(world)
    seen = replace(world.qbittorrent.downloads[want.download or ""], path=want.folder, name="Emma")
    await world.database.downloads.record(seen)
    if away:
        world.qbittorrent.before("status", Unavailable("qbittorrent is down."))
    with pytest.raises(NotReturned, match="may be seeding 'Emma'" if away else "seeds 'Emma' from"):
        await take_out(world.around, want.id, force=True)
    assert Path(want.folder or "").is_dir()
    world.qbittorrent.downloads.clear()
    world.clock.pass_by(hours=1)
    await take_out(world.around, want.id)
    assert not Path(want.folder or "").exists()
