"""A web server that is told of another address, of other keys or of none: it goes by them at once, or says why not."""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from audiobook_daemon.daemon import Daemon
from audiobook_daemon.demo.ports import free_ports
from audiobook_daemon.errors import ConfigurationError

FIRST, SECOND = "the-first-of-the-keys", "the-second-of-the-keys"
TEXT = """\
database: sqlite://state.db
timezone: UTC
log: {{level: {level}}}
{web}
"""
PATIENCE = 90.0


@dataclass(slots=True)
class Household:
    """A daemon that serves, and somebody who asks it."""

    daemon: Daemon
    client: aiohttp.ClientSession
    path: Path
    port: int

    def write(self, listen: str | None = None, *keys: str, level: str = "info") -> None:
        """Write the file anew; without an address there is no web server."""
        web = f'web: {{listen: "{listen}", keys: [{", ".join(keys)}]}}' if listen else ""
        self.path.write_text(TEXT.format(level=level, web=web))

    async def status(self, key: str = FIRST, port: int | None = None) -> int:
        """Ask who we are on a new connection, and return the status."""
        address = f"http://127.0.0.1:{port or self.port}/api/wants"
        async with self.client.get(address, headers={"X-API-Key": key, "Connection": "close"}) as answer:
            return answer.status

    async def listens(self, port: int) -> bool:
        """Whether anybody listens at a port."""
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except ConnectionRefusedError:
            return False
        writer.close()
        return True

    async def posts(self, path: str, data: Mapping[str, str] | None = None) -> tuple[int, Any]:
        """Ask for something with the first key."""
        address = f"http://127.0.0.1:{self.port}{path}"
        async with self.client.post(address, json=data, headers={"X-API-Key": FIRST}) as answer:
            return answer.status, await answer.json()


@pytest.fixture
async def household(tmp_path: Path) -> AsyncIterator[Household]:
    path = tmp_path / "audiobook-daemon.yaml"
    (port,) = free_ports(1)
    path.write_text(TEXT.format(level="info", web=f'web: {{listen: "127.0.0.1:{port}", keys: [{FIRST}]}}'))
    async with Daemon.assembled(path, {"TZ": "UTC"}) as daemon, aiohttp.ClientSession() as client:
        ready, stop = asyncio.Event(), asyncio.Event()
        serving = asyncio.create_task(daemon.serve(ready.set, stop))
        await ready.wait()
        yield Household(daemon, client, path, port)
        stop.set()
        async with asyncio.timeout(PATIENCE):
            await serving


@asynccontextmanager
async def following(household: Household, key: str = FIRST) -> AsyncIterator[asyncio.Task[bytes]]:
    """Follow what happens; the task ends with the stream."""
    address = f"http://127.0.0.1:{household.port}/api/events"
    async with household.client.get(address, headers={"X-API-Key": key}) as answer:
        assert answer.status == 200
        await answer.content.readuntil(b"event: hello")
        yield asyncio.create_task(answer.content.read())


async def test_another_address_is_served_and_the_one_before_is_left(household: Household) -> None:
    (port,) = free_ports(1)
    async with following(household) as stream:
        household.write(f"127.0.0.1:{port}", FIRST)
        assert await household.daemon.reload() == "web changed."
        assert await household.status(port=port) == 200
        assert not await household.listens(household.port)
        async with asyncio.timeout(PATIENCE):
            await stream
    assert await household.daemon.reload() == "Nothing has changed."


async def test_an_address_that_cannot_be_had_changes_nothing_at_all(household: Household) -> None:
    before = household.daemon.configuration
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        household.write(f"127.0.0.1:{port}", SECOND, level="debug")
        async with following(household) as stream:
            with pytest.raises(ConfigurationError, match=rf"cannot listen on 127\.0\.0\.1:{port} .*web\.listen"):
                await household.daemon.reload()
            assert household.daemon.configuration == before
            assert [await household.status(key) for key in (FIRST, SECOND)] == [200, 401]
            assert not stream.done()
            status, told = await household.posts("/api/system/reload")
            assert (status, told["error"]["code"]) == (422, "invalid")
            assert f"cannot listen on 127.0.0.1:{port}" in told["error"]["message"]
    assert await household.daemon.reload() == "log, web changed."
    assert await household.status(SECOND, port) == 200


async def test_the_same_port_is_served_at_another_address(household: Household) -> None:
    household.write(f"0.0.0.0:{household.port}", FIRST)
    assert await household.daemon.reload() == "web changed."
    assert await household.status() == 200
    household.write(f"127.0.0.1:{household.port}", FIRST)
    assert await household.daemon.reload() == "web changed."
    assert await household.status() == 200


