from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon import AuthFailed, Indexer, Query, Refused, Release, Unavailable
from audiobook_daemon.models import Health

if TYPE_CHECKING:
    from tests.core.conftest import Travel
    from tests.core.host.conftest import World

QUERY = Query("Emma")


async def ask(world: World) -> str | None:
    """Ask everybody and return why the first silent one was."""
    silent = (await world.host.ask(Indexer.search, query=QUERY)).silent
    return silent[0].reason if silent else None


def test_it_rests_five_seconds_doubling_up_to_a_quarter_of_an_hour(travel: Travel, world: World) -> None:
    async def story() -> None:
        await world.have("one")
        world["one"].tell("search", Unavailable("Down."))
        asked = list[float]()
        while len(asked) < 12:
            await ask(world)
            if world["one"].life.count("search") > len(asked):
                asked.append(asyncio.get_running_loop().time())
            await asyncio.sleep(0.25)
        rests = [later - earlier for earlier, later in pairwise(asked)]
        for expected, found in zip([5, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900], rests, strict=True):
            assert expected * 0.9 <= found <= expected * 1.1 + 0.5
        await world.host.stop()

    travel(story())


def test_a_resting_instance_is_left_alone_and_says_why(travel: Travel, world: World) -> None:
    async def story() -> None:
        await world.have("one")
        world["one"].tell("search", Unavailable("The site is down."), "")
        assert await ask(world) == "The site is down."
        assert await ask(world) == "The site is down."
        assert world["one"].life.count("search") == 1
        assert world.health("one") is Health.RESTING
        with pytest.raises(Unavailable) as caught:
            await world.host.ask_one("one", Indexer.search, query=QUERY)
        assert caught.value.retry_after is not None
        assert 0 < caught.value.retry_after <= 5.5
        await asyncio.sleep(6)
        assert await ask(world) is None
        assert world.health("one") is Health.READY
        await world.host.stop()

    travel(story())


@pytest.mark.parametrize(("asked", "expected"), [(120, 120), (0, 1), (-5, 1), (float("nan"), 1), (1e300, 86_400)])
def test_the_time_a_site_asks_for_is_kept(travel: Travel, world: World, asked: float, expected: float) -> None:
    async def story() -> None:
        await world.have("one")
        world["one"].tell("search", Unavailable("Slow down.", asked), "")
        assert await ask(world) == "Slow down."
        await asyncio.sleep(expected - 0.5)
        assert await ask(world) == "Slow down."
        await asyncio.sleep(1)
        assert await ask(world) is None
        await world.host.stop()

    travel(story())


def test_refused_credentials_wait_for_a_person(travel: Travel, world: World) -> None:
    async def story() -> None:
        await world.have("one")
        world["one"].tell("search", AuthFailed("The password is wrong."), "")
        assert await ask(world) == "The password is wrong."
        assert world.health("one") is Health.NEEDS_PERSON
        await asyncio.sleep(timedelta(days=30).total_seconds())
        assert await ask(world) == "The password is wrong."
        with pytest.raises(AuthFailed):
            await world.host.ask_one("one", Indexer.search, query=QUERY)
        assert world["one"].life.count("search") == 1
        assert (await world.host.retry("one")).health is Health.READY
        assert await ask(world) is None
        await world.host.stop()

    travel(story())


def test_each_hook_rests_on_its_own(travel: Travel, world: World) -> None:
    async def story() -> None:
        await world.have("one")
        world["one"].tell("search", Unavailable("Down."))
        await ask(world)
        torrent = await world.host.ask_one("one", Indexer.fetch, release=Release("one", "1", "Emma"))
        assert torrent.name == "Emma"
        assert world.health("one") is Health.RESTING
        await world.host.stop()

    travel(story())


def test_a_refusal_ends_a_rest(travel: Travel, world: World) -> None:
    async def story() -> None:
        await world.have("one")
        world["one"].tell("search", Unavailable("Down."), Refused("Not this one."))
        await ask(world)
        await asyncio.sleep(6)
        await ask(world)
        assert world.health("one") is Health.READY
        await world.host.stop()

    travel(story())


def test_one_line_down_and_one_up(travel: Travel, world: World, caplog: pytest.LogCaptureFixture) -> None:
    async def story() -> None:
        await world.have("one")
        world["one"].tell("search", *[Unavailable("The site is down.")] * 5, "")
        while await ask(world):
            await asyncio.sleep(1)
        await world.host.stop()

    with caplog.at_level(logging.INFO, "audiobook_daemon.host"):
        travel(story())
    down, up = caplog.records
    assert down.levelno == logging.WARNING
    assert down.getMessage().startswith("one: The site is down. It is asked again at 2026-03-01 12:00:0")
    assert down.exc_info is None
    assert (up.levelno, up.getMessage()) == (logging.INFO, "one answers again.")


def test_only_a_bug_shows_where_it_was(travel: Travel, world: World, caplog: pytest.LogCaptureFixture) -> None:
    async def story() -> None:
        await world.have("one")
        world["one"].tell("search", ZeroDivisionError("a bug"))
        await ask(world)
        await world.host.stop()

    travel(story())
    (line,) = caplog.records
    assert line.exc_info is not None
    assert line.exc_info[0] is ZeroDivisionError


def test_people_are_told_when_it_goes_down_and_up_and_not_between(travel: Travel, world: World) -> None:
    async def story() -> None:
        await world.have("one")
        world["one"].tell("search", *[Unavailable("Down.")] * 4, AuthFailed("Wrong."))
        while world.health("one") is not Health.NEEDS_PERSON:
            await ask(world)
            await asyncio.sleep(1)
        world["one"].tell("search", "")
        await world.host.retry("one")
        await world.host.stop()
        ready, stopped = ("one", Health.READY), ("one", Health.STOPPED)
        assert world.told == [ready, ("one", Health.RESTING), ("one", Health.NEEDS_PERSON), ready, stopped]

    travel(story())
