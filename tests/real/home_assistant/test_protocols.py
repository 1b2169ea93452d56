"""Home Assistant speaks MQTT 5 or 3.1.1, by its settings; everything is there with both."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.real.home_assistant.home import at_home
from tests.real.home_assistant.household import Household
from tests.real.home_assistant.registry import settled

pytestmark = [pytest.mark.real, pytest.mark.asyncio(loop_scope="session")]


async def test_a_second_home_with_the_old_protocol_sees_and_does_the_same(
    household: Household, venv: Path, tmp_path: Path
) -> None:
    async with at_home(tmp_path / "home", venv, household.world.broker.port, "3.1.1") as other:
        entities = await settled(other.socket)
        async with household.answering("job/library/run", "accepted"):
            await other.call("button.press", "button.audiobook_daemon_job_library_run")

        assert {one.id for one in entities} == {one.id for one in await household.home.entities()}
        await other.shows("sensor.audiobook_daemon_state", "idle")
        assert not other.complaints()
