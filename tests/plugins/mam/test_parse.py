"""Rows of the site, with everything awkward they have been seen to hold."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from audiobook_daemon import Price, Release, SeriesPlace, Unavailable
from audiobook_plugins.mam.parse import identifiers, people, read_page, read_release, read_releases, series

NOW = datetime(2026, 10, 1, tzinfo=UTC)
SITE = "https://www.myanonamouse.net"
LOG = logging.getLogger("test")


def release(**row: object) -> Release | None:
    return read_release({"id": 1, "title": "Emma", **row}, "mam", SITE, NOW)


def certain(**row: object) -> Release:
    read = release(**row)
    assert read is not None
    return read


@pytest.fixture
def awkward(sample: Callable[[str], Any]) -> dict[str, Release]:
    page = read_page(sample("search_awkward_rows.json"))
    return {it.key: it for it in read_releases(page.rows, "mam", SITE, NOW, LOG)}


def test_no_awkward_row_is_lost(awkward: dict[str, Release]) -> None:
    assert set(awkward) == {str(number) for number in range(900101, 900136)}


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (
            "900101",
            {
                "title": "Alice's Adventures in Wonderland & Through the Looking-Glass",
                "authors": ("Lewis Carroll",),
                "narrators": ("Zoë Marchbanks",),
                "series": (SeriesPlace("Alice & Friends", "1-2"),),
                "size": 432_747_315,
                "language": "en",
                "runtime": 29829.0,
                "bitrate": 64,
                "abridged": False,
                "audio": True,
                "categories": ("Audiobooks - Juvenile", "Juvenile"),
                "published": datetime(2026, 9, 14, 8, 21, 45, tzinfo=UTC),
                "page": "https://www.myanonamouse.net/t/900101",
                "extra": {"tid": "900101"},
                "price": Price.PAID,
                "vip_only": False,
            },
        ),
        ("900102", {"runtime": None, "files": 31}),
        ("900103", {"series": (SeriesPlace("Barsoom", "1-3"),)}),
        ("900104", {"series": (SeriesPlace("Sherlock Holmes", "2.5"),)}),
        ("900105", {"series": (SeriesPlace("Voyages extraordinaires", "01-16, 13.5"),)}),
        ("900106", {"series": (SeriesPlace("War and Peace", "1p2"),)}),
        ("900107", {"series": (SeriesPlace("Corsairs"), SeriesPlace("Sabatini Romances", "Vol. III"))}),
        ("900108", {"authors": (), "narrators": (), "series": ()}),
        ("900109", {"title": "Die Räuber – ungekürzt", "language": "de", "narrators": ("Jörg Müßiggang",)}),
        ("900110", {"authors": ("夏目 漱石",), "language": "ja"}),
        ("900111", {"language": "es"}),
        ("900112", {"size": 41_446_434_406, "formats": ("mp3", "m4b", "pdf", "epub"), "runtime": None}),
        ("900113", {"price": Price.UNKNOWN, "vip_only": True}),
        ("900114", {"price": Price.UNKNOWN, "vip_only": True}),
        ("900115", {"price": Price.FREE, "vip_only": False}),
        ("900116", {"price": Price.FREE}),
        ("900117", {"seeders": 0, "leechers": 7}),
        ("900118", {"size": 1_429_365_116_109, "narrators": (), "runtime": None}),
        ("900119", {"size": 1_040_589, "runtime": None}),
        ("900120", {"title": "813", "tags": "2019", "series": (SeriesPlace("Arsène Lupin", "4"),)}),
        ("900121", {"runtime": None, "bitrate": None}),
        ("900123", {"audio": False}),
        ("900124", {"audio": True}),
        ("900127", {"abridged": True}),
        ("900128", {"abridged": False}),
        ("900130", {"title": "Spaces and an emoji 🐭 in the title"}),
        ("900131", {"title": '../../etc/evil: A Title? With <b>"Illegal"</b> | Name* Parts\\'}),
        ("900133", {"language": None, "audio": True, "categories": ("Audiobooks - Unknown", "Fantasy")}),
        ("900134", {"runtime": 95750.0}),
        ("900135", {"published": None}),
    ],
)
def test_awkward_rows(awkward: dict[str, Release], key: str, expected: dict[str, object]) -> None:
    assert {name: getattr(awkward[key], name) for name in expected} == expected


def test_a_vip_torrent_is_one_until_it_ends(sample: Callable[[str], Any]) -> None:
    row = next(row for row in sample("search_awkward_rows.json")["data"] if row["id"] == 900113)
    later = read_release(row, "mam", SITE, datetime(2026, 11, 1, tzinfo=UTC))
    assert later is not None
    assert (later.vip_only, later.price) == (False, Price.PAID)


def test_all_authors_are_kept(awkward: dict[str, Release]) -> None:
    assert len(awkward["900102"].authors) == 7
    assert "Full Cast" in awkward["900102"].narrators


def test_the_older_shape_with_text_for_numbers(sample: Callable[[str], Any]) -> None:
    page = read_page(sample("search_legacy_strings.json"))
    rows = read_releases(page.rows, "mam", SITE, NOW, LOG)
    assert page.found == 4
    assert (rows[0].title, rows[0].language, rows[0].size) == ("Don Quijote de la Mancha", "es", 251_553_382)
    assert (rows[0].formats, rows[0].bitrate) == (("m4b", "pdf"), 64)
    assert [row.price for row in rows] == [Price.PAID, Price.PAID, Price.UNKNOWN, Price.UNKNOWN]


def test_php_escapes_and_a_title_that_became_a_number(sample: Callable[[str], Any]) -> None:
    rows = read_releases(read_page(sample("search_php_escaped.json")).rows, "mam", SITE, NOW, LOG)
    assert rows[-1].title.isdigit()
    assert rows[1].title == "Die Räuber – ungekürzt"


def test_secret_links_are_not_kept(sample: Callable[[str], Any]) -> None:
    rows = read_releases(read_page(sample("search_extras.json")).rows, "mam", SITE, NOW, LOG)
    assert "PLACEHOLDER-DL" not in repr(rows)
    assert [(row.isbn, row.asin) for row in rows] == [
        ("9780000000002", None),
        ("9780000000019", None),
        (None, "B0EXAMPLE1"),
        (None, "B0EXAMPLE2"),
        (None, None),
    ]


def test_one_bad_row_never_loses_the_others(caplog: pytest.LogCaptureFixture) -> None:
    rows: list[Any] = [
        {"id": 1, "title": "Emma"},
        {"id": None, "title": "x"},
        {"id": "2", "title": []},
        "text",
        None,
        7,
    ]
    page = read_page({"data": rows, "found": 6})
    assert page.received == 6
    with caplog.at_level(logging.DEBUG, "test"):
        assert [it.key for it in read_releases(page.rows, "mam", SITE, NOW, LOG)] == ["1"]
    assert "2 of 3 search rows" in caplog.text


NONSENSE: list[object] = [
    None, True, False, 0, -1, 1.5, float("inf"), float("nan"), 10**5000, "", " ", "\0", "9" * 5000, "{", "[" * 100_000,
    "{}", "[]", "null", '"x"', '{"a": null}', '{"a": [null, {}]}', '{"General": 7}', [], {}, [[]], {"a": {"b": []}},
    "\ud83d", "1e999", "99999999999999999999 TiB", "-5 MiB", "٣", "9999-99-99 99:99:99",
]  # fmt: skip
NAMES = (
    "language main_cat mediatype categories catname size numfiles filetype vip vip_expire free personal_freeleech "
    "author_info narrator_info series_info tags browseflags seeders leechers times_completed added isbn mediainfo"
)


@pytest.mark.parametrize("member", NAMES.split())
def test_nonsense_in_one_member_spoils_only_that_member(member: str) -> None:
    for value in NONSENSE:
        read = certain(**{"author_info": '{"1": "Jane Austen"}', member: value})
        assert read.title == "Emma"
        assert member == "author_info" or read.authors == ("Jane Austen",)
        json.dumps([read.size, read.runtime, read.tags, read.categories], allow_nan=False)
        repr(read).encode()


def test_nonsense_as_title_or_number_is_no_release_or_text() -> None:
    for value in NONSENSE:
        for read in (release(title=value), release(id=value)):
            assert read is None or (read.title and read.key.isdigit())


def test_hostile_text_stays_text_and_harmless() -> None:
    read = certain(
        title="A\0B\u202egpj.exe\r\nInjected: log line &lt;script&gt;",
        catname="../../x",
        author_info={"1": "..\\..\\windows", "2": "\u0000"},
    )
    assert read.title == "A Bgpj.exe Injected: log line <script>"
    assert read.authors == ("..\\..\\windows",)
    assert read.page == f"{SITE}/t/1"


def test_entities_are_decoded_once() -> None:
    assert certain(title="R&amp;amp;D").title == "R&amp;D"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('{"8": "B", "2": "A"}', ("B", "A")),
        ({"8": "A"}, ("A",)),
        ([{"id": 8, "name": "A"}, {"id": 9}], ("A",)),
        (["A", "A"], ("A",)),
        ('{"1": 1984}', ("1984",)),
        ("{}", ()),
        (None, ()),
        ("", ()),
        ('{"1": "trunc', ()),
    ],
)
def test_people(value: object, expected: tuple[str, ...]) -> None:
    assert people(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('{"67": ["Foo &amp; Bar", "1", "x", 3]}', (SeriesPlace("Foo & Bar", "1"),)),
        ('{"67": ["Foo"]}', (SeriesPlace("Foo"),)),
        ('{"67": ["Foo", 2]}', (SeriesPlace("Foo", "2"),)),
        ('{"67": "Foo"}', (SeriesPlace("Foo"),)),
        ('{"67": {"series_name": "Foo", "series_number": "3"}}', (SeriesPlace("Foo", "3"),)),
        ('{"67": []}', ()),
        ('{"67": null}', ()),
        ("[]", ()),
    ],
)
def test_series(value: object, expected: tuple[SeriesPlace, ...]) -> None:
    assert series(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("978-0-14-143951-8", ("9780141439518", None)),
        ("0-14-143951-3", ("0141439513", None)),
        (141439513, ("0141439513", None)),
        ("ISBN 9780141439518, ASIN: B0ABCDEFGH", ("9780141439518", "B0ABCDEFGH")),
        ("ASIN:1234567890", (None, "1234567890")),
        ("b0abcdefgh", (None, "B0ABCDEFGH")),
        ("9780141439519", (None, None)),
        (0, (None, None)),
        (True, (None, None)),
    ],
)
def test_identifiers(value: object, expected: tuple[str | None, str | None]) -> None:
    assert identifiers(value) == expected


@pytest.mark.parametrize(
    ("free", "personal", "vip", "expected"),
    [
        (1, 0, 0, Price.FREE),
        ("0", "1", "0", Price.FREE),
        (0, 0, 0, Price.PAID),
        (False, False, True, Price.UNKNOWN),
        (1, 0, 1, Price.FREE),
        (None, None, None, Price.UNKNOWN),
    ],
)
def test_price(free: object, personal: object, vip: object, expected: Price) -> None:
    assert certain(free=free, personal_freeleech=personal, vip=vip).price is expected


def test_nothing_found_is_an_empty_page(sample: Callable[[str], Any]) -> None:
    assert read_page(sample("search_empty_error.json")).rows == ()
    assert read_page({"error": "Nothing returned, out of 351785"}).found == 0
    assert read_page(sample("search_empty_data.json")).found == 0


@pytest.mark.parametrize("document", [[], [1], "x", 3, None, {}, {"data": None}, {"data": {}}, {"message": "No"}])
def test_anything_else_is_no_answer(document: object) -> None:
    with pytest.raises(Unavailable):
        read_page(document)


def test_another_error_is_told(sample: Callable[[str], Any]) -> None:
    with pytest.raises(Unavailable, match="Please enter a valid search term"):
        read_page(sample("search_error_other.json"))
