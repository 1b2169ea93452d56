"""Spellings of one series are one series, namesakes are not."""

from __future__ import annotations

import pytest
from tests.core.catalogue.building import copy

from audiobook_daemon.catalogue.series_names import group_authors, group_series, merge_candidates, series_owner
from audiobook_daemon.models import Book, LibraryItem, SeriesPlace


def owned(*rows: tuple[str, str, str | None, str]) -> list[LibraryItem]:
    """Copies from (title, series, position, author)."""
    return [copy(title, position, series=series, authors=(author,)) for title, series, position, author in rows]


@pytest.mark.parametrize(
    "spelling",
    [
        "Tidewatch",
        "Tidewatch #3",
        "Tidewatch, Book 3",
        "Tidewatch (Books 1-3)",
        "The Tidewatch Chronicles",
        "Tidewatch, The",
        "The Tidewatch Saga",
        "Tidewatch (Publication Order)",
        "TIDEWATCH",
        "Tidewatch Series",
        "The Tidewatch",
    ],
)
def test_spellings_of_one_name_are_one_series_under_the_usual_one(spelling: str) -> None:
    items = owned(
        ("A", "Tidewatch", "1", "Maren Holt"),
        ("B", "Tidewatch", "2", "Maren Holt"),
        ("C", spelling, "3", "Holt, Maren"),
    )
    (series,) = group_series(items)
    assert (series.name, series.authors) == ("Tidewatch", ("Maren Holt",))
    assert len(series.items) == 3
    assert series.spellings == (() if spelling == "Tidewatch" else (spelling,))
    assert series.key == series_owner(spelling, ("Holt, Maren",))


def test_namesakes_by_other_authors_are_other_series() -> None:
    items = owned(("A", "Legacy", "1", "Maren Holt"), ("B", "Legacy", "1", "Rufus Thorne"))
    keys = {series.key: [item.book.title for item in series.items] for series in group_series(items)}
    assert len(keys) == 2
    assert sorted(keys.values()) == [["A"], ["B"]]


def test_a_universe_that_many_write_in_is_one_series() -> None:
    items = owned(
        *((str(n), "Outer Reach", str(n), f"Author {name}") for n, name in enumerate(["Ash", "Birch", "Cedar", "Elm"]))
    )
    (series,) = group_series(items)
    assert series.authors == ()
    assert len(series.items) == 4


def test_co_authors_join_what_is_one_series() -> None:
    rows = [("A", ("Ida Voss",)), ("B", ("Ida Voss", "Sam Okoro")), ("C", ("Sam Okoro",))]
    items = [copy(title, str(n), series="Blythe", authors=names) for n, (title, names) in enumerate(rows)]
    (series,) = group_series(items)
    assert set(series.authors) == {"Ida Voss", "Sam Okoro"}


def test_a_book_stands_in_all_its_series_and_books_without_any_in_none() -> None:
    places = (SeriesPlace("Tidewatch", "2"), SeriesPlace("Harbour Years", "1"), SeriesPlace(" "))
    items = [LibraryItem("shelf", "1", Book("A", ("Maren Holt",), series=places)), copy("B", series=None)]
    assert [series.name for series in group_series(items)] == ["Harbour Years", "Tidewatch"]


def test_another_order_of_a_series_is_a_series_of_its_own() -> None:
    items = owned(("A", "Tidewatch", "1", "Maren Holt"), ("B", "Tidewatch (Chronological Order)", "1", "Maren Holt"))
    assert len({series.key for series in group_series(items)}) == 2


def test_the_key_does_not_change_with_further_books() -> None:
    few = owned(("A", "The Tidewatch", "1", "Maren Holt"))
    more = few + owned(("B", "Tidewatch Saga", "2", "HOLT, MAREN"), ("C", "Tidewatch", "3", "Maren Holt"))
    assert {series.key for series in group_series(few)} == {series.key for series in group_series(more)}


@pytest.mark.parametrize(
    ("one", "other", "proposed"),
    [
        (("A", "Percival Reed", "1", "Ida Voss"), ("B", "Percival Reed and the Giants", "2", "Ida Voss"), True),
        (("A", "Percival Reed", "1", "Ida Voss"), ("B", "Percival Reed and the Giants", "1", "Ida Voss"), False),
        (("A", "Hollowcrown", "1", "Ida Voss"), ("B", "Holowcrown", "2", "Ida Voss"), True),
        (("A", "Legacy", "1", "Ida Voss"), ("B", "Legacy", "2", "Rufus Thorne"), True),
        (("A", "Tides of the North", "1", "Ida Voss"), ("B", "TOTN", "2", "Ida Voss"), True),
        (("A", "Legacy", "1", "Ida Voss"), ("B", "Legacy", "1", "Rufus Thorne"), False),
        (("A", "Ashmark", "1", "Ida Voss"), ("B", "Tidewatch", "2", "Ida Voss"), False),
    ],
)
def test_a_merge_is_proposed_where_names_are_near_and_no_position_is_taken_twice(
    one: tuple[str, str, str, str], other: tuple[str, str, str, str], proposed: bool
) -> None:
    found = merge_candidates(group_series(owned(one, other)))
    assert bool(found) is proposed
    assert all(candidate.reason for candidate in found)


def test_a_merge_is_proposed_where_the_same_books_stand_at_the_same_places() -> None:
    places = [(SeriesPlace("Tidewatch", str(n)), SeriesPlace("TW", str(n))) for n in (1, 2)]
    items = [LibraryItem("s", str(n), Book(str(n), ("Maren Holt",), series=place)) for n, place in enumerate(places)]
    (candidate,) = merge_candidates(group_series([*items, *owned(("C", "Tidewatch", "3", "Maren Holt"))]))
    assert candidate.canonical == "Tidewatch"
    assert candidate.other.name == "TW"


def test_spellings_of_an_author_are_one_author() -> None:
    rows = [("A", "J. T. Ardery"), ("B", "Ardery, J.T."), ("C", "J T ARDERY"), ("D", "Various"), ("E", "Maren Holt")]
    found = group_authors([copy(title, authors=(name,)) for title, name in rows])
    assert {author.name: len(author.items) for author in found} == {"J. T. Ardery": 3, "Maren Holt": 1}
