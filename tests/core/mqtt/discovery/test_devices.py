from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import Any

from tests.core.mqtt.discovery.conftest import Known, bare, full

from audiobook_daemon.models import Health, InstanceStatus, JobStatus
from audiobook_daemon.mqtt import MqttSettings
from audiobook_daemon.mqtt.discovery.devices import base_in, device_documents, device_ids
from audiobook_daemon.mqtt.happenings import KINDS
from audiobook_daemon.mqtt.payloads import encoded


def documents(world: Known, *, without: str = "", **settings: Any) -> dict[str, dict[str, Any]]:  # noqa: ANN401
    made = device_documents(MqttSettings(**settings), world, lambda path: path != without)
    return {device.id: json.loads(encoded(device.content, str)) for device in made}


def identities(made: dict[str, dict[str, Any]]) -> set[tuple[str, str, str | None, str | None]]:
    return {
        (id_, key, component.get("unique_id"), component.get("default_entity_id"))
        for id_, document in made.items()
        for key, component in document["components"].items()
    }


def test_there_is_a_device_for_the_daemon_and_one_for_each_thing_of_it() -> None:
    made = documents(full())
    assert set(made) == device_ids(MqttSettings(), full()) == {
        "audiobook_daemon",
        "audiobook_daemon_job_hunt", "audiobook_daemon_job_library-scan", "audiobook_daemon_job_top_10",
        "audiobook_daemon_service_mam", "audiobook_daemon_service_qbittorrent",
        "audiobook_daemon_service_prowlarr-books", "audiobook_daemon_service_top10",
    }  # fmt: skip
    daemon = made.pop("audiobook_daemon")
    assert daemon["device"]["name"] == "Audiobooks"
    assert "via_device" not in daemon["device"]
    assert {document["device"]["via_device"] for document in made.values()} == {"audiobook_daemon"}
    assert made["audiobook_daemon_job_library-scan"]["device"]["name"] == "Audiobooks Library scan"


def test_entities_are_called_what_automations_call_them() -> None:
    ids = {entity_id for _, _, _, entity_id in identities(documents(full()))}
    assert ids >= {
        "sensor.audiobook_daemon_state", "binary_sensor.audiobook_daemon_problem", "switch.audiobook_daemon_schedules",
        "sensor.audiobook_daemon_next_job", "sensor.audiobook_daemon_downloads_active",
        "sensor.audiobook_daemon_download_rate", "text.audiobook_daemon_request_book",
        "notify.audiobook_daemon_request_book", "button.audiobook_daemon_approval_approve",
        "event.audiobook_daemon_book_event", "image.audiobook_daemon_last_added_cover",
        "update.audiobook_daemon_update", "binary_sensor.audiobook_daemon_service_prowlarr_books",
        "switch.audiobook_daemon_service_top10_auto_grab", "sensor.audiobook_daemon_tracker_mam_ratio",
        "sensor.audiobook_daemon_tracker_mam_free_slots", "button.audiobook_daemon_job_hunt_run",
        "switch.audiobook_daemon_job_library_scan_schedule", "sensor.audiobook_daemon_job_hunt_last_result",
    }  # fmt: skip


def test_identity_does_not_change_with_language_order_or_what_is_known() -> None:
    world = full()
    before = identities(documents(world))
    assert identities(documents(world, language="fr")) == before
    world.job_list.reverse()
    world.instance_list.reverse()
    world.instance_list = [replace(one, health=Health.STARTING, version=None) for one in world.instance_list]
    world.waiting, world.download_list = [], []
    assert identities(documents(world)) == before


def test_every_unique_id_contains_the_node_id_and_is_there_once() -> None:
    world = full()
    world.instance_list += [InstanceStatus(name, "mam", ("Tracker",), Health.READY) for name in ("x", "x_problem")]
    ours = [unique for _, _, unique, _ in identities(documents(world, base="attic/books")) if unique]
    assert all(unique.startswith("attic_books_") for unique in ours)
    entities = [entity for _, _, _, entity in identities(documents(world)) if entity]
    assert [entity for entity, times in Counter(entities).items() if times > 1] == [
        "binary_sensor.audiobook_daemon_service_x_problem"  # a wish for an id only; Home Assistant appends a number
    ]


