"""A daemon without instances, served on loopback, and somebody who asks it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from audiobook_daemon.daemon import Daemon
from audiobook_daemon.daemon.serving_web import web_server
from audiobook_daemon.models import Outcome
from audiobook_daemon.scheduler import Step

KEY = "a-key-for-the-tests-only"
CONFIGURATION = f"""\
database: sqlite://state.db
timezone: UTC
web: {{listen: "127.0.0.1:8723", keys: [{KEY}]}}
plugins: {{}}
jobs: {{}}
"""


@dataclass(frozen=True, slots=True)
class Served:
    """A daemon that is asked over HTTP."""

    daemon: Daemon
    address: str
    session: aiohttp.ClientSession

    async def asks(
        self, method: str, path: str, body: object = None, *, headers: Mapping[str, str] | None = None
    ) -> tuple[int, Any]:
        """Ask with the key, and return status and JSON."""
        sent = {"Authorization": f"Bearer {KEY}", **(headers or {})}
        async with self.session.request(method, f"{self.address}{path}", json=body, headers=sent) as answer:
            return answer.status, await answer.json()

    async def gets(self, path: str) -> Any:  # noqa: ANN401 - whatever JSON there is
        """Get what must be there, and return its data."""
        status, answer = await self.asks("GET", path)
        assert status == 200, answer
        assert answer["success"] is True
        return answer["data"]


@asynccontextmanager
async def under_way(daemon: Daemon, name: str) -> AsyncIterator[None]:
    """Let something of this name be running until the block ends."""
    over = asyncio.Event()

    async def linger() -> Outcome:
        await over.wait()
        return Outcome("done")

    daemon.actions.add("linger", linger)
    _, task = daemon.runner.begin(name, [Step("linger", {})], "cli")
    yield
    over.set()
    await task


@pytest.fixture
def configuration() -> str:
    """The file; a test may have another one."""
    return CONFIGURATION


@pytest.fixture
async def served(tmp_path: Path, configuration: str) -> AsyncIterator[Served]:
    """A served daemon with an empty database, at a port of its own."""
    path = tmp_path / "audiobook-daemon.yaml"
    path.write_text(configuration)
    async with Daemon.assembled(path, {"TZ": "UTC"}) as daemon:
        await daemon.plan()
        assert daemon.configuration.web
        server = web_server(daemon, daemon.configuration.web, port=0)
        async with server.serving() as address, aiohttp.ClientSession() as session:
            yield Served(daemon, address, session)
