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
from audiobook_daemon.demo.glance import kept_messages
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
    """Let the daemon serve until the block ends, from when it is heard on MQTT."""
    ready, stop = asyncio.Event(), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(daemon.serve(ready.set, stop))
        await ready.wait()
        async with asyncio.timeout(60):
            while daemon.bridge is None or not daemon.bridge.presence.connected:
                await asyncio.sleep(0.01)
        try:
            yield
        finally:
            stop.set()


async def ask(port: int, path: str, payload: Mapping[str, object]) -> Mapping[str, Any]:
    """Request something by MQTT and return the answer."""
    async with aiomqtt.Client("127.0.0.1", port) as client, asyncio.timeout(60):
        await client.subscribe(f"{BASE}/response/{path}", qos=1)
        await client.publish(f"{BASE}/request/{path}", json.dumps(payload), qos=1)
        async for message in client.messages:
            answer = json.loads(message.payload) if message.topic.value.startswith(f"{BASE}/response/") else {}
            if isinstance(answer, dict) and answer.get("transaction") == payload["transaction"]:
                return answer
    raise AssertionError("the broker went away")


async def kept(port: int, path: str, wanted: Callable[[Mapping[str, Any]], object]) -> Mapping[str, Any]:
    """Return a document as soon as it says what is waited for."""
    async with asyncio.timeout(60):
        while True:
            found = (await kept_messages(port, f"{BASE}/{path}")).get(f"{BASE}/{path}", b"{}")
            document = json.loads(found)
            if document and wanted(document):
                assert isinstance(document, dict)
                return document
            await asyncio.sleep(0.05)


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
        await do(daemon, "gather", "choose")
        assert await stand(daemon) == waiting
        await daemon.doors.set_auto_grab("top10", True)
    async with living(household) as daemon:
        assert await stand(daemon) == waiting, "nothing was begun before the end came"
        await do(daemon, "choose", "grab")
        assert {state for state, _ in await stand(daemon)} == {WantState.DOWNLOADING}
    assert sum(household.world.qbittorrent.added.values()) == len(household.books)


async def test_consent_that_is_taken_back_before_anything_was_chosen_lets_everything_wait(
    household: Household,
) -> None:
    async with living(household) as daemon:
        await daemon.doors.set_auto_grab("top10", True)
        await do(daemon, "gather")
        await daemon.doors.reset_settings(["auto_grab.top10"])
        await do(daemon, "choose", "grab")
        assert await stand(daemon) == {(WantState.REVIEW, "auto_grab_off"): len(household.books)}
    assert not household.world.qbittorrent.added


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
    async with living(household) as daemon, at_work(daemon):
        port = household.world.broker.port
        changed = await ask(port, "settings/set", {"min_seeders": 3, "log_level": "warning", "transaction": "a"})
        assert (changed["status"], changed["data"]["settings"]["min_seeders"]) == ("ok", 3)
        refused = await ask(port, "settings/set", {"min_seeders": 4, "packs": "some", "transaction": "b"})
        assert (refused["status"], refused["error"]["code"]) == ("error", "invalid_payload")
        assert (await ask(port, "service/top10/set", {"auto_grab": True, "transaction": "c"}))["status"] == "ok"
        assert (await ask(port, "schedules/set", {"enabled": False, "transaction": "d"}))["status"] == "ok"
        document = await kept(port, "settings", lambda told: told["paused"])
        assert (document["min_seeders"], document["packs"]) == (3, "review")
        assert set(document["adjusted"]) == {"auto_grab.top10", "log_level", "min_seeders"}
        assert (await kept(port, "service/top10", lambda told: told["auto_grab"]))["auto_grab"] is True
        assert (await kept(port, "state", lambda told: told["paused"]))["next_job"] is None
        assert (await ask(port, "settings/reset", {"transaction": "e"}))["status"] == "ok"
        document = await kept(port, "settings", lambda told: not told["adjusted"])
        assert (document["min_seeders"], document["paused"]) == (1, True), "a pause is no setting"
