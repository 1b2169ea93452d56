"""When the server ends, who only asks is sent away, and whoever changes something is let come to an end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web
from tests.core.web.conftest import KEY, Served

from audiobook_daemon.daemon.serving_web import web_server
from audiobook_daemon.web import server as room
from audiobook_daemon.web.leaving import Readers

LONG = 60.0
"""Seconds that nobody waits here, unless what is tested is wrong."""


class House:
    """A server with one door, behind which everybody is held until `open` is set."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.inside: list[str] = []
        self.broken_off: list[str] = []

    async def answer(self, request: web.Request) -> web.Response:
        self.inside.append(request.method)
        try:
            await self.open.wait()
        except asyncio.CancelledError:
            self.broken_off.append(request.method)
            raise
        return web.Response(text="done")

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[tuple[web.AppRunner, str]]:
        readers = Readers()
        app = web.Application(middlewares=[readers.middleware()])
        app.router.add_route("*", "/", self.answer)
        app.on_shutdown.append(readers.leave)
        runner = web.AppRunner(app, shutdown_timeout=LONG)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield runner, f"http://127.0.0.1:{runner.addresses[0][1]}/"


async def until(things: list[str], number: int) -> None:
    async with asyncio.timeout(LONG / 2):
        while len(things) < number:
            await asyncio.sleep(0.001)


async def test_what_changes_something_is_answered_and_what_asks_is_broken_off() -> None:
    house = House()
    async with house.serving() as (runner, address), aiohttp.ClientSession() as session:
        changing = asyncio.create_task(session.post(address))
        asking = asyncio.create_task(session.get(address))
        await until(house.inside, 2)
        ending = asyncio.create_task(runner.cleanup())
        await until(house.broken_off, 1)
        assert house.broken_off == ["GET"]
        assert not ending.done()
        house.open.set()
        async with await changing as answer:
            assert (answer.status, await answer.text()) == (200, "done")
        with pytest.raises(aiohttp.ClientError):
            await asking
        await ending


async def test_a_question_that_is_about_to_be_answered_is_answered() -> None:
    house = House()
    async with house.serving() as (runner, address), aiohttp.ClientSession() as session:
        asking = asyncio.create_task(session.get(address))
        await until(house.inside, 1)
        ending = asyncio.create_task(runner.cleanup())
        house.open.set()
        async with await asking as answer:
            assert answer.status == 200
        await ending
    assert house.broken_off == []


async def test_a_report_under_way_does_not_hold_the_server_up(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_LAST_SECONDS", LONG)
    begun = asyncio.Event()

    async def for_ever(*_: object) -> None:
        begun.set()
        await asyncio.Event().wait()

    monkeypatch.setattr("audiobook_daemon.web.figures.make_report", for_ever)
    assert served.daemon.configuration.web
    async with asyncio.timeout(LONG / 2):
        async with web_server(served.daemon, served.daemon.configuration.web, port=0).serving() as address:
            asking = asyncio.create_task(
                served.session.get(f"{address}/api/report", headers={"Authorization": f"Bearer {KEY}"})
            )
            await begun.wait()
        with pytest.raises(aiohttp.ClientError):
            await asking
