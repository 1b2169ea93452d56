"""Each service dies and comes back, again and again, in the midst of a run; the books arrive all the same."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import UTC, datetime
from itertools import cycle
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.daemon import Daemon
from audiobook_daemon.events import Event, WantChanged
from audiobook_daemon.models import Health, WantState

if TYPE_CHECKING:
    from tests.flow.conftest import Household, Inhabit

BOOKS_OF_THE_WORLD = 7
VERBS = ("gather", "choose", "grab", "watch", "verify", "shelve")
FASTER = 60
"""A minute of patience passes in a second."""
LONGEST = 10.0
"""Seconds; a service that nobody asks meanwhile comes back unnoticed."""


class Clock:
    def __init__(self) -> None:
        self._start = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self._start + (datetime.now(UTC) - self._start) * FASTER


class Killer:
    """Stops a service at every change of a want; it comes back at once and, in turn, when the daemon has noticed."""

    def __init__(self, household: Household, daemon: Daemon, service: str) -> None:
        self._world = household.world
        self._daemon = daemon
        self._service = service
        self._changed = asyncio.Event()
        self.kills = 0
        self.noticed = 0

    def hear(self, event: Event) -> None:
        if isinstance(event, WantChanged):
            self._changed.set()

    async def work(self) -> None:
        for patient in cycle((False, True)):
            await self._changed.wait()
            self._changed.clear()
            await self._world.stop(self._service)
            self.kills += 1
            if patient:
                await self._wait_until_noticed()
            await self._world.start(self._service)

    async def _wait_until_noticed(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(LONGEST):
                while self._is_well() and not self._changed.is_set():
                    await asyncio.sleep(0.01)
        self.noticed += not self._is_well()

    def _is_well(self) -> bool:
        if self._service == "mqtt":
            return self._daemon.outside.bridge is not None and self._daemon.outside.bridge.presence.connected
        return self._daemon.host.instances[self._service].status().health is Health.READY


@pytest.mark.parametrize("service", ["mam", "prowlarr", "google_books", "qbittorrent", "audiobookshelf", "mqtt"])
async def test_no_service_takes_a_book_with_it(
    inhabit: Inhabit, service: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    async with inhabit(BOOKS_OF_THE_WORLD, real={"mqtt"}) as household:
        if service == "mam":
            household.switch_off("prowlarr")  # what it has of the same torrents would be taken instead, or reviewed
        household.world.mam.session.grace = True  # else an answer cut off costs the session, and that a person
        async with Daemon.assembled(household.config, now=Clock()) as daemon, asyncio.TaskGroup() as group:
            ready, stop = asyncio.Event(), asyncio.Event()
            group.create_task(daemon.serve(ready.set, stop))
            await ready.wait()
            killer = Killer(household, daemon, service)
            killing = group.create_task(killer.work())
            with daemon.bus.listening(killer.hear):
                async with asyncio.timeout(120):
                    while (await daemon.database.wants.counts())[WantState.SHELVED] < len(household.books):
                        for verb in VERBS:
                            await daemon.doors.do(verb, {}, "start")
                        await asyncio.sleep(0.01)
            killing.cancel()
            stop.set()
        assert killer.kills > len(household.books)
        if service != "google_books":  # asked once a book, and a second attempt bridges a short absence
            assert killer.noticed > 0
        await household.check_shelved_once(fetched=5)
    assert [record.getMessage() for record in caplog.records if record.exc_info or record.levelname == "ERROR"] == []
