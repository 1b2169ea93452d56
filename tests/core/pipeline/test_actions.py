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
    assert (outcome.summary, outcome.processed) == ("sync: shelves: 1 book, 1 new.", 1)
    assert await world.database.books.get("shelves", item.id) == item
