"""Requests to the daemon over the real mosquitto."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.real.mosquitto.conftest import Broker

pytestmark = pytest.mark.real

AVAILABILITY = "audiobook-daemon/availability"


async def until(true: Callable[[], bool], seconds: float = 60.0) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.02)


async def test_an_mqtt_5_client_gets_its_answer_where_it_asks_for_it(broker: Broker) -> None:
    async with broker.serving(), broker.observing("audiobook-daemon/#") as live:
        await until(lambda: live.last.get(AVAILABILITY) == "online")
        answer = await broker.asked("daemon/ping", reply_to="answers/mine")
        assert answer.document["status"] == "ok"
        assert answer.correlation == b"\x00\xff17"
        assert not [topic for topic in live.last if "/response/" in topic]


async def test_an_answer_is_never_written_where_only_the_daemon_may_write(broker: Broker) -> None:
    async with broker.serving(), broker.observing() as live:
        await until(lambda: live.last.get(AVAILABILITY) == "online")
        await broker.ask("daemon/ping", reply_to=AVAILABILITY)
        await until(lambda: "audiobook-daemon/response/daemon/ping" in live.last)
        answer = live.document("audiobook-daemon/response/daemon/ping")
        message = "Answers are not written to the topic 'audiobook-daemon/availability'."
        assert answer["error"] == {
            "code": "forbidden",
            "message": message,
            "path": None,
            "hint": None,
            "errors": [],
        }
        assert live.last["audiobook-daemon/availability"] == "online"


async def test_a_kept_request_is_refused_and_cleared(broker: Broker) -> None:
    async with broker.serving(), broker.observing() as live:
        await until(lambda: live.last.get(AVAILABILITY) == "online")
        await broker.ask("job/hunt/run", "{}", retain=True)
        await until(lambda: "audiobook-daemon/response/job/hunt/run" in live.last)
        answer = live.document("audiobook-daemon/response/job/hunt/run")
        assert isinstance(answer["error"], dict)
        assert answer["error"]["code"] == "retained"
        await until(lambda: live.last.get("audiobook-daemon/request/job/hunt/run") == "")
        async with broker.observing("audiobook-daemon/request/#", AVAILABILITY) as late:
            await until(lambda: "audiobook-daemon/availability" in late.last)
            assert "audiobook-daemon/request/job/hunt/run" not in late.last
    assert broker.daemon.runs == []
