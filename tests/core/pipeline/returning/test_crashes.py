"""SIGKILL between any two steps: a book is never in two places nor in none, and what was begun is finished."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.core.pipeline.returning.conftest import Killed, dying, dying_later, in_trash, shelved, tree

from audiobook_daemon.models import WantState
from audiobook_daemon.pipeline.returning import moving
from audiobook_daemon.pipeline.returning.exchange import Exchange, Leaving
from audiobook_daemon.pipeline.returning.restoring import bring_back
from audiobook_daemon.pipeline.returning.undoing import take_out
from audiobook_daemon.store import PlanState
from audiobook_daemon.store.books import Books
from audiobook_daemon.store.journal import Journal
from audiobook_daemon.store.plans import Plans
from audiobook_daemon.store.trash import Trash
from audiobook_daemon.store.wants import Wants

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import SmallWorld

MOMENTS = [
    *((owner, name, False) for owner, name in ((Plans, "add"), (Journal, "begin"))),
    (moving, "move_to_trash", True),
    (moving, "move_to_trash", False),
    (Trash, "add", False),
    (moving, "remove_empty_above", False),
    *((owner, name, False) for owner, name in ((Journal, "done"), (Books, "mark_missing"), (Wants, "change"))),
]
"""Where the daemon dies, and whether before or after that is done."""


def kill(patch: pytest.MonkeyPatch, owner: object, name: str, *, before: bool) -> None:
    death = dying if owner is moving else dying_later
    patch.setattr(owner, name, death(getattr(owner, name), before=before))


@pytest.mark.parametrize(("owner", "name", "before"), MOMENTS)
async def test_a_book_on_its_way_into_the_trash_is_never_lost(
    world: SmallWorld, monkeypatch: pytest.MonkeyPatch, owner: object, name: str, *, before: bool
) -> None:
    want = await shelved(world)
    folder, whole, seeding = Path(want.folder or ""), tree(Path(want.folder or "")), tree(Path(want.path or ""))
    with monkeypatch.context() as patch:
        kill(patch, owner, name, before=before)
        with pytest.raises(Killed):
            await take_out(world.around, want.id)
    moved = not folder.exists()
    assert [tree(place) for place in (in_trash(world) if moved else [folder])] == [whole]
    await world.pipeline.shelve()
    assert [tree(place) for place in (in_trash(world) if moved else [folder])] == [whole]
    assert folder.exists() is not moved
    assert len(await world.database.trash.lying()) == moved
    assert (await world.now(want)).state is (WantState.DROPPED if moved else WantState.SHELVED)
    item = await world.database.books.get("shelves", want.item or "")
    assert item is not None
    assert item.missing is moved
    assert await world.database.journal.open_steps() == ()
    assert await world.database.plans.standing([PlanState.MADE, PlanState.BEGUN]) == ()
    assert tree(Path(want.path or "")) == seeding
    if not moved:
        await take_out(world.around, want.id)
        assert [tree(place) for place in in_trash(world)] == [whole]


@pytest.mark.parametrize(
    ("owner", "name", "before"),
    [
        (Journal, "begin", False),
        *((moving, "move_back", before) for before in (True, False)),
        *((owner, name, False) for owner, name in ((Trash, "restored"), (Journal, "done"), (Wants, "change"))),
    ],
)
async def test_a_book_on_its_way_back_is_never_lost(
    world: SmallWorld, monkeypatch: pytest.MonkeyPatch, owner: object, name: str, *, before: bool
) -> None:
    want = await shelved(world)
    folder, whole = Path(want.folder or ""), tree(Path(want.folder or ""))
    await take_out(world.around, want.id)
    (entry,) = await world.database.trash.lying()
    with monkeypatch.context() as patch:
        kill(patch, owner, name, before=before)
        with pytest.raises(Killed):
            await bring_back(world.around, entry.id, dry_run=False)
    await world.pipeline.shelve()
    if not folder.exists():
        assert [tree(place) for place in in_trash(world)] == [whole]
        await bring_back(world.around, entry.id, dry_run=False)
    assert tree(folder) == whole
    assert in_trash(world) == []
    assert await world.database.trash.lying() == ()
    now = await world.now(want)
    assert (now.state, now.folder, now.item) == (WantState.SHELVED, want.folder, want.item)
    assert await world.database.journal.open_steps() == ()


async def test_a_disk_that_is_gone_after_a_crash_is_waited_for(
    world: SmallWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    want = await shelved(world)
    with monkeypatch.context() as patch:
        kill(patch, moving, "move_to_trash", before=False)
        with suppress(Killed):
            await take_out(world.around, want.id)
    away = world.shelves.folder.rename(world.folder / "away")
    world.shelves.folder.mkdir()
    await world.pipeline.shelve()
    (plan,) = await world.database.plans.standing([PlanState.BEGUN])
    assert (await world.now(want)).state is WantState.SHELVED
    world.shelves.folder.rmdir()
    away.rename(world.shelves.folder)
    await world.pipeline.shelve()
    assert (await world.now(want)).state is WantState.DROPPED
    found = await world.database.plans.get(plan.id)
    assert found is not None
    assert found.state is PlanState.DONE


async def test_a_plan_of_another_version_is_left_to_it(world: SmallWorld) -> None:
    plan = await world.database.plans.add(None, "undo", {"leaving": "in words nobody knows here"})
    await world.pipeline.shelve()
    found = await world.database.plans.get(plan)
    assert found is not None
    assert found.state is PlanState.MADE


async def test_a_plan_whose_folders_are_nowhere_waits_and_is_told_of_once(
    world: SmallWorld, caplog: pytest.LogCaptureFixture
) -> None:
    want = await shelved(world)
    plans = world.database.plans
    leaving = Leaving("/gone", "/gone/Emma", "/gone/trash/Emma", "Emma", "shelves", want.item, "Undone.", ours=True)
    plan = await plans.add(want.id, "undo", Exchange(leaving=leaving).as_json())
    await plans.become(plan, PlanState.BEGUN)
    await world.database.journal.begin(want.id, "trash", leaving.folder, leaving.place, plan_id=plan)
    for _ in range(3):
        await world.pipeline.shelve()
    assert caplog.text.count("neither of its folders is to be found") == 1
    assert [one.id for one in await plans.standing([PlanState.BEGUN])] == [plan]
