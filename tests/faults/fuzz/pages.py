"""Sound answers of sources without recorded samples: what the stand-ins of the demo say, and some written by hand."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from audiobook_daemon.demo.audnexus import demo_products
from audiobook_daemon.demo.audnexus.book_json import book_json
from audiobook_daemon.demo.audnexus.catalogue_json import product_json
from audiobook_daemon.demo.open_library import open_library_shelves
from audiobook_daemon.demo.open_library.records import (
    author_record,
    author_row,
    edition_record,
    search_row,
    work_record,
)
from audiobook_daemon.demo.works import known_works

_FEW = 12
_GROUPS = frozenset(
    {
        *("contributors", "product_attrs", "product_desc", "rating", "series", "sku", "relationships", "media"),
        *("category_ladders", "product_extended_attrs"),
    }
)
_TODAY = datetime(2026, 3, 1, tzinfo=UTC).date()


def _dumped(documents: list[object]) -> tuple[bytes, ...]:
    return tuple(json.dumps(document).encode() for document in documents)


_products = list(demo_products(known_works(), _TODAY))[:_FEW]
_shelves = open_library_shelves(known_works())
_records = [product_json(one, _GROUPS, _products[:3], "http://site.example") for one in _products]
SHOP = _dumped([*_records, {"products": _records[:4], "total_results": 4}])
AUDNEXUS = _dumped([book_json(one, "http://site.example") for one in _products])
OPEN_LIBRARY = _dumped(
    [
        *(record for work in _shelves.works[:_FEW] for record in (work_record(work), search_row(_shelves, work))),
        *(record for one in _shelves.authors[:_FEW] for record in (author_record(one), author_row(_shelves, one))),
        *(edition_record(edition) for edition in _shelves.editions[:_FEW]),
    ]
)

_HIT = {
    "id": "5",
    "title": "Wet Sand (Jan Ost)",
    "users_count": "40",
    "isbns": ["978-0-00-000001-9", "no"],
    "author_names": ["Vera Kolb", "Jan Ost"],
    "series_names": ["Sands"],
    "release_year": 2003,
    "slug": "wet-sand",
    "contributions": [{"author": {"id": 2, "name": "Vera Kolb"}, "contribution": "Narrator"}],
    "featured_series": {"details": "2", "position": 2.0, "series": {"id": 3, "name": "Sands"}},
}
_RESULTS = {"found": 1, "hits": [{"document": _HIT}, {"document": {"id": 6, "name": "Jan Ost", "books_count": 3}}]}
HARDCOVER_HITS = _dumped([{"data": {"search": {"results": one}}} for one in (_RESULTS, json.dumps(_RESULTS))])
_BOOK = {
    "id": 5,
    "title": "Wet Sand",
    "subtitle": "A novel",
    "description": "<p>Dry.</p>",
    "users_count": 40,
    "compilation": False,
    "is_partial_book": None,
    "release_date": "2003-04-05",
    "rating": 4.2,
    "slug": "wet-sand",
    "cached_tags": {"Genre": [{"tag": "Fantasy", "count": 3}]},
    "cached_image": {"url": "https://x.example/a.jpg"},
    "cached_contributors": [
        {"author": {"id": 1, "name": "Jan Ost"}, "contribution": None},
        {"author": {"id": 2, "name": "Vera Kolb"}, "contribution": "Narrator"},
    ],
    "book_series": [
        {"position": 2.5, "details": "2.5", "series": {"id": 3, "name": "Sands", "author": {"name": "Jan"}}}
    ],
    "editions": [
        {"id": 9, "asin": "B002V1OF70", "isbn_13": "9780000000019", "audio_seconds": 36000, "language": {"code2": "en"}}
    ],
}
_SERIES = {"id": 3, "name": "Sands", "books_count": 4, "primary_books_count": 3, "author": {"id": 1, "name": "Jan Ost"}}
_RECORDING = {**_BOOK["editions"][0], "title": "Wet Sand", "edition_format": "Audiobook", "book": _BOOK}  # type: ignore[index]
HARDCOVER_ROWS = _dumped([{"data": {"rows": [_BOOK, _SERIES, _RECORDING, {"position": 1, "details": "1-3"}]}}])

_ITEM = (
    "<item><guid><![CDATA[https://x.example/1]]></guid><title><![CDATA[{title}]]></title><book_id>1</book_id>"
    "<author_name>Ilse Marten</author_name><isbn>9780000000019</isbn><book_published>2006</book_published>"
    "<user_date_added><![CDATA[Tue, 03 Feb 2026 10:11:12 -0800]]></user_date_added>"
    "<user_shelves>to-read, b</user_shelves></item>"
)
GOODREADS = tuple(
    f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>{items}</channel></rss>'.encode()
    for items in (
        "",
        _ITEM.format(title="Wet Sand (Sands, #2)"),
        _ITEM.format(title="a") + _ITEM.format(title="b &amp; c"),
    )
)
