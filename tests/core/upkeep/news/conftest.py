"""Wants in a real store, two feeds that tell what a test lets them, and a clock to be set."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Unpack

import pytest

from audiobook_daemon.events import Bus, Event
from audiobook_daemon.host import Host, InstanceSpec, PluginTypes
from audiobook_daemon.http import Transport
from audiobook_daemon.matching import book_key
from audiobook_daemon.models import Book, Outcome, Release, Want, Wish, Work
from audiobook_daemon.pipeline import Settings, World
from audiobook_daemon.plugin import Context, Plugin, PluginConfig, ReleaseFeed, hookimpl
from audiobook_daemon.store import Database, Gap, GapKind, GapState, SeriesStanding, WantFields
from audiobook_daemon.upkeep import House, UpkeepSettings
from audiobook_daemon.upkeep.news import News


class ScriptedFeed(Plugin[PluginConfig], ReleaseFeed):
    """Holds uploads and tells them as a site does: from a moment on, the newest first, up to a number."""

    def __init__(self, config: PluginConfig, context: Context) -> None:
        super().__init__(config, context)
        self.uploads: list[Release] = []
        self.trouble: Exception | None = None
        self.asked: list[tuple[datetime | None, int]] = []

    @hookimpl
    async def latest(self, since: datetime | None, limit: int) -> Sequence[Release]:
        self.asked.append((since, limit))
        if self.trouble:
            raise self.trouble
        told = [one for one in self.uploads if since is None or (one.published and one.published >= since)]
        return sorted(told, key=lambda one: one.published or self.context.now(), reverse=True)[:limit]


class Newsroom:
    """The scan with two feeds, `mam` and `prowlarr`."""

    mam: ScriptedFeed
    prowlarr: ScriptedFeed

    def __init__(self, database: Database, host: Host, bus: Bus) -> None:
        self.now = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
        self.database, self.host = database, host
        self.world = World(host, database, bus, lambda: self.now, Settings())
        self.news = News(House(self.world, UpkeepSettings()))
        self.heard: list[Event] = []

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)

    async def have(self, *names: str) -> None:
        await self.host.apply([InstanceSpec(name, "ScriptedFeed", PluginConfig()) for name in names])
        await self.host.started()
        for name in names:
            setattr(self, name, self.host.instances[name].plugin)

    async def want(
        self, title: str, author: str = "Ilse Marten", *, days: float = 5, **more: Unpack[WantFields]
    ) -> Want:
        """A book that is searched again in some days."""
        fields = WantFields(next_try=self.now + timedelta(days=days), attempts=2, code="no_release")
        fields.update(more)
        book = Book(title, (author,))
        return (await self.database.wants.add(book_key(book), Wish(book, "charts"), **fields))[0]

    async def lack(self, title: str, state: GapState) -> Gap:
        """A book that a series lacks."""
        work = Work(Book(title, ("Ilse Marten",)), "hardcover")
        owner = (await self.database.series.save([SeriesStanding("mills", "Mills")]))["mills"]
        await self.database.gaps.save([(Gap(GapKind.SERIES, "mills", title, work, state), owner)])
        (gap,) = await self.database.gaps.list()
        return gap

    async def stands(self, want: Want) -> Want:
        """How a want stands now."""
        found = await self.database.wants.get(want.id)
        assert found is not None
        return found

    async def is_due(self, want: Want) -> bool:
        return want.id in {one.id for one in await self.database.wants.due(want.state, self.now, 100)}

    def upload(
        self, feed: ScriptedFeed, title: str, author: str | None = "Ilse Marten", *, hours: float = 1, **more: object
    ) -> Release:
        """Let a feed have something that was uploaded some hours ago."""
        name = feed.context.name
        release = Release(
            name, f"{name}-{len(feed.uploads)}", title, (author,) if author else (), language="en", formats=("m4b",),
            seeders=9, audio=True, published=self.now - timedelta(hours=hours),
        )  # fmt: skip
        release = replace(release, **more)  # type: ignore[arg-type]
        feed.uploads.append(release)
        return release

    async def scan(self, limit: int = 1000, *, dry_run: bool = False) -> Outcome:
        return await self.news.mam_scan(limit=limit, dry_run=dry_run)


@pytest.fixture
async def newsroom(tmp_path: Path) -> AsyncIterator[Newsroom]:
    bus = Bus()
    async with AsyncExitStack() as stack:
        rooms: list[Newsroom] = []
        database = await stack.enter_async_context(
            Database.open(f"sqlite://{tmp_path / 'state.db'}", clock=lambda: rooms[0].now)
        )
        transport = Transport()
        stack.push_async_callback(transport.close)
        types = PluginTypes(found=(), classes={"ScriptedFeed": ScriptedFeed})
        host = Host(types, transport, database.memory, bus, lambda: rooms[0].now)
        stack.push_async_callback(host.stop)
        rooms.append(Newsroom(database, host, bus))
        stack.enter_context(bus.listening(rooms[0].heard.append))
        await rooms[0].have("mam", "prowlarr")
        yield rooms[0]
