from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from tests.core.mqtt.conftest import NOW
from tests.core.mqtt.discovery.conftest import RUN, Known, full

from audiobook_daemon.events import Bus, JobsChanged, RunFinished
from audiobook_daemon.mqtt import MqttSettings
from audiobook_daemon.mqtt.discovery import Announcer, announcer
from audiobook_daemon.mqtt.messages import Incoming
from audiobook_daemon.mqtt.presence import Presence
from audiobook_daemon.mqtt.publish import Publisher
from audiobook_daemon.mqtt.trouble import twin

PREFIX = "homeassistant/device/"
DAEMON, HUNT, TOP10 = (
    f"{PREFIX}{id_}/config"
    for id_ in ("audiobook_daemon", "audiobook_daemon_job_hunt", "audiobook_daemon_service_top10")
)


class House:
    """A daemon that publishes, and the Home Assistant that hears it."""

    def __init__(self, world: Known, **settings: Any) -> None:  # noqa: ANN401
        self.world, self.bus = world, Bus()
        self.presence = Presence(MqttSettings(**settings))
        self.publisher = Publisher(self.presence, world, self.bus, redact=str)
        self.repeated = 0
        self.announcer = Announcer(self.presence, world, lambda _pattern: True, self._repeat)

    async def _repeat(self) -> None:
        self.repeated += 1

    async def look_around(self, **kept: object) -> None:
        """Connect to a broker that keeps something."""
        await self.publisher.refresh()
        for id_, document in kept.items():
            payload = document if isinstance(document, bytes) else json.dumps(document).encode()
            self.presence._hear(Incoming(f"{PREFIX}{id_}/config", payload, retained=True))
        for done in self.presence.looked_around:
            done()

    def announced(self) -> dict[str, Any]:
        """Return what was published below the prefix since the last time; None for what was emptied."""
        taken: dict[str, Any] = {}
        while message := self.presence.outgoing.first():
            self.presence.outgoing.done(message)
            if message.topic.startswith(PREFIX):
                assert message.retained
                assert message.qos == 1
                taken[message.topic] = json.loads(message.payload) if message.payload else None
        return taken


