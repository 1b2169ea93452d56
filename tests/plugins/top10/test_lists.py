"""Wishes from web pages and feeds, and everything that is none."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Protocol

import pytest

from audiobook_daemon import Book, Context, Level, Quota, SeriesPlace, Unavailable
from audiobook_plugins.top10 import TopTen
from audiobook_plugins.top10.config import TopTenConfig
from audiobook_plugins.top10.plugin import PACE

Make = Callable[..., TopTen]


class Site(Protocol):
    asked: list[str]

    def put(self, path: str, body: str | bytes, status: int = 200, headers: Mapping[str, str] | None = None) -> str: ...


class Charts(Protocol):
    books: dict[str, dict[str, int]]


PAGE = """<!doctype html><html><body><ol>
<li class="book"><h3>  The Long
  Way </h3><span class="by">by Anna Eins &amp; Bert Zwei</span><i>The Ways #2</i></li>
<li class="book"><h3></h3><span class="by">Nobody</span></li>
<li class="book"><h3>Alone &lt;Again&gt;</h3><span class="by">Drei, Carla</span></li>
<li class="book"><h3>Alone &lt;Again&gt;</h3><span class="by">Drei, Carla</span></li>
<li class="book"><h3>Orphan</h3></li>
</ol></body></html>"""

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>News by Me</title>
<item><title>Stand by Me by Stephen King</title></item>
<item><title>No pattern here</title></item>
<item><title>Good Omens  by Terry Pratchett and Neil Gaiman</title><dc:creator>site</dc:creator></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>
<entry><title>[M4B] One Book (Deep Series #3)</title><author><name>Eva Vier</name></author></entry></feed>"""

SELECTORS = {"item": "li.book", "title": "h3", "author": ".by"}


async def test_a_page(top_ten: Make, site: Site) -> None:
    page = {"name": "best", "url": site.put("/best", PAGE), **SELECTORS, "series": "i", "count": 3, "language": "de"}
    wishes = await top_ten(pages=[page], languages=["en"]).wishes()
    assert [wish.book for wish in wishes] == [
        Book("The Long Way", ("Anna Eins", "Bert Zwei"), series=(SeriesPlace("The Ways", "2"),), language="de"),
        Book("Alone <Again>", ("Carla Drei",), language="de"),
        Book("Orphan", (), language="de"),
    ]
    assert [wish.rank for wish in wishes] == [1, 2, 3]
    assert {wish.quota for wish in wishes} == {Quota("best", 3)}
    assert {wish.languages for wish in wishes} == {("de",)}
    assert wishes[0].note == "on the list best, rank 1"
    assert site.asked == ["/best"]


async def test_a_page_is_read_as_far_as_we_walk(top_ten: Make, site: Site) -> None:
    page = {"name": "best", "url": site.put("/best", PAGE), **SELECTORS}
    assert len(await top_ten(pages=[page], walk=2, count=2).wishes()) == 2


async def test_rss(top_ten: Make, site: Site) -> None:
    wishes = await top_ten(pages=[{"name": "new", "feed": site.put("/rss", RSS)}], languages=["en"]).wishes()
    assert [(wish.book.title, wish.book.authors) for wish in wishes] == [
        ("Stand by Me", ("Stephen King",)),
        ("Good Omens", ("Terry Pratchett", "Neil Gaiman")),
    ]
    assert wishes[0].quota == Quota("new", 10)
    assert wishes[0].languages == ("en",)


async def test_atom_with_an_author_of_its_own(top_ten: Make, site: Site) -> None:
    feed = {"name": "new", "feed": site.put("/atom", ATOM), "title_pattern": "[{other}] {title} ({series} #{position})"}
    (wish,) = await top_ten(pages=[feed]).wishes()
    assert wish.book == Book("One Book", ("Eva Vier",), series=(SeriesPlace("Deep Series", "3"),))


