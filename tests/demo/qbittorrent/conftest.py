"""A torrent with its payload, and a stand-in of any generation that can bring it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from audiobook_daemon.demo.qbittorrent import QBittorrentStandIn
from audiobook_daemon.demo.torrent_maker import make_torrent
from audiobook_daemon.torrents import read_torrent

USER, PASSWORD = "me", "secret"
Start = Callable[..., Awaitable[QBittorrentStandIn]]
Login = Callable[[QBittorrentStandIn], Awaitable[aiohttp.ClientSession]]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    book = tmp_path / "content" / "Book"
    book.mkdir(parents=True)
    (book / "1.mp3").write_bytes(bytes(range(250)) * 200)
    (book / "2.mp3").write_bytes(b"second" * 5000)
    return tmp_path / "content"


@pytest.fixture
def torrent(content: Path) -> bytes:
    return make_torrent(content / "Book", "http://127.0.0.1:9/announce")


@pytest.fixture
def info_hash(torrent: bytes) -> str:
    return read_torrent(torrent).info_hash


@pytest.fixture
def save_path(tmp_path: Path) -> Path:
    folder = tmp_path / "downloads"
    folder.mkdir()
    return folder


@pytest.fixture
async def open_until_the_end() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


@pytest.fixture
def start(content: Path, save_path: Path, open_until_the_end: AsyncExitStack) -> Start:
    """Start a stand-in of a version, with anything else it takes."""

    async def run(
        version: str, speed: float = 10_000_000, state: Path | None = None, api_key: str | None = None
    ) -> QBittorrentStandIn:
        stand_in = QBittorrentStandIn(
            content,
            save_path,
            username=USER,
            password=PASSWORD,
            version=version,
            speed=speed,
            state=state,
            api_key=api_key,
        )
        await open_until_the_end.enter_async_context(stand_in)
        return stand_in

    return run


@pytest.fixture
def visit(open_until_the_end: AsyncExitStack) -> Login:
    """Open a session without logging in."""

    async def run(stand_in: QBittorrentStandIn) -> aiohttp.ClientSession:
        jar = aiohttp.CookieJar(unsafe=True)
        session = aiohttp.ClientSession(stand_in.url + "/api/v2/", cookie_jar=jar)
        return await open_until_the_end.enter_async_context(session)

    return run


@pytest.fixture
def login(visit: Login) -> Login:
    """Open a session and log in."""

    async def run(stand_in: QBittorrentStandIn) -> aiohttp.ClientSession:
        session = await visit(stand_in)
        async with session.post("auth/login", data={"username": USER, "password": PASSWORD}) as answer:
            assert answer.status in {200, 204}
        return session

    return run


@pytest.fixture
def add(torrent: bytes) -> Callable[..., Awaitable[tuple[int, Any]]]:
    """Upload the torrent (or other bytes) with form fields; gives status and body."""

    async def run(session: aiohttp.ClientSession, data: bytes = torrent, **fields: str) -> tuple[int, Any]:
        form = aiohttp.FormData(fields)
        form.add_field("torrents", data, filename="book.torrent")
        async with session.post("torrents/add", data=form) as answer:
            body = await (answer.json() if answer.content_type == "application/json" else answer.text())
            return answer.status, body

    return run


@pytest.fixture
def wait_for() -> Callable[..., Awaitable[dict[str, Any]]]:
    """Poll the list until its only torrent is in one of the given states."""

    async def run(session: aiohttp.ClientSession, *states: str) -> dict[str, Any]:
        seen: list[str] = []
        try:
            async with asyncio.timeout(60):
                while True:
                    async with session.get("torrents/info") as answer:
                        rows: list[dict[str, Any]] = await answer.json()
                    if rows and rows[0]["state"] in states:
                        return rows[0]
                    seen += [row["state"] for row in rows if row["state"] not in seen[-1:]]
                    await asyncio.sleep(0.005)
        except TimeoutError:
            pytest.fail(f"{states} never came, only {seen}")

    return run
