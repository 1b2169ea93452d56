"""The daemon as a process whose web server is told of another address and other keys by SIGHUP."""

from __future__ import annotations

import asyncio
import signal
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp

from audiobook_daemon.demo.ports import free_ports

if TYPE_CHECKING:
    from tests.conftest import RunDaemon

FIRST, SECOND = "the-first-of-the-keys", "the-second-of-the-keys"


def write(config: Path, port: int, key: str) -> None:
    config.write_text(f'database: sqlite://state.db\nweb: {{listen: "127.0.0.1:{port}", keys: [{key}]}}\n')


async def status(client: aiohttp.ClientSession, port: int, key: str) -> int | None:
    """Ask something; None if nobody listens."""
    try:
        async with client.get(f"http://127.0.0.1:{port}/api/wants", headers={"X-API-Key": key}) as answer:
            return answer.status
    except aiohttp.ClientConnectorError:
        return None


async def test_a_signal_moves_the_web_server_and_exchanges_its_keys(run_daemon: RunDaemon, tmp_path: Path) -> None:
    config = tmp_path / "daemon" / "audiobook-daemon.yaml"
    config.parent.mkdir()
    here, there = free_ports(2)
    write(config, here, FIRST)
    async with run_daemon(config) as daemon, aiohttp.ClientSession() as client:
        address = f"http://127.0.0.1:{here}/api/events"
        async with client.get(address, headers={"X-API-Key": FIRST}) as stream:
            async with asyncio.timeout(60):
                while await stream.content.readline() != b"event: hello\n":
                    assert not stream.content.at_eof()
            with socket.create_server(("127.0.0.1", there)):
                write(config, there, SECOND)
                daemon.send(signal.SIGHUP)
                await daemon.said("The configuration was not taken over")
                await daemon.said(f"cannot listen on 127.0.0.1:{there}")
                assert [await status(client, here, key) for key in (FIRST, SECOND)] == [200, 401]
            daemon.send(signal.SIGHUP)
            await daemon.said("Configuration read again. web changed.")
            async with asyncio.timeout(60):
                await stream.content.read()  # it ends with the key that opened it
        assert await status(client, here, FIRST) is None
        assert [await status(client, there, key) for key in (FIRST, SECOND)] == [401, 200]
        assert await daemon.stop() == 0
        assert not [line for line in daemon.log if "Traceback" in line or SECOND in line]