BOMB = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><rss><item><title>&c; by x</title></item></rss>'


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "The feed of new is empty"),
        (b" \n", "The feed of new is empty"),
        (PAGE.encode(), "answers with a web page instead"),
        (RSS.encode()[:200], "is broken or cut"),
        (b"not xml", "is broken or cut"),
        (b"\xff\xfe\x00\x01", "is broken or cut"),
        (BOMB.encode(), "declares a document type"),
        (BOMB.encode("utf-16"), "declares a document type"),
        (b'<!DOCTYPE rss SYSTEM "http://127.0.0.1/x.dtd"><rss/>', "declares a document type"),
        (b"<rss><channel/></rss>", "holds no entries"),
        (b"<rss><item><title>Nothing fits</title></item></rss>", "fits `title_pattern: {title} by {author}`"),
        (b"<rss><item><title>a &unknown; by b</title></item></rss>", "is broken or cut"),
    ],
)
async def test_what_is_no_feed(top_ten: Make, site: Site, body: bytes, sentence: str) -> None:
    with pytest.raises(Unavailable) as caught:
        await top_ten(pages=[{"name": "new", "feed": site.put("/feed", body)}]).wishes()
    assert sentence in str(caught.value)
    assert site.asked == ["/feed"]


@pytest.mark.parametrize(
    ("body", "selectors", "sentence"),
    [
        ("", {}, "The page of best is empty."),
        (PAGE, {"item": "div.book"}, "The selector `item: div.book` finds nothing on the page of best;"),
        (PAGE, {"title": "h4"}, "The selector `title: h4` finds nothing"),
        (PAGE, {"author": ".author"}, "The selector `author: .author` finds nothing"),
        ('{"json": true}', {}, "The selector `item: li.book` finds nothing"),
        ("<form action=login>", {}, "has changed or wants a login"),
    ],
)
async def test_a_page_without_the_books(
    top_ten: Make, site: Site, body: str, selectors: dict[str, str], sentence: str
) -> None:
    page = {"name": "best", "url": site.put("/best", body), **SELECTORS, **selectors}
    with pytest.raises(Unavailable) as caught:
        await top_ten(pages=[page]).wishes()
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    ("status", "headers", "sentence"),
    [
        (
            302,
            {"Location": "/login"},
            "The list best sends us elsewhere (status 302); it wants a login, or it has moved",
        ),
        (403, {}, "The list best is closed to us (status 403)"),
        (404, {}, "answered with status 404"),
        (429, {"Retry-After": "60"}, "asks for fewer questions"),
        (500, {}, "answered with status 500"),
    ],
)
@pytest.mark.parametrize("kind", ["page", "feed"])
async def test_a_site_that_does_not_answer(
    top_ten: Make, site: Site, kind: str, status: int, headers: dict[str, str], sentence: str
) -> None:
    address = site.put("/best", PAGE, status, headers)
    site.put("/login", PAGE)
    listing = {"name": "best", "feed": address} if kind == "feed" else {"name": "best", "url": address, **SELECTORS}
    with pytest.raises(Unavailable) as caught:
        await top_ten(pages=[listing]).wishes()
    assert sentence in str(caught.value)
    assert site.asked == ["/best"]


async def test_an_endless_page(top_ten: Make, site: Site) -> None:
    page = {"name": "best", "url": site.put("/best", b"x" * 5 * 1024 * 1024), **SELECTORS}
    with pytest.raises(Unavailable):
        await top_ten(pages=[page]).wishes()


async def test_one_list_fails_and_the_rest_is_read(
    top_ten: Make, site: Site, charts: Charts, caplog: pytest.LogCaptureFixture
) -> None:
    charts.books = {"mam": {"fantasy": 1}}
    lists = [
        {"name": "gone", "feed": site.put("/gone", "", 404)},
        {"name": "new", "feed": site.put("/rss", RSS)},
    ]
    plugin = top_ten(genres=["fantasy"], pages=lists)
    with caplog.at_level(logging.WARNING):
        wishes = await plugin.wishes()
    assert [wish.quota.name for wish in wishes if wish.quota] == ["fantasy", "new", "new"]
    assert "/gone answered with status 404." in caplog.text
    levels = [finding.level for finding in await plugin.check()]
    assert levels == [Level.OK, Level.FAILURE, Level.OK]


async def test_lists_stand_in_for_genres_nobody_ranks(top_ten: Make, site: Site) -> None:
    plugin = top_ten(genres=["fantasy"], pages=[{"name": "new", "feed": site.put("/rss", RSS)}])
    assert len(await plugin.wishes()) == 2


def test_pages_are_asked_for_one_at_a_time_and_slowly(context_for: Callable[..., Context]) -> None:
    told: list[tuple[float, bool]] = []

    class Session:
        def pace(self, seconds: float, *, one_at_a_time: bool = False) -> None:
            told.append((seconds, one_at_a_time))

    TopTen(TopTenConfig(genres=("fantasy",)), context_for("top10", http=Session()))
    assert told == [(PACE, True)]
    assert PACE >= 1
