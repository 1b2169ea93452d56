"""Shelves at Goodreads become wishes, and the key stays where it is."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pydantic import ValidationError
from tests.plugins.goodreads.shelf import KEY, PATH, USER, feed, item, shelves

from audiobook_daemon import (
    AuthFailed,
    Book,
    Context,
    Http,
    Level,
    PluginConfig,
    PluginError,
    Quota,
    SeriesPlace,
    Unavailable,
)
from audiobook_daemon.testing import FakeSite, ImportListContract, Reply
from audiobook_plugins.goodreads import Goodreads
from audiobook_plugins.goodreads.config import GoodreadsConfig
from audiobook_plugins.goodreads.parse import read_feed

Factory = Callable[..., Goodreads]


class TestContract(ImportListContract):
    plugin = Goodreads

    def config(self, site: FakeSite) -> PluginConfig:
        return GoodreadsConfig.model_validate({"site": site.url, "user": USER, "key": KEY})

    def script(self, site: FakeSite) -> None:
        site.answer("GET", PATH, shelves(to_read=[item(1, "The Glass Ferry"), item(2, "The Salt Mill (Mills, #2)")]))


@pytest.fixture
def goodreads(fake_site: FakeSite, hasty_http: Http, context_for: Callable[..., Context]) -> Factory:
    """Make an instance that reads a shelf of the site; keywords are its configuration."""

    def make(**config: object) -> Goodreads:
        context = replace(
            context_for("goodreads", http=hasty_http), log=logging.getLogger("audiobook_daemon.goodreads")
        )
        settings = {"site": fake_site.url, "user": USER, "key": KEY, **config}
        return Goodreads(GoodreadsConfig.model_validate(settings), context)

    return make


async def titles(goodreads: Goodreads) -> list[str]:
    return [wish.book.title for wish in await goodreads.wishes()]


async def test_a_book_of_a_shelf_is_wished_for_with_all_the_feed_tells(fake_site: FakeSite, goodreads: Factory) -> None:
    told = item(7, "The Salt &amp; Mill (Mills, #2; Isles, #4.5)", isbn="0306406152").replace("&amp;amp;", "&amp;")
    fake_site.answer("GET", PATH, shelves(to_read=[told]))
    (wish,) = await goodreads(language="en").wishes()
    assert wish.book.series == (SeriesPlace("Mills", "2"), SeriesPlace("Isles", "4.5"))
    assert (wish.book.authors, wish.book.isbn, wish.book.year) == (("Ilse Marten",), "9780306406157", 2006)
    assert (wish.origin, wish.languages, wish.rank) == ("goodreads", ("en",), 1)
    assert wish.quota == Quota("to-read", 10)
    assert wish.note == "on the Goodreads shelf to-read, added 2026-02-03"


async def test_all_pages_are_read_until_one_is_empty(fake_site: FakeSite, goodreads: Factory) -> None:
    fake_site.answer("GET", PATH, shelves(to_read=[item(number, f"Book {number}") for number in range(1, 231)]))
    assert await titles(goodreads()) == [f"Book {number}" for number in range(1, 231)]
    assert [asked.query["page"] for asked in fake_site.asked] == ["1", "2", "3", "4"]


async def test_no_further_than_walk(fake_site: FakeSite, goodreads: Factory) -> None:
    fake_site.answer("GET", PATH, shelves(to_read=[item(number, f"Book {number}") for number in range(1, 231)]))
    assert len(await titles(goodreads(walk=150))) == 150
    assert len(fake_site.asked) == 2


async def test_a_site_that_repeats_its_page_is_not_asked_for_ever(fake_site: FakeSite, goodreads: Factory) -> None:
    fake_site.answer("GET", PATH, feed([item(1, "Emma"), item(2, "Persuasion"), item(1, "Emma")]))
    assert await titles(goodreads()) == ["Emma", "Persuasion"]
    assert len(fake_site.asked) == 2


async def test_each_shelf_has_its_own_share(fake_site: FakeSite, goodreads: Factory) -> None:
    one, two = item(1, "Emma"), item(2, "Persuasion", user_shelves="to-read, next")
    fake_site.answer("GET", PATH, shelves(to_read=[one, two], next=[two]))
    wishes = await goodreads(shelves={"to-read": 3, "next": 1}).wishes()
    assert [(wish.book.title, wish.quota, wish.rank) for wish in wishes] == [
        ("Emma", Quota("to-read", 3), 1), ("Persuasion", Quota("to-read", 3), 2), ("Persuasion", Quota("next", 1), 1),
    ]  # fmt: skip


async def test_books_of_other_shelves_are_no_wishes(fake_site: FakeSite, goodreads: Factory) -> None:
    items = [item(1, "Emma", user_shelves="did-not-finish"), item(2, "Persuasion", user_shelves="favourites, To-Read")]
    fake_site.answer("GET", PATH, feed(items))
    assert await titles(goodreads()) == ["Persuasion"]


async def test_an_empty_shelf_is_no_fault(fake_site: FakeSite, goodreads: Factory) -> None:
    fake_site.answer("GET", PATH, feed())
    assert await titles(goodreads()) == []
    assert [finding.level for finding in await goodreads().check()] == [Level.WARNING]


async def test_one_shelf_that_cannot_be_read_hides_no_other(
    fake_site: FakeSite, goodreads: Factory, caplog: pytest.LogCaptureFixture
) -> None:
    fake_site.answer(
        "GET", PATH, lambda asked: feed([item(1, "Emma")]) if asked.query["shelf"] == "to-read" else Reply("", 404)
    )
    plugin = goodreads(shelves=["to-read", "nowhere"])
    assert await titles(plugin) == ["Emma"]
    assert "no shelf nowhere" in caplog.text
    assert [finding.level for finding in await plugin.check()] == [Level.OK, Level.FAILURE]


async def test_an_item_without_a_title_costs_no_other(fake_site: FakeSite, goodreads: Factory) -> None:
    odd = ["<item/>", "<item><title> </title></item>", "<item><title>Bare</title></item>", item(4, "Emma", author="")]
    fake_site.answer("GET", PATH, feed(odd))
    assert [wish.book for wish in await goodreads().wishes()] == [Book("Bare"), Book("Emma", year=2006)]


LOGIN = "<html><body>You must be signed in. <a href='/user/sign_in'>Sign in</a></body></html>"
BOMB = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><rss><channel>&b;</channel></rss>'
FILE = '<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]><rss><channel><title>&f;</title></channel></rss>'


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Reply(LOGIN), AuthFailed),
        (Reply("<html><body>This profile is private.</body></html>"), AuthFailed),
        (Reply("", 401), AuthFailed),
        (Reply("", 302, {"Location": "https://www.goodreads.com/user/sign_in"}), AuthFailed),
        (Reply("", 302, {"Location": "https://www.goodreads.com/elsewhere"}), Unavailable),
        (Reply("<html><body>Over capacity</body></html>"), Unavailable),
        (Reply(""), Unavailable),
        (Reply("nothing like XML"), Unavailable),
        (Reply("<opml/>"), Unavailable),
        (Reply(feed([item(1, "Emma")])[:-40]), Unavailable),
        (Reply(BOMB), Unavailable),
        (Reply(FILE), Unavailable),
        (Reply(b"\xff\xfe\x00"), Unavailable),
        (Reply('<?xml version="1.0" encoding="UTF-8bis"?><rss><channel/></rss>'), Unavailable),
        (Reply(feed([item(1, "x" * 2_000_000)])), Unavailable),
    ],
)
async def test_what_is_no_feed_is_said_in_a_sentence_without_the_key(
    fake_site: FakeSite,
    goodreads: Factory,
    caplog: pytest.LogCaptureFixture,
    answer: Reply,
    expected: type[PluginError],
) -> None:
    fake_site.answer("GET", PATH, answer)
    with caplog.at_level(logging.DEBUG), pytest.raises(expected) as caught:
        await goodreads().wishes()
    findings = await goodreads().check()
    told = f"{caught.value!r}{caught.value}{caplog.text}{findings}{goodreads().config!r}"
    assert KEY not in told
    assert str(caught.value).endswith(".")


async def test_a_wrong_key_waits_for_a_person(fake_site: FakeSite, goodreads: Factory) -> None:
    fake_site.answer("GET", PATH, shelves(to_read=[item(1, "Emma")]))
    with pytest.raises(AuthFailed, match="RSS button"):
        await goodreads(key="another").wishes()


@pytest.mark.parametrize("bytes_before", [b"\xef\xbb\xbf", b"\n  ", b"\xef\xbb\xbf\n"])
def test_a_byte_order_mark_and_blanks_do_no_harm(bytes_before: bytes) -> None:
    (entry,) = read_feed(bytes_before + feed([item(9, "Emma")]).encode())
    assert (entry.key, entry.added) == ("9", datetime.fromisoformat("2026-02-03T10:11:12-08:00"))
    assert entry.added
    assert entry.added.astimezone(UTC).hour == 18


@pytest.mark.parametrize("added", ["", "yesterday", "Tue, 99 Feb 2026 10:11:12 -0800", "1" * 400])
def test_an_odd_date_is_none(added: str) -> None:
    (entry,) = read_feed(feed([item(1, "Emma", user_date_added=added, isbn="123", book_published="soon")]).encode())
    assert (entry.added, entry.book.isbn, entry.book.year) == (None, None, None)


def test_the_address_of_a_feed_says_all(fake_site: FakeSite) -> None:
    config = GoodreadsConfig.model_validate({"url": f" {fake_site.url}{PATH}?key={KEY}&shelf=my%20next "})
    assert config.key
    assert (config.site, config.user, config.key.get_secret_value()) == (fake_site.url, USER, KEY)
    assert config.shares() == (("my next", 10),)
    assert KEY not in repr(config)


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({}, "whose shelves"),
        ({"url": f"https://www.goodreads.com/user/show/1?key={KEY}"}, "RSS|feed"),
        ({"url": f"https://www.goodreads.com/review/list_rss/1?key={KEY}", "shelves": ["next"]}, "either"),
        ({"user": "me"}, "user"),
        ({"user": "1", "key": "two words"}, "one line"),
        ({"user": "1", "shelves": []}, "no shelf"),
        ({"user": "1", "shelves": ["Next", "next"]}, "twice"),
        ({"user": "1", "shelves": {"next": 0}}, "greater"),
        ({"user": "1", "count": 20, "walk": 10}, "walk"),
        ({"user": "1", "site": "goodreads.com"}, "address"),
    ],
)
def test_a_wrong_section_is_explained_without_the_key(stated: dict[str, object], expected: str) -> None:
    with pytest.raises(ValidationError, match=expected) as caught:
        GoodreadsConfig.model_validate(stated)
    assert KEY not in str(caught.value)
