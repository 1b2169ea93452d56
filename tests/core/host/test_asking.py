from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon import (
    AuthFailed,
    Book,
    DownloadClient,
    Indexer,
    Library,
    MetadataProvider,
    PluginConfig,
    Query,
    Refused,
    Release,
    Unavailable,
)
from audiobook_daemon.errors import DatabaseError
from audiobook_daemon.host import InstanceSpec
from audiobook_daemon.models import Health

if TYPE_CHECKING:
    from tests.core.conftest import Travel
    from tests.core.host.conftest import World

RELEASE = Release("one", "1", "Emma")


async def test_a_question_goes_to_all_in_the_order_of_the_configuration(still_world: World) -> None:
    await still_world.have("two", "one", two="B", one="A")
    answers = await still_world.host.ask(Indexer.search, query=Query("Emma"))
    assert [given.instance for given in answers.given] == ["two", "one"]
    assert [releases[0].title for releases in answers.values] == ["Emma B", "Emma A"]
    assert answers.silent == ()


async def test_a_command_goes_to_one(still_world: World) -> None:
    await still_world.have("one", "two")
    torrent = await still_world.host.ask_one("one", Indexer.fetch, release=RELEASE)
    assert torrent.name == "Emma"
    assert "search" not in still_world["two"].life


async def test_a_question_may_go_to_one_too(still_world: World) -> None:
    await still_world.have("one", "two")
    releases = await still_world.host.ask_one("two", Indexer.search, query=Query("Emma"))
    assert releases[0].source == "two"
    assert "search" not in still_world["one"].life


async def test_a_command_is_never_broadcast(still_world: World) -> None:
    await still_world.have("one")
    with pytest.raises(TypeError, match=r"Indexer\.fetch is a command: name the instance and use ask_one"):
        await still_world.host.ask(Indexer.fetch, release=RELEASE)


@pytest.mark.parametrize("name", ["nobody", "shelves"])
async def test_who_cannot_do_it_is_unavailable(still_world: World, name: str) -> None:
    await still_world.host.apply([InstanceSpec("shelves", "shelves", PluginConfig())])
    with pytest.raises(Unavailable, match=f"There is no indexer called '{name}' in the configuration; it was"):
        await still_world.host.ask_one(name, Indexer.fetch, release=RELEASE)


async def test_every_role_has_a_name_for_people(still_world: World) -> None:
    with pytest.raises(Unavailable, match="There is no download client called 'gone' in the configuration"):
        await still_world.host.ask_one("gone", DownloadClient.status, ids=())
    with pytest.raises(Unavailable, match="There is no library called 'gone' in the configuration"):
        await still_world.host.ask_one("gone", Library.root)


async def test_a_question_nobody_plays_the_role_for_has_no_answers(still_world: World) -> None:
    await still_world.have("one")
    answers = await still_world.host.ask(Library.find, book=Book("Emma"))
    assert (answers.given, answers.silent) == ((), ())


async def test_arguments_are_checked_before_anybody_is_asked(still_world: World) -> None:
    await still_world.have("one")
    with pytest.raises(TypeError):
        await still_world.host.ask(Indexer.search, question=Query("Emma"))  # type: ignore[call-arg]
    assert "search" not in still_world["one"].life
    assert still_world.health("one") is Health.READY


async def test_who_plays_a_role(still_world: World) -> None:
    await still_world.have("one", "two")
    assert still_world.host.playing(Indexer) == ("one", "two")
    assert still_world.host.playing(DownloadClient) == ()
    (status, _) = still_world.host.statuses()
    assert (status.name, status.type, status.roles) == ("one", "obedient", ("MetadataProvider", "Indexer"))


async def test_an_instance_asks_all_others_but_not_itself(still_world: World) -> None:
    await still_world.have("one", "two", "three")
    facts = await still_world.host.ask_one("one", MetadataProvider.describe, book=Book("Emma"))
    assert [fact.source for fact in facts] == ["two", "three"]
    assert "search" not in still_world["one"].life


async def test_an_instance_cannot_command_others(still_world: World) -> None:
    await still_world.have("one", "two")
    with pytest.raises(TypeError, match="is a command"):
        await still_world["one"].context.ask(Indexer.fetch, release=RELEASE)


@pytest.mark.parametrize(
    ("error", "reason", "needs_person"),
    [
        (Unavailable("The site is down."), "The site is down.", False),
        (AuthFailed("The password is wrong."), "The password is wrong.", True),
        (ValueError("a bug"), "one failed in search (ValueError: a bug).", False),
        (TimeoutError(), "one failed in search (TimeoutError: TimeoutError).", False),
        (KeyError("x"), "one failed in search (KeyError: 'x').", False),
        (DatabaseError("It is locked."), "one could not remember what it has to in search. It is locked.", False),
    ],
)
async def test_one_that_fails_is_silent_and_harms_nobody(
    still_world: World, error: Exception, reason: str, needs_person: bool
) -> None:
    await still_world.have("one", "two")
    still_world["one"].tell("search", error)
    answers = await still_world.host.ask(Indexer.search, query=Query("Emma"))
    assert [given.instance for given in answers.given] == ["two"]
    (silent,) = answers.silent
    assert (silent.instance, silent.reason, silent.needs_person) == ("one", reason, needs_person)


def test_one_that_hangs_is_silent_and_harms_nobody(travel: Travel, world: World) -> None:
    async def story() -> None:
        await world.have("one", "two")
        world["one"].tell("search", "hang")
        answers = await world.host.ask(Indexer.search, query=Query("Emma"))
        assert [given.instance for given in answers.given] == ["two"]
        assert answers.silent[0].reason == "one took more than 120 seconds for search."
        assert world["one"].life[-1] == "search cut off"
        await world.host.stop()

    travel(story())


async def test_one_that_waits_for_something_cancelled_harms_nobody(still_world: World) -> None:
    await still_world.have("one", "two")
    still_world["one"].tell("search", asyncio.CancelledError())
    answers = await still_world.host.ask(Indexer.search, query=Query("Emma"))
    assert [given.instance for given in answers.given] == ["two"]
    assert answers.silent[0].reason == "one failed in search: it waited for something that was cancelled."


async def test_a_refusal_is_an_answer_of_a_healthy_instance(still_world: World) -> None:
    await still_world.have("one")
    still_world["one"].tell("fetch", Refused("The torrent is gone.", "gone"))
    with pytest.raises(Refused, match="The torrent is gone"):
        await still_world.host.ask_one("one", Indexer.fetch, release=RELEASE)
    assert still_world.health("one") is Health.READY


async def test_who_asks_may_give_up(still_world: World) -> None:
    await still_world.have("one")
    still_world["one"].tell("search", "hang")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await still_world.host.ask(Indexer.search, query=Query("Emma"))
    assert still_world["one"].life[-1] == "search cut off"
    assert still_world.health("one") is Health.READY
    await still_world.host.stop()
