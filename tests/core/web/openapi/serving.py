"""Serves a daemon that knows something of everything."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from tests.core.web.conftest import KEY, Served

from audiobook_daemon.daemon import Daemon
from audiobook_daemon.daemon.serving_web import web_server

CONFIGURATION = f"""\
database: DATABASE
timezone: UTC
web: {{listen: "127.0.0.1:8723", keys: [{KEY}], wrong_keys: 1000}}
plugin_folders: [plugins]
plugins:
  shelf: {{}}
  qbittorrent: {{url: "http://127.0.0.1:9", username: admin, password: for-the-tests-only}}
jobs:
  hunt: {{at: 0 3 * * *, do: [recount]}}
"""


@asynccontextmanager
async def serving(folder: Path, database: str) -> AsyncIterator[Served]:
    """Serve a daemon over a database; it has a job, a library, and a download client that does not answer."""
    path, plugins = folder / "audiobook-daemon.yaml", folder / "plugins"
    plugins.mkdir(mode=0o700)
    shutil.copy(Path(__file__).with_name("shelf.py"), plugins)
    (plugins / "shelf.py").chmod(0o600)
    path.write_text(CONFIGURATION.replace("DATABASE", database))
    async with Daemon.assembled(path, {"TZ": "UTC"}) as daemon:
        await daemon.plan()
        assert daemon.configuration.web
        server = web_server(daemon, daemon.configuration.web, port=0)
        async with server.serving() as address, aiohttp.ClientSession() as session:
            yield Served(daemon, address, session)
