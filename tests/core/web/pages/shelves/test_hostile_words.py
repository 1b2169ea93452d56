"""Titles, names and reasons are other people's words; on no page are they anything else."""

from __future__ import annotations

from tests.core.web.conftest import Served
from tests.core.web.openapi.world import furnish
from tests.core.web.pages.shelves.evil import write_everywhere
from tests.core.web.pages.shelves.looking import Seen, look

PAGES = (
    *("/review", "/wanted?state=all", "/wanted/8", "/library", "/library/5", "/series", "/series/1", "/series/3"),
    *(
        "/authors",
        "/authors/1",
        "/authors/3",
        "/missing",
        "/library/duplicates",
        "/library/trash",
        "/series?q=%3Cscript%3E",
        "/library?q=%22%3E%3Cscript%3E",
    ),
)


async def test_no_page_runs_or_shows_as_markup_what_others_have_written(served: Served) -> None:
    await furnish(served.daemon.database)
    await write_everywhere(served.daemon.database)
    for path in PAGES:
        page = await look(served, path)
        assert (path, page.status) == (path, 200)
        _check(path, page)


def _check(path: str, page: Seen) -> None:
    scripts = [one.get("src") or "" for tag, one in page.tags if tag == "script"]
    assert all(source.startswith("/static/") for source in scripts), path
    pictures = [one.get("src") or "" for tag, one in page.tags if tag == "img"]
    assert all(source.startswith("/api/books/") for source in pictures), path
    for tag, attributes in page.tags:
        assert not [name for name in attributes if name.startswith("on") or name == "style"], (path, tag)
        addresses = [attributes.get(name) or "" for name in ("href", "src", "action")]
        assert not [one for one in addresses if "script:" in one or "alert(" in one], (path, tag)
    assert "7 * 7" in page.text or "script" not in page.words, path
    assert "\u202e" not in page.text, path
    assert '"><script>' not in page.text, path
