"""A record counts for as much as it is surely this book, and for what is heard only if it is this recording."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from audiobook_daemon.catalogue.identifying import Surely, identify
from audiobook_daemon.catalogue.standardising import Forms
from audiobook_daemon.catalogue.stating import OF_RECORDING, statements, statements_of_release
from audiobook_daemon.models import Book, Facts, LibraryItem, Release, SeriesPlace

BOOK = Book("The Glass Orchard", ("Ada Merrow",), language="en", asin="B00GLASS01", isbn="9780000000019")
ITEM = LibraryItem("shelf", "one", BOOK, ("Tom Bexley",), 36_000.0)
BARE = replace(ITEM, book=replace(BOOK, asin=None, isbn=None), narrators=(), runtime=None)


def record(source: str = "audio", **fields: Any) -> Facts:  # noqa: ANN401
    stated = {"title": "The Glass Orchard", "authors": ("Ada Merrow",), **fields}
    return Facts(source, **stated)


def stated(item: LibraryItem, *records: Facts, trust: dict[str, float] | None = None) -> dict[str, float]:
    """The weights by field."""
    found = statements(item, records, Forms(), trust=trust or {}, tolerance=0.02)
    return {one.field: one.weight for one in found}


@pytest.mark.parametrize(
    ("fields", "surely"),
    [
        ({"asin": "b00glass01"}, Surely.ID),
        ({}, Surely.EXACT),
        ({"title": "the glass ORCHARD"}, Surely.EXACT),
        ({"title": "Glass Orchard!"}, Surely.NORMALISED),
        ({"title": "The Glass Orchard: A Novel"}, Surely.FUZZY),
        ({"language": "de"}, Surely.INFERRED),
    ],
)
def test_how_surely_a_record_is_this_book(fields: dict[str, Any], surely: Surely) -> None:
    found = identify(ITEM, record(**fields), tolerance=0.02)
    assert found is not None
    assert found.surely is surely


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "The Glass Orchard 2"},
        {"title": "The Stone Orchard"},
        {"authors": ("Somebody Else",)},
        {"authors": ()},
        {"title": None},
        {"title": "  "},
        {"score": 0.3},
        {"title": "Another Book", "authors": ("Somebody Else",), "asin": "B00GLASS01"},
    ],
)
def test_a_record_that_is_not_surely_this_book_states_nothing(fields: dict[str, Any]) -> None:
    assert stated(BARE, record(description="x", year=2000, **fields)) == {}
    assert "year" not in stated(ITEM, record(year=2000, **fields))


def test_a_translation_tells_of_the_authors_alone_and_weighs_little() -> None:
    found = stated(ITEM, record(language="de", description="Ein Obstgarten.", narrators=("Tom Bexley",), year=2020))
    assert found == {"authors": 0.3}


RECORDING: dict[str, Any] = {
    "narrators": ("Tom Bexley",),
    "publisher": "Larkspur",
    "asin": "B00GLASS01",
    "abridged": False,
}


@pytest.mark.parametrize(
    ("item", "fields", "is_this"),
    [
        (ITEM, {}, True),
        (ITEM, {"asin": "B00OTHER01"}, True),  # another region, the same reader
        (ITEM, {"narrators": ("Una Grey",)}, True),  # the same ASIN: the library names the wrong reader
        (ITEM, {"narrators": ("Una Grey",), "asin": "B00OTHER01"}, False),
        (ITEM, {"runtime": 36_500.0}, True),
        (ITEM, {"runtime": 20_000.0}, False),  # the same ASIN, yet half the length
        (BARE, {}, False),  # nothing tells
        (replace(BARE, runtime=36_000.0), {"runtime": 36_100.0}, True),
        (replace(BARE, runtime=36_000.0), {"runtime": 37_500.0}, False),
        (replace(BARE, abridged=True), {"asin": "B00GLASS01"}, False),
    ],
)
def test_what_is_heard_counts_from_this_recording_only(
    item: LibraryItem, fields: dict[str, Any], is_this: bool
) -> None:
    found = stated(item, record(**(RECORDING | fields)))
    assert bool(OF_RECORDING & set(found)) is is_this
    assert "title" in found


def test_a_printed_record_says_nothing_of_readers_publishers_and_asins() -> None:
    assert not OF_RECORDING & set(stated(ITEM, record("paper", publisher="Paper House", asin="B00GLASS01")))


def test_two_recordings_of_one_length_tell_nothing_and_one_tells_much() -> None:
    item = replace(BARE, runtime=36_000.0)
    first = record(narrators=("Tom Bexley",), runtime=36_010.0)
    second = record("other", narrators=("Una Grey",), runtime=35_990.0)
    assert "narrators" in stated(item, first)
    assert "narrators" not in stated(item, first, second)


def test_a_source_weighs_as_much_as_it_is_trusted_and_one_without_trust_says_nothing() -> None:
    assert (
        stated(ITEM, record(year=2000, asin="B00GLASS01", narrators=("Tom Bexley",)), trust={"audio": 0.5})["year"]
        == 0.45
    )
    assert stated(ITEM, record(year=2000), trust={"audio": 0.0}) == {}


def test_the_weightiest_record_of_a_source_speaks_for_it() -> None:
    found = statements(
        ITEM,
        [record(title="The Glass Orchard: A Novel", year=1999), record(year=2000)],
        Forms(),
        trust={},
        tolerance=0.02,
    )
    assert [(one.value, one.weight) for one in found if one.field == "year"] == [(2000, 0.8)]


def test_the_tracker_speaks_of_what_is_heard_and_little_of_the_work() -> None:
    release = Release(
        "mam",
        "4711",
        "The Glass Orchard [m4b]",
        ("Wrong Author",),
        ("Bexley, Tom",),
        (SeriesPlace("Panes", "2"),),
        "en",
        asin="B00GLASS01",
        abridged=False,
    )
    found = {one.field: (one.value, one.weight) for one in statements_of_release(release, Forms(), trust={})}
    assert found == {
        "narrators": (("Tom Bexley",), 1.0),
        "abridged": (False, 1.0),
        "language": ("en", 0.9),
        "asin": ("B00GLASS01", 0.9),
        "series": ((SeriesPlace("Panes", "2"),), 0.6),
    }
