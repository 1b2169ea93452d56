"""The pages that show the API's description: they work under their strict policy, and reach nothing elsewhere."""

from __future__ import annotations

import pytest
from playwright.async_api import Route
from tests.real.chromium.dashboard import Dashboard

pytestmark = pytest.mark.asyncio(loop_scope="session")
_SHOWN = "/api/books"
_PATIENCE = 60_000.0
"""Milliseconds: both draw a large page, and on a machine with much else to do that takes its time."""


_TRIED = {"show_own_key": "keys", "reset_settings": "settings"}
"""An operation that reads and one that changes something, and where they stand."""


async def test_an_operation_can_be_tried_by_whoever_has_logged_in(dashboard: Dashboard) -> None:
    async with dashboard.looking("/docs") as page:
        page.set_default_timeout(_PATIENCE)
        for name, tag in _TRIED.items():
            operation = page.locator(f"#operations-{tag}-{name}")
            await page.locator(f"#operations-tag-{tag}").click()
            await operation.locator(".opblock-summary-control").click()
            await operation.locator(".try-out__btn").click()
            await operation.locator(".execute").click()
            status = operation.locator(".live-responses-table .response-col_status").last
            await status.wait_for()
            assert (await status.inner_text()).startswith("200"), name
        await dashboard.photograph(page, "swagger")


async def _one_operation(route: Route) -> None:
    """Leave one path of the description: to draw all of them takes as long as the other tests together."""
    answer = await route.fetch()
    description = await answer.json()
    description["paths"] = {path: told for path, told in description["paths"].items() if path == _SHOWN}
    await route.fulfill(response=answer, json=description)


async def test_the_reference_is_shown_to_read_and_loads_nothing_from_elsewhere(dashboard: Dashboard) -> None:
    async with dashboard.looking("/start") as page:
        await page.route("**/openapi.json", _one_operation)
        came: list[str] = []
        page.set_default_timeout(_PATIENCE)
        page.on("requestfinished", lambda request: came.append(request.url))
        await page.goto(f"{dashboard.address}/redoc")
        await page.get_by_role("heading", name="audiobook-daemon").wait_for()
        await page.get_by_role("heading", name="List the books one owns, the newest first.").wait_for()
        await page.wait_for_load_state("networkidle")
        assert came
        assert [url for url in came if not url.startswith((dashboard.address, "data:", "blob:"))] == []
        await dashboard.photograph(page, "redoc")


async def test_nobody_sees_the_reference_without_a_key(dashboard: Dashboard) -> None:
    for path in ("/docs", "/redoc"):
        async with dashboard.looking(path, known=False) as page:
            assert page.url.startswith(f"{dashboard.address}/login")
