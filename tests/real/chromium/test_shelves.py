"""The pages about books in a real browser: for everybody, answered by a click or a key, and deaf to markup."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect
from tests.core.web.conftest import CONFIGURATION
from tests.core.web.openapi.world import THEN, furnish
from tests.core.web.pages.shelves.evil import EVIL, write_everywhere
from tests.real.chromium.dashboard import Dashboard, overflow, stumbling_blocks

from audiobook_daemon.daemon import Daemon
from audiobook_daemon.daemon.serving_web import web_server
from audiobook_daemon.models import (
    Book,
    BookStatus,
    LibraryItem,
    Proposal,
    Release,
    SeriesPlace,
    Stance,
    Verdict,
    Want,
    WantState,
    Wish,
)
from audiobook_daemon.pipeline.keys import keyed
from audiobook_daemon.store import Candidate, Decision

pytestmark = pytest.mark.asyncio(loop_scope="session")
_TITLES = ("Low Water", "The Harbour Light", "Salt", "A Map of Fog", "Nine Fathoms", "The Long Quay", "Kelp", "Undine")
_BUSIEST = ("review", "book", "series")
"""Every part and colour that the others have is on these."""
_HARMFUL = """() => document.querySelectorAll(
    "script:not([src]), img[onerror], [style], a[href^=javascript]").length"""
PAGES = {
    "review": "/review",
    "wanted": "/wanted?state=all",
    "want": "/wanted/1",
    "library": "/library",
    "duplicates": "/library/duplicates",
    "trash": "/library/trash",
    "book": "/library/1",
    "series": "/series",
    "one-series": "/series/1",
    "authors": "/authors",
    "author": "/authors/1",
    "missing": "/missing",
}


def _release(key: str, title: str, narrator: str) -> Release:
    place = (SeriesPlace("The Tide Wardens", "2"),)
    return Release("mam", key, title, ("Mira Holt",), (narrator,), place, "en", ("m4b",), 412_000_000, seeders=12)


async def _review(dashboard: Dashboard, title: str) -> Want:
    """Put a book before the person, with two releases that are equally likely to be it."""
    offered = (_release(f"{title}-1", title, "Otto Reader"), _release(f"{title}-2", f"{title} (new)", "Ida Voice"))
    support = Verdict("author", Stance.SUPPORT, "same author, Mira Holt", family="author", weight=1.6)
    doubt = Verdict("runtime", Stance.DOUBT, "its 90 minutes are no known recording's", family="runtime", weight=-0.3)
    candidates = (
        Candidate(offered[0], (support,), 0.9),
        Candidate(offered[1], (support, doubt), 0.8, "it is less sure"),
    )
    wish = Wish(Book(title, ("Mira Holt",)), "manual", ("Otto Reader",))
    wants = dashboard.daemon.database.wants
    shown = tuple(Proposal(number, one.title, one.source, one.key) for number, one in enumerate(offered, 1))
    want, _ = await wants.add(title, wish, state=WantState.REVIEW, reason="Two fit.", proposals=shown)
    await dashboard.daemon.database.decisions.add(want.id, Decision("ambiguous", "Two fit.", (), candidates))
    return want


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def shelves(dashboard: Dashboard, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Dashboard]:
    """A daemon without services that knows something of everything, and the same browser."""
    async with _served(dashboard, tmp_path_factory.mktemp("shelves")) as furnished:
        books = furnished.daemon.database.books
        items = [item for _, item in await books.all()]
        more = [LibraryItem("shelf", name, Book(name, ("Ada Lone",)), added=THEN) for name in _TITLES]
        # Nobody is there who could be asked for a cover.
        await books.upsert([keyed(replace(item, cover=False)) for item in (*items, *more)])
        await _review(furnished, "Slack Water")
        yield furnished


@asynccontextmanager
async def _served(dashboard: Dashboard, folder: Path) -> AsyncIterator[Dashboard]:
    path = folder / "audiobook-daemon.yaml"
    path.write_text(CONFIGURATION)
    async with Daemon.assembled(path, {"TZ": "UTC"}) as daemon:
        await furnish(daemon.database)
        assert daemon.configuration.web
        async with web_server(daemon, daemon.configuration.web, port=0).serving() as address:
            yield await Dashboard.entered(daemon, address, dashboard.browser, dashboard.pictures)


@pytest.mark.parametrize("name", PAGES)
async def test_nobody_stumbles_over_the_pages_about_books(shelves: Dashboard, name: str) -> None:
    async with shelves.looking(PAGES[name]) as page:
        await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert await stumbling_blocks(page) == []
        assert await overflow(page) <= 0
        await shelves.photograph(page, name)
        await page.emulate_media(color_scheme="dark")
        await page.set_viewport_size({"width": 360, "height": 740})
        assert name not in _BUSIEST or await stumbling_blocks(page) == []
        assert await overflow(page) <= 0
        await shelves.photograph(page, f"{name}-phone-dark")


async def test_one_click_answers_and_the_next_book_comes_next_without_a_reload(shelves: Dashboard) -> None:
    first = await _review(shelves, "Ebb Tide")
    async with shelves.looking("/review") as page:
        await page.evaluate("window.marked = true")
        answered = page.get_by_role("article", name="Ebb Tide")
        await answered.get_by_role("region", name="Candidate 2").get_by_role("button", name="Take it").click()
        await expect(answered).to_have_count(0)
        await expect(page.get_by_role("status")).to_contain_text("is accepted")
        await expect(page.locator("#reviews")).to_be_focused()
        await page.keyboard.press("Tab")
        await expect(
            page.get_by_role("article").first.get_by_role("heading", level=2).get_by_role("link")
        ).to_be_focused()
        assert await page.evaluate("window.marked")
    want = await shelves.daemon.doors.show_want(first.id)
    assert want.release
    assert (want.state, want.approved, want.release.key) == (WantState.CHOSEN, True, "Ebb Tide-2")


async def test_a_review_appears_by_itself_and_is_answered_with_keys_alone(shelves: Dashboard) -> None:
    async with shelves.looking("/review") as page:
        await expect(page.locator("html")).to_have_attribute("data-live", "live")
        want = await _review(shelves, "Neap Tide")
        # What changes tells the page; the store alone told nobody.
        await shelves.daemon.doors.revive_want(7)
        article = page.get_by_role("article", name="Neap Tide")
        await expect(article).to_be_visible()
        await article.get_by_role("button", name="Give up").focus()
        await page.keyboard.press("Enter")
        await expect(article).to_have_count(0)
    assert (await shelves.daemon.doors.show_want(want.id)).state is WantState.GIVEN_UP


async def test_a_field_is_changed_locked_taken_back_and_let_go_again(dashboard: Dashboard) -> None:
    (found,) = await dashboard.daemon.database.books.all(limit=1)
    number, item = found
    async with dashboard.looking(f"/library/{number}") as page:
        line = page.get_by_role("row", name="Publisher")
        await line.get_by_text("Change", exact=True).click()
        await line.get_by_role("textbox").fill("Harbour & Sons")
        await line.get_by_role("button", name="Save and lock").click()
        await expect(page.get_by_role("status")).to_contain_text("is set and locked")
        await expect(line.locator(".value")).to_have_text("Harbour & Sons")
        await expect(line.get_by_role("button", name="Locked")).to_be_visible()
        corrections = page.get_by_role("region", name="What was corrected")
        await corrections.get_by_role("button", name="Undo").first.click()
        await expect(page.get_by_role("status")).to_contain_text("taken back")
        await expect(line.locator(".value")).to_have_text(item.publisher or "–")
        await line.get_by_role("button", name="Locked").click()
        await expect(line.get_by_role("button", name="Lock", exact=True)).to_be_visible()
    assert (await dashboard.daemon.database.books.get(item.library, item.id)) == replace(item)


async def test_a_book_is_added_and_dropped_on_a_phone_without_any_script(dashboard: Dashboard) -> None:
    async with dashboard.looking("/wanted", phone=True, scripts=False) as page:
        await page.get_by_text("Add a book").click()
        await page.get_by_label("Title", exact=True).fill("A Tide That Never Was")
        await page.get_by_label("Author").fill("Mira Holt")
        await page.get_by_role("button", name="Want it").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("A Tide That Never Was")
        await expect(page.get_by_role("status")).to_contain_text("is wanted now")
        await page.get_by_role("button", name="Drop it").click()
        await expect(page.get_by_role("status")).to_contain_text("is dropped")
        await expect(page.get_by_role("button", name="Want it again")).to_be_visible()


async def test_one_copy_is_kept_on_a_phone_without_any_script(dashboard: Dashboard, tmp_path: Path) -> None:
    async with _served(dashboard, tmp_path) as theirs:
        books = theirs.daemon.database.books
        await books.upsert([keyed(replace(item, cover=False)) for _, item in await books.all()])
        async with theirs.looking("/library", phone=True, scripts=False) as page:
            await page.get_by_role("link", name="Owned twice 1").click()
            await page.get_by_role("region", name="Book 2").get_by_role("button", name="Keep this one").click()
            await expect(page.get_by_role("status")).to_contain_text("1 other is a second copy")
            await expect(page.get_by_role("article")).to_have_count(0)
        assert [one.status for one in await theirs.daemon.database.book_lists.some([1, 2])] == [
            BookStatus.DUPLICATE,
            BookStatus.ACTIVE,
        ]


async def test_the_library_is_searched_while_one_chooses_and_covers_are_shown(dashboard: Dashboard) -> None:
    async with dashboard.looking("/library") as page:
        cover = page.locator(".shelf img").first
        await expect(cover).to_be_visible()
        assert await cover.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
        title = await page.locator(".shelf .name").first.inner_text()
        await page.keyboard.press("/")
        await expect(page.get_by_role("searchbox")).to_be_focused()
        await page.keyboard.type(title)
        await page.keyboard.press("Enter")
        await page.wait_for_url("**q=**")
        await expect(page.locator(".shelf .name")).to_have_count(1)
        await expect(page.locator("html")).to_have_attribute("data-live", "live")
        await page.get_by_label("Order").select_option("title")
        await page.wait_for_url("**sort=title**")
        await expect(page.get_by_role("searchbox")).to_have_value(title)


async def test_words_of_others_run_on_no_page_and_are_shown_as_they_are(dashboard: Dashboard, tmp_path: Path) -> None:
    async with _served(dashboard, tmp_path) as theirs:
        await write_everywhere(theirs.daemon.database)
        async with theirs.looking("/library", may_complain=True) as page:  # of covers that nobody has
            await _read_every_page(theirs, page)


async def _read_every_page(theirs: Dashboard, page: Page) -> None:
    ran: list[str] = []
    page.on("dialog", lambda dialog: ran.append(dialog.message))
    copies = ("/library/duplicates", "/library/trash")
    for path in (
        *copies,
        *("/review", "/wanted/8", "/library", "/series", "/series/3", "/authors/3", "/history", "/library/5"),
    ):
        await page.goto(f"{theirs.address}{path}")
        assert (path, await page.evaluate(_HARMFUL)) == (path, 0)
    await expect(page.get_by_role("heading", level=1)).to_contain_text(EVIL[:40])
    assert ran == []
