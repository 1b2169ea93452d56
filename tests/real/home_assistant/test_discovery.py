"""What Home Assistant makes of the documents of discovery."""

from __future__ import annotations

import pytest
from tests.real.home_assistant.household import Household

pytestmark = [pytest.mark.real, pytest.mark.asyncio(loop_scope="session")]


async def test_smoke(household: Household) -> None:
    for entity in await household.home.entities():
        print(entity.id, entity.state and entity.state.state)
    print(household.home.complaints())
