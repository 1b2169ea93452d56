"""Every page: in light and dark, wide and narrow, for everybody, and without a complaint of the browser."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect
from tests.real.chromium.dashboard import Dashboard, narrow_and_dark, overflow, stumbling_blocks, wide_and_light

pytestmark = pytest.mark.asyncio(loop_scope="session")
PAGES = {
    "now": "/",
    "jobs": "/jobs",
    "job": "/jobs/quick",
    "action": "/actions/undo",
    "tracker": "/tracker",
    "history": "/history",
    "corrections": "/history?show=corrections",
    "runs": "/history?show=runs",
    "report": "/report",
    "settings": "/settings?check=yes",
    "start": "/start",
    "nowhere": "/jobs/no-such-job",
}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def page(dashboard: Dashboard) -> AsyncIterator[Page]:
    """The one in which all pages are shown in turn."""
    async with dashboard.looking("/start", may_complain=True) as opened:  # each visit minds its own complaints
        yield opened


@pytest.mark.parametrize("name", PAGES)
async def test_nobody_stumbles_over_a_page(dashboard: Dashboard, page: Page, name: str) -> None:
    await wide_and_light(page)
    may_complain = name == "nowhere"  # of its status
    async with dashboard.visiting(page, PAGES[name], may_complain=may_complain):
        assert await stumbling_blocks(page) == []
        assert await overflow(page) <= 0
        await dashboard.photograph(page, name)
        await narrow_and_dark(page)
        assert await stumbling_blocks(page) == []
        assert await overflow(page) <= 0
        await dashboard.photograph(page, f"{name}-phone-dark")


async def test_nobody_stumbles_over_the_login_and_a_block_would_be_seen(dashboard: Dashboard) -> None:
    async with dashboard.looking("/", known=False) as page:
        await page.wait_for_selector("input[type=password]")
        assert await stumbling_blocks(page) == []
        assert await overflow(page) <= 0
        await dashboard.photograph(page, "login")
        await page.evaluate("document.querySelector('label').remove()")
        (found,) = await stumbling_blocks(page)
        assert found.startswith("label")


async def test_the_charts_of_an_account_show_the_time_that_was_chosen(dashboard: Dashboard) -> None:
    async with dashboard.looking("/tracker?span=week") as page:
        charts = page.get_by_role("figure")
        await expect(charts).to_have_count(3)
        ratio = charts.first.get_by_role("img")
        week = await ratio.get_attribute("aria-label")
        await page.get_by_role("link", name="A month").click()
        await expect(charts.first.get_by_role("img")).not_to_have_attribute("aria-label", week or "")
        await expect(charts.first).to_contain_text("Ratio")
