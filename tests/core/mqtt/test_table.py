"""What is held to the table is found if it does not stand there, and what is set by the names that are shown."""

from __future__ import annotations

import pytest
from tests.reference.examples import example_documents
from tests.reference.holding import Published, Table

from audiobook_daemon.config.adjusting import SETTINGS
from audiobook_daemon.mqtt import documents, topics
from audiobook_daemon.mqtt.payloads import encoded

STATE = encoded(example_documents()[topics.STATE], str)
EVENT = b'{"event_type":"system_started","at":null,"id":"1","version":"1"}'


def message(path: str, payload: bytes = STATE, *, retained: bool = True, qos: int = 1) -> Published:
    return Published(f"books/{path}", payload, retained, qos)


@pytest.mark.parametrize(
    "good",
    [
        message("state"),
        message("state", b""),
        message("availability", b"online"),
        message("library/last_added/cover", b"\xff\xd8\xff\n" + bytes(1000)),
        message("event/system/started", EVENT, retained=False),
        message("request/job/hunt/run", b"whatever somebody sends", retained=False, qos=0),
    ],
    ids=lambda one: one.topic,
)
def test_what_stands_in_the_table_is_no_fault(good: Published) -> None:
    table = Table("books")
    table.hold(good)
    assert (table.faults, len(table.seen)) == ([], 1)


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (message("weather"), "no line"),
        (message("job/hunt/more"), "no line"),
        (message("state", retained=False), "retain False"),
        (message("state", qos=0), "QoS 0"),
        (message("state", STATE.replace(b'"paused"', b'"stands"')), "paused"),
        (message("state", STATE.replace(b"{", b'{"more":1,', 1)), "extra_forbidden"),
        (message("state", STATE.replace(b'"paused":false', b'"paused":"no"')), "bool_type"),
        (message("state", b"idle"), "json_invalid"),
        (message("state", b" " * 20_000), "20000 bytes"),
        (message("availability", b"on"), "something else"),
        (message("library/last_added/cover", b"<html>"), "something else"),
        (message("event/system/paused", EVENT, retained=False), "no known kind"),
        (message("event/system/started", EVENT), "retain True"),
    ],
    ids=lambda one: one if isinstance(one, str) else one.topic,
)
def test_what_does_not_stand_there_is_one(bad: Published, said: str) -> None:
    table = Table("books")
    table.hold(bad)
    assert said in str(table.faults)


def test_what_can_be_set_is_shown_by_the_same_names() -> None:
    shown = set(documents.SettingsDocument.__annotations__) - {"paused", "adjusted"}
    assert shown == {setting.name for setting in SETTINGS}
