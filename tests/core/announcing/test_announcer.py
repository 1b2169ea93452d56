"""Every notifier is told in its own time; none holds up the bus, the end of the daemon, or another notifier."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from tests.core.announcing.conftest import HANG, NOW, Listener, book, reach

from audiobook_daemon import AuthFailed, InstanceChanged, PluginConfig, Refused, Unavailable
from audiobook_daemon.announcing import Announcer
from audiobook_daemon.errors import DatabaseError
from audiobook_daemon.events import SettingsChanged
from audiobook_daemon.host import Host, InstanceSpec
from audiobook_daemon.models import Health, InstanceStatus
from audiobook_daemon.testing import PlugIn

NAMES = ("phone", "mail")


def listener(host: Host, name: str = "phone") -> Listener:
    plugin = host.instances[name].plugin
    assert isinstance(plugin, Listener)
    return plugin


@pytest.fixture
async def host(plug_in: PlugIn) -> Host:
    return await plug_in(Listener, dict.fromkeys(NAMES, PluginConfig()))


@asynccontextmanager
async def announcing(host: Host, *, limit: int = 200, window: float = 60) -> AsyncIterator[Announcer]:
    announcer = Announcer(host, limit=limit, window=window)
    task = asyncio.create_task(announcer.run())
    try:
        yield announcer
    finally:
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_everybody_is_told(host: Host) -> None:
    async with announcing(host) as announcer:
        announcer.hear(event := book())
        for name in NAMES:
            await reach(lambda name=name: listener(host, name).told)  # type: ignore[misc]
    assert [listener(host, name).told for name in NAMES] == [[event], [event]]


async def test_one_that_hangs_delays_no_other_and_not_the_bus(host: Host) -> None:
    listener(host).orders.append(HANG)
    listener(host).orders.popleft()
    async with announcing(host) as announcer:
        events = [book(number=number) for number in range(3)]
        for event in events:
            announcer.hear(event)
        await reach(lambda: len(listener(host, "mail").told) == 3)
        assert listener(host).told == []
    assert listener(host, "mail").told == events
    assert listener(host).asked == 1


async def test_what_could_not_be_taken_is_offered_again_in_its_order(host: Host) -> None:
    listener(host).orders.extendleft([Unavailable("It is away.", 0.01), Unavailable("It is still away.")])
    async with announcing(host) as announcer:
        events = [book(number=number) for number in range(3)]
        for event in events:
            announcer.hear(event)
        await reach(lambda: len(listener(host).told) == 3)
    assert listener(host).told == events
    assert listener(host).asked == 5


@pytest.mark.parametrize("error", [Refused("Not this one."), KeyError("a bug")])
async def test_what_is_refused_or_fails_by_mistake_is_not_offered_again(host: Host, error: Exception) -> None:
    listener(host).orders.appendleft(error)
    async with announcing(host) as announcer:
        first, second = book(number=1), book(number=2)
        announcer.hear(first)
        announcer.hear(second)
        await reach(lambda: listener(host).told)
    assert listener(host).told == [second]


async def test_one_that_waits_for_a_person_is_told_when_that_has_come(host: Host, plug_in: PlugIn) -> None:
    listener(host).orders.appendleft(AuthFailed("Log in again."))
    async with announcing(host) as announcer:
        announcer.hear(event := book())
        await reach(lambda: listener(host).asked)
        await asyncio.sleep(0.05)
        assert listener(host).asked == 1
        status = await host.retry("phone")
        announcer.hear(InstanceChanged(NOW, status))
        await reach(lambda: listener(host).told)
    assert listener(host).told == [event]


async def test_nobody_is_told_of_his_own_trouble(host: Host) -> None:
    status = InstanceStatus("phone", "listener", (), Health.NEEDS_PERSON, "Log in again.")
    async with announcing(host) as announcer:
        announcer.hear(event := InstanceChanged(NOW, status))
        await reach(lambda: listener(host, "mail").told)
        announcer.hear(InstanceChanged(NOW, replace(status, health=Health.READY)))
        await reach(lambda: len(listener(host, "mail").told) == 2)
    assert listener(host).told == []
    assert listener(host, "mail").told[0] is event


async def test_a_flood_while_one_is_away_is_bounded_and_told_of_once_in_the_log(
    host: Host, caplog: pytest.LogCaptureFixture
) -> None:
    listener(host).orders.appendleft(Unavailable("It is away.", 0.2))
    async with announcing(host, limit=10, window=0) as announcer:
        announcer.hear(book(number=0))
        await reach(lambda: listener(host).asked)
        for number in range(1, 10_001):
            announcer.hear(book(number=number))
        await reach(lambda: listener(host).told and listener(host).told[-1] == book(number=10_000))
        assert len(listener(host).told) <= 11
        await reach(lambda: "is told of things again" in caplog.text)
    assert len([line for line in caplog.messages if line.startswith("phone takes nothing now")]) == 1
    assert len([line for line in caplog.messages if "events were given up" in line and "phone" in line]) == 1


async def test_the_end_waits_a_moment_for_what_is_left_and_says_what_was_not_told(
    host: Host, caplog: pytest.LogCaptureFixture
) -> None:
    listener(host).orders.append(HANG)
    listener(host).orders.popleft()
    async with announcing(host) as announcer:
        for number in range(20):
            announcer.hear(book(number=number))
        await reach(lambda: len(listener(host, "mail").told) == 5)
    (*single, many) = listener(host, "mail").told
    assert len(single) == 5
    assert getattr(many, "count", None) == 15
    assert "phone was not told of all that waited (6): the daemon stops." in caplog.messages
    assert not [line for line in caplog.messages if line.startswith("mail was not")]


async def test_one_that_goes_is_left_when_the_new_configuration_holds(
    host: Host, caplog: pytest.LogCaptureFixture
) -> None:
    listener(host).orders = deque([HANG])
    async with announcing(host) as announcer:
        announcer.hear(book())
        await reach(lambda: listener(host).asked)
        await host.apply([InstanceSpec("mail", "Listener", PluginConfig())])
        announcer.hear(SettingsChanged(NOW))
        told = "phone was not told of all that waited (1): it is no longer in the configuration."
        await reach(lambda: told in caplog.messages)


async def test_one_that_comes_is_told_and_one_that_goes_is_not(host: Host, caplog: pytest.LogCaptureFixture) -> None:
    listener(host).orders.append(HANG)
    listener(host).orders.popleft()
    async with announcing(host) as announcer:
        announcer.hear(book(number=1))
        await reach(lambda: listener(host).asked)
        names = ("mail", "desk")
        await host.apply([InstanceSpec(name, "Listener", PluginConfig()) for name in names])
        await host.started()
        announcer.hear(InstanceChanged(NOW, InstanceStatus("phone", "listener", (), Health.STOPPED)))
        announcer.hear(event := book(number=2))
        await reach(lambda: listener(host, "desk").told == [event])
        await reach(
            lambda: (
                "phone was not told of all that waited (1): it is no longer in the configuration." in caplog.messages
            )
        )


async def test_a_database_that_is_lost_tells_nobody_and_ends_nothing(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed() -> None:
        raise DatabaseError("Another daemon has the database.")

    monkeypatch.setattr(host, "_allowed", closed)
    async with announcing(host) as announcer:
        announcer.hear(book())
        await asyncio.sleep(0.05)
        assert not announcer._lines["phone"]._closing
    assert listener(host).told == []
