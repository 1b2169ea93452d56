"""A service is away for minutes, hours and days: books and commands wait, and its return is no storm."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.daemon import Daemon
from audiobook_daemon.demo.standin import StandIn
from audiobook_daemon.http import session
from audiobook_daemon.models import Health, Want, WantState

if TYPE_CHECKING:
    from tests.flow.conftest import Household, Inhabit

BOOKS_OF_THE_WORLD = 4
VERBS = ("choose", "grab", "watch", "verify", "shelve")
ABSENCE = (
    *(timedelta(minutes=2),) * 3,
    *(timedelta(minutes=40),) * 3,
    *(timedelta(hours=9),) * 2,
    *(timedelta(days=2),) * 2,
)
"""After each of these all verbs are tried again while the service is away: five days in all."""
MOST_HOOKS = 3
"""Each hook of an instance falls silent by itself, and says so once."""
REQUESTS_A_BOOK = 12
"""More than any service needs for a book that goes its way undisturbed."""
WAITS = {"mam": WantState.WANTED, "qbittorrent": WantState.CHOSEN, "audiobookshelf": WantState.VERIFIED}
"""Where all books wait if a service is away once they are wanted."""


class Clock:
    """Shows the true time and what has passed in between."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


class Absence:
    """A household with a service that is away, and a daemon that goes on."""

    def __init__(self, household: Household, daemon: Daemon, clock: Clock, service: str) -> None:
        self.household, self.daemon, self.clock, self.service = household, daemon, clock, service
        played = household.world.services.by_name[service]
        assert isinstance(played, StandIn)
        self.played = played

    async def do(self, *verbs: str) -> None:
        for verb in verbs:
            await self.daemon.doors.do(verb, {}, "test")

    async def last(self) -> None:
        """Let the whole absence pass, trying again and again."""
        for passed in ABSENCE:
            self.clock.ahead += passed
            await self.do(*VERBS)
            assert self.daemon.host.instances[self.service].status().health is Health.RESTING

    async def end(self) -> Mapping[str, int]:
        """Let the service come back, and all books arrive; returns what it was asked by then.

        How often it is asked whether a scan goes on still depends on how long that takes, and is left out.
        """
        await self.household.world.start(self.service)
        self.played.requests.clear()
        self.clock.ahead += timedelta(minutes=31)
        for _ in range(200):
            await self.do("gather", *VERBS)
            if all(want.state.open is False for want in await self.wants()):
                break
            self.clock.ahead += timedelta(seconds=15)
        return Counter(one.path for one in self.played.requests if one.path != "/api/tasks")

    async def wants(self) -> tuple[Want, ...]:
        return await self.daemon.database.wants.list(limit=100)


@asynccontextmanager
async def absence(inhabit: Inhabit, service: str) -> AsyncIterator[Absence]:
    async with inhabit(BOOKS_OF_THE_WORLD) as household:
        household.switch_off("prowlarr")  # what it has of the same torrents would be taken instead, or reviewed
        clock = Clock()
        async with Daemon.assembled(household.config, now=clock) as daemon:
            await daemon.host.started()
            away = Absence(household, daemon, clock, service)
            await away.do("gather")
            await household.world.stop(service)
            yield away


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask a second and a third time without waiting for it: the days of this trial are those of its clock."""
    monkeypatch.setattr(session, "_FIRST_PAUSE", 0.01)


@pytest.mark.parametrize("service", list(WAITS))
async def test_days_without_a_service_cost_nothing_and_its_return_is_no_storm(
    inhabit: Inhabit, service: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    async with absence(inhabit, service) as away:
        await away.last()
        waiting = await away.wants()
        assert {want.state for want in waiting} == {WAITS[service]}
        assert {want.attempts for want in waiting} == {0}, "an absence is no search in vain"
        dropped, *others = waiting
        await away.daemon.doors.drop_want(dropped.id)
        asked = await away.end()
        arrived = {want.id: want.state for want in await away.wants()}
        assert arrived == {dropped.id: WantState.DROPPED, **{want.id: WantState.SHELVED for want in others}}
        assert sum(asked.values()) <= REQUESTS_A_BOOK * len(waiting), asked
        added = away.household.world.qbittorrent.added
        assert set(added.values()) == {1}, "a torrent was added twice"
        assert {want.download for want in await away.wants() if want.item} <= set(added)
        assert not await _failures(away.daemon)
    own = [record.getMessage() for record in caplog.records if record.getMessage().startswith(f"{service}: ")]
    back = [record.getMessage() for record in caplog.records if record.getMessage() == f"{service} answers again."]
    assert 1 <= len(own) <= MOST_HOOKS, own
    assert 1 <= len(back) <= len(own)


async def _failures(daemon: Daemon) -> int:
    """How many downloads have failed and how many releases are blocked for any want."""
    blocked = [await daemon.database.blocklist.for_want(want.id) for want in await daemon.database.wants.list(limit=99)]
    return sum(map(len, blocked))
