"""A real torrent comes from one qbittorrent-nox to another through the daemon, and into the library."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.demo.processes import find_program
from audiobook_daemon.demo.real_qbittorrent import RealQBittorrent
from audiobook_daemon.demo.world import DemoWorld
from audiobook_daemon.models import Want, WantState
from audiobook_daemon.shelving import AUDIO
from audiobook_daemon.store import Database

if TYPE_CHECKING:
    from tests.conftest import DaemonProcess, RunDaemon

SHELVED_WITHIN = 180.0
"""Seconds; two programs and a tracker take part, and each may have to wait for its turn at the processor."""
SEEDING = {"uploading", "stalledUP", "forcedUP", "queuedUP"}


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[DemoWorld]:
    if find_program(RealQBittorrent.name) is None:
        if os.environ.get("CI") == "true":
            pytest.fail("qbittorrent-nox is not installed")
        pytest.skip("qbittorrent-nox is not installed")
    async with DemoWorld(tmp_path / "world", books=4, real={"qbittorrent"}, scheduled=False) as world:
        yield world


@pytest.mark.real
async def test_every_byte_arrives_and_goes_on_seeding(world: DemoWorld, run_daemon: RunDaemon) -> None:
    async with run_daemon(world.config) as daemon:
        await gathered_and_grabbed(daemon)
        wants = await shelved(daemon, world)
        assert await daemon.stop() == 0
        assert not any("Traceback" in line for line in daemon.log)
    await check_files(world, wants)
    await check_seeding(world, wants)


@pytest.mark.real
async def test_a_client_that_is_restarted_under_way_costs_nothing(world: DemoWorld, run_daemon: RunDaemon) -> None:
    async with run_daemon(world.config) as daemon:
        await gathered_and_grabbed(daemon)
        client = client_of(world)
        assert client.pid is not None
        await client.stop()
        answer = await daemon.ask(action="watch")
        assert "wait for a service" in str(answer["summary"])
        await client.start()
        wants = await shelved(daemon, world)
        assert not any("Traceback" in line for line in daemon.log)
    await check_files(world, wants)
    await check_seeding(world, wants)


async def gathered_and_grabbed(daemon: DaemonProcess) -> None:
    await daemon.ask(job="top10")
    answer = await daemon.ask(job="hunt")
    assert answer["outcome"] == "success", answer


async def shelved(daemon: DaemonProcess, world: DemoWorld) -> tuple[Want, ...]:
    """Let the daemon tend its downloads until all books stand on the shelf."""
    async with (
        asyncio.timeout(SHELVED_WITHIN),
        Database.open(f"sqlite://{daemon.database}", exclusive=False) as database,
    ):
        while True:
            await daemon.ask(job="tend")
            wants = await database.wants.list()
            assert wants
            if all(want.state is WantState.SHELVED for want in wants):
                break
            await asyncio.sleep(0.1)
    assert len(wants) == len(world.catalogue.books) - len(world.owned)
    return wants


async def check_files(world: DemoWorld, wants: tuple[Want, ...]) -> None:
    """The library holds the uploader's bytes, as hardlinks of the files that seed."""
    releases = {str(release.id): release for release in world.catalogue.releases}
    for want in wants:
        assert want.release
        assert want.folder
        assert want.path
        assert Path(want.path).is_relative_to(world.folder / "downloads")
        books, seeds = audio(Path(want.folder)), audio(Path(want.path))
        original = audio(releases[want.release.key].content)
        assert Counter(map(Path.read_bytes, books)) == Counter(map(Path.read_bytes, original))
        assert {book.stat().st_ino for book in books} == {seed.stat().st_ino for seed in seeds}


async def check_seeding(world: DemoWorld, wants: tuple[Want, ...]) -> None:
    """The client holds all of every torrent and offers it."""
    async with client_of(world).session() as session, session.get("/api/v2/torrents/info") as answer:
        rows = await answer.json()
    assert {row["hash"] for row in rows} == {want.download for want in wants}
    assert all(row["state"] in SEEDING and row["progress"] == 1 and row["amount_left"] == 0 for row in rows), rows


def client_of(world: DemoWorld) -> RealQBittorrent:
    client = world.services.qbittorrent
    assert isinstance(client, RealQBittorrent)
    return client


def audio(place: Path) -> list[Path]:
    found = [place] if place.is_file() else place.rglob("*")
    return [file for file in found if file.suffix in AUDIO]
