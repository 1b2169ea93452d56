"""What the real server does to those who do not look: other users' files, and inodes that are given twice."""

from __future__ import annotations

import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

import aiohttp
import pytest
from tests.demo.audiobookshelf.conftest import KEY

from audiobook_daemon.demo.audio import AudioTags
from audiobook_daemon.demo.audiobookshelf import AudiobookshelfStandIn
from audiobook_daemon.demo.mp3 import make_mp3

Put = Callable[[str, bytes], Path]
Scan = Callable[[], Awaitable[None]]
SILENCE = make_mp3(1, AudioTags())


@pytest.mark.parametrize("closed", ["Ada", "Ada/Title", "Ada/Title/1.mp3"])
async def test_a_server_of_another_user_sees_what_is_open_to_everybody(
    put: Put, scan: Scan, server: AudiobookshelfStandIn, closed: str
) -> None:
    place = put("Ada/Title/1.mp3", SILENCE).parents[2] / closed
    put("Ben/Title/1.mp3", SILENCE)
    place.chmod(0o700 if place.is_dir() else 0o600)
    server.library.scanner.other_user = True
    await scan()
    assert [item.rel_path for item in server.shelf.items.values()] == ["Ben/Title"]
    place.chmod(0o755 if place.is_dir() else 0o644)
    await scan()
    assert len(server.shelf.items) == 2


async def test_a_new_folder_on_a_freed_inode_is_taken_for_the_old_book(
    put: Put, scan: Scan, server: AudiobookshelfStandIn
) -> None:
    old = put("Ada/Old/1.mp3", SILENCE).parent
    await scan()
    (item,) = server.shelf.items.values()
    shutil.rmtree(old)
    put("Ben/New/1.mp3", make_mp3(9, AudioTags()))
    server.library.scanner.reuses_inodes = True
    await scan()
    assert list(server.shelf.items.values()) == [item]
    assert (item.rel_path, item.texts["title"], item.is_missing) == ("Ben/New", "Old", False)
    assert item.duration() == pytest.approx(9, abs=0.1)


async def test_it_says_whether_it_sees_a_path(put: Put, server: AudiobookshelfStandIn) -> None:
    put("Ada/Title/1.mp3", SILENCE)
    root = str(server.library.folder)
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {KEY}"}) as session:

        async def ask(body: dict[str, str]) -> tuple[int, object]:
            async with session.post(f"{server.url}/api/filesystem/pathexists", json=body) as answer:
                return answer.status, await answer.json() if answer.status == 200 else None

        assert await ask({"folderPath": root, "directory": "Ada/Title"}) == (200, {"exists": True})
        assert await ask({"folderPath": root, "directory": "Ada/Other"}) == (200, {"exists": False})
        assert await ask({"folderPath": "/elsewhere", "directory": "Ada"}) == (400, None)
        assert await ask({"folderPath": root}) == (400, None)
