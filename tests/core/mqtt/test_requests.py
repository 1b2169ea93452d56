"""Every command, and every way to get one wrong."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.actions import Actions
from audiobook_daemon.doors import BookWish
from audiobook_daemon.events import Bus
from audiobook_daemon.mqtt import MqttBridge, MqttSettings
from audiobook_daemon.mqtt import desk as desk_module
from audiobook_daemon.mqtt.desk import Desk
from audiobook_daemon.mqtt.messages import Request

if TYPE_CHECKING:
    from tests.core.mqtt.conftest import Ask, Counter, World


DUNE = BookWish("Dune", "Frank Herbert")
READ_BY_X = BookWish(narrator="x", asin="B002V1OF70")


@pytest.mark.parametrize(
    ("path", "payload", "call"),
    [
        ("job/hunt/run", "", ("run_job", "hunt", "mqtt")),
        ("job/hunt/run", "PRESS", ("run_job", "hunt", "mqtt")),
        ("job/hunt/set", '{"enabled":false}', ("set_job_enabled", "hunt", False)),
        ("job/hunt/set", "ON", ("set_job_enabled", "hunt", True)),
        ("action/gather/run", '{"arguments":{"limit":5}}', ("run_action", "gather", {"limit": 5}, "mqtt")),
        ("action/mam/account/run", "{}", ("run_action", "mam.account", {}, "mqtt")),
        ("approval/approve", '{"id":7}', ("approve", 7, None)),
        ("approval/approve", "7", ("approve", 7, None)),
        ("approval/approve", '{"id":7,"candidate":2}', ("approve", 7, 2)),
        ("approval/reject", '{"id":7}', ("reject", 7, None)),
        ("approval/reject", '{"id":7,"candidate":3}', ("reject", 7, 3)),
        ("book/request", "Dune", ("request_book", BookWish("Dune"))),
        ("book/request", "1984", ("request_book", BookWish("1984"))),
        ("book/request", "Dune by Frank Herbert", ("request_book", BookWish("Dune", "Frank Herbert"))),
        ("book/request", "Stand by Me", ("request_book", BookWish("Stand by Me"))),
        ("book/request", "The Road by Cormac McCarthy", ("request_book", BookWish("The Road", "Cormac McCarthy"))),
        ("book/request", "B002V1OF70", ("request_book", BookWish(asin="B002V1OF70"))),
        ("book/request", "BEEKEEPERS", ("request_book", BookWish("BEEKEEPERS"))),
        ("book/request", "978-0-441-01359-3", ("request_book", BookWish(isbn="9780441013593"))),
        ("book/request", "9780441013594", ("request_book", BookWish("9780441013594"))),
        (
            "book/request",
            '{"title":"Dune","author":"Frank Herbert"}',
            ("request_book", BookWish("Dune", "Frank Herbert")),
        ),
        (
            "book/request",
            '{"asin":"B002V1OF70","narrator":"x"}',
            ("request_book", BookWish(None, None, "x", "B002V1OF70")),
        ),
        ("want/7/show", "", ("show_want", 7)),
        ("job/hunt/cancel", "", ("cancel_job", "hunt")),
        ("run/ab12/cancel", "", ("cancel_run", "ab12")),
        ("library/scan", "", ("run_action", "sync", {}, "mqtt")),
        ("want/7/undo", "", ("run_action", "undo", {"want": 7}, "mqtt")),
        ("settings/set", '{"dry_run":true}', ("set_settings", {"dry_run": True})),
        ("settings/reset", '{"names":["dry_run"]}', ("reset_settings", ("dry_run",))),
        ("settings/reset", "", ("reset_settings", ())),
        ("schedules/set", "OFF", ("set_schedule_enabled", False)),
        ("service/top10/set", '{"auto_grab":true}', ("set_auto_grab", "top10", True)),
        ("service/top10/set", "OFF", ("set_auto_grab", "top10", False)),
        ("daemon/reload", "", ("reload",)),
        ("want/7/drop", "", ("drop", 7)),
        ("want/7/give_up", "", ("give_up", 7)),
        ("want/7/revive", "", ("revive", 7)),
        ("want/7/search", "", ("search", 7)),
        ("service/mam/check", "", ("check", "mam")),
    ],
)
async def test_a_command_reaches_the_daemon(
    path: str, payload: str, call: tuple[object, ...], ask: Ask, world: World
) -> None:
    answer = await ask(path, payload)
    assert answer["error"] is None
    assert answer["command"] == path
    begun = {"run_job", "run_action", "cancel_job", "cancel_run"}
    assert answer["status"] == ("accepted" if call[0] in begun else "ok")
    assert world.calls == [call]


async def test_an_accepted_run_names_its_id_and_keeps_the_transaction(ask: Ask, desk: Desk) -> None:
    answer = await ask("job/hunt/run", {"transaction": "phone-17"})
    assert answer["transaction"] == "phone-17"
    assert answer["data"] == {"job": "hunt", "run_id": "run-1"}
    assert desk.transaction_of("run-1") == "phone-17"
    assert desk.transaction_of("run-2") is None


async def test_the_answer_to_an_approval_names_the_book(ask: Ask) -> None:
    answer = await ask("approval/approve", {"id": 7})
    assert answer["data"] == {"id": 7, "title": "Dune", "author": "Frank Herbert", "state": "chosen"}


@pytest.mark.parametrize(
    ("path", "payload", "code"),
    [
        ("job/hunt/run", '{"id":', "invalid_json"),
        ("job/hunt/run", '{"arguments":{"limit":1}}', "invalid_payload"),
        ("job/hunt/run", "now", "invalid_payload"),
        ("job/hunt/run", '{"transaction":17}', "invalid_payload"),
        ("job/hunt/run", '{"transaction":"' + "x" * 65 + '"}', "invalid_payload"),
        ("job/hunt/run", '{"idempotency_key":""}', "invalid_payload"),
        ("job/hunt/run", '{"idempotency_key":"' + "x" * 129 + '"}', "invalid_payload"),
        ("daemon/ping", '{"idempotency_key":"k"}', "invalid_payload"),
        ("settings/set", '{"dry_runn":true}', "invalid_payload"),
        ("settings/set", "ON", "invalid_payload"),
        ("action/no/such/run", "", "not_found"),
        ("run/none/show", "", "not_found"),
        ("job/hunt/set", "perhaps", "invalid_payload"),
        ("action/gather/run", '{"arguments":{"wrong":1}}', "invalid_payload"),
        ("action/gather/run", '{"limit":1}', "invalid_payload"),
        ("book/request", "", "invalid_payload"),
        ("book/request", '{"title":""}', "invalid_payload"),
        ("approval/approve", "", "invalid_payload"),
        ("approval/approve", '{"id":101}', "not_found"),
        ("approval/approve", '{"id":0}', "invalid_payload"),
        ("approval/approve", '{"id":7,"candidate":0}', "invalid_payload"),
        ("approval/reject", '{"id":7,"candidate":"all"}', "invalid_payload"),
        ("want/seven/drop", "", "not_found"),
        ("job/busy/run", "", "conflict"),
        ("daemon/restart", "", "unknown_command"),
        ("job/hunt/run/now", "", "unknown_command"),
        ("job/Hunt/run", "", "unknown_command"),
        ("", "", "unknown_command"),
        ("a/b/c/d/e/f/g", "", "unknown_command"),
    ],
)
async def test_what_cannot_be_done_is_answered_with_a_code(path: str, payload: str, code: str, ask: Ask) -> None:
    answer = await ask(path, payload)
    assert (answer["status"], answer["error"]["code"], answer["data"]) == ("error", code, None)
    assert len(answer["error"]["message"]) > 20


async def test_a_bug_is_answered_without_its_text_and_logged(ask: Ask, caplog: pytest.LogCaptureFixture) -> None:
    answer = await ask("job/broken/run")
    assert answer["error"]["code"] == "internal"
    assert "secret" not in answer["error"]["message"]
    assert "RuntimeError" in caplog.text


async def test_a_command_that_does_not_end_is_answered(ask: Ask, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_module, "PATIENCE", 0.02)
    monkeypatch.setattr(world, "check_instance", lambda _name: asyncio.Event().wait())
    assert (await ask("service/mam/check"))["error"]["code"] == "timeout"


async def test_documents_are_published_again_on_request(ask: Ask, published: Counter) -> None:
    assert (await ask("daemon/publish"))["status"] == "ok"
    assert published.calls == 1


async def test_the_list_of_commands_describes_payloads_and_actions(ask: Ask) -> None:
    data = (await ask("daemon/commands"))["data"]
    listed = {entry["command"]: entry for entry in data["commands"]}
    assert listed["book/request"]["word"] == "title"
    assert set(listed["book/request"]["payload"]["properties"]) == {"title", "author", "narrator", "asin", "isbn"}
    assert (listed["job/<job>/run"]["takes_key"], listed["job/<job>/set"]["takes_key"]) == (True, False)
    account = next(entry for entry in data["actions"] if entry["action"] == "mam.account")
    assert account["command"] == "action/mam/account/run"
    gather = next(entry for entry in data["actions"] if entry["action"] == "gather")
    assert gather["arguments"]["properties"]["limit"]["default"] == 5


async def test_the_answer_to_a_check_tells_whether_a_list_grabs_without_consent(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(world, "auto_grab", lambda: {"top10": True})
    bridge = MqttBridge(MqttSettings(), world, world, Actions(), Bus(), redact=str)
    for service, expected in (("top10", True), ("mam", None)):
        bridge.desk.receive(Request(f"service/{service}/check", b""))
        message = await bridge.presence.outgoing.take()
        assert message.topic == f"audiobook-daemon/response/service/{service}/check"
        assert json.loads(message.payload)["data"]["auto_grab"] is expected
        bridge.presence.outgoing.done(message)
