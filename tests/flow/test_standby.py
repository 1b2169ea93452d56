"""Two daemons with one PostgreSQL database: one acts, the other waits, and every book comes once all the same."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

import aiomqtt
import pytest
from tests.conftest import DaemonProcess

from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.models import WantState
from audiobook_daemon.mqtt.link import WILL_DELAY
from audiobook_daemon.store import Database

if TYPE_CHECKING:
    from tests.conftest import Command
    from tests.flow.conftest import Household, Inhabit

BOOKS = 5
STAGES = ("choose", "grab", "watch", "verify", "shelve")
TEMPORARY_FAILURE = 75


class Pair:
    """Two daemons of one household; the second stands by."""

    def __init__(self, household: Household) -> None:
        self.household = household
        self.first = DaemonProcess(household.config)
        self.second = DaemonProcess(household.config.with_name("second.yaml"))
        self.available: list[str] = []
        """What everybody on the broker has been told of the daemon."""

    async def shelve_all(self, daemon: DaemonProcess) -> None:
        """Let a daemon bring every book home."""
        async with asyncio.timeout(120), Database.open(self.household.database, exclusive=False) as database:
            while (await database.wants.counts())[WantState.SHELVED] < len(self.household.books):
                for stage in STAGES:
                    await daemon.ask(action=stage)

    def check_logs(self) -> None:
        """Nobody has made a mistake."""
        for daemon in (self.first, self.second):
            assert "Traceback" not in "\n".join(daemon.log)

    async def listen(self) -> None:
        """Hear what is said of the daemon's presence."""
        async with aiomqtt.Client("127.0.0.1", self.household.world.broker.port) as client:
            await client.subscribe("audiobook-daemon/availability", qos=1)
            async for message in client.messages:
                assert isinstance(message.payload, bytes)
                self.available.append(message.payload.decode())


@asynccontextmanager
async def paired(household: Household) -> AsyncIterator[Pair]:
    """Start the first, then the second, which waits."""
    household.change("timezone: UTC", "timezone: UTC\nstandby: yes")
    pair = Pair(household)
    pair.second.config.write_text(household.config.read_text())
    async with AsyncExitStack() as stack:
        for daemon in (pair.first, pair.second):
            stack.push_async_callback(daemon.kill)
        listening = asyncio.create_task(pair.listen())
        stack.callback(listening.cancel)
        await pair.first.start()
        await pair.second.start(until=" stands by with ")
        yield pair


@pytest.fixture
async def pair(inhabit: Inhabit, postgresql_database: str) -> AsyncIterator[Pair]:
    async with inhabit(BOOKS, real={"mqtt"}, database=postgresql_database) as household, paired(household) as pair:
        yield pair


async def until(true: Callable[[], bool], seconds: float = 90.0) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.02)


async def test_who_stands_by_does_nothing_says_so_and_takes_over_when_the_first_stops(
    pair: Pair, command_here: Command
) -> None:
    told = next(line for line in pair.second.log if " stands by " in line)
    assert f"process {pair.first.pid} on " in told
    await pair.first.ask(action="gather")
    for question in ({"action": "gather"}, {"job": "hunt"}, {"pause": "hunt"}, {"retry": "mam"}):
        with pytest.raises(AudiobookDaemonError, match=r"This daemon stands by and does nothing.*in use by another"):
            await pair.second.ask(**question)
    for config in (pair.first.config, pair.second.config):
        looked = await command_here("-c", config, "wants")
        assert looked.status == 0, looked.errors
        assert pair.household.books[0].title in looked.output
    done = await command_here("-c", pair.first.config, "do", "cleanup")
    assert done.status == 0, "the command line reaches a daemon without a database file"
    await until(lambda: bool(pair.available))
    assert pair.available == ["online"], "who stands by is not on the broker"
    pair.second.config.write_text("jobs: [")
    assert await pair.first.stop() == 0
    await pair.second.said("The configuration has changed and cannot be used; the daemon goes on with the old one.")
    await pair.second.said(" runs with ")
    await pair.first.start(until=" stands by with ")
    assert await pair.first.stop() == 0
    pair.check_logs()


async def test_the_second_goes_on_where_the_first_was_killed(pair: Pair) -> None:
    await pair.first.ask(action="gather")
    await pair.first.ask(action="choose")
    hunting = asyncio.create_task(pair.first.ask(action="grab"))
    await until(lambda: bool(pair.household.world.qbittorrent.added))
    killed = time.monotonic()
    await pair.first.kill()
    await asyncio.gather(hunting, return_exceptions=True)
    await pair.second.said(" runs with ")
    await pair.second.said("grab was interrupted when the daemon last ended.")
    await pair.shelve_all(pair.second)
    await pair.household.check_shelved_once()
    await asyncio.sleep(max(0.0, killed + WILL_DELAY + 1 - time.monotonic()))  # the broker may tell of it so late
    await until(lambda: pair.available[-1] == "online")
    pair.check_logs()


async def test_a_first_that_thaws_after_its_succession_does_nothing_more(pair: Pair) -> None:
    await pair.first.ask(action="gather")
    await pair.first.ask(action="choose")
    hunting = asyncio.create_task(pair.first.ask(action="grab"))
    await until(lambda: bool(pair.household.world.qbittorrent.added))
    pair.first.send(signal.SIGSTOP)
    await pair.second.said(" runs with ")
    fetched = pair.household.world.mam.downloads.copy()
    pair.first.send(signal.SIGCONT)
    assert await pair.first.ended() == TEMPORARY_FAILURE
    await asyncio.gather(hunting, return_exceptions=True)
    assert "Another audiobook-daemon has taken over the database" in pair.first.log[-1]
    assert pair.household.world.mam.downloads == fetched, "the old one has fetched nothing more"
    await pair.shelve_all(pair.second)
    await pair.household.check_shelved_once()
    await until(lambda: pair.available[-1] == "online")
    await pair.first.start(until=" stands by with ")
    pair.check_logs()
