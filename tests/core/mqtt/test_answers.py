"""Mistakes are answered with their place and what would be right; what is forbidden names the setting."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from pydantic import TypeAdapter
from tests.core.mqtt.conftest import NOW

from audiobook_daemon.actions import Actions, BadArguments, Mistake
from audiobook_daemon.errors import DatabaseError
from audiobook_daemon.models import Run, RunOutcome
from audiobook_daemon.mqtt.answers import AnswerDocument
from audiobook_daemon.mqtt.commands import Commands
from audiobook_daemon.mqtt.denial import denies
from audiobook_daemon.mqtt.desk import Desk
from audiobook_daemon.mqtt.messages import Message, Request
from audiobook_daemon.mqtt.outgoing import Outgoing
from audiobook_daemon.mqtt.pace import Pace
from audiobook_daemon.mqtt.presence import Presence
from audiobook_daemon.mqtt.topics import RESPONSE

if TYPE_CHECKING:
    from tests.core.mqtt.conftest import Answers, Ask, Counter, Outbox, World

SHAPE = TypeAdapter(AnswerDocument)


@pytest.mark.parametrize(
    ("path", "payload", "place", "hint"),
    [
        ("job/hunt/set", '{"enabeld":true}', "enabled", None),
        ("job/hunt/set", '{"enabled":true,"enabeld":true}', "enabeld", "Did you mean enabled?"),
        ("job/hunt/set", '{"enabled":"perhaps"}', "enabled", None),
        ("job/hunt/run", '{"xyz":1}', "xyz", "It takes no fields."),
        ("job/hunt/run", "now", None, "Send {}."),
        ("approval/approve", '{"id":7,"candidate":0}', "candidate", None),
        ("action/gather/run", '{"arguments":{"wrong":1}}', "arguments.wrong", "It takes limit."),
        ("action/gather/run", '{"arguments":[]}', "arguments", None),
        ("settings/set", '{"dry_runn":true}', "dry_runn", "Did you mean dry_run?"),
        ("settings/set", "dry_run", None, 'Send a JSON object of names and values, as in {"dry_run": true}.'),
        ("settings/set", "{}", None, None),
        ("job/hunt/run", '{"transaction":17}', "transaction", None),
        ("job/hunt/run", '{"idempotency_key":17}', "idempotency_key", None),
        ("job/hunt/rnu", "", None, "Did you mean job/hunt/run?"),
        ("aproval/approve", "", None, "Did you mean approval/approve?"),
        ("what/ever", "", None, "Request daemon/commands."),
    ],
)
async def test_a_mistake_is_told_with_its_place_and_what_would_be_right(
    path: str, payload: str, place: str | None, hint: str | None, ask: Ask
) -> None:
    answer = await ask(path, payload)
    SHAPE.validate_python(answer, strict=True)
    assert (answer["error"]["path"], answer["error"]["hint"]) == (place, hint)


async def test_every_mistake_is_told_and_thousands_are_not(ask: Ask) -> None:
    two = (await ask("approval/approve", {"id": 0, "candidat": 1}))["error"]
    assert [one["path"] for one in two["errors"]] == ["id", "candidat"]
    assert two["errors"][1]["hint"] == "Did you mean candidate?"
    many = (await ask("approval/approve", {f"x{number}": number for number in range(3000)}))["error"]
    assert len(many["errors"]) == 20
    assert len(many["message"]) <= 1000


async def test_a_key_that_was_used_gets_the_first_run_as_answer_and_nothing_is_done(ask: Ask, world: World) -> None:
    first = await ask("job/hunt/run", {"idempotency_key": "k", "transaction": "a"})
    second = await ask("job/hunt/run", {"idempotency_key": "k", "transaction": "b"})
    assert (first["status"], first["duplicate"]) == ("accepted", False)
    assert (second["status"], second["duplicate"], second["transaction"]) == ("ok", True, "b")
    assert second["data"] == {"run_id": "ab12", "outcome": "success", "summary": "Done.", "error": None}
    assert len(world.calls) == 1
    other = await ask("job/tend/run", {"idempotency_key": "k"})
    assert (other["error"]["code"], other["duplicate"]) == ("conflict", False)
    assert len(world.calls) == 1


async def test_how_a_run_ended_is_told_with_its_log(ask: Ask) -> None:
    data = (await ask("run/ab12/show"))["data"]
    assert (data["run_id"], data["name"], data["status"], data["log"]) == ("ab12", "hunt", "success", ["one", "two"])


@pytest.mark.parametrize(
    ("pattern", "path", "denied"),
    [
        ("daemon/reload", "daemon/reload", True),
        ("daemon/reload", "daemon/ping", False),
        ("want/*/drop", "want/7/drop", True),
        ("want/*/drop", "want/<want>/drop", True),
        ("want/*/drop", "want/7/show", False),
        ("want/7/drop", "want/<want>/drop", False),
        ("action/*", "action/gather/run", True),
        ("action/*", "action/mam/account/run", True),
        ("action/*", "action", False),
        ("action/*/run", "action/mam/account/run", False),
        ("*", "daemon/ping", True),
        ("*/hunt/*", "job/hunt/run", True),
        ("job", "job/hunt/run", False),
    ],
)
def test_a_star_is_one_level_or_all_the_rest_at_the_end(pattern: str, path: str, denied: bool) -> None:
    assert denies(pattern, path) is denied


class TestDenied:
    @pytest.fixture
    def desk(self, presence: Presence, world: World, actions: Actions, published: Counter) -> Desk:
        deny = ("want/*/drop", "action/gather/run", "settings/*", "job/hunt/set")
        return Desk(presence, Commands(world, actions, "all", published, deny), redact=str)

    @pytest.mark.parametrize(
        ("path", "pattern"),
        [
            ("want/7/drop", "want/*/drop"),
            ("action/gather/run", "action/gather/run"),
            ("settings/set", "settings/*"),
            ("settings/reset", "settings/*"),
            ("job/hunt/set", "job/hunt/set"),
        ],
    )
    async def test_what_is_denied_names_the_setting_and_is_not_done(
        self, path: str, pattern: str, ask: Ask, world: World
    ) -> None:
        error = (await ask(path, "ON"))["error"]
        assert error["code"] == "forbidden"
        assert error["message"] == f"The setting mqtt.deny ({pattern}) does not allow this command."
        assert error["hint"] == "Change mqtt.deny in the configuration."
        assert world.calls == []

    @pytest.mark.parametrize(
        ("path", "payload"), [("want/7/show", ""), ("action/mam/account/run", ""), ("job/tend/set", "ON")]
    )
    async def test_the_rest_is_done(self, path: str, payload: str, ask: Ask) -> None:
        assert (await ask(path, payload))["error"] is None

    async def test_what_is_denied_is_listed_as_such(self, ask: Ask) -> None:
        data = (await ask("daemon/commands"))["data"]
        denied = {one["command"] for one in data["commands"] if not one["allowed"]}
        assert denied == {"want/<want>/drop", "settings/set", "settings/reset"}
        assert {one["command"]: one["allowed"] for one in data["actions"]} == {
            "action/gather/run": False,
            "action/mam/account/run": True,
        }


def test_what_is_denied_is_not_offered(world: World, actions: Actions, published: Counter) -> None:
    commands = Commands(world, actions, "all", published, ("want/*", "action/gather/run"))
    offered = commands.allowed()
    assert "action/<action>/run" in offered
    assert not [pattern for pattern in offered if pattern.startswith("want/")]


def test_a_pattern_that_denies_nothing_is_told_of(world: World, actions: Actions, published: Counter) -> None:
    deny = ("action/gahter/run", "wants/*", "action/mam/*", "job/nightly/run", "want/7/drop", "*")
    assert Commands(world, actions, "all", published, deny).denials_of_nothing() == (
        "mqtt.deny: action/gahter/run is no command and denies nothing.",
        "mqtt.deny: wants/* is no command and denies nothing.",
    )


async def test_answers_fit_into_their_bound_whatever_is_asked_and_found(
    desk: Desk, presence: Presence, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = "\U0001f4da" * 5000
    run = Run("ab12", long, "mqtt", NOW, RunOutcome.FAILED, NOW, summary=long, error=long, log="\n".join([long] * 50))

    async def show_run(_run: str) -> Run:
        return run

    async def refused(values: Mapping[str, object]) -> NoReturn:
        raise BadArguments(long, [Mistake(long, long, long) for _ in values])

    monkeypatch.setattr(world, "show_run", show_run)
    monkeypatch.setattr(world, "set_settings", refused)
    many = json.dumps(dict.fromkeys(map(str, range(100)), 1)).encode()
    sizes = []
    for path, payload in [("run/ab12/show", b""), ("settings/set", many)]:
        desk.receive(Request(path, payload))
        sizes.append(len((await presence.outgoing.take()).payload))
        presence.outgoing.done(next(iter(presence.outgoing._once)))
    assert all(15_000 < size <= RESPONSE.limit for size in sizes)


async def test_a_crowd_of_settings_is_refused_without_a_look_at_each(ask: Ask, world: World) -> None:
    answer = await ask("settings/set", dict.fromkeys(map(str, range(101)), 1))
    assert answer["error"]["code"] == "invalid_payload"
    assert answer["error"]["message"].startswith("settings/set: more than 100 settings")
    assert world.calls == []


async def test_a_database_that_is_away_is_no_conflict(ask: Ask, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(_want: int) -> NoReturn:
        raise DatabaseError("The database is locked.")

    monkeypatch.setattr(world, "show_want", away)
    error = (await ask("want/7/show"))["error"]
    assert (error["code"], error["message"]) == ("unavailable", "The database is locked.")


class Watch:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_a_flood_of_one_command_leaves_room_for_others() -> None:
    watch = Watch()
    pace = Pace(20, 30, watch)
    assert [pace.lets_in("ping") for _ in range(100)].count(True) == 20
    assert [pace.lets_in("approve") for _ in range(100)].count(True) == 10
    assert not pace.lets_in("run")
    watch.seconds = 0.99
    assert not pace.lets_in("ping")
    watch.seconds = 1.0
    assert pace.lets_in("ping")


@pytest.mark.parametrize("retained", [False, True])
async def test_a_flood_pushes_no_event_out(
    retained: bool, desk: Desk, presence: Presence, answers: Answers, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    outgoing = presence.outgoing
    assert isinstance(outgoing, Outgoing)
    monkeypatch.setattr(outgoing, "limit", 100)
    outgoing.put(_event())
    for _ in range(5000):
        desk.receive(Request("daemon/ping", b"{}", retained=retained))
    taken: list[Any] = await answers()
    assert outgoing.dropped == 0
    assert taken[0][0] == "event/book/added"
    assert sum(topic == "response/daemon/ping" for topic, _ in taken) <= 100


def _event() -> Message:
    return Message("audiobook-daemon/event/book/added", b"{}")
