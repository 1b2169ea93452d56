"""A library in sums, and what the numbers of volumes tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from audiobook_daemon.catalogue.holes import OwnedPlaces, holes, in_order, places_of
from audiobook_daemon.catalogue.survey import MOST_EXAMPLES, LibrarySurvey, largest
from audiobook_daemon.models import Book, LibraryItem, SeriesPlace

HOUR = 3600.0


def item(title: str, author: str = "Mara Quill", place: tuple[str, str | None] | None = None) -> LibraryItem:
    series = (SeriesPlace(*place),) if place else ()
    book = Book(title, (author,), series=series)
    added = datetime(2026, 2, 3, tzinfo=UTC)
    return LibraryItem("shelf", title, book, ("Tom Vale",), 2 * HOUR, 1000, added=added, genres=("Fantasy",))


def surveyed(*items: LibraryItem) -> LibrarySurvey:
    survey = LibrarySurvey()
    for number, one in enumerate(items, start=1):
        survey.add(number, one)
    return survey


def test_the_sums() -> None:
    gone = replace(item("Gone", place=("Salt", "3")), missing=True)
    undated = replace(item("Other", "QUILL, Mara"), added=None)
    survey = surveyed(item("One", place=("Salt", "1")), undated, gone)
    assert (survey.books, survey.missing, survey.seconds, survey.size) == (2, 1, 4 * HOUR, 2000)
    assert (survey.months, survey.undated) == ({"2026-02": 1}, 1)
    assert [(one.name, one.books, one.seconds) for one in survey.authors.values()] == [("Mara Quill", 2, 4 * HOUR)]
    assert survey.lacking["description"] == 2
    assert sum(survey.buckets.values()) == sum(survey.percents.values()) == survey.books
    assert list(survey.buckets) == ["100", "80-99", "50-79", "0-49"]
    assert survey.series["salt"].titles == {"1": "One", "3": "Gone"}
    assert survey.found["missing_files"] == 1


def test_an_empty_library_has_no_average() -> None:
    assert (surveyed().average, surveyed().books) == (None, 0)


def test_nobody_in_particular_is_no_author() -> None:
    assert list(surveyed(item("One", "Unknown"), item("Two", "Various Authors")).authors) == []


def test_all_are_counted_but_few_are_named() -> None:
    survey = surveyed(*(item(f"Book {number}") for number in range(MOST_EXAMPLES + 5)))
    assert survey.found["no_asin"] == MOST_EXAMPLES + 5
    assert len(survey.examples["no_asin"]) == MOST_EXAMPLES


def test_the_largest_come_first() -> None:
    survey = surveyed(item("A", "Otto Brand"), item("B", "Ada Finch"), item("C", "Ada Finch"), item("D", "Bo Ek"))
    assert [one.name for one in largest(survey.authors, 2)] == ["Ada Finch", "Bo Ek"]


@pytest.mark.parametrize(
    ("owned", "missing"),
    [
        (("1", "2", "4"), ("3",)),
        (("3",), ("1", "2")),
        (("1-3", "5"), ("4",)),
        (("1", "2.5", "3"), ("2",)),
        (("0", "1"), ()),
        (("01", "Book Three"), ("2",)),
        (("2019", "2020"), ()),
        (("800",), ()),
        ((None, ""), ()),
        (("prequel",), ()),
        (("1", "1", "2"), ()),
    ],
)
def test_the_numbers_tell_what_is_missing(owned: tuple[str | None, ...], missing: tuple[str, ...]) -> None:
    places = OwnedPlaces("Salt")
    for position in owned:
        places.add(Book("A title", ("Mara Quill",)), position)
    assert holes(places) == missing
    assert places.books == len(owned)


@pytest.mark.parametrize(
    ("position", "places"),
    [("2", ("2",)), ("1-3", ("1", "2", "3")), ("2.5", ("2.5",)), (None, ()), (" ", ()), ("1,3", ("1", "3"))],
)
def test_the_places_of_a_position(position: str | None, places: tuple[str, ...]) -> None:
    assert places_of(position) == places


def test_places_stand_in_the_order_of_their_numbers() -> None:
    assert sorted(["10", "2", "x", "2.5", "1"], key=in_order) == ["1", "2", "2.5", "10", "x"]
