"""One household for all tests of this room; each of them leaves it as it was."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from tests.real.home_assistant.household import Household, keeping_house
from tests.real.home_assistant.installation import VENV

collect_ignore_glob = [] if os.environ.get(VENV) else ["test_*.py"]
"""Without a Home Assistant there is nothing to test here; `make test-ha` installs one."""


@pytest.fixture(scope="session")
def venv() -> Path:
    return Path(os.environ[VENV])


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def household(tmp_path_factory: pytest.TempPathFactory, venv: Path) -> AsyncIterator[Household]:
    async with keeping_house(tmp_path_factory.mktemp("household"), venv) as household:
        yield household
        # Whatever the tests have done, Home Assistant has had nothing to complain of.
        assert not household.home.complaints()
