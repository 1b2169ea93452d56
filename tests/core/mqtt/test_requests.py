"""Every command, and every way to get one wrong."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.mqtt import desk as desk_module
from audiobook_daemon.mqtt.desk import Desk

if TYPE_CHECKING:
    from tests.core.mqtt.conftest import Ask, Counter, World


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
        ("book/request", "Dune", ("request_book", "Dune", None)),
        ("book/request", "1984", ("request_book", "1984", None)),
        ("book/request", '{"title":"Dune","author":"Frank Herbert"}', ("request_book", "Dune", "Frank Herbert")),
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
    assert answer["status"] == ("accepted" if call[0] in {"run_job", "run_action"} else "ok")
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
    assert listed["book/request"]["payload"]["required"] == ["title"]
    account = next(entry for entry in data["actions"] if entry["action"] == "mam.account")
    assert account["command"] == "action/mam/account/run"
    gather = next(entry for entry in data["actions"] if entry["action"] == "gather")
    assert gather["arguments"]["properties"]["limit"]["default"] == 5