@pytest.fixture
async def house(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    monkeypatch.setattr(announcer, "CHANGE_DELAY", 0.0)
    monkeypatch.setattr(announcer, "LONGEST_WAIT", 0.0)
    house = House(full())
    with house.announcer.listening(house.bus):
        yield house


async def settled(house: House) -> None:
    await house.announcer._change.now()


async def test_nothing_is_announced_before_the_broker_was_looked_over_and_then_everything(house: House) -> None:
    await house.publisher.refresh()
    house.bus.publish(JobsChanged(NOW))
    assert house.announced() == {}
    await house.look_around()
    assert len(house.announced()) == 8


async def test_what_has_not_changed_is_not_announced_again(house: House) -> None:
    await house.look_around()
    house.announced()
    house.bus.publish(JobsChanged(NOW))
    await settled(house)
    for done in house.presence.looked_around:
        done()
    house.bus.publish(RunFinished(NOW, RUN))
    assert house.announced() == {}


async def test_a_job_that_is_gone_takes_its_device_along_at_once_and_nothing_else(house: House) -> None:
    await house.look_around()
    house.announced()
    del house.world.job_list[0]
    house.bus.publish(JobsChanged(NOW))
    assert house.announced() == {HUNT: None}
    await settled(house)
    assert house.announced() == {}


async def test_a_job_that_comes_is_announced_when_its_state_is_known(house: House) -> None:
    gone = house.world.job_list.pop(0)
    await house.look_around()
    house.announced()
    house.world.job_list.insert(0, gone)
    house.bus.publish(JobsChanged(NOW))
    await settled(house)
    assert house.announced() == {}
    await house.publisher.refresh()
    await settled(house)
    assert set(house.announced()) == {HUNT}


async def test_an_instance_that_is_no_list_any_more_loses_its_switch_and_gets_it_back(house: House) -> None:
    await house.look_around()
    house.announced()
    lists, house.world.lists = house.world.lists, {}
    await settled(house)
    components = house.announced()[TOP10]["components"]
    assert components["switch_auto_grab"] == {"platform": "switch"}
    assert next(iter(components)) == "switch_auto_grab"
    house.bus.publish(JobsChanged(NOW))
    await settled(house)
    assert house.announced() == {}, "the tomb stays as it is"
    house.world.lists = lists
    await settled(house)
    assert house.announced()[TOP10]["components"]["switch_auto_grab"]["name"] == "Grab without asking"


def earlier(id_: str, base: str = "audiobook-daemon", **components: Any) -> dict[str, object]:  # noqa: ANN401
    via = {} if id_ in {"audiobook_daemon", "audiobook_daemon_2"} else {"via_device": "audiobook_daemon"}
    return {
        "origin": {"name": "audiobook-daemon"},
        "device": {"identifiers": [id_], **via},
        "availability": [{"topic": f"{base}/availability"}],
        "components": components,
    }


async def test_what_another_daemon_with_the_same_base_has_announced_is_left_alone(house: House) -> None:
    house.presence.twin = twin(house.presence.settings)
    old = {"platform": "sensor", "unique_id": "audiobook_daemon_old", "name": "Old"}
    theirs = {"audiobook_daemon": earlier("audiobook_daemon", sensor_old=old)}
    theirs |= {"audiobook_daemon_job_theirs": earlier("audiobook_daemon_job_theirs")}
    await house.look_around(**theirs)
    announced = house.announced()
    assert announced.keys() >= {DAEMON, HUNT, TOP10}
    assert None not in announced.values()
    assert "sensor_old" not in announced[DAEMON]["components"]
    house.world.job_list = []
    await settled(house)
    assert None not in house.announced().values(), "the other one may have that job"


async def test_what_is_found_is_left_alone_until_it_is_known_whether_there_is_another_daemon(house: House) -> None:
    await house.look_around()
    house.announced()
    house.presence._hear(found(f"{PREFIX}audiobook_daemon_job_theirs/config", earlier("audiobook_daemon_job_theirs")))
    house.bus.publish(JobsChanged(NOW))
    await settled(house)
    assert house.announced() == {}


async def test_two_daemons_with_one_base_come_to_rest() -> None:
    first, second = House(full()), House(full())
    second.world.job_list = [replace(second.world.job_list[0], name="theirs"), *second.world.job_list[1:]]
    kept: dict[str, Any] = {}
    changes = []
    for house in (first, second) * 4:
        house.presence.twin = None if not kept else twin(house.presence.settings)
        await house.look_around(**{topic.split("/")[2]: document for topic, document in kept.items()})
        changed = house.announced()
        changes.append(len(changed))
        kept |= changed
    assert all(kept.values())
    assert {HUNT, f"{PREFIX}audiobook_daemon_job_theirs/config"} <= kept.keys()
    assert changes[2:] == [0] * 6, "each has said its own once"


async def test_a_daemon_whose_base_differs_only_in_punctuation_is_told_of_once_and_left_alone(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    theirs = earlier("audiobook_daemon_job_theirs", base="audiobook/daemon")
    await house.look_around(audiobook_daemon_job_theirs=theirs)
    await house.look_around(audiobook_daemon_job_theirs=theirs, audiobook_daemon_job_more=theirs)
    assert None not in house.announced().values()
    assert caplog.text.count("cannot tell this daemon (mqtt.base 'audiobook-daemon') from another one") == 1
    assert "'audiobook/daemon'" in caplog.text


def found(topic: str, document: object) -> Incoming:
    return Incoming(topic, json.dumps(document).encode(), retained=True)


async def test_components_of_an_earlier_version_are_taken_away_as_long_as_the_daemon_runs(house: House) -> None:
    old = {"platform": "sensor", "unique_id": "audiobook_daemon_old", "name": "Old"}
    junk: dict[str, Any] = {"Bad key!": old, "sensor_odd": {"platform": ["x"], "a": 1}, "sensor_odder": 1}
    junk |= {"vacuum_x": {"platform": "vacuum", "unique_id": "x"}}
    await house.look_around(audiobook_daemon=earlier("audiobook_daemon", sensor_old=old, **junk))
    components = house.announced()[DAEMON]["components"]
    assert components["sensor_old"] == {"platform": "sensor"}
    assert not {"Bad key!", "sensor_odd", "sensor_odder", "vacuum_x"} & components.keys()
    house.world.settings_now = {}
    await settled(house)
    assert house.announced()[DAEMON]["components"]["sensor_old"] == {"platform": "sensor"}


async def test_documents_of_ours_that_nobody_makes_any_more_are_emptied_and_those_of_others_never(house: House) -> None:
    second = earlier("audiobook_daemon_2", base="audiobook-daemon-2")
    child_of_second = earlier("audiobook_daemon_2_job_x") | {
        "device": {"identifiers": ["audiobook_daemon_2_job_x"], "via_device": "audiobook_daemon_2"}
    }
    vendor = {"origin": {"name": "Zigbee2MQTT"}, "device": {"identifiers": ["audiobook_daemon"]}, "components": {}}
    await house.look_around(
        audiobook_daemon_job_old=earlier("audiobook_daemon_job_old"),
        audiobook_daemon_service_old=earlier("audiobook_daemon_service_old"),
        audiobook_daemon_2=second,
        audiobook_daemon_2_job_x=child_of_second,
        lamp=vendor,
        junk=b"{not json",
        deep=b"[" * 100_000,
    )
    emptied = {topic for topic, document in house.announced().items() if document is None}
    assert emptied == {
        f"{PREFIX}audiobook_daemon_job_old/config",
        f"{PREFIX}audiobook_daemon_service_old/config",
    }


async def test_the_devices_of_another_daemon_below_the_same_base_stay_until_it_is_gone(house: House) -> None:
    house.presence.twin = twin(house.presence.settings)
    await house.look_around(audiobook_daemon_job_old=earlier("audiobook_daemon_job_old"))
    assert None not in house.announced().values()
    house.presence.twin = None
    await house.look_around(audiobook_daemon_job_old=earlier("audiobook_daemon_job_old"))
    assert house.announced()[f"{PREFIX}audiobook_daemon_job_old/config"] is None


async def test_switched_off_it_takes_back_what_was_announced_and_says_no_more() -> None:
    house = House(full(), discovery=False)
    with house.announcer.listening(house.bus):
        await house.look_around(
            audiobook_daemon=earlier("audiobook_daemon"),
            audiobook_daemon_2=earlier("audiobook_daemon_2", base="audiobook-daemon-2"),
        )
        assert house.announced() == {DAEMON: None}
        house.presence._hear(Incoming("homeassistant/status", b"online"))
        house.bus.publish(JobsChanged(NOW))
        await settled(house)
        await house.announcer._greeting.now()
        assert house.announced() == {}


async def test_home_assistants_start_is_answered_once_by_everything(house: House) -> None:
    await house.look_around()
    asked: list[bool] = []
    house.announcer._greeting.soon = lambda: asked.append(True)  # type: ignore[method-assign]
    for payload, retained in [(b"offline", False), (b"online", True), (b"", False)]:
        house.presence._hear(Incoming("homeassistant/status", payload, retained))
    assert asked == []
    house.presence._hear(Incoming("homeassistant/status", b"online"))
    assert asked == [True]


async def test_another_prefix_is_used_everywhere() -> None:
    house = House(full(), discovery_prefix="ha/x")
    await house.publisher.refresh()
    for done in house.presence.looked_around:
        done()
    topics = set()
    while message := house.presence.outgoing.first():
        house.presence.outgoing.done(message)
        topics.add(message.topic)
    assert "ha/x/device/audiobook_daemon/config" in topics
    assert not any(topic.startswith("homeassistant") for topic in topics)
    assert {one.filter for one in house.presence.subscriptions} >= {"ha/x/status", "ha/x/device/+/config"}


async def test_an_orphan_that_a_later_connection_finds_is_emptied_too(house: House) -> None:
    await house.look_around()
    house.announced()
    await house.look_around(
        audiobook_daemon=earlier("audiobook_daemon"), audiobook_daemon_job_old=earlier("audiobook_daemon_job_old")
    )
    assert house.announced() == {f"{PREFIX}audiobook_daemon_job_old/config": None}
