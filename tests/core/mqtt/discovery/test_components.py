from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from audiobook_daemon.mqtt.discovery.components import Component, Reading, Trigger, told_by
from audiobook_daemon.mqtt.discovery.controls import Button, Notify, Number, Select, Switch, TextField
from audiobook_daemon.mqtt.discovery.place import Place
from audiobook_daemon.mqtt.discovery.rules import Unfit, check_document
from audiobook_daemon.mqtt.discovery.sensors import BinarySensor, Cover, Happenings, Sensor, Update
from audiobook_daemon.mqtt.topics import AVAILABILITY, LIBRARY, SERVICE, SETTINGS

BOOKS = Reading(LIBRARY, "{{ value_json.books }}")
PLAIN = Reading(LIBRARY)
PLACE = Place("home/books", "home_books_service_x-y", {"service": "x-y"})


def sensor(**more: Any) -> Sensor:  # noqa: ANN401
    return Sensor("books", BOOKS, **({"icon": "mdi:book"} | more))


def number(**more: Any) -> Number:  # noqa: ANN401
    return Number("x", BOOKS, "{{ value }}", command="settings/set", **({"least": 0, "most": 5} | more))


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (lambda: sensor(device_class="data_rate", unit="GB"), "unit 'GB' does not fit"),
        (lambda: sensor(device_class="data_size"), "unit None does not fit"),
        (lambda: sensor(device_class="timestamp", unit="s"), "unit 's' does not fit"),
        (lambda: sensor(device_class="uptime"), "'uptime' is no device class"),
        (lambda: sensor(device_class="data_rate", unit="MB/s", state_class="total"), "state class 'total'"),
        (lambda: sensor(device_class="timestamp", state_class="measurement"), "state class 'measurement'"),
        (lambda: sensor(state_class="measurement_angle"), "state class 'measurement_angle'"),
        (lambda: sensor(device_class="enum", options=("a", "b"), unit="books"), "unit 'books' does not fit"),
        (lambda: sensor(device_class="enum", options=("a",), state_class="total"), "state class 'total'"),
        (lambda: sensor(options=("a", "b")), "options and enum belong together"),
        (lambda: sensor(device_class="enum"), "options and enum belong together"),
        (lambda: sensor(icon=None), "needs an icon or a device class"),
        (lambda: sensor(icon="hass:book"), "should be mdi:"),
        (lambda: sensor(icon="book"), "should be mdi:"),
        (lambda: sensor(category="config"), "what cannot be set is no configuration"),
        (lambda: sensor(category="primary"), "no category 'primary'"),
        (lambda: BinarySensor("x", BOOKS, category="config"), "what cannot be set is no configuration"),
        (lambda: BinarySensor("x", BOOKS, device_class="data_size"), "no device class"),
        (lambda: BinarySensor("x", PLAIN), "needs a template"),
        (lambda: Switch("x", PLAIN, "enabled", command="settings/set"), "needs a template"),
        (lambda: Switch("x", BOOKS, "enabled"), "needs a command"),
        (lambda: Switch("x", BOOKS, "enabled", command="a", device_class="connectivity"), "no device class"),
        (lambda: Button("x"), "needs a command"),
        (lambda: Button("x", command="a", device_class="press"), "no device class"),
        (lambda: Notify("x", "{{ value }}"), "needs a command"),
        (lambda: TextField("x", BOOKS, "{{ value }}", command="a", longest=256), "255 characters"),
        (lambda: number(most=0), "least must be less"),
        (lambda: number(step=0.0001), "step is too small"),
        (lambda: number(device_class="data_size", unit="books"), "unit 'books' does not fit"),
        (lambda: number(device_class="enum"), "no device class"),
        (lambda: Select("x", BOOKS, "{{ value }}", ("a",), command="a"), "needs different options"),
        (lambda: Select("x", BOOKS, "{{ value }}", ("a", "a"), command="a"), "needs different options"),
        (lambda: Happenings("x", "book", ()), "needs types of events"),
        (lambda: Happenings("x", "book", ("found",), needs=(BOOKS,)), "available at all times"),
        (lambda: Cover("x"), "needs an icon"),
        (lambda: Update("x", command="daemon/update"), "cannot install"),
        (lambda: sensor(needs=(Reading(AVAILABILITY),)), "only once whether it is available"),
        (lambda: sensor(needs=(BOOKS, PLAIN)), "only once whether it is available"),
        (lambda: Sensor("Books owned", BOOKS, icon="mdi:book"), "should be words"),
        (lambda: Trigger("book", "gaps found"), "should be words"),
        (lambda: Reading(LIBRARY, "{{ value_json.items }}"), "is a method"),
        (lambda: Reading(LIBRARY, "{{ value_json.last_added.get('title') }}"), "is a method"),
        (lambda: Reading(LIBRARY, "{{ value_json['a'].values }}"), "is a method"),
        (lambda: Button("x", command="a", payload="{{ value_json.keys }}"), "is a method"),
    ],
)
def test_what_home_assistant_would_refuse_cannot_be_made(make: Callable[[], object], complaint: str) -> None:
    with pytest.raises(Unfit, match=complaint):
        make()


