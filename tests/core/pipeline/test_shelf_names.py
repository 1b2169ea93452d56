"""Books are shelved under the names the configuration wishes, among the folders that are there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audiobook_daemon import Unavailable
from audiobook_daemon.config.templates import FILE_FIELDS, read_template
from audiobook_daemon.models import Want, WantState
from audiobook_daemon.shelving import Naming

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import SmallWorld


def named(world: SmallWorld, folder: str, file: str | None = None) -> None:
    files = read_template(file, FILE_FIELDS) if file else None
    world.around.settings = replace(world.around.settings, naming=Naming(read_template(folder), files))


def shelf(world: SmallWorld) -> list[str]:
    root = world.shelves.folder
    return sorted(str(file.relative_to(root)) for file in root.rglob("*") if file.is_file())


async def shelve(world: SmallWorld, want: Want) -> Want:
    world.clock.pass_by(hours=1)
    await world.pipeline.shelve()
    return await world.now(want)


async def test_folder_and_files_get_the_names_of_the_templates(world: SmallWorld) -> None:
    named(world, "{title} by {author}{ (format)}", "{part - }{title}")
    want = await shelve(world, await world.verified())
    assert want.state is WantState.SHELVED
    assert shelf(world) == ["Emma by Jane Austen (mp3)/1 - Emma.mp3", "Emma by Jane Austen (mp3)/2 - Emma.mp3"]


async def test_a_known_author_is_not_shelved_a_second_time_under_another_spelling(world: SmallWorld) -> None:
    (world.shelves.folder / "Austen, Jane").mkdir()
    want = await shelve(world, await world.verified())
    assert want.folder == str(world.shelves.folder / "Austen, Jane" / "Emma")


async def test_a_folder_whose_name_differs_in_case_only_is_taken(world: SmallWorld) -> None:
    (world.shelves.folder / "jane austen" / "EMMA").mkdir(parents=True)
    want = await shelve(world, await world.verified())
    assert want.folder == str(world.shelves.folder / "jane austen" / "Emma (mp3)")


async def test_other_templates_since_a_book_was_planned_do_not_move_what_stands(world: SmallWorld) -> None:
    want = await world.verified()
    world.shelves.before("admit", Unavailable("It does not appear."))
    want = await shelve(world, want)
    named(world, "{title}", "{part - }{title}")
    want = await shelve(world, want)
    assert want.state is WantState.SHELVED
    assert shelf(world) == ["Jane Austen/Emma/01.mp3", "Jane Austen/Emma/02.mp3"]


async def test_no_book_is_placed_where_a_loose_file_would_swallow_it(world: SmallWorld) -> None:
    loose = world.shelves.folder / "Jane Austen" / "loose.mp3"
    loose.parent.mkdir()
    loose.write_text("mine")
    want = await shelve(world, await world.verified())
    assert want.state is WantState.VERIFIED
    assert str(want.reason).startswith(f"It cannot be placed: {loose} lies loose in {loose.parent}")
    assert shelf(world) == ["Jane Austen/loose.mp3"]
    assert world.shelves.asked["admit"] == []
    loose.unlink()
    assert (await shelve(world, want)).state is WantState.SHELVED
