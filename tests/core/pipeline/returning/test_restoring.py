"""A book comes back from the trash to its place and nobody else's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.core.pipeline.returning.conftest import in_trash, shelved, tree

from audiobook_daemon.errors import Unavailable
from audiobook_daemon.models import WantState
from audiobook_daemon.pipeline.returning.actions import Returning
from audiobook_daemon.pipeline.returning.refused import NotReturned
from audiobook_daemon.pipeline.returning.restoring import bring_back
from audiobook_daemon.pipeline.returning.undoing import take_out

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import SmallWorld


async def test_a_book_comes_back_whole_and_can_be_taken_out_once_more(world: SmallWorld) -> None:
    want = await shelved(world)
    before = tree(world.shelves.folder)
    for number in (1, 2):
        await take_out(world.around, want.id)
        outcome = await bring_back(world.around, number, dry_run=False)
        assert outcome.summary == f"put_back: Emma is back in {want.folder}."
        assert tree(world.shelves.folder) == before
        now = await world.now(want)
        assert (now.state, now.folder, now.library, now.item) == (
            WantState.SHELVED, want.folder, "shelves", want.item,
        )  # fmt: skip
        assert (now.release, now.download, now.path) == (want.release, want.download, want.path)
    item = await world.database.books.get("shelves", want.item or "")
    assert item is not None
    assert not item.missing
    assert [held.id for held in world.shelves.holds] == [want.item]


async def test_a_place_that_is_taken_is_left_to_who_took_it(world: SmallWorld) -> None:
    want = await shelved(world)
    await take_out(world.around, want.id)
    theirs = Path(want.folder or "")
    theirs.mkdir(parents=True)
    with pytest.raises(NotReturned, match="something else is there now"):
        await bring_back(world.around, 1, dry_run=False)
    assert list(theirs.iterdir()) == []
    assert sorted(tree(in_trash(world)[0])) == ["01.mp3", "02.mp3"]
    assert (await world.now(want)).state is WantState.DROPPED


async def test_a_want_that_went_on_meanwhile_is_not_disturbed(world: SmallWorld) -> None:
    want = await shelved(world)
    await take_out(world.around, want.id)
    await world.people.revive(want.id)
    await bring_back(world.around, 1, dry_run=False)
    assert (await world.now(want)).state is WantState.WANTED
    assert len(tree(Path(want.folder or ""))) == 2


async def test_a_library_that_is_away_does_not_keep_a_book_from_its_place(world: SmallWorld) -> None:
    want = await shelved(world)
    await take_out(world.around, want.id)
    world.shelves.before("admit", Unavailable("shelves is down."))
    outcome = await bring_back(world.around, 1, dry_run=False)
    assert "shelves finds it at its next scan, for now: shelves is down." in outcome.summary
    assert (await world.now(want)).state is WantState.SHELVED
    assert len(tree(Path(want.folder or ""))) == 2


async def test_a_rehearsal_moves_nothing(world: SmallWorld) -> None:
    want = await shelved(world)
    await take_out(world.around, want.id)
    outcome = await Returning(world.around).put_back(1, dry_run=True)
    assert outcome.summary == f"put_back: Emma would come back to {want.folder}."
    assert not Path(want.folder or "").exists()


@pytest.mark.parametrize(
    ("mark", "reason"), [("restored", "is back already"), ("deleted", "was deleted for good"), ("", "no entry 2")]
)
async def test_what_cannot_come_back_is_a_sentence(world: SmallWorld, mark: str, reason: str) -> None:
    want = await shelved(world)
    await take_out(world.around, want.id)
    if mark:
        await getattr(world.database.trash, mark)(1)
    with pytest.raises(NotReturned, match=reason):
        await bring_back(world.around, 1 if mark else 2, dry_run=False)


async def test_the_list_names_what_lies_there_and_what_nobody_knows(world: SmallWorld) -> None:
    want = await shelved(world)
    await take_out(world.around, want.id)
    stranger = in_trash(world)[0].parent / "put here by hand"
    stranger.mkdir()
    outcome = await Returning(world.around).trash()
    assert outcome.summary.startswith("trash: 1 book, 4.3 kB. 1 more are not from the daemon")
    assert str(stranger) in outcome.summary
    assert outcome.data == [
        {
            "entry": 1,
            "title": "Emma",
            "reason": "A person undid it.",
            "from": want.folder,
            "place": str(in_trash(world)[0]),
            "size": sum(file.stat().st_size for file in in_trash(world)[0].iterdir()),
            "moved": "2026-03-01T12:00:00+00:00",
            "due": "2026-03-31T12:00:00+00:00",
            "want": want.id,
        }
    ]
