"""Only what is due, on record and in the trash is deleted; a lost disk loses nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.core.pipeline.returning.conftest import Killed, dying, in_trash, shelved, tree

from audiobook_daemon.models import WantState
from audiobook_daemon.pipeline.returning import emptying
from audiobook_daemon.pipeline.returning.emptying import empty_trash, strangers_in_trash
from audiobook_daemon.pipeline.returning.refused import NotReturned
from audiobook_daemon.pipeline.returning.restoring import bring_back
from audiobook_daemon.pipeline.returning.undoing import take_out
from audiobook_daemon.shelving import trash
from audiobook_daemon.shelving.trash import TRASH

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import SmallWorld


async def test_what_is_due_is_deleted_and_nothing_else(world: SmallWorld) -> None:
    old, young = await shelved(world, "Emma", "Jane Austen"), await shelved(world, "Persuasion", "Jane Austen")
    download = tree(Path(old.path or ""))
    await take_out(world.around, old.id)
    world.clock.pass_by(days=29)
    await take_out(world.around, young.id)
    assert await empty_trash(world.around, dry_run=False) == ()
    stranger = in_trash(world)[0].parent / "put here by hand"
    stranger.mkdir()
    world.clock.pass_by(days=1)
    assert [entry.title for entry in await empty_trash(world.around, dry_run=True)] == ["Emma"]
    assert len(in_trash(world)) == 3
    (deleted,) = await empty_trash(world.around, dry_run=False)
    assert deleted.title == "Emma"
    assert sorted(place.name.partition(" ")[2] for place in in_trash(world)) == ["Persuasion", "here by hand"]
    assert [entry.title for entry in await world.database.trash.lying()] == ["Persuasion"]
    assert tree(Path(old.path or "")) == download
    assert (await world.now(old)).state is WantState.DROPPED


async def test_where_the_disk_is_not_nothing_is_deleted_or_marked(world: SmallWorld) -> None:
    want = await shelved(world)
    await take_out(world.around, want.id)
    world.clock.pass_by(days=31)
    away = world.shelves.folder.rename(world.folder / "away")
    world.shelves.folder.mkdir()
    assert await empty_trash(world.around, dry_run=False) == ()
    assert len(await world.database.trash.lying()) == 1
    world.shelves.folder.rmdir()
    away.rename(world.shelves.folder)
    await bring_back(world.around, 1, dry_run=False)
    assert len(tree(Path(want.folder or ""))) == 2


async def test_what_somebody_deleted_by_hand_is_marked(world: SmallWorld) -> None:
    want = await shelved(world)
    await take_out(world.around, want.id)
    trash.delete(in_trash(world)[0], world.shelves.folder)
    world.clock.pass_by(days=31)
    assert len(await empty_trash(world.around, dry_run=False)) == 1
    assert await world.database.trash.lying() == ()
    stranger = world.shelves.folder / TRASH / "put here by hand"
    stranger.mkdir()
    assert await strangers_in_trash(world.around) == (stranger,)


async def test_a_crash_amid_deleting_is_finished_and_half_a_book_never_comes_back(
    world: SmallWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    want = await shelved(world)
    await take_out(world.around, want.id)
    world.clock.pass_by(days=31)
    place = in_trash(world)[0]

    def half(folder: Path, _: Path) -> None:
        (folder / "01.mp3").unlink()

    with monkeypatch.context() as patch:
        patch.setattr(emptying, "delete", dying(half, before=False))
        with pytest.raises(Killed):
            await empty_trash(world.around, dry_run=False)
    assert sorted(tree(place)) == ["02.mp3"]
    with pytest.raises(NotReturned, match="no longer whole"):
        await bring_back(world.around, 1, dry_run=False)
    assert len(await empty_trash(world.around, dry_run=False)) == 1
    assert in_trash(world) == []
    assert await world.database.journal.open_steps() == ()
