"""What Home Assistant makes of the daemon's discovery: devices, entities, their states, units and classes."""

from __future__ import annotations

import re

import pytest
from tests.real.home_assistant.household import Household
from tests.real.home_assistant.registry import Entity, our_devices

pytestmark = [pytest.mark.real, pytest.mark.asyncio(loop_scope="session")]

DAEMON = "audiobook_daemon"
JOBS = ("hunt", "library", "tend", "top10")
INSTANCES = (
    *("audiobookshelf", "audnexus", "google_books", "hardcover", "mam", "open_library", "prowlarr", "qbittorrent"),
    "top10",
)
STATELESS = {"button", "event", "notify"}
"""They show when they were last used; nobody may have done so yet."""
UNKNOWN_AT_TIMES = (
    *("approval_current", "download_progress", "download_time_left", "series_completeness", "last_added"),
    *(r"last_added_cover", r"job_\w+_last_result", r"job_\w+_last_run", r"tracker_\w+_\w+", "completeness"),
    *(r"job_\w+_duration", r"service_\w+_latency"),
)
"""Nothing waits or is downloaded; no series is known; a job has not run yet; a site was not asked, or does not tell."""
CLASSES = {
    "sensor.audiobook_daemon_state": (None, "enum", None),
    "sensor.audiobook_daemon_next_job": (None, "timestamp", None),
    "sensor.audiobook_daemon_books": ("books", None, "measurement"),
    "sensor.audiobook_daemon_books_added": ("books", None, "total_increasing"),
    "sensor.audiobook_daemon_library_size": ("GB", "data_size", "measurement"),
    "sensor.audiobook_daemon_free_space": ("GB", "data_size", "measurement"),
    "sensor.audiobook_daemon_library_duration": ("h", "duration", "measurement"),
    "sensor.audiobook_daemon_download_rate": ("MB/s", "data_rate", "measurement"),
    "sensor.audiobook_daemon_download_progress": ("%", None, "measurement"),
    "sensor.audiobook_daemon_job_hunt_next_run": (None, "timestamp", None),
    "sensor.audiobook_daemon_tracker_mam_ratio": (None, None, "measurement"),
    "binary_sensor.audiobook_daemon_problem": (None, "problem", None),
    "binary_sensor.audiobook_daemon_service_mam": (None, "connectivity", None),
    "binary_sensor.audiobook_daemon_job_hunt_running": (None, "running", None),
}


async def test_there_is_a_device_for_the_daemon_and_one_for_each_job_and_instance(household: Household) -> None:
    devices = await our_devices(household.home.socket)
    below = {f"{DAEMON}_job_{job}" for job in JOBS} | {f"{DAEMON}_service_{name}" for name in INSTANCES}

    assert devices.keys() == {DAEMON} | below
    assert {devices[name].via for name in below} == {devices[DAEMON].id}
    assert {device.manufacturer for device in devices.values()} == {"audiobook-daemon"}
    assert devices[DAEMON].version


async def test_every_entity_shows_something_sensible(household: Household) -> None:
    shown = [entity for entity in await household.home.entities() if not entity.disabled]

    assert {entity.domain for entity in shown} >= {
        *("binary_sensor", "button", "event", "image", "notify", "number", "select", "sensor", "switch", "text"),
        "update",
    }
    senseless = {entity.id: entity.state for entity in shown if not sensible(entity)}
    assert not senseless


def sensible(entity: Entity) -> bool:
    if entity.state is None:
        return False
    if entity.state.state == "unknown":
        name = entity.unique_id.removeprefix(f"{DAEMON}_")
        return entity.domain in STATELESS or any(re.fullmatch(known, name) for known in UNKNOWN_AT_TIMES)
    if entity.domain == "text":
        return entity.state.state == ""
    return entity.state.state not in {"unavailable", ""}


@pytest.mark.parametrize("entity", CLASSES)
async def test_figures_have_the_unit_and_the_classes_that_graphs_need(household: Household, entity: str) -> None:
    names = ("unit_of_measurement", "device_class", "state_class")

    assert tuple(household.home.attribute(entity, name) for name in names) == CLASSES[entity]


async def test_every_entity_can_be_told_from_the_others_of_its_device(household: Household) -> None:
    entities = await household.home.entities()
    names = [(entity.device.id, entity.domain, entity.name) for entity in entities]

    assert len(set(names)) == len(names)
    assert not [entity.id for entity in entities if re.search(r"_\d+$", entity.id) and "top10" not in entity.id]
    named_twice = [one.id for one in entities if one.name and one.name.lower().startswith(one.device.name.lower())]
    assert not named_twice


async def test_numbers_are_the_daemons_own(household: Household) -> None:
    home = household.home
    await household.run("library")

    await home.shows("sensor.audiobook_daemon_state", "idle")
    assert home.state("binary_sensor.audiobook_daemon_problem") == "off"
    for entity, question in (
        ("approvals", "SELECT count(*) FROM wants WHERE state = 'review'"),
        ("books", "SELECT count(*) FROM books"),
        ("books_added", "SELECT count(*) FROM wants WHERE state = 'shelved'"),
    ):
        ((count,),) = household.rows(question)
        await home.shows(f"sensor.audiobook_daemon_{entity}", str(count))
