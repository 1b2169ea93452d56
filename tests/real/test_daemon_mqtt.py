"""The whole daemon on a real mosquitto: its status, its answers, and what is left of both after a restart."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import aiomqtt
import pytest

from audiobook_daemon.demo.processes import find_program
from audiobook_daemon.demo.real_mosquitto import RealMosquitto
from audiobook_daemon.demo.world import DemoWorld

if TYPE_CHECKING:
    from tests.conftest import DaemonProcess, RunDaemon

BASE = "audiobook-daemon/"
ANSWERED_WITHIN = 60.0
BACK_WITHIN = 90.0
SHELVED_WITHIN = 120.0
SERVICES = (
    *("mam", "prowlarr", "top10", "google_books", "audnexus", "hardcover", "open_library", "qbittorrent"),
    "audiobookshelf",
)
JOBS = ("top10", "hunt", "tend")


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[DemoWorld]:
    if find_program(RealMosquitto.name) is None:
        if os.environ.get("CI") == "true":
            pytest.fail("mosquitto is not installed")
        pytest.skip("mosquitto is not installed")
    async with DemoWorld(tmp_path / "world", books=4, real={"mqtt"}, speed=50_000_000, scheduled=False) as world:
        broker_of(world).persistence = False
        await world.restart("mqtt")
        yield world


class Onlooker:
    """A client that keeps the last message of every topic, as Home Assistant does."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def document(self, topic: str) -> Mapping[str, object]:
        document = json.loads(self.kept.get(BASE + topic) or "{}")
        assert isinstance(document, dict)
        return document

    async def sees(self, true: Callable[[Onlooker], bool], within: float = ANSWERED_WITHIN) -> None:
        async with asyncio.timeout(within):
            while not true(self):
                await asyncio.sleep(0.02)


@asynccontextmanager
async def looking_on(world: DemoWorld) -> AsyncIterator[Onlooker]:
    onlooker = Onlooker()

    async def follow(client: aiomqtt.Client) -> None:
        async for message in client.messages:
            assert isinstance(message.payload, bytes)
            onlooker.kept[message.topic.value] = message.payload.decode(errors="replace")  # the cover is no text

    async with aiomqtt.Client("127.0.0.1", world.broker.port) as client:
        await client.subscribe("#", qos=1)
        following = asyncio.create_task(follow(client))
        try:
            yield onlooker
        finally:
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)


async def asked(world: DemoWorld, path: str, payload: object = None) -> Mapping[str, object]:
    """Send a request and return its answer."""
    text = "" if payload is None else json.dumps(payload)
    async with aiomqtt.Client("127.0.0.1", world.broker.port) as client, asyncio.timeout(ANSWERED_WITHIN):
        await client.subscribe(f"{BASE}response/{path}", qos=1)
        await client.publish(f"{BASE}request/{path}", text, qos=1)
        message = await anext(aiter(client.messages))
    assert isinstance(message.payload, bytes)
    document = json.loads(message.payload)
    assert isinstance(document, dict)
    return document


@pytest.mark.real
async def test_status_and_answers_outlive_the_broker(world: DemoWorld, run_daemon: RunDaemon) -> None:
    async with run_daemon(world.config) as daemon:
        async with looking_on(world) as home:
            await home.sees(lambda home: home.kept.get(f"{BASE}availability") == "online")
            await status_is_told(home)
            await a_book_is_followed(world, home, daemon)
        await world.stop("mqtt")
        await daemon.said("is away")
        wanted = await daemon.ask(action="want", arguments={"title": "A Book Nobody Has", "author": "Nobody"})
        assert wanted["outcome"] == "success", "the daemon goes on without a broker"
        await world.start("mqtt")
        async with looking_on(world) as home:
            await home.sees(lambda home: home.kept.get(f"{BASE}availability") == "online", BACK_WITHIN)
            await status_is_told(home)
            await home.sees(lambda home: home.document("wants").get("wanted") == 1)
            answer = await asked(world, "job/tend/run")
            assert answer["status"] == "accepted", answer
            await home.sees(lambda home: last_trigger(home, "tend") == "mqtt")
            assert await daemon.stop() == 0
            await home.sees(lambda home: home.kept.get(f"{BASE}availability") == "offline")
            assert home.document("state")["state"] == "stopped"
        assert not any("Traceback" in line for line in daemon.log)


@pytest.mark.real
async def test_a_killed_daemon_is_seen_to_be_gone_and_comes_back(world: DemoWorld, run_daemon: RunDaemon) -> None:
    async with looking_on(world) as home, run_daemon(world.config) as daemon:
        await home.sees(lambda home: home.kept.get(f"{BASE}availability") == "online")
        await daemon.kill()
        await home.sees(lambda home: home.kept.get(f"{BASE}availability") == "offline")
        await daemon.start()
        await home.sees(lambda home: home.kept.get(f"{BASE}availability") == "online")
        assert (await asked(world, "job/hunt/run"))["status"] == "accepted"


async def status_is_told(home: Onlooker) -> None:
    for name in SERVICES:
        await home.sees(lambda home, name=name: home.document(f"service/{name}").get("state") == "up")  # type: ignore[misc]
    for name in JOBS:
        await home.sees(lambda home, name=name: home.document(f"job/{name}").get("enabled") is True)  # type: ignore[misc]
    await home.sees(lambda home: home.document("state").get("state") in {"idle", "running"})
    await home.sees(lambda home: set(SERVICES) == set(home.document("info").get("services") or ()))  # type: ignore[call-overload]


async def a_book_is_followed(world: DemoWorld, home: Onlooker, daemon: DaemonProcess) -> None:
    """The commands come in by MQTT, and the books' way to the shelf can be read there."""
    books = len(world.catalogue.books) - len(world.owned)
    for job, state in (("top10", "wanted"), ("hunt", "downloading")):
        answer = await asked(world, f"job/{job}/run")
        assert answer["status"] == "accepted", answer
        await home.sees(lambda home, state=state: home.document("wants").get(state) == books)  # type: ignore[misc]
    async with asyncio.timeout(SHELVED_WITHIN):
        while home.document("wants").get("shelved") != books:
            await daemon.ask(job="tend")
            await asyncio.sleep(0.1)
    await home.sees(lambda home: home.document("library").get("books") == len(world.catalogue.books))


def last_trigger(home: Onlooker, job: str) -> object:
    run = home.document(f"job/{job}").get("last_run")
    return run.get("trigger") if isinstance(run, dict) else None


def broker_of(world: DemoWorld) -> RealMosquitto:
    assert isinstance(world.broker, RealMosquitto)
    return world.broker
