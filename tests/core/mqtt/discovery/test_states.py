"""What Home Assistant makes of the documents that are really published, for daemons that know nothing or everything."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import jinja2
import pytest
from tests.core.mqtt.conftest import Counter
from tests.core.mqtt.discovery.conftest import Known, full

from audiobook_daemon.actions import Actions
from audiobook_daemon.events import Bus
from audiobook_daemon.mqtt import MqttSettings
from audiobook_daemon.mqtt.commands import Commands
from audiobook_daemon.mqtt.discovery.devices import device_documents
from audiobook_daemon.mqtt.payloads import decoded
from audiobook_daemon.mqtt.presence import Presence
from audiobook_daemon.mqtt.publish import Publisher
from audiobook_daemon.mqtt.topics import AVAILABILITY, ONLINE

BASE = MqttSettings().base
UNASKED = ("event", "image", "device_automation")
"""Platforms that read no document."""
Component = dict[str, Any]
_jinja = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False)


def rendered(template: str | None, payload: bytes | str, **more: object) -> str:
    text = payload.decode() if isinstance(payload, bytes) else payload
    if template is None:
        return text
    document = json.loads(text) if text[:1] == "{" else None
    return _jinja.from_string(template).render(value=text, value_json=document, **more)


async def published(world: Known) -> dict[str, bytes]:
    """Return the payload of every topic that is kept."""
    presence = Presence(MqttSettings())
    publisher = Publisher(presence, world, Bus(), redact=str)
    await publisher.refresh()
    kept = {AVAILABILITY.below(BASE): ONLINE}
    while message := presence.outgoing.first(kept_only=True):
        presence.outgoing.done(message)
        kept[message.topic] = message.payload
    return kept


def components(world: Known) -> Iterator[tuple[str, Component]]:
    for device in device_documents(MqttSettings(), world, lambda _pattern: True):
        found = device.content["components"]
        assert isinstance(found, dict)
        for key, component in found.items():
            yield f"{device.id} {key}", component


def is_available(component: Component, kept: dict[str, bytes]) -> bool:
    answers = set()
    for one in component.get("availability", ()):
        answers.add(rendered(one.get("value_template"), kept[one["topic"]]) if one["topic"] in kept else "offline")
    assert answers <= {"online", "offline"}
    return "offline" not in answers


def check_state(component: Component, state: str) -> None:
    assert len(state) <= 255
    if state == "None":
        return
    match component["platform"]:
        case "sensor" if component.get("device_class") == "timestamp":
            assert datetime.fromisoformat(state).tzinfo is not None
        case "sensor" if component.get("device_class") == "enum":
            assert state in component["options"]
        case "sensor" if "unit_of_measurement" in component or "state_class" in component:
            float(state)
        case "sensor":
            assert state
        case "binary_sensor" | "switch":
            assert state in {"ON", "OFF"}
        case "number":
            assert component["min"] <= float(state) <= component["max"]
        case "select":
            assert state in component["options"]
        case "text":
            assert state == ""
        case "update":
            assert set(json.loads(state)) <= {
                "installed_version", "latest_version", "title", "release_summary", "release_url"
            }  # fmt: skip
        case other:
            pytest.fail(f"{other} has a state")


async def test_every_entity_has_a_sane_state_whatever_is_known(each_world: Known) -> None:
    kept = await published(each_world)
    for name, component in components(each_world):
        if component["platform"] in UNASKED or not is_available(component, kept) or "state_topic" not in component:
            continue
        assert component["state_topic"] in kept, name
        check_state(component, rendered(component.get("value_template"), kept[component["state_topic"]]))


async def test_attributes_are_objects_whatever_is_known(each_world: Known) -> None:
    kept = await published(each_world)
    for name, component in components(each_world):
        if topic := component.get("json_attributes_topic"):
            if topic not in kept:
                assert not is_available(component, kept), name
                continue
            text = rendered(component["json_attributes_template"], kept[topic])
            assert isinstance(json.loads(text), dict), name
            assert len(text) < 16_384


async def test_everything_is_shown_of_a_daemon_that_knows_everything() -> None:
    world = full()
    kept = await published(world)
    unknown = {
        name
        for name, component in components(world)
        if "state_topic" in component and component["platform"] not in UNASKED and is_available(component, kept)
        if rendered(component.get("value_template"), kept[component["state_topic"]]) == "None"
    }
    nothing_to_say = {
        f"audiobook_daemon_job_{job} sensor_{what}"
        for job, what in [("top_10", "duration"), ("top_10", "next_run"), ("library-scan", "next_run")]
    }
    slow = {"audiobook_daemon_service_qbittorrent sensor_latency"}
    assert unknown == nothing_to_say | slow
    hidden = {name for name, component in components(world) if not is_available(component, kept)}
    assert hidden == {f"audiobook_daemon_service_{name} sensor_latency" for name in ("prowlarr-books", "top10")}


async def test_figures_come_in_the_units_they_are_shown_in() -> None:
    world = full()
    kept = await published(world)
    shown = {
        key: rendered(component["value_template"], kept[component["state_topic"]])
        for key, component in components(world)
        if "value_template" in component
    }
    daemon = {key.removeprefix("audiobook_daemon "): state for key, state in shown.items()}
    expected = {
        "sensor_library_size": "812.35",
        "sensor_free_space": "2100.0",
        "sensor_download_rate": "3.25",
        "sensor_download_time_left": "7",
        "sensor_books_wanted": "5",
        "number_keep_free": "12.5",
        "sensor_last_added": "Dune",
        "switch_schedules": "ON",
        "binary_sensor_problem": "ON",
    }
    assert {key: daemon[key] for key in expected} == expected
    assert shown["audiobook_daemon_service_mam sensor_ratio"] == "1.234"
    assert shown["audiobook_daemon_service_mam binary_sensor_danger"] == "ON"
    assert shown["audiobook_daemon_service_top10 switch_auto_grab"] == "OFF"


async def test_a_number_beyond_what_is_offered_is_unknown_there() -> None:
    world = full()
    world.settings_now = {**world.settings_now, "most_wanted": 1000, "min_seeders": 1001}
    kept = await published(world)
    shown = {
        key.removeprefix("audiobook_daemon number_"): rendered(one["value_template"], kept[one["state_topic"]])
        for key, one in components(world)
        if one["platform"] == "number"
    }
    assert shown == {"min_seeders": "None", "most_wanted": "1000", "keep_free": "12.5"}


async def test_the_reason_of_a_problem_stands_beside_it() -> None:
    world = full()
    kept = await published(world)
    reasons = {
        key: json.loads(rendered(component["json_attributes_template"], kept[component["json_attributes_topic"]]))
        for key, component in components(world)
        if component.get("device_class") == "problem"
    }
    assert reasons["audiobook_daemon_job_library-scan binary_sensor_problem"] == {"reason": "No answer in 30 s."}
    assert reasons["audiobook_daemon_job_hunt binary_sensor_problem"] == {"reason": None}
    assert reasons["audiobook_daemon_service_top10 binary_sensor_problem"] == {"reason": "The login is wrong."}
    assert reasons["audiobook_daemon_service_mam binary_sensor_danger"]["dangers"] == ["One torrent was not seeded."]
    assert reasons["audiobook_daemon binary_sensor_problem"]["reason"] == "503"


@pytest.mark.parametrize("typed", ["Dune", '{"title": 1}', 'Say "Hello" by [X]', "PRESS", "é\\n'"])
async def test_what_is_typed_is_requested_word_for_word(typed: str) -> None:
    fields = [one for key, one in components(full()) if key.endswith(("text_request_book", "notify_request_book"))]
    assert len(fields) == 2
    for field in fields:
        assert field["command_topic"] == f"{BASE}/request/book/request"
        assert decoded(rendered(field["command_template"], typed).encode()) == typed


async def test_a_press_decides_on_the_book_that_was_shown() -> None:
    world = full()
    kept = await published(world)
    for key, button in components(world):
        if "button_approval" in key:
            shown = json.loads(rendered(button["json_attributes_template"], kept[button["json_attributes_topic"]]))
            sent = rendered(button["command_template"], "PRESS", this={"attributes": shown})
            assert json.loads(sent) == {"id": 7}


async def test_nothing_can_be_decided_when_nothing_waits() -> None:
    world = full()
    world.waiting, world.counts = [], {}
    kept = await published(world)
    hidden = {key for key, component in components(world) if not is_available(component, kept)}
    assert {key for key in hidden if "approval" in key} == {
        "audiobook_daemon button_approval_approve",
        "audiobook_daemon button_approval_reject",
    }


async def test_what_is_sent_is_what_the_commands_take() -> None:
    world = full()
    commands = Commands(world, Actions(), "all", Counter())
    samples: dict[str, object] = {"number": 2.5, "select": "never", "text": "Dune", "notify": "Dune"}
    shown = {"attributes": {"id": 7}}
    sending = 0
    for key, component in components(world):
        if "command_topic" not in component:
            continue
        sending += 1
        found = commands.find(component["command_topic"].removeprefix(f"{BASE}/request/"))
        assert found is not None, key
        value, template = samples.get(component["platform"], "PRESS"), component.get("command_template", "{{ value }}")
        pressed = _jinja.from_string(template).render(value=value, this=shown)
        switched = [component[name] for name in ("payload_on", "payload_off") if name in component]
        for payload in switched or [pressed]:
            assert found[0].read(decoded(payload.encode())), key
    assert sending == 26
