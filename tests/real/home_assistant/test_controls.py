"""What a person presses, switches and writes in Home Assistant reaches the daemon, and its answer is shown."""

from __future__ import annotations

import pytest
from tests.real.home_assistant.household import Household

pytestmark = [pytest.mark.real, pytest.mark.asyncio(loop_scope="session")]

APPROVE, REJECT = "button.audiobook_daemon_approval_approve", "button.audiobook_daemon_approval_reject"
CURRENT = "sensor.audiobook_daemon_approval_current"


def runs_by_mqtt(household: Household, job: str) -> int:
    ((count,),) = household.rows("SELECT count(*) FROM runs WHERE name = ? AND trigger = 'mqtt'", job)
    return int(count)


async def test_a_job_is_run_by_its_button(household: Household) -> None:
    home, before = household.home, runs_by_mqtt(household, "library")
    shown = home.state("sensor.audiobook_daemon_job_library_last_run")

    async with household.answering("job/library/run", "accepted"):
        await home.call("button.press", "button.audiobook_daemon_job_library_run")

    await home.sees(
        lambda: home.state("sensor.audiobook_daemon_job_library_last_run") != shown,
        "a newer run",
        "sensor.audiobook_daemon_job_library_last_run",
    )
    await home.shows("sensor.audiobook_daemon_job_library_last_result", "success")
    assert runs_by_mqtt(household, "library") == before + 1


async def test_a_service_is_examined_by_its_button(household: Household) -> None:
    async with household.answering("service/mam/check", "ok"):
        await household.home.call("button.press", "button.audiobook_daemon_service_mam_check")

    assert household.home.state("binary_sensor.audiobook_daemon_service_mam") == "on"


@pytest.mark.parametrize(("button", "path", "states"), [
    (APPROVE, "approval/approve", {"chosen", "downloading", "downloaded", "verified", "shelved"}),
    (REJECT, "approval/reject", {"wanted", "given_up", "review"}),
])  # fmt: skip
async def test_the_book_that_is_shown_is_decided_on(
    household: Household, button: str, path: str, states: set[str]
) -> None:
    home = household.home
    await home.sees(lambda: waits(household, home.attribute(CURRENT, "id")), "a book that waits", CURRENT)
    want, release = home.attribute(CURRENT, "id"), home.attribute(CURRENT, "release")

    async with household.answering(path, "ok"):
        await home.call("button.press", button)

    assert household.want(want) in states
    await home.sees(lambda: home.attribute(CURRENT, "release") != release, "the next book", CURRENT)


def waits(household: Household, want: int | None) -> bool:
    return want is not None and household.want(want) == "review"


async def test_a_book_is_wanted_by_writing_its_title(household: Household) -> None:
    field = "text.audiobook_daemon_request_book"

    async with household.answering("book/request", "ok"):
        await household.home.call("text.set_value", field, value="A Book that Nobody Has by Nobody")

    assert household.rows("SELECT 1 FROM wants WHERE title LIKE 'A Book that Nobody Has%'")
    assert household.home.state(field) == "", "the field is empty again"


async def test_a_book_is_wanted_by_a_message(household: Household) -> None:
    async with household.answering("book/request", "ok"):
        await household.home.call(
            "notify.send_message", "notify.audiobook_daemon_request_book", message='One More, "quoted"'
        )

    assert household.rows("SELECT 1 FROM wants WHERE title = ?", 'One More, "quoted"')


@pytest.mark.parametrize(("switch", "path"), [
    ("switch.audiobook_daemon_job_hunt_schedule", "job/hunt/set"),
    ("switch.audiobook_daemon_schedules", "schedules/set"),
    ("switch.audiobook_daemon_service_top10_auto_grab", "service/top10/set"),
    ("switch.audiobook_daemon_dry_run", "settings/set"),
])  # fmt: skip
async def test_a_switch_is_turned_over_and_back(household: Household, switch: str, path: str) -> None:
    home = household.home
    first = await home.shows(switch, "on", "off")
    second = "off" if first == "on" else "on"

    for state, service in ((second, f"turn_{second}"), (first, f"turn_{first}")):
        async with household.answering(path, "ok"):
            await home.call(f"switch.{service}", switch)
        await home.shows(switch, state)


async def test_a_paused_schedule_is_shown_as_such(household: Household) -> None:
    home, switch = household.home, "switch.audiobook_daemon_schedules"

    await home.call("switch.turn_off", switch)
    await home.shows("sensor.audiobook_daemon_state", "paused")
    await home.call("switch.turn_on", switch)
    await home.shows("sensor.audiobook_daemon_state", "idle")


async def test_a_choice_is_taken_over(household: Household) -> None:
    home, entity = household.home, "select.audiobook_daemon_log_level"
    first = await home.shows(entity, "debug", "info", "warning", "error")

    for level in ("debug", first):
        async with household.answering("settings/set", "ok"):
            await home.call("select.select_option", entity, option=level)
        await home.shows(entity, level)


@pytest.mark.parametrize(("entity", "value"), [
    ("number.audiobook_daemon_min_seeders", 3), ("number.audiobook_daemon_keep_free", 12.5),
])  # fmt: skip
async def test_a_number_is_taken_over(household: Household, entity: str, value: float) -> None:
    home = household.home
    await home.sees(lambda: home.state(entity) not in {None, "unknown"}, "a number", entity)
    first = float(home.state(entity) or 0)

    for number in (value, first):
        async with household.answering("settings/set", "ok"):
            await home.call("number.set_value", entity, value=number)
        await home.sees(lambda number=number: float(home.state(entity) or -1) == number, f"{number}", entity)  # type: ignore[misc]


async def test_what_the_daemon_refuses_is_not_shown_as_done(household: Household) -> None:
    """A job that is no longer there: the switch of Home Assistant goes by what the daemon says, and stays."""
    switch = "switch.audiobook_daemon_job_hunt_schedule"
    async with household.answering("job/nothing/set", "error"):
        await household.home.call(
            "mqtt.publish", topic="audiobook-daemon/request/job/nothing/set", payload='{"enabled": false}', qos=1
        )

    assert household.home.state(switch) == "on"
