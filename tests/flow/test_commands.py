"""Commands over the real broker through the whole daemon: answered where the sender wants it, and done once."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import aiomqtt
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

if TYPE_CHECKING:
    from tests.conftest import RunDaemon
    from tests.flow.conftest import Inhabit

BASE = "audiobook-daemon"
MINE = "somebody/answers"
PATIENCE = 240.0
"""Seconds for the whole of it; the daemon is started twice."""


class Sender:
    """An MQTT 5 client that hears every answer and event."""

    def __init__(self, client: aiomqtt.Client) -> None:
        self.client = client
        self.heard: list[tuple[str, dict[str, Any], object]] = []
        self.online = asyncio.Event()

    async def listen(self) -> None:
        for topic in (f"{BASE}/response/#", f"{BASE}/event/#", f"{BASE}/availability", MINE):
            await self.client.subscribe(topic, qos=1)
        async for message in self.client.messages:
            assert isinstance(message.payload, bytes)
            if message.topic.value == f"{BASE}/availability":
                (self.online.set if message.payload == b"online" else self.online.clear)()
            else:
                correlation = getattr(message.properties, "CorrelationData", None)
                self.heard.append((message.topic.value, json.loads(message.payload), correlation))

    async def ask(self, path: str, payload: object = "", *, key: str | None = None, mine: bool = False) -> Any:  # noqa: ANN401
        """Request something and return the one answer and its correlation data."""
        await self.online.wait()
        properties = Properties(PacketTypes.PUBLISH)  # type: ignore[no-untyped-call]
        properties.MessageExpiryInterval = 60
        if key:
            properties.UserProperty = ("idempotency_key", key)
        if mine:
            properties.ResponseTopic, properties.CorrelationData = MINE, b"\x00\x01"
        before = len(self.heard)
        text = payload if isinstance(payload, str) else json.dumps(payload)
        await self.client.publish(f"{BASE}/request/{path}", text, 1, properties=properties)
        topic = MINE if mine else f"{BASE}/response/{path}"
        return await self.hears(topic, since=before)

    async def hears(self, topic: str, *, since: int = 0) -> tuple[dict[str, Any], object]:
        while True:
            for where, document, correlation in self.heard[since:]:
                if where == topic:
                    return document, correlation
            await asyncio.sleep(0.02)


async def test_a_run_is_asked_for_followed_and_not_begun_twice_even_after_a_restart(
    inhabit: Inhabit, run_daemon: RunDaemon
) -> None:
    async with inhabit(2, real={"mqtt"}) as household, asyncio.timeout(PATIENCE):
        port, version = household.world.broker.port, aiomqtt.ProtocolVersion.V5
        async with aiomqtt.Client("127.0.0.1", port, protocol=version) as client:
            sender = Sender(client)
            listening = asyncio.create_task(sender.listen())
            async with run_daemon(household.config):
                pong, correlation = await sender.ask("daemon/ping", {"transaction": "t0"}, mine=True)
                assert (pong["status"], pong["transaction"], correlation) == ("ok", "t0", b"\x00\x01")
                assert not [topic for topic, _, _ in sender.heard if "/response/" in topic]

                begun, _ = await sender.ask("library/scan", {"transaction": "t1"}, key="k1")
                run_id = begun["data"]["run_id"]
                assert (begun["status"], begun["duplicate"], begun["transaction"]) == ("accepted", False, "t1")
                ended, _ = await sender.hears(f"{BASE}/event/job/succeeded")
                assert (ended["run_id"], ended["transaction"]) == (run_id, "t1")
                shown, _ = await sender.ask(f"run/{run_id}/show")
                assert (shown["data"]["status"], shown["data"]["name"]) == ("success", "sync")
                wrong, _ = await sender.ask("action/choose/run", {"arguments": {"limt": 1}})
                assert (wrong["error"]["path"], wrong["error"]["hint"]) == ("arguments.limt", "Did you mean limit?")
            sender.online.clear()
            async with run_daemon(household.config):
                again, _ = await sender.ask("library/scan", {"transaction": "t2", "idempotency_key": "k1"})
                assert (again["status"], again["duplicate"], again["transaction"]) == ("ok", True, "t2")
                assert (again["data"]["run_id"], again["data"]["outcome"]) == (run_id, "success")
                taken, _ = await sender.ask("job/hunt/run", {"idempotency_key": "k1"})
                assert taken["error"]["code"] == "conflict"
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
        started = [document for topic, document, _ in sender.heard if topic == f"{BASE}/event/job/started"]
        assert [document["run_id"] for document in started if document["job"] == "sync"] == [run_id]
