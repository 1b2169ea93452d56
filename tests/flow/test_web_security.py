"""The server in a daemon as people run it: keys without any key, over restarts, and never in the log."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp
import pytest

from audiobook_daemon.config import InvalidConfiguration
from audiobook_daemon.daemon import Daemon
from audiobook_daemon.demo.ports import free_ports

if TYPE_CHECKING:
    from tests.conftest import Command, RunDaemon

SECRET = "the-key-in-the-configuration"
FILE = """\
database: sqlite://state.db
timezone: UTC
log: {{level: debug}}
web: {{listen: "127.0.0.1:{port}", keys: [{keys}]}}
plugins: {{}}
jobs: {{}}
"""
OWN = "/api/keys/own"


@pytest.fixture
def port() -> int:
    return free_ports(1)[0]


@pytest.fixture
def config(tmp_path: Path, port: int) -> Path:
    path = tmp_path / "audiobook-daemon.yaml"
    path.write_text(FILE.format(port=port, keys=""))
    return path


@pytest.fixture
async def client(port: int) -> AsyncIterator[aiohttp.ClientSession]:
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}", cookie_jar=jar) as session:
        yield session


async def opens(client: aiohttp.ClientSession, key: str) -> int:
    async with client.get(OWN, headers={"X-API-Key": key}) as answer:
        return answer.status


async def made(command: Command, config: Path, *words: str) -> str:
    told = await command("-c", config, "keys", *words, "--json")
    assert told.status == 0, told.errors
    return str(json.loads(told.output)["key"])


async def log_in(client: aiohttp.ClientSession, key: str) -> int:
    """Log in as a browser does, and return how the API answers then."""
    async with client.get("/login") as page:
        token = re.search(r'name="csrf_token" value="(\w+)"', await page.text())
    assert token
    async with client.post("/login", data={"key": key, "csrf_token": token[1]}, allow_redirects=False) as answer:
        assert answer.status == 303
    return await looks(client)


async def looks(client: aiohttp.ClientSession) -> int:
    async with client.get(OWN) as answer:
        return answer.status


async def test_keys_are_made_without_a_key_and_never_seen_again(
    run_daemon: RunDaemon, command_here: Command, config: Path, client: aiohttp.ClientSession, port: int
) -> None:
    command = command_here
    before = await made(command, config, "add", "tablet", "--scope", "act")
    async with run_daemon(config) as daemon:
        await daemon.said("Listening on")
        assert await looks(client) == 401, "without a key nobody is let in, on loopback either"
        assert await opens(client, before) == 200
        other = await made(command, config, "add", "phone")
        after = await made(command, config, "rotate", "tablet", "--overlap", "0")
        assert [await opens(client, key) for key in (before, other, after)] == [401, 200, 200]
        assert await log_in(client, after) == 200
        config.write_text(FILE.format(port=port, keys=SECRET))
        await daemon.stop()
        await daemon.start(until="Listening on")
        assert await looks(client) == 200, "a login survives a restart"
        assert [await opens(client, key) for key in (SECRET, f"{SECRET}?", after)] == [200, 401, 200]
        assert (await command("-c", config, "keys", "remove", "tablet")).status == 0
        assert (await looks(client), await opens(client, after), await opens(client, other)) == (401, 401, 200)
        for key in (before, after, other, SECRET):
            assert key not in "\n".join(daemon.log)
        kept = daemon.database.read_bytes()
        assert not [key for key in (before, after, other, SECRET) if key.encode() in kept]


async def test_nobody_listens_where_others_can_reach_it_without_a_key(config: Path, port: int) -> None:
    config.write_text(FILE.format(port=port, keys="").replace("127.0.0.1", "0.0.0.0"))
    with pytest.raises(InvalidConfiguration, match="needs at least one key"):
        async with Daemon.assembled(config, {}):
            pass
    with pytest.raises(OSError, match=str(port)):
        await asyncio.open_connection("127.0.0.1", port)
