"""A person who has something that is to be taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.core.pipeline.adopting.person import Person

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import SmallWorld


@pytest.fixture
def person(world: SmallWorld) -> Person:
    return Person(world)