def test_unique_ids_of_different_things_never_meet() -> None:
    world = full()
    world.instance_list = [InstanceStatus(name, "mam", ("Tracker",), Health.READY) for name in ("a", "a_problem")]
    seen = [
        (component["platform"], component["unique_id"])
        for document in documents(world).values()
        for component in document["components"].values()
        if "unique_id" in component
    ]
    assert len(seen) == len(set(seen))


def test_only_lists_can_be_allowed_to_grab_and_only_trackers_have_accounts() -> None:
    made = documents(bare())
    having = {id_ for id_, document in made.items() if "switch_auto_grab" in document["components"]}
    assert having == {"audiobook_daemon_service_top10"}
    assert {id_ for id_, document in made.items() if "sensor_ratio" in document["components"]} == {
        "audiobook_daemon_service_mam"
    }


def test_a_job_that_is_called_like_an_instance_is_told_from_it() -> None:
    world = full()
    world.job_list.append(JobStatus("top10", "0 3 * * sun", ("gather",)))
    made = documents(world, language="de")
    assert made["audiobook_daemon_job_top10"]["device"]["name"] == "Hörbücher Top10 (Auftrag)"
    assert made["audiobook_daemon_service_top10"]["device"]["name"] == "Hörbücher Top10"
    names = [document["device"]["name"] for document in made.values()]
    assert len(names) == len(set(names))


def test_settings_that_cannot_be_changed_are_not_offered() -> None:
    world = full()
    world.settings_now = {"packs": "never"}
    offered = documents(world)["audiobook_daemon"]["components"]
    assert "select_packs" in offered
    assert "number_min_seeders" not in offered


def test_what_would_be_refused_is_not_offered() -> None:
    made = documents(full(), without="job/hunt/run")
    assert "button_run" not in made["audiobook_daemon_job_hunt"]["components"]
    assert "switch_schedule" in made["audiobook_daemon_job_hunt"]["components"]
    assert "button_run" in made["audiobook_daemon_job_top_10"]["components"]


def test_downloads_are_unavailable_when_the_only_client_is_down() -> None:
    world = full()
    active = documents(world)["audiobook_daemon"]["components"]["sensor_downloads_active"]
    assert [one["topic"] for one in active["availability"]] == [
        "audiobook-daemon/availability",
        "audiobook-daemon/service/qbittorrent",
    ]
    assert active["availability_mode"] == "all"
    world.instance_list.append(InstanceStatus("second", "qbittorrent", ("DownloadClient",), Health.READY))
    assert "availability" not in documents(world)["audiobook_daemon"]["components"]["sensor_downloads_active"]


def test_names_that_do_not_fit_into_a_topic_have_no_device() -> None:
    world = bare()
    world.instance_list.append(InstanceStatus("Größe", "mam", (), Health.READY))
    assert set(documents(world)) == device_ids(MqttSettings(), world)
    assert len(documents(world)) == 5


def test_every_event_of_a_category_is_known_to_its_entity_and_every_trigger_happens() -> None:
    components = documents(full())["audiobook_daemon"]["components"]
    known = {kind.event_type for kind in KINDS}
    for component in components.values():
        if component["platform"] == "event":
            category = component["state_topic"].split("/")[-2]
            assert set(component["event_types"]) == {kind.event_type for kind in KINDS if kind.category == category}
        if component["platform"] == "device_automation":
            assert f"{component['subtype']}_{component['type']}" in known


def test_a_document_is_of_the_daemon_that_made_it_and_of_no_other() -> None:
    for document in documents(full()).values():
        assert base_in(document, "audiobook_daemon") == "audiobook-daemon"
        assert base_in(document, "audiobook_daemon_job") is None
    for document in documents(full(), base="audiobook-daemon-2").values():
        assert base_in(document, "audiobook_daemon_2") == "audiobook-daemon-2"
        assert base_in(document, "audiobook_daemon") is None
    for document in documents(full(), base="home/audio-books").values():
        assert base_in(document, "home_audio_books") == "home/audio-books", "as home/audio_books is called too"
    stranger = {"origin": {"name": "Zigbee2MQTT"}, "device": {"identifiers": ["audiobook_daemon"]}}
    others: tuple[object, ...] = (stranger, {}, [], None, "x", {"origin": "audiobook-daemon", "device": []})
    for other in others:
        assert base_in(other, "audiobook_daemon") is None
    for availability in (None, [], ["audiobook-daemon/availability"], [{"topic": 1}], [{"topic": "lamp/state"}]):
        assert base_in(dict(document) | {"availability": availability}, "home_audio_books") is None
