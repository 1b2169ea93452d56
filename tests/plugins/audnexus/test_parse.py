"""Reading what the catalogue and Audnexus tell, lies included."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from audiobook_plugins.audnexus.parse import Member, Place, read_page, read_product, read_series
from audiobook_plugins.audnexus.people import Person
from audiobook_plugins.audnexus.records import read_book

Json = Any  # what a JSON text may hold
Make = Callable[..., dict[str, Json]]
LIES: tuple[Json, ...] = (
    None,
    True,
    0,
    -1,
    1.5,
    float("inf"),
    float("nan"),
    10**400,
    "",
    "\u202e\x00\ud800",
    "9" * 5000,
    [],
    [None, 1, "x", [], {}, [[]]],
    {},
    {"overall_distribution": 1, "500": 7, "name": [], "title": {}, "ladder": 1},
    [{"asin": 1, "name": {}, "title": 5, "sequence": [], "ladder": [1, {"name": []}], "relationship_type": []}],
    [{"asin": "B0AAAAAA01", "title": "x" * 100_000, "sequence": "9" * 5000, "name": "\x00"}],
)


def test_every_member_of_a_product(product: Make) -> None:
    found = read_product(product(), "us")
    assert found is not None
    assert (found.key, found.title, found.subtitle) == ("us:B0EXAMPLE1", "The Brass Tide", "The Tide Clocks, Book 1")
    assert found.authors == (Person("Ada Thornquist", "B0AUTHOR01"),)
    assert (found.narrators, found.publisher) == (("Joss Pell",), "Harbour Audio")
    assert found.description == "<p>Water &amp; brass.</p>", "HTML as it is given"
    assert (found.released, found.runtime, found.language, found.abridged) == ("2021-05-04", 36_720.0, "en", False)
    assert found.places == (Place("The Tide Clocks", "1", "B0SERIES01"),)
    assert (found.genres, found.cover) == (("Fantasy", "Epic"), "https://img.example/a.jpg")
    assert (found.isbn, found.sku, found.ratings) == ("9780765311788", "BK_HARB_000001", 412)


@pytest.mark.parametrize(
    "lost",
    [
        {"title": None},
        {"title": "  "},
        {"title": 7},
        {"title": "x" * 100_000},
        {"asin": None},
        {"asin": ""},
        {"asin": "B0SHORT"},
        {"content_delivery_type": "PodcastParent"},
        {"content_delivery_type": "PodcastEpisode"},
        {"content_delivery_type": "BookSeries"},
        {"content_type": "Podcast"},
    ],
)
def test_what_is_no_book_is_dropped(product: Make, lost: dict[str, Json]) -> None:
    assert read_product(product(**lost), "us") is None


def test_an_unknown_asin_is_told_back_alone() -> None:
    assert read_product({"asin": "B000000000"}, "us") is None


@pytest.mark.parametrize(
    ("wrong", "member"),
    [
        ({"authors": "Ada"}, "authors"),
        ({"authors": [7, {"name": None}]}, "authors"),
        ({"narrators": {"name": "x"}}, "narrators"),
        ({"runtime_length_min": -5}, "runtime"),
        ({"runtime_length_min": 0}, "runtime"),
        ({"runtime_length_min": 999_999}, "runtime"),
        ({"runtime_length_min": True}, "runtime"),
        ({"runtime_length_min": "an hour"}, "runtime"),
        ({"release_date": "2021-13-40"}, "released"),
        ({"release_date": "2200-01-01"}, "released"),
        ({"release_date": 20210504}, "released"),
        ({"language": "klingon"}, "language"),
        ({"language": ["english"]}, "language"),
        ({"series": {"title": "x"}}, "places"),
        ({"series": [{"sequence": "1"}]}, "places"),
        ({"isbn": "9780765311789"}, "isbn"),
        ({"product_images": ["x"]}, "cover"),
        ({"product_images": {"500": "ftp://x", "big": "https://x"}}, "cover"),
        ({"category_ladders": [{"ladder": "x"}]}, "genres"),
        ({"rating": 5}, "ratings"),
        ({"publisher_summary": 5}, "description"),
        ({"subtitle": False}, "subtitle"),
    ],
)
def test_a_wrong_member_is_lost_and_nothing_else(product: Make, wrong: dict[str, Json], member: str) -> None:
    right, found = read_product(product(), "us"), read_product(product(**wrong), "us")
    assert right is not None
    assert found is not None
    assert getattr(found, member) in (None, ())
    kept = {"asin", "title", "region", "authors", "runtime", "isbn"} - {member}
    assert {name: getattr(found, name) for name in kept} == {name: getattr(right, name) for name in kept}


@pytest.mark.parametrize("lie", LIES)
def test_nothing_in_a_product_is_a_bug(lie: Json) -> None:
    names = ["authors", "narrators", "series", "runtime_length_min", "release_date", "product_images", "rating"]
    names += ["category_ladders", "isbn", "language", "publisher_name", "sku_lite", "content_delivery_type"]
    found = read_product({"asin": "B0EXAMPLE1", "title": "X", **dict.fromkeys(names, lie)}, "us")
    assert found is not None
    assert found.title == "X"


@pytest.mark.parametrize("lie", LIES)
def test_nothing_in_an_answer_is_a_bug(lie: Json) -> None:
    read_product(lie, "us")
    read_series(lie, "us")
    read_page({"products": lie}, "us")
    read_series({"asin": "B0SERIES01", "title": "X", "relationships": lie}, "us")
    read_book({"asin": "B0EXAMPLE1", "title": "X", "authors": lie, "seriesPrimary": lie, "genres": lie}, "us")


def test_a_page_counts_its_rows_and_names_each_product_once(product: Make) -> None:
    page = read_page({"products": [product(), product(), product(title=None), 5]}, "uk")
    assert [one.key for one in page.products] == ["uk:B0EXAMPLE1"]
    assert page.rows == 4


def test_a_series_has_its_books_but_not_their_download_parts() -> None:
    def relation(asin: str, side: str, kind: str, sequence: Json) -> dict[str, Json]:
        return {
            "asin": asin,
            "relationship_to_product": side,
            "relationship_type": kind,
            "sequence": sequence,
            "sort": "9",
        }

    found = read_series(
        {
            "asin": "B0SERIES01",
            "title": "The Tide Clocks",
            "content_delivery_type": "BookSeries",
            "relationships": [
                relation("B0AAAAAA01", "child", "series", "1"),
                relation("B0AAAAAA05", "child", "series", "1-3"),
                relation("B0AAAAAA09", "child", "series", ""),
                relation("B0AAAAAA08", "child", "component", "1"),
                relation("B0SERIES02", "parent", "series", "4"),
                relation("B0AAAAAA01", "child", "series", "7"),
                relation("nothing", "child", "series", "2"),
            ],
        },
        "us",
    )
    assert found is not None
    assert found.members == (Member("B0AAAAAA01", "1"), Member("B0AAAAAA05", "1-3"), Member("B0AAAAAA09", None))


def test_a_book_of_audnexus_reads_as_the_same_product() -> None:
    found = read_book(
        {
            "asin": "B0EXAMPLE1",
            "title": "The Brass Tide",
            "authors": [{"name": "Ada Thornquist"}, {"name": "Lev Orlov - translator"}, {"name": "Joss Pell"}],
            "narrators": [{"name": "Joss Pell"}],
            "publisherName": "Harbour Audio",
            "summary": "<p>Water.</p>",
            "description": "Water...",
            "releaseDate": "2021-05-04T00:00:00.000Z",
            "runtimeLengthMin": 612,
            "formatType": "abridged",
            "isbn": "",
            "language": "german",
            "image": "https://img.example/a.jpg",
            "genres": [{"name": "Fantasy", "type": "genre"}, {"name": "Epic", "type": "tag"}],
            "seriesPrimary": {"asin": "B0SERIES01", "name": "The Tide Clocks", "position": "Book 1"},
            "seriesSecondary": {"name": "Harbour"},
        },
        "de",
    )
    assert found is not None
    assert [person.name for person in found.authors] == ["Ada Thornquist"]
    assert (found.key, found.released, found.runtime) == ("de:B0EXAMPLE1", "2021-05-04", 36_720.0)
    assert (found.abridged, found.isbn, found.language, found.description) == (True, None, "de", "<p>Water.</p>")
    assert found.places == (Place("The Tide Clocks", "1", "B0SERIES01"), Place("Harbour"))
    assert found.genres == ("Fantasy", "Epic")
    assert read_book({"asin": "B0EXAMPLE1"}, "de") is None
