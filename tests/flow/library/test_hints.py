"""A change at the server is written down soon, without any job of the schedule."""

from __future__ import annotations

import asyncio
from pathlib import Path

import aiohttp
import pytest
from tests.flow.library.shelves import KEY, Home, fill, living

from audiobook_daemon.daemon import early_sync

WITHIN = 60


async def _until(home: Home, expected: list[tuple[object, ...]]) -> None:
    async with asyncio.timeout(WITHIN):
        while home.rows("title") != expected:
            await asyncio.sleep(0.02)


async def test_an_edit_at_the_server_is_seen_early(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(early_sync, "QUIET", 0.05)
    monkeypatch.setattr(early_sync, "PAUSE", 0.05)
    async with living(tmp_path, hints=True) as home:
        (item,) = fill(home.server, "Title 1")
        await home.sync()
        stop, ready = asyncio.Event(), asyncio.Event()
        serving = asyncio.create_task(home.daemon.serve(ready.set, stop))
        await ready.wait()
        async with asyncio.timeout(WITHIN):
            while not list(home.server.listeners()):
                await asyncio.sleep(0.02)
        async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {KEY}"}) as session:
            body = {"metadata": {"title": "Another Title"}}
            async with session.patch(f"{home.server.url}/api/items/{item.id}/media", json=body) as answer:
                assert answer.status == 200
        await _until(home, [("Another Title",)])
        stop.set()
        await serving
        runs = await home.daemon.database.runs.latest(limit=5)
        assert ("sync", "hint") in {(run.name, run.trigger) for run in runs}
