from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon import AuthFailed, Indexer, Query, Unavailable
from audiobook_daemon.models import Health

if TYPE_CHECKING:
    from tests.core.conftest import Travel
    from tests.core.host.conftest import Obedient, World

QUERY = Query("Emma")


def test_the_heartbeat_starts_again_what_could_not_start(travel: Travel, world: World) -> None:
    async def story() -> None:
        world.host.at_start = (
            Unavailable("Down."),
            Unavailable("Still down."),
            "",
        )
        await world.have("one")
        assert (world.health("one"), world.error("one")) == (Health.RESTING, "Down.")
        heart = asyncio.create_task(world.host.heartbeat())
        await asyncio.sleep(8)
        assert (world.health("one"), world.error("one")) == (Health.RESTING, "Still down.")
        await asyncio.sleep(12)
        assert world.health("one") is Health.READY
        assert world["one"].life == ["start", "start", "start", "started"]
        heart.cancel()
        await world.host.stop()

    travel(story())


def test_the_heartbeat_lets_a_person_mend_things_first(travel: Travel, world: World) -> None:
    async def story() -> None:
        world.host.at_start = (
            AuthFailed("Wrong."),
            "",
        )
        await world.have("one")
        heart = asyncio.create_task(world.host.heartbeat())
        await asyncio.sleep(86_400)
        assert world["one"].life == ["start"]
        assert (await world.host.retry("one")).health is Health.READY
        heart.cancel()
        await world.host.stop()

    travel(story())


def test_a_start_that_hangs_is_cut_off_and_keeps_nobody(travel: Travel, world: World) -> None:
    async def story() -> None:
        world.host.at_start = (
            "hang",
            "",
        )
        begin = asyncio.get_running_loop().time()
        await world.have("one")
        assert asyncio.get_running_loop().time() - begin == 60
        assert world.error("one") == "one took more than 60 seconds for start."
        await world.host.stop()

    travel(story())


def test_a_question_waits_for_a_start_under_way(travel: Travel, world: World) -> None:
    async def story() -> None:
        await world.begin("one")
        answers = await world.host.ask(Indexer.search, query=QUERY)
        assert len(answers.given) == 1
        assert world["one"].life == ["start", "started", "search"]
        await world.host.stop()

    travel(story())


def test_a_start_that_failed_is_tried_again_by_the_next_question(travel: Travel, world: World) -> None:
    async def story() -> None:
        world.host.at_start = (
            Unavailable("Down."),
            "",
        )
        await world.have("one")
        assert (await world.host.ask(Indexer.search, query=QUERY)).silent[0].reason == "Down."
        assert world["one"].life == ["start"]
        await asyncio.sleep(6)
        assert len((await world.host.ask(Indexer.search, query=QUERY)).given) == 1
        await world.host.stop()

    travel(story())


def test_one_that_cannot_be_made_harms_nobody(travel: Travel, world: World, caplog: pytest.LogCaptureFixture) -> None:
    async def story() -> None:
        await world.have("one", "two", one="unmakeable")
        assert world.health("one") is Health.NEEDS_PERSON
        assert world.error("one") == "one cannot be made (KeyError: 'unmakeable')."
        assert [given.instance for given in (await world.host.ask(Indexer.search, query=QUERY)).given] == ["two"]
        await world.have("one", "two", one="mended")
        assert len((await world.host.ask(Indexer.search, query=QUERY)).given) == 2
        await world.host.stop()

    travel(story())
    assert caplog.records[0].exc_info is not None


def test_apply_swaps_only_what_changed(travel: Travel, world: World) -> None:
    async def story() -> None:
        await world.have("same", "changed", "gone", changed="old")
        same, changed, gone = (world[name] for name in ("same", "changed", "gone"))
        await world.have("changed", "same", "new", changed="new")
        assert list(world.host.instances) == ["changed", "same", "new"]
        assert world["same"] is same
        assert same.life == ["start", "started"]
        assert changed.life == gone.life == ["start", "started", "stop"]
        assert world["changed"] is not changed
        answers = await world.host.ask(Indexer.search, query=QUERY)
        assert [releases[0].title for releases in answers.values] == ["Emma new", "Emma", "Emma"]
        assert world.told.count(("gone", Health.STOPPED)) == 1
        assert ("changed", Health.STOPPED) not in world.told
        await world.host.stop()

    travel(story())


def test_the_old_one_ends_before_the_new_one_begins(
    travel: Travel, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    async def story() -> None:
        await world.have("one", one="old")
        old = world["one"]
        old.tell("search", "hang")
        question = asyncio.create_task(world.host.ask(Indexer.search, query=QUERY))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        await world.have("one", one="new")
        assert old.life == ["start", "started", "search", "search cut off", "stop"]
        assert (await question).silent[0].reason == "one was stopped before the end of search."
        assert world.told == [("one", Health.READY), ("one", Health.READY)]
        await world.host.stop()

    travel(story())
    assert caplog.records == []


def test_a_start_under_way_is_ended_before_the_new_one_begins(travel: Travel, world: World) -> None:
    async def story() -> None:
        world.host.at_start = ("hang",)
        await world.begin("one", one="old")
        await asyncio.sleep(1)
        old: Obedient = world["one"]
        world.host.at_start = ()
        await world.have("one", one="new")
        assert old.life == ["start", "start cut off", "stop"]
        assert world["one"].life == ["start", "started"]
        assert world.health("one") is Health.READY
        await world.host.stop()

    travel(story())


def test_two_changes_at_once_follow_each_other(travel: Travel, world: World) -> None:
    async def story() -> None:
        await world.have("one", one="a")
        first = world["one"]
        first.tell("stop", "hang")
        await asyncio.gather(world.have("one", one="b"), world.have("one", one="c"))
        assert world["one"].config.value == "c"
        assert len((await world.host.ask(Indexer.search, query=QUERY)).given) == 1
        await world.host.stop()

    travel(story())


@pytest.mark.parametrize(
    ("order", "words"),
    [("hang", "did not stop in 5 seconds and is left behind"), (ValueError("a bug"), "failed while it stopped")],
)
def test_one_that_does_not_stop_is_left_behind(
    travel: Travel, world: World, caplog: pytest.LogCaptureFixture, order: BaseException | str, words: str
) -> None:
    async def story() -> None:
        await world.have("one", "two")
        two = world["two"]
        world["one"].tell("stop", order)
        await world.host.stop()
        assert world.host.instances == {}
        assert two.life[-1] == "stop"

    with caplog.at_level(logging.WARNING, "audiobook_daemon.host"):
        travel(story())
    assert words in caplog.text
