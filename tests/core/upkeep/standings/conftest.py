"""A tracker and a download client that say what a test lets them, wants in a real store, and a clock to be set."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from audiobook_daemon.events import Bus, Event, StandingSeen
from audiobook_daemon.host import Host, InstanceSpec, PluginTypes
from audiobook_daemon.http import Transport
from audiobook_daemon.models import Book, Download, DownloadState, Outcome, Release, Standing, Torrent, WantState, Wish
from audiobook_daemon.pipeline import Settings, World
from audiobook_daemon.plugin import Context, DownloadClient, Plugin, PluginConfig, Tracker, hookimpl
from audiobook_daemon.store import Database
from audiobook_daemon.upkeep import House, UpkeepSettings
from audiobook_daemon.upkeep.trackers import Trackers

THREE_DAYS = 72 * 3600


class ScriptedTracker(Plugin[PluginConfig], Tracker):
    """Tells one standing, dated now unless it has a date of its own."""

    def __init__(self, config: PluginConfig, context: Context) -> None:
        super().__init__(config, context)
        self.says: dict[str, object] = {"ratio": 2.5, "free_slots": 7, "seed_time": THREE_DAYS}
        self.trouble: Exception | None = None
        self.asked = 0

    @hookimpl
    async def standing(self) -> Standing:
        self.asked += 1
        if self.trouble:
            raise self.trouble
        return Standing(**{"at": self.context.now(), **self.says})  # type: ignore[arg-type]


class ScriptedClient(Plugin[PluginConfig], DownloadClient):
    """Lists what it is given."""

    def __init__(self, config: PluginConfig, context: Context) -> None:
        super().__init__(config, context)
        self.listed: dict[str, Download] = {}
        self.trouble: Exception | None = None
        self.asked: list[tuple[str, ...]] = []

    @hookimpl
    async def add(self, torrent: Torrent, release: Release) -> Download:
        raise NotImplementedError

    @hookimpl
    async def status(self, ids: Sequence[str]) -> Sequence[Download]:
        self.asked.append(tuple(ids))
        if self.trouble:
            raise self.trouble
        return [self.listed[one] for one in ids if one in self.listed]

    @hookimpl
    async def remove(self, id: str, *, files: bool = False) -> None:  # noqa: A002
        raise NotImplementedError


class Office:
    """Two trackers, `mam` and `other`, and a download client that is asked by none but them."""

    mam: ScriptedTracker
    other: ScriptedTracker
    client: ScriptedClient

    def __init__(self, database: Database, host: Host, bus: Bus) -> None:
        self.now = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
        self.database, self.host, self.bus = database, host, bus
        self.world = World(host, database, bus, lambda: self.now, Settings())
        self.heard: list[Event] = []
        self.begin()

    def begin(self) -> None:
        """Begin as after a restart: what is not in the database is forgotten."""
        self.house = House(self.world, UpkeepSettings())
        self.trackers = Trackers(self.house)

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)

    async def have(self, *trackers: str) -> None:
        specs = [InstanceSpec(name, "ScriptedTracker", PluginConfig()) for name in trackers]
        await self.host.apply([*specs, InstanceSpec("client", "ScriptedClient", PluginConfig())])
        await self.host.started()
        for name in (*trackers, "client"):
            setattr(self, name, self.host.instances[name].plugin)

    async def downloaded(self, name: str, *, source: str = "mam", seed_time: int | None = THREE_DAYS) -> str:
        """A book whose download is complete now and is being seeded; returns its info-hash."""
        number = f"{sum(name.encode()):040x}"
        release = Release(source, name, name, seed_time=seed_time)
        wish = Wish(Book(name, ("Ilse Marten",)), "charts")
        await self.database.wants.add(name, wish, state=WantState.SHELVED, release=release, download=number)
        seeded = Download("client", number, DownloadState.READY, name, 1.0, 100, seeding=True, seeding_time=0)
        await self.database.downloads.record(seeded)
        self.client.listed[number] = seeded
        return number

    async def ask(self) -> Outcome:
        return await self.trackers.trackers()

    def known(self, name: str = "mam") -> Standing:
        return self.house.ledger.standings(("mam", "other"))[name]

    def seen(self) -> list[StandingSeen]:
        """What was told since this was asked last."""
        found = [event for event in self.heard if isinstance(event, StandingSeen)]
        self.heard.clear()
        return found


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    bus = Bus()
    async with AsyncExitStack() as stack:
        rooms: list[Office] = []
        database = await stack.enter_async_context(
            Database.open(f"sqlite://{tmp_path / 'state.db'}", clock=lambda: rooms[0].now)
        )
        transport = Transport()
        stack.push_async_callback(transport.close)
        types = PluginTypes(found=(), classes={one.__name__: one for one in (ScriptedTracker, ScriptedClient)})
        host = Host(types, transport, database.memory, bus, lambda: rooms[0].now)
        stack.push_async_callback(host.stop)
        rooms.append(Office(database, host, bus))
        stack.enter_context(bus.listening(rooms[0].heard.append))
        await rooms[0].have("mam")
        yield rooms[0]
