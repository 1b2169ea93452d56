"""The dashboard that is shipped, and the pages Home Assistant makes by itself, as a person sees them."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import yaml
from tests.real.home_assistant.browser import Page, browsing
from tests.real.home_assistant.configuration import SHIPPED
from tests.real.home_assistant.household import Household
from tests.real.home_assistant.onboarding import Refused

from audiobook_daemon.demo.processes import find_program

pytestmark = [pytest.mark.real, pytest.mark.asyncio(loop_scope="session")]

PLACE = "audiobooks-here"
WIDE, PHONE = (1500, 1000), (390, 1900)
BROKEN = ("Configuration error", "Entity not found", "Entity not available", "Unknown type", "Error in template")
PICTURES = os.environ.get("HOME_ASSISTANT_PICTURES")
"""A folder in which the pictures are kept."""


def dashboard() -> dict[str, Any]:
    return dict(yaml.safe_load((SHIPPED / "dashboard.yaml").read_text("utf-8")))


def within(part: object) -> Iterator[tuple[str, object]]:
    """Every key with its value, however deep."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield str(key), value
            yield from within(value)
    elif isinstance(part, list):
        for one in part:
            yield from within(one)


def named() -> set[str]:
    """Every entity that the dashboard names."""
    entities: set[str] = set()
    for key, value in within(dashboard()):
        if key in {"entity", "entity_id"}:
            entities |= set(value) if isinstance(value, list) else {str(value)}
    return entities


@pytest_asyncio.fixture(loop_scope="session")
async def page(household: Household, tmp_path: Path) -> AsyncIterator[Page]:
    if find_program("chromium") is None and find_program("chromium-browser") is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("Chromium is not installed")
    async with browsing(tmp_path / "browser", household.home.http) as page:
        yield page


@pytest_asyncio.fixture(loop_scope="session")
async def saved(household: Household) -> str:
    """Take the dashboard over as its raw editor does; the path it is shown at."""
    ask = household.home.socket.ask
    with suppress(Refused):  # another test has made it already
        await ask("lovelace/dashboards/create", url_path=PLACE, title="Audiobooks", mode="storage")
    await ask("lovelace/config/save", url_path=PLACE, config=dashboard())
    return f"/{PLACE}/audiobooks"


async def test_every_entity_it_names_is_there(household: Household) -> None:
    there = {one.id for one in await household.home.entities() if not one.disabled}

    assert named()
    assert not named() - there


async def test_its_texts_tell_what_is(household: Household) -> None:
    texts = [str(value) for key, value in within(dashboard()) if key == "content"]
    shown = [await household.home.http.rendered(text) for text in texts]
    together = "\n".join(shown)

    for job in ("hunt", "library", "tend", "top10"):
        assert f"**{job}**" in together
    for service in ("mam", "qbittorrent", "google&nbsp;books"):
        assert service in together
    assert "free slots" in together
    book = household.home.attribute("sensor.audiobook_daemon_approval_current", "title")
    assert f"**{book}**" in together
    assert "unavailable" not in together


@pytest.mark.parametrize(("name", "size"), [("wide", WIDE), ("phone", PHONE)])
async def test_it_is_shown_without_a_broken_card(
    page: Page, saved: str, tmp_path: Path, name: str, size: tuple[int, int]
) -> None:
    words = ("Your decision", "Take it", "hunt", "qbittorrent", "free slots", "Library", "Downloads")
    text = await page.show(saved, *words, width=size[0], height=size[1])
    await page.photograph(kept(tmp_path, f"dashboard-{name}"))

    assert not [words for words in BROKEN if words in text]


@pytest.mark.parametrize(("name", "device", "words"), [
    ("device", "audiobook_daemon", ("Schedules", "Books")),
    ("job", "audiobook_daemon_job_hunt", ("Next run", "Last result")),
    ("tracker", "audiobook_daemon_service_mam", ("Ratio", "Free slots")),
])  # fmt: skip
async def test_the_page_of_a_device_is_shown(
    household: Household, page: Page, tmp_path: Path, name: str, device: str, words: tuple[str, ...]
) -> None:
    id_ = await household.home.device(device)

    text = await page.show(
        f"/config/devices/device/{id_}", *words, width=1280, height=1900 if name == "device" else 900
    )
    await page.photograph(kept(tmp_path, name))

    assert "unavailable" not in text.lower()


def kept(folder: Path, name: str) -> Path:
    place = Path(PICTURES) if PICTURES else folder
    return place / f"home-assistant-{name}.png"
