"""The pages of a daemon as a person with a browser sees them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

from playwright.async_api import (
    Browser,
    ConsoleMessage,
    Error,
    FloatRect,
    Page,
    StorageState,
    async_playwright,
    expect,
)

from audiobook_daemon.daemon import Daemon
from audiobook_daemon.daemon.serving_web import web_server
from audiobook_daemon.demo.world import DemoWorld
from audiobook_daemon.models import RunOutcome, Standing

KEY = "a-key-for-the-tests-only"
_BOOKS = 8
_PATIENCE = 90_000.0
"""Milliseconds for which the browser waits for what must come; a machine with much else to do needs some of them."""
expect.set_options(timeout=_PATIENCE)
_TALLEST = 2400
_AXE = Path(__file__).parent / "vendor" / "axe.min.js"
_MORE_OF_THE_SAME = ".configured ~ .configured ~ .configured ~ .configured"
"""What a long page has more of is not looked at again and again."""
_FINDINGS = """async (left_out) => (await axe.run({exclude: [[left_out]]}, {resultTypes: ['violations']})).violations
    .filter((one) => ['serious', 'critical'].includes(one.impact))
    .map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).slice(0, 4).join(', ')}`)"""
_JOBS = """jobs:
  quick:
    description: Count what is missing
    at: "0 5 1 1 *"
    do: [recount]
  slow:
    at: "0 6 1 1 *"
    do: [sync, find_duplicates, audit]
"""


@asynccontextmanager
async def keeping_house(folder: Path) -> AsyncIterator[tuple[Daemon, str]]:
    """Run a daemon in a demo world, let it read its library and correct what is described there, and serve it."""
    async with DemoWorld(folder / "world", books=_BOOKS, real=(), scheduled=False) as world:
        text = world.config.read_text()
        begin = text.index("jobs:\n")
        world.config.write_text(
            f'{text[:begin]}{_JOBS}{text[begin + 6 :]}web: {{listen: "127.0.0.1:8723", keys: [{KEY}]}}\n'
        )
        async with Daemon.assembled(world.config, {"TZ": "UTC"}) as daemon:
            await daemon.plan()
            for action in ("sync", "trackers", "metadata_full", "sync", "series_completion"):
                run, _ = await daemon.doors.do(action, {}, "start")
                assert run.outcome in {RunOutcome.SUCCESS, RunOutcome.WARNING}, run
            await _remember_a_month(daemon)
            assert daemon.configuration.web
            async with web_server(daemon, daemon.configuration.web, port=0).serving() as address:
                yield daemon, address


async def _remember_a_month(daemon: Daemon) -> None:
    """Let the account at the tracker have been asked twice a day for a month."""
    now = daemon.world.now()
    for half_day in range(1, 60):
        at = now - timedelta(hours=12 * half_day)
        points, unsatisfied = 40_000 - 300 * half_day, (7 * half_day) % 60
        standing = Standing(at, ratio=4.2 - half_day / 40, points=points, unsatisfied=unsatisfied, slots=200)
        await daemon.database.accounts.note("mam", standing)


@asynccontextmanager
async def browsing(program: Path) -> AsyncIterator[Browser]:
    """Run the browser without a window."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu"], timeout=_PATIENCE
        )
        try:
            yield browser
        finally:
            await browser.close()


@dataclass(frozen=True, slots=True)
class Dashboard:
    """A served daemon, and the browser of somebody who has logged in."""

    daemon: Daemon
    address: str
    browser: Browser
    pictures: Path | None
    login: StorageState

    @classmethod
    async def entered(cls, daemon: Daemon, address: str, browser: Browser, pictures: Path | None) -> Dashboard:
        """Log in as a person does."""
        context = await browser.new_context()
        context.set_default_timeout(_PATIENCE)
        page = await context.new_page()
        await page.goto(f"{address}/jobs")
        await page.fill("input[type=password]", KEY)
        await page.click("button")
        await page.wait_for_url(f"{address}/jobs")
        login = await context.storage_state()
        await context.close()
        return cls(daemon, address, browser, pictures, login)

    @asynccontextmanager
    async def looking(
        self,
        path: str,
        *,
        theme: Literal["light", "dark"] = "light",
        phone: bool = False,
        scripts: bool = True,
        known: bool = True,
        may_complain: bool = False,
    ) -> AsyncIterator[Page]:
        """Open a page; in the end the browser must not have complained of anything, such as a script it refused."""
        context = await self.browser.new_context(
            color_scheme=theme,
            viewport={"width": 390, "height": 800} if phone else {"width": 1280, "height": 900},
            java_script_enabled=scripts,
            storage_state=self.login if known else None,
        )
        context.set_default_timeout(_PATIENCE)
        page = await context.new_page()
        try:
            async with self.visiting(page, path, may_complain=may_complain):
                yield page
        finally:
            await context.close()

    @asynccontextmanager
    async def visiting(self, page: Page, path: str, *, may_complain: bool = False) -> AsyncIterator[None]:
        """The same in a page that is open already: most of the work of opening one is a new process."""
        complaints: list[str] = []

        def hear(said: ConsoleMessage) -> None:
            if said.type == "error":
                complaints.append(said.text)

        def fail(error: Error) -> None:
            complaints.append(str(error))

        page.on("console", hear)
        page.on("pageerror", fail)
        try:
            await page.goto(f"{self.address}{path}")
            yield
        finally:
            page.remove_listener("console", hear)
            page.remove_listener("pageerror", fail)
        assert may_complain or not complaints, complaints

    async def photograph(self, page: Page, name: str) -> None:
        """Keep a picture of the page, as far down as anybody would look at it, if pictures are wanted."""
        if self.pictures is None:
            return
        width, height = await page.evaluate("[document.documentElement.clientWidth, document.body.scrollHeight]")
        clip: FloatRect = {"x": 0, "y": 0, "width": width, "height": min(height, _TALLEST)}
        await page.screenshot(path=self.pictures / f"{name}.png", full_page=True, clip=clip)


async def wide_and_light(page: Page) -> None:
    """As on a desk by day."""
    await page.emulate_media(color_scheme="light")
    await page.set_viewport_size({"width": 1280, "height": 900})


async def narrow_and_dark(page: Page) -> None:
    """As on a phone at night."""
    await page.emulate_media(color_scheme="dark")
    await page.set_viewport_size({"width": 360, "height": 740})


async def stumbling_blocks(page: Page) -> list[str]:
    """What people with a screen reader, a keyboard or weak eyes would stumble over."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(_AXE.read_text())
    found: list[str] = await page.evaluate(_FINDINGS, _MORE_OF_THE_SAME)
    return found


async def overflow(page: Page) -> int:
    """How many pixels the page is wider than the screen."""
    wide: Any = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return int(wide)
