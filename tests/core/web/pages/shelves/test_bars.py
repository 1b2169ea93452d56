"""The blocks of a series: every place once, in order, each with what it is."""

from __future__ import annotations

import pytest

from audiobook_daemon.models import Book, LibraryItem, SeriesPlace, Work
from audiobook_daemon.store import Gap, GapKind, GapState, SeriesStanding
from audiobook_daemon.web.pages.series.bars import Place, bar, bar_of

TIDES = SeriesStanding("tidewardens|holt mira", "The Tide Wardens", total=4, owned=2, authors=("Mira Holt",))


def owned(title: str, position: str | None, author: str = "Mira Holt", series: str = "The Tide Wardens") -> LibraryItem:
    return LibraryItem("shelf", title, Book(title, (author,), series=(SeriesPlace(series, position),)))


def gap(title: str, position: str | None, state: GapState = GapState.FOUND, want: int | None = None) -> Gap:
    return Gap(GapKind.SERIES, TIDES.key, title, Work(Book(title)), state, position, want_id=want)


def told(*items: LibraryItem, gaps: tuple[Gap, ...] = (), series: SeriesStanding = TIDES) -> list[tuple[str, str]]:
    found = bar_of(series, dict(enumerate(items, 1)), gaps)
    return [(place.short, place.state) for place in found.places]


def test_places_stand_in_their_order_whether_owned_or_not() -> None:
    gaps = (gap("Slack Water", "10"), gap("Flood", "2", GapState.WANTED, 7), gap("Undertow", "11", GapState.UNRELEASED))
    items = (owned("Spring", "1.5"), owned("Ebb", "1"))
    assert told(*items, gaps=gaps) == [
        ("1", "owned"),
        ("1.5", "owned"),
        ("2", "wanted"),
        ("10", "missing"),
        ("11", "unreleased"),
    ]


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        (GapState.FOUND, "missing"),
        (GapState.GRADUAL, "missing"),
        (GapState.WANTED, "wanted"),
        (GapState.UNRELEASED, "unreleased"),
        (GapState.IGNORED, "ignored"),
        (GapState.FILLED, "owned"),
    ],
)
def test_each_state_of_a_missing_book_has_its_colour(state: GapState, shown: str) -> None:
    assert told(gaps=(gap("Flood", "2", state),)) == [("2", shown)]


def test_what_is_owned_counts_for_more_than_what_is_listed_as_missing() -> None:
    assert told(owned("Flood", "2"), gaps=(gap("Flood", "2"),)) == [("2", "owned")]


def test_an_omnibus_stands_at_each_place_that_it_holds() -> None:
    assert told(owned("Tides 1-3", "1-3")) == [("1", "owned"), ("2", "owned"), ("3", "owned")]


def test_books_of_namesakes_do_not_mix() -> None:
    assert told(owned("Ebb", "1"), owned("Other", "2", "Ada Lone")) == [("1", "owned")]


def test_books_without_a_place_stand_at_the_end() -> None:
    assert told(owned("Companion", None), owned("Ebb", "1")) == [("1", "owned"), ("·", "owned")]


def test_where_no_source_has_told_the_numbers_tell_what_is_missing() -> None:
    alone = SeriesStanding("tidewardens|holt mira", "The Tide Wardens", authors=("Mira Holt",))
    assert told(owned("Ebb", "1"), owned("Undertow", "3"), series=alone) == [
        ("1", "owned"),
        ("2", "missing"),
        ("3", "owned"),
    ]


def test_of_a_long_series_the_first_hole_is_seen_and_the_rest_is_counted() -> None:
    places = [
        Place(str(number), f"Volume {number}", "missing" if number == 90 else "owned") for number in range(1, 201)
    ]
    found = bar(reversed(places))
    assert found.before + len(found.places) + found.after == 200
    assert len(found.places) == 40
    assert "90" in {place.position for place in found.places}


def test_a_block_leads_to_the_book_or_to_the_want() -> None:
    items, gaps = {3: owned("Ebb", "1")}, (gap("Flood", "2", GapState.WANTED, 7), gap("Slack Water", "3"))
    paths = [place.path for place in bar_of(TIDES, items, gaps).places]
    assert paths == ["/library/3", "/wanted/7", None]
