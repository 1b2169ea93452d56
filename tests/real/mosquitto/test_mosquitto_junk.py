"""A thousand requests that nobody should send: each gets its one answer, and the daemon goes on as before."""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import aiomqtt
import pytest

from audiobook_daemon.mqtt.pace import Pace

if TYPE_CHECKING:
    from tests.real.mosquitto.conftest import Broker

pytestmark = pytest.mark.real

BASE = "audiobook-daemon"
REQUESTS = 1000
GOOD_EVERY = 50
NAMES = ("job", "hunt", "run", "set", "cancel", "action", "gather", "want", "7", "approval", "approve", "settings", "x")
ODD_LEVELS = (
    "Größe",
    "\U0001f4da",
    "a\u202eb",
    "A",
    "..",
    "",
    " ",
    "x" * 200,
    "run\u0300",
    "ｒｕｎ",
    "$SYS",
    "%00",
    "'--",
)
PATHS = (
    "job/hunt/run", "job/hunt/set", "job/hunt/cancel", "approval/approve", "book/request", "settings/set",
    "settings/reset", "schedules/set", "service/mam/set", "action/gather/run", "want/7/drop", "run/ab/show",
)  # fmt: skip
VALUES: tuple[object, ...] = (
    None, True, -1, 10**30, 1e308, "", "x" * 5000, "\u0000", "\ud800", [], [[]], {}, {"a": {}}, "; rm -rf /", "NaN",
)  # fmt: skip
FIELDS = ("id", "title", "enabled", "arguments", "auto_grab", "names", "transaction", "idempotency_key", "__class__")


def path(chance: random.Random) -> str:
    kind = chance.randrange(3)
    if kind == 0:
        return chance.choice(PATHS)
    levels = NAMES if kind == 1 else ODD_LEVELS
    return "/".join(chance.choice(levels) for _ in range(chance.randrange(1, 9)))


def payload(chance: random.Random) -> bytes:
    match chance.randrange(8):
        case 0:
            return chance.randbytes(chance.randrange(1, 300))
        case 1:
            return b'{"a":' * chance.choice((9, 11, 5000)) + b"1" + b"}" * chance.choice((9, 11, 5000))
        case 2:
            return b"[" * 60_000
        case 3:
            return b"x" * 100_000 if chance.random() < 0.1 else b'"' + b"\\u0000" * 50 + b'"'
        case 4:
            return b'{"id":' + b"9" * chance.choice((20, 5000)) + b"}"
        case 5:
            return b'{"id":1,"id":2,"limit":1e999,"x":NaN}'
        case 6:
            return ("\ufeff" + chance.choice(("PRESS", "{}", "ON", "null", "\u202e{}", "true"))).encode()
    fields = chance.sample(FIELDS, chance.randrange(1, 5))
    return json.dumps({name: chance.choice(VALUES) for name in fields}).encode()


def junk() -> Iterator[tuple[str, bytes]]:
    chance = random.Random(20261126)
    for number in range(REQUESTS):
        yield ("daemon/ping", b"{}") if number % GOOD_EVERY == 0 else (path(chance), payload(chance))


async def until(true: Callable[[], bool], seconds: float = 120.0) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.02)


async def test_a_thousand_bad_requests_get_one_answer_each_and_the_good_ones_between_are_done(
    broker: Broker, caplog: pytest.LogCaptureFixture
) -> None:
    async with broker.serving() as bridge, broker.observing(f"{BASE}/response/#", f"{BASE}/availability") as seen:
        await until(lambda: seen.last.get(f"{BASE}/availability") == "online")
        bridge.desk.pace = Pace(REQUESTS + 1, REQUESTS + 1)
        sent = Counter[str]()
        async with aiomqtt.Client("127.0.0.1", broker.port) as client:
            for where, what in junk():
                sent[where] += 1
                await client.publish(f"{BASE}/request/{where}", what, 1)
        await until(lambda: _answers(seen.order) >= REQUESTS)
        answer = await broker.asked("daemon/ping", '{"transaction":"last"}')
        assert (answer.document["status"], answer.document["transaction"]) == ("ok", "last")
        await until(lambda: _answers(seen.order) == REQUESTS + 1)
        answered = Counter(topic.removeprefix(f"{BASE}/response/") for topic in seen.order)
        assert answered["daemon/ping"] == sent["daemon/ping"] + 1
        assert {where: answered[where] for where in PATHS} == {where: sent[where] for where in PATHS}
        assert seen.last[f"{BASE}/availability"] == "online"
        assert bridge.desk._tasks == set()
        assert len(bridge.desk._turns) == 0
        assert bridge.presence.outgoing.dropped == 0
    assert "Traceback" not in caplog.text
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


async def test_more_than_may_come_in_a_second_is_refused_and_answered(broker: Broker) -> None:
    async with broker.serving() as bridge, broker.observing(f"{BASE}/response/#", f"{BASE}/availability") as seen:
        await until(lambda: seen.last.get(f"{BASE}/availability") == "online")
        bridge.desk.pace = Pace(5, 5, clock=lambda: 0.0)
        async with aiomqtt.Client("127.0.0.1", broker.port) as client:
            for _ in range(50):
                await client.publish(f"{BASE}/request/job/hunt/run", "", 1)
        await until(lambda: _answers(seen.order) == 50)
        assert len(broker.daemon.runs) == 5
        assert seen.document(f"{BASE}/response/job/hunt/run")["error"]["code"] == "unavailable"  # type: ignore[index]


async def test_junk_that_is_kept_on_our_topics_is_overwritten_or_cleared_and_never_carried_out(broker: Broker) -> None:
    documents = ("state", "info", "job/hunt", "service/mam", "library")
    orphans = ("job/ghost", "service/ghost")
    request = "request/job/hunt/run"
    async with aiomqtt.Client("127.0.0.1", broker.port) as client:
        for topic in (*documents, *orphans, request):
            await client.publish(f"{BASE}/{topic}", b"\xff{junk", 1, retain=True)
    async with broker.serving(), broker.observing(f"{BASE}/#") as seen:
        await until(lambda: seen.last.get(f"{BASE}/availability") == "online")
        await until(lambda: all(seen.last.get(f"{BASE}/{topic}") == "" for topic in (*orphans, request)))
        answer = await broker.asked("daemon/ping")
        assert answer.document["status"] == "ok"
    async with broker.observing(f"{BASE}/#") as late:
        await until(lambda: all(f"{BASE}/{topic}" in late.last for topic in documents))
        assert all(late.document(f"{BASE}/{topic}") for topic in documents)
        assert not [topic for topic in (*orphans, request) if f"{BASE}/{topic}" in late.last]
    assert broker.daemon.runs == []


def _answers(order: list[str]) -> int:
    return sum(topic.startswith(f"{BASE}/response/") for topic in order)
