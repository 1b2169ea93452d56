"""One formula says how completely a book is described."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobook_daemon.catalogue.completeness import BUCKETS, WEIGHTS, bucket, completeness, missing_fields
from audiobook_daemon.models import Book, LibraryItem, SeriesPlace

BARE = LibraryItem("shelf", "one", Book(""))
FULL = replace(
    BARE,
    book=Book("The Glass Orchard", ("Ada Merrow",), language="en", year=2019, asin="B00GLASS01"),
    narrators=("Tom Bexley",),
    runtime=36_000.0,
    publisher="Larkspur Audio",
    description="A gardener inherits a field of panes.",
    genres=("Fantasy",),
    cover=True,
)

texts = st.sampled_from(["", "  ", "Something"])
lists = st.sampled_from([(), ("",), ("Somebody",)])
books = st.builds(
    Book,
    texts,
    lists,
    language=st.none() | texts,
    year=st.none() | st.integers(0, 2030),
    isbn=st.none() | texts,
    asin=st.none() | texts,
    series=st.sampled_from([(), (SeriesPlace("Panes", "1"),), (SeriesPlace("Panes"),)]),
)
items = st.builds(
    LibraryItem,
    st.just("shelf"),
    st.just("one"),
    books,
    narrators=lists,
    runtime=st.none() | st.floats(0, 1e6),
    publisher=st.none() | texts,
    published=st.none() | texts,
    description=st.none() | texts,
    genres=lists,
    cover=st.none() | st.booleans(),
)


@given(items)
def test_the_percentage_lies_between_0_and_100_and_is_100_exactly_when_nothing_is_missing(item: LibraryItem) -> None:
    assert 0 <= completeness(item) <= 100
    assert (completeness(item) == 100) is (missing_fields(item) == ())


@given(items)
def test_a_value_more_never_lowers_it(item: LibraryItem) -> None:
    before = completeness(item)
    known: tuple[dict[str, Any], ...] = (
        {"title": "The Glass Orchard"},
        {"authors": ("Ada Merrow",)},
        {"language": "en"},
        {"year": 2019},
        {"isbn": "9780000000002"},
        {"asin": "B00GLASS01"},
        {"series": (SeriesPlace("Panes", "1"),)},
    )
    fuller = [replace(item, book=replace(item.book, **more)) for more in known]
    values = ("narrators", "runtime", "publisher", "description", "genres", "cover")
    fuller += [replace(item, **{name: getattr(FULL, name)}) for name in values]
    assert all(completeness(one) >= before for one in fuller)


def test_a_book_of_its_own_is_as_complete_as_one_with_its_place_in_a_series() -> None:
    placed = replace(FULL, book=replace(FULL.book, series=(SeriesPlace("Panes", "2.5"),)))
    assert completeness(FULL) == completeness(placed) == 100


def test_a_series_without_a_place_is_a_gap() -> None:
    unplaced = replace(FULL, book=replace(FULL.book, series=(SeriesPlace("Panes"),)))
    assert completeness(unplaced) < 100
    assert missing_fields(unplaced) == ("position",)


def test_a_library_that_tells_nothing_of_covers_costs_nothing() -> None:
    assert completeness(replace(FULL, cover=None)) == 100
    assert missing_fields(replace(FULL, cover=False)) == ("cover",)


def test_an_isbn_does_where_there_is_no_asin() -> None:
    assert completeness(replace(FULL, book=replace(FULL.book, asin=None, isbn="9780000000002"))) == 100


def test_a_missing_narrator_weighs_more_than_a_missing_publisher() -> None:
    assert completeness(replace(FULL, narrators=())) < completeness(replace(FULL, publisher=None))


def test_missing_fields_are_told_the_weightiest_first() -> None:
    named = missing_fields(replace(BARE, cover=False))
    assert set(named) == set(WEIGHTS) - {"position"}
    assert [WEIGHTS[name] for name in named] == sorted((WEIGHTS[name] for name in named), reverse=True)


@pytest.mark.parametrize(
    ("percent", "named"),
    [(100, "100"), (99, "80-99"), (80, "80-99"), (79, "50-79"), (50, "50-79"), (49, "0-49"), (0, "0-49")],
)
def test_every_percentage_has_its_bucket(percent: int, named: str) -> None:
    assert bucket(percent) == named
    assert named in BUCKETS
