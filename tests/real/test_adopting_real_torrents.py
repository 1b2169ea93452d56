"""Torrents that a real qbittorrent-nox had before the daemon came, and links it is to be given."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon import DownloadClient, Release, read_magnet
from audiobook_daemon.daemon import Daemon
from audiobook_daemon.demo.processes import find_program
from audiobook_daemon.demo.real_qbittorrent import RealQBittorrent
from audiobook_daemon.demo.world import DemoWorld
from audiobook_daemon.models import WantState
from audiobook_daemon.shelving import AUDIO

if TYPE_CHECKING:
    from audiobook_daemon.demo.catalogue import DemoRelease

VERSION_ONE = "0123456789abcdef0123456789abcdef01234567"
LINKS = (
    f"magnet:?xt=urn:btih:{VERSION_ONE}&xt=urn:btmh:1220{'ab' * 32}&dn=both",
    f"magnet:?xt=urn:btmh:1220{'cd' * 32}&dn=second",
    "magnet:?xt=urn:btih:AERUKZ4JVPG66AJDIVTYTK6N54ASGRLI&dn=old",
)


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[RealQBittorrent]:
    if find_program(RealQBittorrent.name) is None:
        if os.environ.get("CI") == "true":
            pytest.fail("qbittorrent-nox is not installed")
        pytest.skip("qbittorrent-nox is not installed")
    client = RealQBittorrent(tmp_path / "client")
    await client.start()
    yield client
    await client.stop()


async def has(client: RealQBittorrent, release: DemoRelease) -> Path:
    """Let the client have a finished torrent, added by somebody else; returns where its files lie."""
    content = client.downloads / release.content.name
    if release.content.is_dir():
        shutil.copytree(release.content, content)
    else:
        shutil.copy(release.content, content)
    await client.seed(client.downloads, [release.torrent])
    return content


def points_to(client: RealQBittorrent, config: Path) -> None:
    """Let the daemon of a demo world work with this client."""
    url = re.compile(r"(?<=  qbittorrent:\n    url: )\S+")
    text = url.sub(client.url, config.read_text())
    text = re.sub(r"username: \S+", f"username: {client.username}", text, count=1)
    config.write_text(text.replace("!secret qbittorrent_password", client.password))


@pytest.mark.real
async def test_a_finished_torrent_is_adopted_and_links_are_named_as_the_client_names_them(
    client: RealQBittorrent, tmp_path: Path
) -> None:
    async with DemoWorld(tmp_path / "world", books=4, real=()) as world:
        release = next(one for one in world.catalogue.releases if one.book == world.wanted[0])
        place = await has(client, release)
        points_to(client, world.config)
        before = {file: file.stat() for file in (place, *place.rglob("*"))}
        async with Daemon.assembled(world.config) as daemon:
            await daemon.host.started()
            arguments = {"hash": release.info_hash, "title": release.book.title, "author": release.book.authors[0]}
            run, _ = await daemon.doors.do("adopt_torrent", arguments, "test")
            assert run.error is None
            for verb in ("watch", "verify", "shelve"):
                await daemon.doors.do(verb, {}, "test")
            (want,) = await daemon.database.wants.list()
            assert (want.state, want.path) == (WantState.SHELVED, str(place)), want.reason
            for link in LINKS:
                torrent = read_magnet(link)
                given = Release("manual", torrent.info_hash, torrent.name)
                added = await daemon.host.ask_one("qbittorrent", DownloadClient.add, torrent=torrent, release=given)
                assert added.id == torrent.info_hash
        shelved = [file for file in Path(want.folder or "").iterdir() if file.suffix in AUDIO]
        assert {file.stat().st_ino for file in shelved} <= {found.st_ino for found in before.values()}
        assert {file: file.stat().st_mtime_ns for file in before} == {
            file: found.st_mtime_ns for file, found in before.items()
        }
