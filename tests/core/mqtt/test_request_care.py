"""Requests that are repeated, stale, too many, or want their answer where it must not go."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.mqtt.desk import Desk
from audiobook_daemon.mqtt.messages import Request
from audiobook_daemon.mqtt.presence import Presence
from audiobook_daemon.mqtt.settings import CommandPolicy

if TYPE_CHECKING:
    from tests.core.mqtt.conftest import Answers, Ask, World


async def test_answers_go_below_response_or_where_an_mqtt_5_client_asks_for_them(desk: Desk, answers: Answers) -> None:
    desk.receive(Request("daemon/ping", b""))
    desk.receive(Request("Größe/#", b""))
    desk.receive(Request("daemon/ping", b"", response_topic="answers/mine", correlation=b"\xff"))
    topics = sorted(topic for topic, _ in await answers())
    assert topics == ["answers/mine", "response/daemon/ping", "response/invalid"]


@pytest.mark.parametrize(
    "topic",
    [
        "audiobook-daemon/availability",
        "audiobook-daemon",
        "homeassistant/device/x/config",
        "homeassistant",
        "$SYS/x",
        "answers/+",
        "answers/#",
        "",
    ],
)
async def test_a_response_topic_of_somebody_else_is_refused_and_nothing_is_done(
    topic: str, desk: Desk, answers: Answers, world: World
) -> None:
    desk.receive(Request("job/hunt/run", b"", response_topic=topic))
    ((answered_on, answer),) = await answers()
    assert answered_on == "response/job/hunt/run"
    assert answer["error"]["code"] == "forbidden"
    assert world.calls == []


async def test_a_neighbour_of_the_base_may_be_answered_to(desk: Desk, answers: Answers) -> None:
    desk.receive(Request("daemon/ping", b"", response_topic="audiobook-daemon-ui/answers"))
    ((topic, answer),) = await answers()
    assert (topic, answer["status"]) == ("audiobook-daemon-ui/answers", "ok")


async def test_a_duplicate_gets_the_same_answer_and_nothing_is_done_twice(ask: Ask, world: World) -> None:
    first = await ask("job/hunt/run", {"transaction": "a"})
    second = await ask("job/hunt/run", {"transaction": "a"})
    other = await ask("job/hunt/run", {"transaction": "b"})
    assert (first["duplicate"], second["duplicate"], other["duplicate"]) == (False, True, False)
    assert first["data"] == second["data"] != other["data"]
    assert len(world.calls) == 2


async def test_a_duplicate_that_comes_while_the_first_is_at_work_waits_for_it(
    desk: Desk, answers: Answers, world: World
) -> None:
    for _ in range(3):
        desk.receive(Request("job/hunt/run", b'{"transaction":"a"}'))
    found = [answer for _, answer in await answers()]
    assert [answer["duplicate"] for answer in found] == [False, True, True]
    assert {answer["data"]["run_id"] for answer in found} == {"run-1"}
    assert len(world.calls) == 1


async def test_what_failed_may_be_tried_again_with_the_same_transaction(ask: Ask, world: World) -> None:
    assert (await ask("job/busy/run", {"transaction": "a"}))["status"] == "error"
    assert (await ask("job/busy/run", {"transaction": "a"}))["duplicate"] is False
    assert len(world.calls) == 2


async def test_requests_about_one_thing_are_done_in_their_order(
    desk: Desk, answers: Answers, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    other_done = asyncio.Event()

    async def slow_to_pause(name: str, enabled: bool) -> None:
        if not enabled:
            await other_done.wait()
        world.calls.append((name, enabled))
        if name == "other":
            other_done.set()

    monkeypatch.setattr(world, "set_job_enabled", slow_to_pause)
    for payload in (b"OFF", b"ON"):
        desk.receive(Request("job/hunt/set", payload))
    desk.receive(Request("job/other/set", b"ON"))
    await answers()
    assert world.calls == [("other", True), ("hunt", False), ("hunt", True)]


async def test_a_kept_request_is_refused_and_cleared(presence: Presence, desk: Desk, world: World) -> None:
    desk.receive(Request("job/hunt/run", b"{}", retained=True))
    sent = []
    while message := presence.outgoing.first():
        presence.outgoing.done(message)
        sent.append(message)
    clearing, answer = sent
    assert (clearing.topic, clearing.payload, clearing.retained) == ("audiobook-daemon/request/job/hunt/run", b"", True)
    assert json.loads(answer.payload)["error"]["code"] == "retained"
    assert world.calls == []


async def test_an_empty_kept_message_is_a_clearing_and_no_request(desk: Desk, answers: Answers, world: World) -> None:
    desk.receive(Request("job/hunt/run", b"", retained=True))
    assert await answers() == []
    assert world.calls == []


async def test_a_flood_is_refused_and_told_once(desk: Desk, answers: Answers, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(50):
        desk.receive(Request("daemon/ping", b""))
    found = [answer for _, answer in await answers()]
    assert len(found) == 50
    assert sum(answer["status"] == "ok" for answer in found) == 20
    assert {answer["error"]["code"] for answer in found if answer["error"]} == {"unavailable"}
    assert len(caplog.records) == 1


class TestSafe:
    @pytest.fixture
    def policy(self) -> CommandPolicy:
        return "safe"

    @pytest.mark.parametrize(
        ("path", "payload", "status"),
        [
            ("job/hunt/run", "", "accepted"),
            ("approval/approve", "7", "ok"),
            ("approval/reject", "7", "ok"),
            ("daemon/ping", "", "ok"),
            ("daemon/publish", "", "ok"),
            ("job/hunt/set", "OFF", "error"),
            ("action/gather/run", "", "error"),
            ("book/request", "Dune", "error"),
            ("want/7/drop", "", "error"),
            ("want/7/show", "", "ok"),
            ("run/ab12/show", "", "ok"),
            ("job/hunt/cancel", "", "accepted"),
            ("library/scan", "", "accepted"),
            ("daemon/commands", "", "ok"),
            ("run/ab12/cancel", "", "error"),
            ("settings/set", '{"dry_run":true}', "error"),
            ("settings/reset", "", "error"),
            ("schedules/set", "OFF", "error"),
            ("service/mam/set", "ON", "error"),
            ("daemon/reload", "", "error"),
            ("want/7/undo", "", "error"),
            ("service/mam/check", "", "error"),
        ],
    )
    async def test_only_what_changes_nothing_for_good(self, path: str, payload: str, status: str, ask: Ask) -> None:
        answer = await ask(path, payload)
        assert answer["status"] == status
        assert answer["error"] is None or answer["error"]["code"] == "forbidden"


class TestNone:
    @pytest.fixture
    def policy(self) -> CommandPolicy:
        return "none"

    @pytest.mark.parametrize("path", ["job/hunt/run", "daemon/ping", "approval/approve"])
    async def test_everything_is_answered_with_forbidden(self, path: str, ask: Ask, world: World) -> None:
        assert (await ask(path))["error"]["code"] == "forbidden"
        assert world.calls == []


async def test_a_stop_answers_what_is_still_at_work(
    desk: Desk, answers: Answers, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(world, "check_instance", lambda _name: asyncio.Event().wait())
    desk.receive(Request("service/mam/check", b'{"transaction":"t"}'))
    await asyncio.sleep(0)
    desk.close()
    ((_, answer),) = await answers()
    assert (answer["error"]["code"], answer["transaction"]) == ("unavailable", "t")
