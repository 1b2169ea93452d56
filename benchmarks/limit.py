"""The limit of the daemon's life: a process that imports the packages we stand on, opens a database and sleeps.

With a port it is also connected to that MQTT broker, as the stock client of the package does it.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp
import aiomqtt
import click
import croniter
import pluggy
import pydantic.main
import yaml
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

PACKAGES = (aiohttp, aiomqtt, click, croniter, pluggy, pydantic, yaml)


async def sleep(database: Path, port: int | None) -> None:
    """Say READY, then do nothing until SIGTERM."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    engine = create_async_engine(f"sqlite+aiosqlite:///{database}")
    async with AsyncExitStack() as stack:
        stack.push_async_callback(engine.dispose)
        async with engine.connect() as connection:
            await connection.execute(text("SELECT 1"))
        if port:
            await stack.enter_async_context(aiomqtt.Client("127.0.0.1", port))
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
            manager.sendto(b"READY=1", os.environ["NOTIFY_SOCKET"].replace("@", "\0"))
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(sleep(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None))
