"""Whole books over HTTP: wanted, followed and told; dead services are told as dead, and a stop waits for nobody."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import aiohttp
import pytest
from tests.core.web.conftest import KEY, Served
from tests.core.web.live.reading import Heard, Stream, following

from audiobook_daemon.daemon import Daemon
from audiobook_daemon.demo.ports import free_ports

if TYPE_CHECKING:
    from tests.flow.conftest import Household, Inhabit

BOOKS = 2
VERBS = ("gather", "choose", "grab", "watch", "verify", "shelve")
STATES = ["wanted", "chosen", "downloading", "downloaded", "verified", "shelved"]
WEB = f'\nweb: {{{{listen: "127.0.0.1:{{port}}", keys: [{KEY}]}}}}\n'
PATIENCE = 60.0
"""Seconds; for what would never come."""


@asynccontextmanager
async def living(household: Household) -> AsyncIterator[tuple[Served, Callable[[], Awaitable[None]]]]:
    """A daemon as `run` has it, asked over HTTP; with what stops it."""
    if KEY not in (text := household.config.read_text()):
        household.config.write_text(text + WEB.format(port=free_ports(1)[0]))
    ready, stop = asyncio.Event(), asyncio.Event()
    async with Daemon.assembled(household.config) as daemon, aiohttp.ClientSession() as session:
        life = asyncio.create_task(daemon.serve(ready.set, stop))
        await ready.wait()
        while daemon.outside.web is None or daemon.outside.web.port is None:
            await asyncio.sleep(0)

        async def end() -> None:
            stop.set()
            await life

        yield Served(daemon, f"http://127.0.0.1:{daemon.outside.web.port}", session), end
        await end()


async def carry_out(served: Served, action: str) -> None:
    """Ask for an action and look again and again until it has ended."""
    status, begun = await served.asks("POST", f"/api/actions/{action}")
    assert status == 202, begun
    while (run := await served.gets(f"/api/runs/{begun['data']['run_id']}"))["outcome"] == "running":
        await asyncio.sleep(0.01)
    assert run["outcome"] in {"success", "warning"}, run


async def hear(stream: Stream, shelved: int) -> list[Heard]:
    """Listen until so many books are shelved."""
    heard: list[Heard] = []
    while sum(one.data["after"] == "shelved" for one in heard) < shelved:
        heard.append(await stream.next("want"))
    return heard


async def test_books_are_brought_and_followed_over_http_alone(inhabit: Inhabit) -> None:
    async with inhabit(BOOKS) as household:
        wanted = len(household.books)
        async with living(household) as (served, _), following(served) as stream:
            hearing = asyncio.create_task(hear(stream, wanted))
            while (await served.gets("/api/system/stats"))["wants"]["shelved"] < wanted:
                for verb in VERBS:
                    await carry_out(served, verb)
            heard = await hearing
            stats = await served.gets("/api/system/stats")
            before = await calls_of_services(served)
            await carry_out(served, "trackers")
            (account,) = await served.gets("/api/trackers")
        assert [one.id for one in heard] == sorted({one.id or 0 for one in heard})
        for want in {one.data["want_id"] for one in heard}:
            states = [one.data["after"] for one in heard if one.data["want_id"] == want]
            assert list(dict.fromkeys(states)) == STATES
        assert stats["downloads"]["completed"] == wanted
        assert (account["name"], account["ratio"] > 0, account["slots"] > 0) == ("mam", True, True)
        async with living(household) as (served, _):
            after = await calls_of_services(served)
        assert before["mam"] > 0
        assert all(after[name] >= calls for name, calls in before.items())
        await household.check_shelved_once()


async def calls_of_services(served: Served) -> dict[str, int]:
    """How often each service was asked, as it is told."""
    return {one["name"]: one["calls"] for one in (await served.gets("/api/system/api-usage"))["services"]}


async def test_a_service_that_died_is_told_as_dead_by_those_who_ask_and_stays_at_rest(inhabit: Inhabit) -> None:
    async with inhabit(BOOKS) as household, living(household) as (served, _):
        await served.daemon.host.started()
        well = await served.gets("/health/detailed")
        assert (well["status"], {one["asked"] for one in well["instances"]}) == ("ok", {True})
        await household.world.stop("qbittorrent")
        tested = (await served.asks("POST", "/api/instances/qbittorrent/test"))[1]["data"]
        assert (tested["asked"], tested["well"]) == (True, False)
        assert tested["findings"][0]["level"] == "failure"
        await household.world.start("qbittorrent")
        mended = (await served.asks("POST", "/api/instances/qbittorrent/test"))[1]["data"]
        assert (mended["well"], mended["instance"]["health"]) == (True, "ready")
        assert (await served.asks("POST", "/api/instances/nobody/test"))[0] == 404


async def test_a_stop_waits_for_no_one_who_looks_on(inhabit: Inhabit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audiobook_daemon.web.reception._LAST_SECONDS", 10 * PATIENCE)
    async with inhabit(BOOKS) as household, living(household) as (served, end):
        await served.daemon.host.started()
        async with following(served) as one, following(served) as two:
            for stream in (one, two):
                await stream.next("hello")
            async with asyncio.timeout(PATIENCE):
                await end()
            assert [await one.ended(), await two.ended()] == [True, True]
