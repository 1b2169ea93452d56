"""What a person does with the pages, and what the pages do by themselves."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Page, expect
from tests.real.chromium.dashboard import KEY, Dashboard

from audiobook_daemon.doors import BookWish
from audiobook_daemon.models import CorrectionState

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def _mark(page: Page) -> None:
    """Leave a mark that no reload survives."""
    await page.evaluate("window.marked = true")


async def _same_page(page: Page) -> bool:
    return bool(await page.evaluate("window.marked === true"))


async def test_a_wrong_key_is_refused_and_the_right_one_leads_on_until_one_logs_out(dashboard: Dashboard) -> None:
    async with dashboard.looking("/history", known=False) as page:
        await page.fill("input[type=password]", "not-the-key-of-anybody")
        await page.click("button")
        await expect(page.get_by_role("alert")).to_contain_text("opens nothing")
        await page.fill("input[type=password]", KEY)
        await page.click("button")
        await page.wait_for_url("**/history")
        await expect(page.get_by_role("heading", level=1)).to_have_text("History")
        (cookie,) = [one for one in await page.context.cookies() if "session" in one["name"]]
        assert cookie["httpOnly"]
        assert cookie["sameSite"] == "Strict"
        await page.get_by_role("button", name="Log out").click()
        await page.wait_for_url("**/login")
        await page.goto(f"{dashboard.address}/history")
        await page.wait_for_url("**/login?to=*")


async def test_what_happens_appears_without_a_reload(dashboard: Dashboard) -> None:
    title = "A Book That Comes While One Looks"
    async with dashboard.looking("/") as page:
        await expect(page.locator("html")).to_have_attribute("data-live", "live")
        await _mark(page)
        before = int(await page.locator("#stages li").first.locator("b").inner_text())
        await dashboard.daemon.doors.request_book(BookWish(title=title, author="Nobody Yet"))
        await expect(page.locator("#happened")).to_contain_text(title)
        await expect(page.locator("#stages li").first.locator("b")).to_have_text(str(before + 1))
        assert await _same_page(page)


async def test_a_job_is_run_and_paused_and_resumed(dashboard: Dashboard) -> None:
    async with dashboard.looking("/jobs") as page:
        await _mark(page)
        line = page.locator("#jobs tr", has=page.get_by_role("link", name="quick"))
        await expect(line).to_contain_text("never ran")
        await line.get_by_role("button", name="Run").click()
        await expect(page.get_by_role("status")).to_contain_text("quick has begun.")
        await expect(line).to_contain_text("success")
        await line.get_by_role("button", name="Pause").click()
        await expect(line).to_contain_text("paused")
        assert next(job for job in dashboard.daemon.scheduler.statuses() if job.name == "quick").paused
        await line.get_by_role("button", name="Resume").click()
        await expect(line.get_by_role("button", name="Pause")).to_be_visible()
        assert await _same_page(page)
        await line.get_by_role("link", name="quick").click()
        await expect(page.locator("#runs")).to_contain_text("recount")


async def test_a_correction_is_taken_back(dashboard: Dashboard) -> None:
    newest = next(one for one in await dashboard.daemon.database.corrections.latest() if one.state == "applied")
    async with dashboard.looking("/history?show=corrections") as page:
        await page.locator(f"form[action$='/corrections/{newest.id}/undo'] button").click()
        await expect(page.get_by_role("status")).to_contain_text("1 correction")
        await expect(page.locator("#corrections li").first).to_contain_text("undone")
    taken_back = await dashboard.daemon.database.corrections.get(newest.id)
    assert taken_back
    assert taken_back.state is CorrectionState.UNDONE


async def test_everything_works_without_scripts(dashboard: Dashboard) -> None:
    async with dashboard.looking("/jobs/slow", scripts=False, phone=True) as page:
        await expect(page.get_by_role("navigation", name="Pages")).to_be_visible()
        await page.get_by_role("button", name="Pause").click()
        await expect(page.get_by_role("status")).to_contain_text("slow is paused")
        await page.get_by_role("button", name="Resume").click()
        await expect(page.get_by_role("status")).to_contain_text("runs at its times again")
        await page.reload()
        await expect(page.get_by_role("status")).to_be_empty()
        await page.get_by_role("link", name="Settings").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Settings")


async def test_the_theme_can_be_chosen_and_stays(dashboard: Dashboard) -> None:
    async with dashboard.looking("/", theme="light") as page:
        light = await page.evaluate("getComputedStyle(document.body).backgroundColor")
        button = page.get_by_role("button", name=re.compile("Theme"))
        await button.click()
        await button.click()
        await expect(button).to_have_text("Theme: dark")
        await page.goto(f"{dashboard.address}/jobs")
        assert await page.evaluate("getComputedStyle(document.body).backgroundColor") != light
        await page.emulate_media(color_scheme="dark")
        await button.click()
        await button.click()
        await expect(button).to_have_text("Theme: light")
        assert await page.evaluate("getComputedStyle(document.body).backgroundColor") == light


async def test_a_keyboard_is_enough(dashboard: Dashboard) -> None:
    async with dashboard.looking("/", phone=True) as page:
        await page.keyboard.press("Tab")
        await expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(page.locator("main")).to_be_focused()
        menu = page.get_by_role("button", name="Menu")
        await menu.focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("navigation", name="Pages")).to_be_visible()
        await page.keyboard.press("Tab")
        await expect(page.get_by_role("link", name="Now")).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("navigation", name="Pages")).to_be_hidden()
        await expect(menu).to_be_focused()


async def test_the_focus_stays_where_it_was_when_a_part_of_the_page_is_written_anew(dashboard: Dashboard) -> None:
    async with dashboard.looking("/jobs") as page:
        await expect(page.locator("html")).to_have_attribute("data-live", "live")
        button = page.locator("form[action$='/jobs/slow/pause'] button")
        await button.focus()
        await button.evaluate("element => { element.old = true; }")
        await dashboard.daemon.doors.set_job_enabled("top10", False)
        try:
            await expect(page.locator("#jobs tr", has=page.get_by_role("link", name="top10"))).to_contain_text("paused")
            assert not await button.evaluate("element => element.old === true")
            await expect(button).to_be_focused()
        finally:
            await dashboard.daemon.doors.set_job_enabled("top10", True)
