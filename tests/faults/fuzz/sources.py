"""The readers of sources of facts, lists and the library."""

from __future__ import annotations

import json

from tests.faults.fuzz.pages import AUDNEXUS, GOODREADS, HARDCOVER_HITS, HARDCOVER_ROWS, OPEN_LIBRARY, SHOP
from tests.faults.fuzz.reader import NOW, Form, Reader, answer
from tests.faults.fuzz.sites import bodies

from audiobook_daemon import lenient
from audiobook_plugins.audiobookshelf import parse as shelf_parse
from audiobook_plugins.audiobookshelf.listing import PageBody
from audiobook_plugins.audiobookshelf.paths import PathMap
from audiobook_plugins.audnexus import parse as audnexus_parse
from audiobook_plugins.audnexus.records import read_book
from audiobook_plugins.book_list.reading import read_list
from audiobook_plugins.goodreads import parse as goodreads_parse
from audiobook_plugins.google_books import answers as google_answers
from audiobook_plugins.google_books import parse as google_parse
from audiobook_plugins.hardcover import answers as hardcover_answers
from audiobook_plugins.hardcover import parse as hardcover_parse
from audiobook_plugins.hardcover.statements import facts_of, hit_book, record_book
from audiobook_plugins.open_library import parse as open_library_parse
from audiobook_plugins.open_library.statements import row_book, work_of
from audiobook_plugins.top10.config import Feed, Page
from audiobook_plugins.top10.feeds import read_feed
from audiobook_plugins.top10.pages import read_page


def _volumes(body: bytes) -> object:
    volumes = google_parse.read_volumes(google_answers.read_object(answer(body), NOW, keyed=True))
    return [google_parse.facts_of(volume, "google", 1.0) for volume in volumes]


def _volume(body: bytes) -> object:
    volume = google_parse.read_volume(answer(body).json())
    return volume and google_parse.facts_of(volume, "google", 1.0)


def _google_error(body: bytes) -> object:
    return google_answers.read_object(answer(body, 403), NOW, keyed=True)


def _hardcover_hits(body: bytes) -> object:
    data = hardcover_answers.read_data(answer(body))
    results = lenient.mapping(data.get("search")).get("results")
    hits = [hit_book(hit) for hit in hardcover_parse.book_hits(results)]
    return hits, hardcover_parse.author_hits(results), hardcover_parse.series_hits(results)


def _hardcover_rows(body: bytes) -> object:
    rows = list(lenient.objects(hardcover_answers.read_data(answer(body)).get("rows")))
    found = [(hardcover_parse.book_record(row), hardcover_parse.recording(row)) for row in rows]
    series = [hardcover_parse.series_row(row) for row in rows]
    told = [(record_book(one, other), facts_of("hardcover", one, other, 1.0)) for one, other in found if one]
    return series, told, [hardcover_parse.position(row) for row in rows]


def _shop(body: bytes) -> object:
    document = lenient.mapping(answer(body).json())
    page = audnexus_parse.read_page(document, "us")
    return page, audnexus_parse.read_product(document, "us"), audnexus_parse.read_series(document, "us")


def _audnexus(body: bytes) -> object:
    return read_book(lenient.mapping(answer(body).json()), "us")


def _open_library(body: bytes) -> object:
    record = lenient.mapping(answer(body).json())
    row = open_library_parse.work_row(record)
    told = (open_library_parse.description(record), open_library_parse.genres(record))
    author, edition = open_library_parse.author_row(record), open_library_parse.edition(record)
    return told, author, edition, row and (row_book(row), work_of("open_library", row))


def _shelf_page(body: bytes) -> object:
    page = PageBody(answer(body), 0)
    page.mark("salt"), page.total()
    return [shelf_parse.library_item("shelf", item, PathMap(()), ("/audiobooks",)) for item in page.rows().items]


_FEED = Feed(name="feed", feed="https://list.example/feed", title_pattern="{title} by {author}")
_PAGE = Page(name="page", url="https://list.example/page", item="li", title=".t", author=".a", series=".s")
_RSS = b"""<?xml version="1.0"?><rss><channel><item><title>Emma by Jane Austen</title></item>
<item><title>Persuasion by Jane Austen</title><author>x</author></item></channel></rss>"""
_ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Emma by Jane Austen</title>
<author><name>J</name></author></entry></feed>"""
_HTML = b"""<html><body><ol><li><a class=t>Emma</a> <i class="a">Jane Austen</i><b class=s>Novels #2</b></li>
<li><a class=t>Persuasion</a><i class="a">Jane Austen</i></li></ol></body></html>"""
_TABLE = b'''Book Id,Title,Author,ISBN13,Exclusive Shelf,Bookshelves,Year Published,Date Added
1,"Emma (Novels, #2)",Jane Austen,"=""9780141439587""",to-read,"a, b",2003,2020/01/02
2,Persuasion,"Austen, Jane",,to-read,,,'''
_LINES = b"# wishes\n- [ ] Emma - Jane Austen\n1. Persuasion by Jane Austen\n9780141439587\nB002V1OF70\n"

READERS = (
    Reader(
        "google_books: search",
        _volumes,
        Form.JSON,
        bodies("google_books/search*.json"),
        covers=("google_books.parse", "google_books.answers"),
    ),
    Reader(
        "google_books: volume", _volume, Form.JSON, bodies("google_books/volume.json"), covers=("google_books.parse",)
    ),
    Reader(
        "google_books: refusals",
        _google_error,
        Form.JSON,
        bodies("google_books/error*.json"),
        covers=("google_books.answers",),
    ),
    Reader(
        "hardcover: search", _hardcover_hits, Form.JSON, HARDCOVER_HITS, covers=("hardcover.parse", "hardcover.answers")
    ),
    Reader("hardcover: rows", _hardcover_rows, Form.JSON, HARDCOVER_ROWS, covers=("hardcover.parse",)),
    Reader("audnexus: shop", _shop, Form.JSON, SHOP, covers=("audnexus.parse",)),
    Reader("audnexus: book", _audnexus, Form.JSON, AUDNEXUS),
    Reader("open_library: records", _open_library, Form.JSON, OPEN_LIBRARY, covers=("open_library.parse",)),
    Reader(
        "audiobookshelf: page",
        _shelf_page,
        Form.JSON,
        bodies("abs/04*items*.json", "abs/06*items*.json"),
        covers=("audiobookshelf.parse",),
        weight=0.5,
    ),
    Reader("goodreads: shelf", goodreads_parse.read_feed, Form.TEXT, GOODREADS, covers=("goodreads.parse",)),
    Reader("top10: feed", lambda body: read_feed(_FEED, body), Form.TEXT, (_RSS, _ATOM)),
    Reader(
        "top10: page", lambda body: read_page(_PAGE, body.decode("utf-8", "replace")), Form.TEXT, (_HTML,), weight=0.5
    ),
    Reader(
        "book_list", lambda body: read_list(body, "wishes.csv"), Form.TEXT, (_TABLE, _LINES, json.dumps([1]).encode())
    ),
)