def test_a_component_says_all_that_is_known_of_it_and_nothing_else() -> None:
    made = sensor(needs=(Reading(SERVICE, "{{ value_json.state }}"),), unit="books", state_class="measurement")
    assert made.config(PLACE, "Books") == {
        "platform": "sensor",
        "unique_id": "home_books_service_x-y_books",
        "object_id": "home_books_service_x_y_books",
        "default_entity_id": "sensor.home_books_service_x_y_books",
        "name": "Books",
        "icon": "mdi:book",
        "qos": 1,
        "availability": [
            told_by("home/books/availability"),
            told_by("home/books/service/x-y") | {"value_template": "{{ value_json.state }}"},
        ],
        "availability_mode": "all",
        "state_topic": "home/books/library",
        "value_template": "{{ value_json.books }}",
        "unit_of_measurement": "books",
        "state_class": "measurement",
    }


def test_a_condition_without_a_place_is_left_out() -> None:
    made = sensor(needs=(Reading(SERVICE, "{{ value_json.state }}"),)).config(Place("b", "b"), "Books")
    assert "availability" not in made


@pytest.mark.parametrize("lasting", [Happenings("x", "book", ("found",)), Cover("x", icon="mdi:image")])
def test_events_and_pictures_are_always_available_or_old_ones_would_come_back(lasting: Component) -> None:
    assert lasting.config(PLACE, "X")["availability"] == []


def test_a_switch_sends_an_object_to_the_topic_of_its_thing() -> None:
    made = Switch("auto", Reading(SETTINGS, "{{ 'ON' }}"), "auto_grab", command="service/<service>/set")
    config = made.config(PLACE, "Auto")
    assert config["command_topic"] == "home/books/request/service/x-y/set"
    assert (config["payload_on"], config["payload_off"]) == ('{"auto_grab":true}', '{"auto_grab":false}')


def document(**more: Any) -> dict[str, Any]:  # noqa: ANN401
    device = {"identifiers": ["a"], "name": "Audiobooks"}
    return {"device": device, "origin": {"name": "audiobook-daemon"}, "components": {}} | more


def component(**more: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"platform": "sensor", "unique_id": "a_b", "default_entity_id": "sensor.a_b", "name": "Books"} | more


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        (document(child_devices={}), "unknown at the root: .*child_devices"),
        (document(**{"~": "audiobook-daemon"}), "unknown at the root"),
        (document(message_expiry_interval=30), "unknown at the root"),
        (document(availability_topic="a", availability=[]), "unknown at the root"),
        ({"device": {"identifiers": ["a"]}, "components": {}}, "needs device, origin and components"),
        (document(origin={}), "the origin needs a name"),
        (document(device={"name": "Audiobooks"}), "needs an identifier"),
        (document(device={"identifiers": ["a"], "configuration_url": "192.0.2.1:8080"}), "unknown of a device"),
        (document(components={"x": {"name": "X"}}), "x needs a platform"),
        (document(components={"x": component(unique_id=None)}), "x needs a unique id"),
        (document(components={"x": component(default_entity_id="a_b")}), "lacks a domain"),
        (document(components={"x": component(default_entity_id="switch.a_b")}), "lacks a domain"),
        (document(components={"x": component(name="")}), "x needs a name"),
        (document(components={"x": component(name="Audiobooks state")}), "repeats the name of the device"),
        (document(components={"x": component(availability_topic="a")}), "beside the list"),
        (document(components={"x": component(), "y": component(name="Y")}), "unique id that is taken"),
        (document(components={"x": component(), "y": component(unique_id="c")}), "a name that is taken"),
    ],
)
def test_a_document_that_would_be_refused_is_not_published(wrong: dict[str, Any], complaint: str) -> None:
    with pytest.raises(Unfit, match=complaint):
        check_document(wrong)


def test_a_component_may_be_taken_away_by_its_platform_alone() -> None:
    check_document(document(components={"gone": {"platform": "sensor"}, "x": component()}))
