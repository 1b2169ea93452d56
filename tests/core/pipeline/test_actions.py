"""The stages and commands as actions with names."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.actions import Actions, BadArguments
from audiobook_daemon.pipeline import declared

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import Pause, SmallWorld

LATER = ("metadata_full", "metadata_new")


@pytest.fixture
def actions(world: SmallWorld) -> Actions:
    table = Actions()
    world.pipeline.register(table)
    return table


def test_what_is_declared_is_just_what_is_registered(actions: Actions) -> None:
    models = declared()
    assert sorted(models) == sorted(action.name for action in actions)
    for action in actions:
        assert models[action.name].model_json_schema() == action.parameters.model_json_schema()


def test_every_action_says_what_it_does_in_a_sentence(actions: Actions) -> None:
    assert [action.name for action in actions if not action.description.split("\n")[0].endswith(".")] == []


@pytest.mark.parametrize("name", LATER)
async def test_an_action_of_a_later_version_says_so_and_does_nothing(actions: Actions, name: str) -> None:
    outcome = await actions.get(name).run({})
    assert outcome.summary == f"{name} has nothing to do yet: this part of the daemon is not there in this version."
    assert (outcome.processed, outcome.succeeded, outcome.failed) == (0, 0, 0)


@pytest.mark.parametrize("arguments", [{"limit": 0}, {"limit": -1}, {"limit": "many"}, {"limits": 3}])
async def test_arguments_without_sense_are_refused(actions: Actions, arguments: dict[str, object]) -> None:
    with pytest.raises(BadArguments, match="choose: "):
        await actions.get("choose").run(arguments)


async def test_the_limit_is_how_many_are_worked_on(world: SmallWorld, actions: Actions) -> None:
    for title in ("Emma", "Persuasion", "Lady Susan"):
        await world.chosen(title)
    assert (await actions.get("grab").run({"limit": 2})).processed == 2
    assert len(world.qbittorrent.downloads) == 2


async def test_a_stage_does_not_run_twice_at_the_same_time(world: SmallWorld, pause: Pause) -> None:
    await world.chosen()
    world.mam.before("fetch", pause)
    first = asyncio.create_task(world.pipeline.grab())
    await pause.reached.wait()
    second = asyncio.create_task(world.pipeline.grab())
    await world.pipeline.watch()
    pause.over.set()
    assert ((await first).processed, (await second).processed) == (1, 0)
    assert len(world.mam.asked["fetch"]) == len(world.qbittorrent.asked["add"]) == 1


@pytest.mark.parametrize("configured", [False, True])
async def test_a_rehearsed_grab_names_the_books_and_does_nothing(world: SmallWorld, configured: bool) -> None:
    want = await world.chosen()
    world.around.settings = replace(world.around.settings, dry_run=configured)
    outcome = await world.pipeline.grab(dry_run=not configured)
    assert outcome.summary == "grab: would grab 1 books."
    assert outcome.data == [{"id": want.id, "title": "Emma", "release": "Emma"}]
    assert world.mam.asked["fetch"] == world.qbittorrent.asked["add"] == []
    assert await world.now(want) == want


async def test_a_rehearsed_shelving_places_nothing(world: SmallWorld) -> None:
    want = await world.verified()
    outcome = await world.pipeline.shelve(dry_run=True)
    assert (outcome.summary, outcome.processed) == ("shelve: would shelve 1 books.", 1)
    assert list(world.shelves.folder.iterdir()) == []
    assert await world.now(want) == want


async def test_sync_reads_the_library(world: SmallWorld) -> None:
    item = world.shelves.own((await world.want()).wish.book)
    outcome = await world.pipeline.sync()
    assert (outcome.summary, outcome.processed) == ("sync: 1 books read.", 1)
    assert await world.database.books.get("shelves", item.id) == item


@pytest.mark.parametrize("dry_run", [False, True])
async def test_cleanup_forgets_what_is_old_and_keeps_failures(world: SmallWorld, dry_run: bool) -> None:
    await world.want()
    await world.database.failed_attempts.record("download", "mam:1", "Emma", "It failed.")
    world.clock.pass_by(days=31)
    await world.want("Persuasion")
    outcome = await world.pipeline.cleanup(days=30, dry_run=dry_run)
    kept = [event.want_id for event in await world.database.events.newest(9)]
    assert kept == ([2, 1] if dry_run else [2])
    assert outcome.processed == (0 if dry_run else 1)
    assert len(await world.database.failed_attempts.newest(5)) == 1
    assert len(await world.database.wants.list()) == 2
