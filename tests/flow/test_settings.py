"""Switches that a person throws while the daemon runs, and what whole books do of it."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiomqtt
import pytest
from tests.flow.conftest import Household, Inhabit

from audiobook_daemon.daemon import Daemon
from audiobook_daemon.models import RunOutcome, WantState

BASE = "audiobook-daemon"


@asynccontextmanager
async def living(household: Household) -> AsyncIterator[Daemon]:
    async with Daemon.assembled(household.config, {}) as daemon:
        await daemon.host.started()
        await daemon.plan()
        yield daemon


@asynccontextmanager
async def at_work(daemon: Daemon) -> AsyncIterator[None]:
    """Let the daemon serve until the block ends."""
    ready, stop = asyncio.Event(), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(daemon.serve(ready.set, stop))
        await ready.wait()
        try:
            yield
        finally:
            stop.set()


class Listener:
    """Somebody on the broker who hears everything and may ask."""

    def __init__(self, client: aiomqtt.Client) -> None:
        self._client = client
        self._heard: dict[str, Mapping[str, Any]] = {}
        self._news = asyncio.Event()

    async def listen(self) -> None:
        async for message in self._client.messages:
            assert isinstance(message.payload, bytes)
            is_document = message.payload.startswith(b"{")
            told = json.loads(message.payload) if is_document else {"said": message.payload.decode(errors="replace")}
            self._heard[message.topic.value.removeprefix(f"{BASE}/")] = told
            self._news.set()

    async def until(self, path: str, wanted: Callable[[Mapping[str, Any]], object]) -> Mapping[str, Any]:
        """Return what was last heard below a path, as soon as it says what is waited for."""
        async with asyncio.timeout(60):
            while path not in self._heard or not wanted(self._heard[path]):
                self._news.clear()
                await self._news.wait()
        return self._heard[path]

    async def ask(self, path: str, **payload: object) -> Mapping[str, Any]:
        """Request something and return the answer."""
        self._heard.pop(f"response/{path}", None)
        await self._client.publish(f"{BASE}/request/{path}", json.dumps(payload), qos=1)
        return await self.until(f"response/{path}", lambda _: True)


@asynccontextmanager
async def listening(household: Household) -> AsyncIterator[Listener]:
    """Hear all that is said until the block ends; nobody else is on the broker when this begins."""
    async with aiomqtt.Client("127.0.0.1", household.world.broker.port) as client:
        await client.subscribe(f"{BASE}/#", qos=1)
        listener = Listener(client)
        task = asyncio.create_task(listener.listen())
        try:
            yield listener
        finally:
            task.cancel()
            await asyncio.wait([task])


async def do(daemon: Daemon, *verbs: str) -> None:
    for verb in verbs:
        run, _ = await daemon.doors.do(verb, {}, "cli")
        assert run.outcome is RunOutcome.SUCCESS, run.error


async def stand(daemon: Daemon) -> Counter[tuple[WantState, str | None]]:
    return Counter((want.state, want.code) for want in await daemon.database.wants.list(limit=500))


@pytest.fixture
async def household(inhabit: Inhabit) -> AsyncIterator[Household]:
    """A few books, found and waiting for a person's consent."""
    async with inhabit(4) as household:
        household.change("auto_grab: yes", "auto_grab: no")
        yield household


async def test_books_that_wait_for_consent_go_on_when_it_is_given_whatever_dies_meanwhile(
    household: Household,
) -> None:
    waiting = {(WantState.REVIEW, "auto_grab_off"): len(household.books)}
    async with living(household) as daemon:
        await daemon.doors.set_auto_grab("top10", True)
        await do(daemon, "gather")
        await daemon.doors.reset_settings(["auto_grab.top10"])
        await do(daemon, "choose", "grab")
        assert await stand(daemon) == waiting, "consent was taken back before anything was chosen"
        assert not household.world.qbittorrent.added
        await daemon.doors.set_auto_grab("top10", True)
    async with living(household) as daemon:
        assert await stand(daemon) == waiting, "nothing was begun before the end came"
        await do(daemon, "choose", "grab")
        assert {state for state, _ in await stand(daemon)} == {WantState.DOWNLOADING}
    assert sum(household.world.qbittorrent.added.values()) == len(household.books)


async def test_a_dry_run_that_is_switched_on_leaves_the_world_alone(household: Household) -> None:
    household.change("auto_grab: no", "auto_grab: yes")
    async with living(household) as daemon:
        await do(daemon, "gather", "choose")
        await daemon.doors.set_settings({"dry_run": True})
        before = await stand(daemon)
        await do(daemon, "grab", "shelve")
        assert (await stand(daemon), household.world.qbittorrent.added) == (before, {})
        await daemon.doors.set_settings({"dry_run": False})
        await do(daemon, "grab")
        assert sum(household.world.qbittorrent.added.values()) == len(household.books)


async def test_switches_thrown_over_mqtt_are_answered_and_kept_for_everybody_to_see(household: Household) -> None:
    async with listening(household) as home, living(household) as daemon, at_work(daemon):
        await home.until("availability", lambda told: told["said"] == "online")
        changed = await home.ask("settings/set", min_seeders=3, log_level="warning")
        assert (changed["status"], changed["data"]["settings"]["min_seeders"]) == ("ok", 3)
        refused = await home.ask("settings/set", min_seeders=4, packs="some")
        assert (refused["status"], refused["error"]["code"]) == ("error", "invalid_payload")
        assert (await home.ask("service/top10/set", auto_grab=True))["status"] == "ok"
        assert (await home.ask("schedules/set", enabled=False))["status"] == "ok"
        document = await home.until("settings", lambda told: told["paused"])
        assert (document["min_seeders"], document["packs"]) == (3, "review")
        assert set(document["adjusted"]) == {"auto_grab.top10", "log_level", "min_seeders"}
        await home.until("service/top10", lambda told: told["auto_grab"] is True)
        assert (await home.until("state", lambda told: told["paused"]))["next_job"] is None
        assert (await home.ask("settings/reset"))["status"] == "ok"
        document = await home.until("settings", lambda told: not told["adjusted"])
        assert (document["min_seeders"], document["paused"]) == (1, True), "a pause is no setting"
