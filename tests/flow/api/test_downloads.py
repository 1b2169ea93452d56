"""A book's way over HTTP, with the services that the daemon really speaks to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
from tests.core.web.conftest import Served

from audiobook_daemon.config import Web
from audiobook_daemon.daemon import Daemon
from audiobook_daemon.daemon.serving_web import web_server
from audiobook_daemon.demo.catalogue import DemoRelease
from audiobook_daemon.models import WantState

if TYPE_CHECKING:
    from tests.flow.conftest import Household, Inhabit

KEY = "a-key-for-the-tests-only"
STAGES = ("grab", "watch", "verify", "shelve")


@asynccontextmanager
async def serving(household: Household) -> AsyncIterator[Served]:
    """Serve the household's daemon at a port of its own."""
    async with Daemon.assembled(household.config) as daemon:
        await daemon.host.started()
        server = web_server(daemon, Web.model_validate({"keys": [KEY]}), port=0)
        async with server.serving() as address, aiohttp.ClientSession() as session:
            yield Served(daemon, address, session)


async def link_of(served: Served, release: DemoRelease) -> str:
    """The link to the torrent that Prowlarr shows to people, with their key in it."""
    config: Any = served.daemon.host.instances["prowlarr"].plugin.config
    headers = {"X-Api-Key": config.key.get_secret_value()}
    question = {"query": release.book.title, "type": "search", "limit": "20"}
    async with served.session.get(f"{config.url}/api/v1/search", params=question, headers=headers) as answer:
        found = await answer.json()
    return str(next(one["downloadUrl"] for one in found if release.title in one["title"]))


async def test_a_link_to_the_indexer_is_downloaded_and_cancelled_with_its_torrent(inhabit: Inhabit) -> None:
    async with inhabit(4, speed=1) as household, serving(household) as served:
        release = household.world.catalogue.elsewhere[-1]
        link = await link_of(served, release)
        body = {"title": release.book.title, "author": release.book.authors[0], "torrent_url": link}
        key = {"Idempotency-Key": "once"}
        for _ in range(2):
            status, answer = await served.asks("POST", "/api/downloads", body, headers=key)
            assert (status, answer["data"]["qb_hash"]) == (201, release.info_hash), answer
        number = answer["data"]["id"]
        await served.daemon.doors.do("grab", {}, "test")
        assert (await served.asks("POST", "/api/downloads/sync"))[0] == 200
        progress = await served.gets(f"/api/downloads/{number}/progress")
        assert progress["status"] == "downloading"
        assert 0 <= progress["progress"] < 100
        status, answer = await served.asks("PUT", f"/api/downloads/{number}/mark-complete", {})
        assert status == 409
        assert "is not complete" in answer["error"]["message"]
        status, answer = await served.asks("DELETE", f"/api/downloads/{number}?remove=true")
        assert (status, answer["data"]["status"]) == (200, "abandoned")
        assert household.world.qbittorrent.transfers == {}
        told = [await served.gets(path) for path in ("/api/wants", "/api/downloads", f"/api/downloads/{number}")]
        told += [await served.daemon.database.runs.latest(), await served.daemon.database.events.newest(50)]
        assert link not in str(told)


async def test_a_book_is_wished_for_shelved_undone_and_put_back(inhabit: Inhabit) -> None:
    async with inhabit(4) as household, serving(household) as served:
        book = household.books[0]
        _, answer = await served.asks("POST", "/api/wants", {"title": book.title, "author": book.authors[0]})
        number = answer["data"]["id"]
        folder = Path(await shelved(served, number))
        assert (await served.gets(f"/api/downloads/{number}"))["abs_import_status"] == "imported"
        story = await served.gets(f"/api/wants/{number}/explanation")
        assert story["decisions"][0]["candidates"][0]["verdicts"]
        assert story["want"]["possible"] == ["undo"]
        status, answer = await served.asks("POST", "/api/undo", {"want": number, "dry_run": True})
        assert (status, answer["data"]["succeeded"], folder.is_dir()) == (200, 0, True), answer
        status, answer = await served.asks("POST", "/api/undo", {"want": number})
        assert (status, answer["data"]["succeeded"], folder.exists()) == (200, 1, False), answer
        (entry,) = await served.gets("/api/trash")
        assert (entry["origin"], entry["title"]) == (str(folder), book.title)
        status, answer = await served.asks("POST", f"/api/trash/{entry['id']}/restore")
        assert (status, folder.is_dir()) == (200, True), answer
        assert await served.gets("/api/trash") == []


async def shelved(served: Served, number: int) -> str:
    """Let a want come to the shelf, accepted by a person if it waits for one; returns its folder."""
    await served.daemon.doors.do("choose", {}, "test")
    if [one["want"]["id"] for one in await served.gets("/api/reviews")] == [number]:
        assert (await served.asks("POST", f"/api/wants/{number}/accept"))[0] == 200
    async with asyncio.timeout(60):
        while True:
            for stage in STAGES:
                await served.daemon.doors.do(stage, {}, "test")
            want = await served.gets(f"/api/wants/{number}")
            if want["state"] == WantState.SHELVED:
                return str(want["folder"])
            assert want["open"], want["reason"]
            await asyncio.sleep(0.02)
