"""qBittorrent as a stand-in of three generations and as the real program, and the plugin that speaks to it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from audiobook_daemon import Context, Download, DownloadState, Http, Release, Torrent, read_torrent
from audiobook_daemon.demo.processes import find_program
from audiobook_daemon.demo.qbittorrent import QBittorrentStandIn
from audiobook_daemon.demo.real_qbittorrent import RealQBittorrent
from audiobook_daemon.demo.torrent_maker import make_torrent
from audiobook_plugins.qbittorrent import QBittorrent

USERNAME = "me"
PASSWORD = "secret-password"
Server = QBittorrentStandIn | RealQBittorrent


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    folder = tmp_path / "downloads"
    folder.mkdir()
    return folder


@pytest.fixture
async def stand_in(tmp_path: Path, downloads: Path) -> AsyncIterator[QBittorrentStandIn]:
    async with QBittorrentStandIn(
        tmp_path / "content", downloads, username=USERNAME, password=PASSWORD, version="4.5.2"
    ) as server:
        yield server


@pytest.fixture(params=["4.5.2", "5.1.0", "5.3.0", pytest.param("real", marks=pytest.mark.real)])
async def server(request: pytest.FixtureRequest, tmp_path: Path, downloads: Path) -> AsyncIterator[Server]:
    """Every generation in turn, and the real program if it is installed; on CI it must be."""
    if request.param != "real":
        async with QBittorrentStandIn(
            tmp_path / "content", downloads, username=USERNAME, password=PASSWORD, version=request.param
        ) as stand_in:
            yield stand_in
        return
    if find_program(RealQBittorrent.name) is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{RealQBittorrent.name} is not installed, but CI must run every test.")
        pytest.skip(f"{RealQBittorrent.name} is not installed")
    real = RealQBittorrent(tmp_path / "real", username=USERNAME, password=PASSWORD, downloads=downloads)
    await real.start()
    yield real
    await real.stop()


@pytest.fixture
def plugin_for(context_for: Callable[..., Context], http: Http) -> Callable[..., QBittorrent]:
    """Make a plugin for an address: `plugin_for(server.url, category="other")`."""

    def make(
        url: str, *, http: Http = http, paths: Iterable[tuple[Path | str, Path | str]] = (), **settings: object
    ) -> QBittorrent:
        login = {} if "api_key" in settings else {"username": USERNAME, "password": PASSWORD}
        pairs = [{"remote": str(remote), "local": str(local)} for remote, local in paths]
        config = QBittorrent.config_type.model_validate({"url": url, **login, "paths": pairs, **settings})
        return QBittorrent(config, context_for("client", http=http))  # type: ignore[arg-type]

    return make


@pytest.fixture
def plugin(server: Server, plugin_for: Callable[..., QBittorrent]) -> QBittorrent:
    return plugin_for(server.url)


@pytest.fixture
def release() -> Release:
    return Release(source="tracker, one", key="7", title="A Book")


@pytest.fixture
def torrent(tmp_path: Path) -> Torrent:
    """A book of two files, of which nothing lies in the download folder yet."""
    content = tmp_path / "content" / "A Bööк"
    content.mkdir(parents=True)
    (content / "01.mp3").write_bytes(b"one" * 30_000)
    (content / "02.mp3").write_bytes(b"two" * 30_000)
    return read_torrent(make_torrent(content, "http://127.0.0.1:1/announce"))


@pytest.fixture
def lay_down(tmp_path: Path) -> Callable[[Path], None]:
    """Put the torrent's files where they will be looked for, so that the download is finished at once."""

    def lay(save_path: Path) -> None:
        for file in (tmp_path / "content").rglob("*.mp3"):
            target = save_path / file.relative_to(tmp_path / "content")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())

    return lay


@pytest.fixture
def until() -> Callable[[QBittorrent, str, DownloadState], Awaitable[Download]]:
    """Ask until a download stands as wanted."""

    async def wait(plugin: QBittorrent, id: str, state: DownloadState) -> Download:  # noqa: A002
        async with asyncio.timeout(60):
            while True:
                for download in await plugin.status([id]):
                    if download.state is state:
                        return download
                await asyncio.sleep(0.05)

    return wait


@pytest.fixture
def rows(server: Server) -> Callable[[], Awaitable[dict[str, dict[str, Any]]]]:
    """What the server itself lists, by hash, asked without our plugin."""

    async def ask() -> dict[str, dict[str, Any]]:
        async with aiohttp.ClientSession(f"{server.url}/api/v2/", cookie_jar=aiohttp.CookieJar(unsafe=True)) as client:
            form = {"username": USERNAME, "password": PASSWORD}
            async with client.post("auth/login", data=form) as answer:
                assert answer.status in {200, 204}
            async with client.get("torrents/info") as answer:
                return {row["hash"]: row for row in await answer.json()}

    return ask
