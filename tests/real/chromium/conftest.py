"""One household and one browser for all tests of this room; each of them leaves both as they were."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from tests.real.chromium.dashboard import Dashboard, browsing, keeping_house

from audiobook_daemon.demo.processes import find_program

KEPT = "KEEP_SCREENSHOTS"
"""A folder for the pictures of all pages; without it none are taken, for drawing them takes longer than the tests."""


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The system's browser; where there is none its tests are skipped, but never where everything is to be tried."""
    found = find_program("chromium") or find_program("chromium-browser")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is not installed; with CI=true its tests must run.")
        pytest.skip("Chromium is not installed.")
    return Path(found)


@pytest.fixture(scope="session")
def pictures() -> Path | None:
    if (kept := os.environ.get(KEPT)) is None:
        return None
    folder = Path(kept)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def dashboard(
    tmp_path_factory: pytest.TempPathFactory, chromium: Path, pictures: Path | None
) -> AsyncIterator[Dashboard]:
    """A daemon with a library of some books, whose metadata it has corrected, and somebody who looks at it."""
    folder = tmp_path_factory.mktemp("household")
    async with keeping_house(folder) as (daemon, address), browsing(chromium) as browser:
        yield await Dashboard.entered(daemon, address, browser, pictures)
