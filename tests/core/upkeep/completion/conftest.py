"""A house of one library and two bibliographies for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from tests.core.upkeep.completion.homes import Catalogue, Clock, Home, Shelf

from audiobook_daemon.events import Bus
from audiobook_daemon.host import Host, PluginTypes
from audiobook_daemon.http import Transport
from audiobook_daemon.pipeline import Settings, World
from audiobook_daemon.store import Database
from audiobook_daemon.upkeep import House, UpkeepSettings
from audiobook_daemon.upkeep.completion import rounds


@pytest.fixture
async def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Home]:
    monkeypatch.setattr(rounds, "BREATH", 0.0)
    clock, bus = Clock(), Bus()
    types = PluginTypes(found=(), classes={kind.__name__: kind for kind in (Catalogue, Shelf)})
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(Database.open(f"sqlite://{tmp_path / 'state.db'}", clock=clock))
        host = Host(types, Transport(), database.memory, bus, clock)
        stack.push_async_callback(host.stop)
        world = World(host, database, bus, clock, Settings(library="shelf"))
        home = Home(House(world, UpkeepSettings()), clock)
        stack.enter_context(bus.listening(home.heard.append))
        await home.have("shelf", "hardcover", "audnexus")
        yield home
