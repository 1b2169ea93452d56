"""A small household, and a daemon put together for it that does nothing by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from audiobook_daemon.config import Configuration
from audiobook_daemon.daemon import Daemon, find_plugins, read_configuration
from audiobook_daemon.demo.world import DemoWorld
from audiobook_daemon.http import session

ENVIRONMENT = {"TZ": "UTC", "SECRET": "a-secret-of-ours"}


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a service that does not answer be asked again at once."""
    monkeypatch.setattr(session, "_FIRST_PAUSE", 0.01)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[DemoWorld]:
    """Three books to be found, one that is owned, and all services, played."""
    async with DemoWorld(tmp_path / "world", books=4, real=(), speed=50_000_000) as world:
        yield world


@pytest.fixture
def edit(world: DemoWorld) -> Callable[[str, str], None]:
    """Edit the configuration as a person would; the old text must be there."""

    def replace(old: str, new: str) -> None:
        text = world.config.read_text()
        assert old in text
        world.config.write_text(text.replace(old, new))

    return replace


@pytest.fixture
async def daemon(world: DemoWorld) -> AsyncIterator[Daemon]:
    async with Daemon.assembled(world.config, ENVIRONMENT) as daemon:
        await daemon.host.started()
        await daemon.plan()
        yield daemon


@pytest.fixture
def configured(tmp_path: Path) -> Callable[[str], Configuration]:
    """Read a text as the configuration, with the built-in plugins."""

    def read(text: str) -> Configuration:
        path = tmp_path / "daemon.yaml"
        path.write_text(text)
        return read_configuration(path, find_plugins(path, ENVIRONMENT), ENVIRONMENT)

    return read
