"""The log is read where complaints would be, or their absence would prove nothing."""

from __future__ import annotations

import aiomqtt
import pytest
from tests.real.home_assistant.household import Household
from tests.real.home_assistant.log import complaints

pytestmark = [pytest.mark.real, pytest.mark.asyncio(loop_scope="session")]


async def test_a_bad_document_is_found_in_the_log(household: Household) -> None:
    bad = ("homeassistant/device/somebody_else/config", '{"device": {}}')
    home = household.home
    home.provoked.append("somebody_else")

    async with aiomqtt.Client("127.0.0.1", household.world.broker.port) as client:
        await client.publish(*bad, qos=1)

    def complained() -> bool:
        return any("somebody_else" in text for text in complaints(home.program.configuration))

    await home.sees(complained, "a complaint about a device without a name")
    assert not any("somebody_else" in text for text in home.complaints())