async def test_the_port_is_taken_back_when_its_other_address_cannot_be_had(household: Household) -> None:
    household.write(f"192.0.2.1:{household.port}", FIRST)
    with pytest.raises(ConfigurationError, match=r"cannot listen on 192\.0\.2\.1"):
        await household.daemon.reload()
    with socket.create_server(("127.0.0.2", household.port)):
        household.write(f"0.0.0.0:{household.port}", FIRST)
        with pytest.raises(ConfigurationError, match=r"cannot listen on 0\.0\.0\.0"):
            await household.daemon.reload()
    assert await household.status() == 200


async def test_a_port_that_is_lost_on_the_way_back_is_told_as_none_and_had_again_later(
    household: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = household.daemon.outside.web
    assert server is not None

    def port_and_trouble() -> tuple[int | None, str | None]:
        return server.port, server.trouble

    household.write(f"0.0.0.0:{household.port}", FIRST)

    async def refuse(*_: object) -> asyncio.Server:
        raise OSError(errno.EADDRINUSE, "Address already in use")

    with monkeypatch.context() as patched:
        patched.setattr(asyncio.get_running_loop(), "create_server", refuse)
        with pytest.raises(ConfigurationError, match=r"cannot listen on 0\.0\.0\.0"):
            await household.daemon.reload()
        assert port_and_trouble()[0] is None
        async with asyncio.timeout(PATIENCE):
            while port_and_trouble()[1] is None:
                await asyncio.sleep(0)
    assert not await household.listens(household.port)
    household.write(f"127.0.0.1:{household.port}", FIRST, SECOND)
    await household.daemon.reload()
    async with asyncio.timeout(PATIENCE):
        while port_and_trouble() != (household.port, None):
            await asyncio.sleep(0)
    assert await household.status(SECOND) == 200


async def test_a_key_that_is_gone_opens_nothing_from_now_on(household: Household) -> None:
    page = f"http://127.0.0.1:{household.port}"
    headers = {"Origin": page}
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as browser:
        async with browser.get(f"{page}/login") as form:
            token = (await form.text()).split('name="csrf_token" value="')[1].split('"')[0]
        sent = {"key": FIRST, "csrf_token": token}
        async with browser.post(f"{page}/login", data=sent, headers=headers, allow_redirects=False) as answer:
            assert answer.headers["Location"] == "/"
        async with browser.get(f"{page}/api/wants") as answer:
            assert answer.status == 200
        async with following(household) as stream:
            household.write(f"127.0.0.1:{household.port}", SECOND)
            assert await household.daemon.reload() == "web changed."
            async with asyncio.timeout(PATIENCE):
                await stream
        assert [await household.status(key) for key in (FIRST, SECOND)] == [401, 200]
        async with browser.get(f"{page}/api/wants") as answer:
            assert answer.status == 401


async def test_whoever_asks_for_the_change_over_the_connection_that_ends_has_the_answer(household: Household) -> None:
    (port,) = free_ports(1)
    household.write(f"127.0.0.1:{port}", FIRST)
    status, told = await household.posts("/api/system/reload")
    assert (status, told["data"]) == (200, {"summary": "web changed."})
    household.port = port
    household.write()
    assert (await household.posts("/api/system/reload"))[1]["data"] == {"summary": "web changed."}
    async with asyncio.timeout(PATIENCE):
        while await household.listens(port):
            await asyncio.sleep(0.01)


async def test_a_server_comes_with_its_section_and_is_refused_without_an_address(household: Household) -> None:
    household.write()
    await household.daemon.reload()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        household.write(f"127.0.0.1:{port}", FIRST)
        with pytest.raises(ConfigurationError, match=f"cannot listen on 127.0.0.1:{port}"):
            await household.daemon.reload()
    assert household.daemon.configuration.web is None
    assert await household.daemon.reload() == "web changed."
    assert await household.status(port=port) == 200


async def test_a_mistake_on_the_way_leaves_the_server_where_it_was(
    household: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    (port,) = free_ports(1)
    household.write(f"127.0.0.1:{port}", SECOND)

    async def fail(_: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(household.daemon.overlay, "settle", fail)
        with pytest.raises(OSError, match="the disk is full"):
            await household.daemon.reload()
    assert await household.status() == 200
    assert not await household.listens(port)
    assert await household.daemon.reload() == "web changed."
    assert await household.status(SECOND, port) == 200


async def test_what_a_new_file_names_as_a_key_is_kept_from_the_log(
    household: Household, caplog: pytest.LogCaptureFixture
) -> None:
    household.write(f"127.0.0.1:{household.port}", SECOND)
    await household.daemon.reload()
    with caplog.at_level(logging.INFO):
        logging.getLogger("audiobook_daemon").info("said: %s", SECOND)
    assert household.daemon.redaction.clean(SECOND) == "***"
    assert not any(SECOND in line for line in household.daemon.recent_lines.newest(10))
