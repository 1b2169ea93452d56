"""A verified book gets its place on the shelf, exactly one, and takes nobody else's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon import AuthFailed, Refused, Unavailable
from audiobook_daemon.models import Want, WantState
from audiobook_daemon.pipeline.verified import note
from audiobook_daemon.shelving import STAGING, Method

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import SmallWorld


async def shelve(world: SmallWorld, want: Want) -> Want:
    await world.pipeline.shelve()
    return await world.now(want)


def shelf(world: SmallWorld) -> list[str]:
    """Every file on the shelf, staging folders included."""
    root = world.shelves.folder
    return sorted(str(file.relative_to(root)) for file in root.rglob("*") if file.is_file())


STEPS = 3
"""stage, publish, admit"""
EMMA = ["Jane Austen/Emma/01.mp3", "Jane Austen/Emma/02.mp3"]


async def test_a_verified_book_is_hardlinked_into_its_folder_and_admitted(world: SmallWorld) -> None:
    want = await shelve(world, await world.verified())
    folder = world.shelves.folder / "Jane Austen" / "Emma"
    assert (want.state, want.code, want.reason) == (
        WantState.SHELVED, "shelved", "shelves has it in Jane Austen/Emma.",
    )  # fmt: skip
    assert (want.library, want.item, want.folder) == ("shelves", "item-1", str(folder))
    assert shelf(world) == EMMA
    assert (folder / "01.mp3").samefile(Path(want.path or "", "01.mp3"))
    assert world.shelves.asked["admit"] == [str(folder)]
    owned = await world.database.books.get("shelves", "item-1")
    assert owned is not None
    assert owned.path == str(folder)
    told = [(event.before, event.after) for event in await world.database.events.newest(10, want_id=want.id)]
    assert told[0] == ("verified", "shelved")
    assert ("verified", "verified") not in told, "that a folder was chosen is no change of the book"


async def test_the_folder_and_the_step_are_on_record_before_the_book_is_admitted(world: SmallWorld) -> None:
    want = await world.verified()
    seen = []

    async def look() -> None:
        seen.append((await world.now(want), await world.database.journal.for_want(want.id)))

    world.shelves.before("admit", look)
    await world.pipeline.shelve()
    ((then, steps),) = seen
    assert then.state is WantState.VERIFIED
    folder, staging = str(world.shelves.folder / "Jane Austen" / "Emma"), str(world.shelves.folder / STAGING)
    assert then.folder == folder
    assert [(step.kind, step.source, step.target, step.done) for step in steps] == [
        ("stage", want.path, f"{staging}{want.id}", world.clock.now),
        ("publish", f"{staging}{want.id}", folder, world.clock.now),
        ("admit", folder, folder, None),
    ]
    (plan,) = await world.database.plans.for_want(want.id)
    assert {step.plan_id for step in steps} == {plan.id}


async def test_a_book_that_was_published_before_a_crash_is_recognised(world: SmallWorld) -> None:
    want = await world.verified()
    world.shelves.before("admit", Unavailable("It does not appear."))
    waiting = await shelve(world, want)
    assert (waiting.state, waiting.reason) == (WantState.VERIFIED, "It does not appear.")
    world.clock.pass_by(hours=1)
    want = await shelve(world, want)
    assert (want.state, want.folder) == (WantState.SHELVED, waiting.folder)
    assert shelf(world) == EMMA
    assert len(await world.database.journal.for_want(want.id)) == STEPS


async def test_what_a_version_before_plans_had_placed_is_recognised_and_its_step_closed(world: SmallWorld) -> None:
    want = await world.verified()
    folder = world.shelves.folder / "Jane Austen" / "Emma"
    await world.database.journal.begin(want.id, "shelve", want.path or "", str(folder))
    folder.mkdir(parents=True)
    for file in Path(want.path or "").iterdir():
        (folder / file.name).hardlink_to(file)
    want = await shelve(world, await world.change(want, folder=str(folder), library="shelves"))
    assert (want.state, want.folder) == (WantState.SHELVED, str(folder))
    assert await world.database.journal.open_steps(want.id) == ()
    assert shelf(world) == EMMA


async def test_a_folder_of_somebody_else_is_left_alone_and_the_narrator_tells_them_apart(world: SmallWorld) -> None:
    foreign = world.shelves.folder / "Jane Austen" / "Emma"
    foreign.mkdir(parents=True)
    (foreign / "mine.mp3").write_text("mine")
    want = await world.verified()
    read = replace(world.offer(), narrators=("Juliet Stevenson",))
    want = await shelve(world, await world.change(want, release=read))
    assert want.folder == f"{foreign} {{Juliet Stevenson}}"
    assert [file.name for file in foreign.iterdir()] == ["mine.mp3"]


async def test_without_a_narrator_the_format_tells_them_apart(world: SmallWorld) -> None:
    foreign = world.shelves.folder / "Jane Austen" / "Emma"
    foreign.mkdir(parents=True)
    want = await shelve(world, await world.verified())
    assert want.folder == f"{foreign} (mp3)"


async def test_a_folder_that_somebody_else_made_since_it_was_noted_is_given_up(world: SmallWorld) -> None:
    noted = world.shelves.folder / "Jane Austen" / "Emma"
    want = await world.change(await world.verified(), folder=str(noted), library="shelves")
    noted.mkdir(parents=True)
    (noted / "mine.mp3").write_text("mine")
    want = await shelve(world, want)
    assert (want.state, want.folder) == (WantState.SHELVED, f"{noted} (mp3)")
    assert [file.name for file in noted.iterdir()] == ["mine.mp3"]


async def test_even_equal_files_of_somebody_else_are_not_taken_for_ones_own(world: SmallWorld) -> None:
    noted = world.shelves.folder / "Jane Austen" / "Emma"
    want = await world.change(await world.verified(), folder=str(noted), library="shelves")
    noted.mkdir(parents=True)
    for file in Path(want.path or "").iterdir():
        (noted / file.name).write_bytes(file.read_bytes())
    want = await shelve(world, want)
    assert (want.state, want.folder) == (WantState.SHELVED, f"{noted} (mp3)")


async def test_two_books_of_one_name_at_the_same_time_end_in_two_folders(world: SmallWorld) -> None:
    wants = [await world.verified("Emma"), await world.verified("Persuasion")]
    wants[1] = await world.change(wants[1], wish=wants[0].wish)
    await world.pipeline.shelve()
    shelved = [await world.now(want) for want in wants]
    assert [want.state for want in shelved] == [WantState.SHELVED] * 2
    for want in shelved:
        assert Path(want.folder or "", "01.mp3").samefile(Path(want.path or "", "01.mp3"))
    assert len({want.folder for want in shelved}) == len({want.item for want in shelved}) == 2


async def test_a_folder_on_record_of_another_shelf_is_not_used(world: SmallWorld) -> None:
    want = await world.change(await world.verified(), folder="/the/shelf/before/Emma", library="shelves")
    want = await shelve(world, want)
    assert (want.state, want.folder) == (WantState.SHELVED, str(world.shelves.folder / "Jane Austen" / "Emma"))


@pytest.mark.parametrize("hook", ["root", "admit"])
async def test_a_library_that_is_away_is_waited_for(world: SmallWorld, hook: str) -> None:
    want = await world.verified()
    world.shelves.before(hook, Unavailable("shelves is down."))
    waiting = await shelve(world, want)
    assert (waiting.state, waiting.code, waiting.reason) == (WantState.VERIFIED, "unavailable", "shelves is down.")
    world.clock.pass_by(hours=1)
    assert (await shelve(world, want)).state is WantState.SHELVED
    assert shelf(world) == EMMA


async def test_a_library_that_refuses_a_folder_is_no_reason_to_block_the_release(world: SmallWorld) -> None:
    want = await world.verified()
    world.shelves.before("admit", Refused("It may not be read."))
    want = await shelve(world, want)
    assert (want.state, want.reason) == (WantState.VERIFIED, "It may not be read.")
    assert await world.database.blocklist.for_want(want.id) == ()


@pytest.mark.parametrize("error", [AuthFailed("No right to edit."), Refused("The item is locked.")])
async def test_metadata_that_cannot_be_written_does_not_lose_the_book(world: SmallWorld, error: Exception) -> None:
    want = await world.verified()
    world.shelves.before("update", error)
    want = await shelve(world, want)
    assert (want.state, want.item) == (WantState.SHELVED, "item-1")


async def test_metadata_is_waited_for_a_few_times_and_not_for_ever(world: SmallWorld) -> None:
    want = await world.verified()
    world.shelves.before("update", *[Unavailable("Busy.") for _ in range(9)])
    states = []
    for _ in range(4):
        want = await shelve(world, want)
        states.append(want.state)
        world.clock.pass_by(hours=1)
    assert states == [WantState.VERIFIED] * 3 + [WantState.SHELVED]
    assert len(await world.database.journal.for_want(want.id)) == STEPS


async def test_files_that_are_gone_meanwhile_are_looked_at_again(world: SmallWorld) -> None:
    want = await world.verified()
    Path(want.path or "", "02.mp3").unlink()
    want = await shelve(world, want)
    assert (want.state, want.code) == (WantState.DOWNLOADED, "gone")
    assert shelf(world) == []
    assert world.shelves.asked["admit"] == []


async def test_of_a_magnet_link_whose_files_are_gone_no_empty_folder_is_shelved(world: SmallWorld) -> None:
    want = await world.change(await world.verified(), torrent_files=(), path=str(world.folder / "gone"))
    assert (await shelve(world, want)).state is WantState.DOWNLOADED
    assert list(world.shelves.folder.iterdir()) == []


async def test_what_cannot_be_placed_leaves_no_open_step(world: SmallWorld) -> None:
    want = await world.verified()
    world.around.settings = replace(world.around.settings, methods=(Method.HARDLINK,))
    (world.shelves.folder / "Jane Austen").write_text("A file where a folder should be.")
    want = await shelve(world, want)
    assert want.state is WantState.VERIFIED
    assert (want.reason or "").startswith("It cannot be placed: ")
    steps = await world.database.journal.for_want(want.id)
    assert [(step.kind, step.undone) for step in steps] == [(kind, world.clock.now) for kind in ("stage", "publish")]
    assert [file.name for file in world.shelves.folder.iterdir()] == ["Jane Austen"]


async def test_a_person_who_drops_while_the_library_takes_it_in_wins(world: SmallWorld) -> None:
    want = await world.verified()
    world.shelves.before("admit", lambda: world.people.drop(want.id))
    assert (await shelve(world, want)).state is WantState.DROPPED


async def test_a_file_that_was_swapped_after_it_was_verified_is_verified_again(world: SmallWorld) -> None:
    want = await world.verified()
    places = sorted(file for file in Path(want.path or "").rglob("*") if file.is_file())
    await note(world.around, want, places)
    other = places[0].with_name("other")
    other.write_bytes(bytes(reversed(places[0].read_bytes())))
    other.replace(places[0])
    want = await shelve(world, want)
    assert (want.state, want.code) == (WantState.DOWNLOADED, "changed")
    assert want.reason == f"{places[0].name} is another file than the one that was verified; it is looked at again."
    assert shelf(world) == []


async def test_what_is_as_it_was_verified_is_shelved(world: SmallWorld) -> None:
    want = await world.verified()
    await note(world.around, want, [file for file in Path(want.path or "").rglob("*") if file.is_file()])
    assert (await shelve(world, want)).state is WantState.SHELVED
