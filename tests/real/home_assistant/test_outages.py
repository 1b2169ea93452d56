"""Whatever ends and comes back, Home Assistant shows what is true, and no event of the past a second time."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from tests.real.home_assistant.household import Household, change
from tests.real.home_assistant.registry import Entity, our_devices, settled

pytestmark = [pytest.mark.real, pytest.mark.asyncio(loop_scope="session")]

STATE = "sensor.audiobook_daemon_state"
KEPT = {"event", "image", "notify"}
"""They keep what they showed last: otherwise the return would look like news."""
LIST = "service_hardcover"


async def states(household: Household) -> Mapping[str, str]:
    entities = await household.home.entities()
    return {one.id: one.state.state for one in entities if one.state is not None}


def events(household: Household) -> Mapping[str, str | None]:
    home = household.home
    return {entity: home.state(entity) for entity in home.socket.states if entity.startswith("event.audiobook")}


async def something_happens(household: Household) -> Mapping[str, str | None]:
    """Run a job, so that there is an event that could be told twice, and return the events as they are."""
    home, event = household.home, "event.audiobook_daemon_job_event"
    before = home.state(event)
    await household.request("book/request", {"title": "Something Happens", "author": str(len(home.socket.changes))})
    await household.run("hunt")
    await home.sees(
        lambda: home.state(event) != before and home.attribute(event, "event_type") == "job_succeeded", "a run", event
    )
    return events(household)


def gone(entities: list[Entity]) -> bool:
    told = [one for one in entities if one.state is not None and one.domain not in KEPT]
    return bool(told) and all(one.state is not None and one.state.state == "unavailable" for one in told)


async def test_a_killed_daemon_is_unavailable_and_comes_back_without_news(household: Household) -> None:
    home, before = household.home, await something_happens(household)
    shown = await states(household)

    await household.daemon.kill()
    await home.shows(STATE, "unavailable")
    dead = list(await home.entities())
    await household.daemon.start()
    await home.shows(STATE, "idle")
    await settled(home.socket)

    assert gone(dead)
    assert events(household) == before
    back = await states(household)
    assert back.keys() == shown.keys()
    assert not [one for one in back if back[one] == "unavailable" != shown[one]]


async def test_a_broker_that_forgets_everything_is_told_anew(household: Household) -> None:
    home, before = household.home, await something_happens(household)
    shown = await states(household)

    await household.world.stop("mqtt")
    await home.shows(STATE, "unavailable")
    await household.world.start("mqtt")
    await home.shows(STATE, "idle")
    await settled(home.socket)

    assert events(household) == before
    back = await states(household)
    assert back.keys() == shown.keys()
    assert not [one for one in back if back[one] == "unavailable" != shown[one]]


async def test_a_home_assistant_that_starts_anew_finds_all_again(household: Household) -> None:
    home = household.home
    await something_happens(household)
    before = {one.id: one.unique_id for one in await home.entities()}

    await home.restart()
    await home.shows(STATE, "idle")
    again = {one.id: one.unique_id for one in await settled(home.socket)}

    assert again == before
    fresh = [state for state in home.socket.changes if state.entity.startswith("event.") and state.state != "unknown"]
    assert not [state for state in fresh if state.attributes.get("event_type") == "book_imported"]


async def test_another_language_changes_names_and_keeps_ids(household: Household) -> None:
    home = household.home
    before = {one.id: one.name for one in await home.entities()}

    change(household.world.config, "mqtt:\n", "mqtt:\n  language: de\n")
    await household.daemon.stop()
    await household.daemon.start()
    await home.sees(lambda: str(home.attribute(STATE, "friendly_name")).endswith("Zustand"), "the German name", STATE)
    german = {one.id: one.name for one in await settled(home.socket)}
    change(household.world.config, "  language: de\n", "")
    await household.daemon.stop()
    await household.daemon.start()
    await home.sees(lambda: str(home.attribute(STATE, "friendly_name")).endswith("State"), "the English name", STATE)

    assert german.keys() == before.keys()
    assert {one.id: one.name for one in await settled(home.socket)} == before


async def test_an_instance_that_is_removed_takes_its_device_along_and_brings_it_back(household: Household) -> None:
    home, device = household.home, f"audiobook_daemon_{LIST}"
    before = {one.id for one in await home.entities()}
    text = household.world.config.read_text("utf-8")
    start = text.index("  hardcover:")
    part = text[start : text.index("\n\n", start) + 2]

    await household.configure(part, "")
    await home.sees(lambda: home.state(f"binary_sensor.{device}") is None, "no such service", f"binary_sensor.{device}")
    left = {one.id for one in await settled(home.socket)}
    devices = await our_devices(home.socket)
    household.world.config.write_text(text, "utf-8")
    await household.daemon.ask(reload=True)
    await home.shows(f"binary_sensor.{device}", "on")

    assert left == {one for one in before if LIST not in one}
    assert device not in devices
    assert {one.id for one in await settled(home.socket)} == before
