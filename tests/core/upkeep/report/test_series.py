"""The places of a series: owned, missing, still to come; by a bibliography, or by the numbers of the volumes alone."""

from __future__ import annotations

import pytest

from audiobook_daemon.catalogue.holes import OwnedPlaces
from audiobook_daemon.models import Book
from audiobook_daemon.store import GapLine, SeriesLine
from audiobook_daemon.upkeep.report.charts import MOST_BLOCKS, area, blocks, columns, in_words
from audiobook_daemon.upkeep.report.model import Place, SeriesBar, SeriesPlaceLine
from audiobook_daemon.upkeep.report.series import series_bars


def owned(name: str, *positions: str | None) -> OwnedPlaces:
    places = OwnedPlaces(name)
    for position in positions:
        places.add(Book(f"Volume {position}", ("Mara Quill",)), position)
    return places


def gap(position: str | None, *, of: str = "Salt", state: str = "found", kind: str = "series_gap") -> GapLine:
    return GapLine(kind, of, f"Gap {position}", position, state, "2027" if state == "unreleased" else None)


def shown(bar: SeriesBar) -> str:
    signs = {Place.OWNED: "", Place.MISSING: "-", Place.UNRELEASED: "?"}
    return " ".join(f"{signs[line.state]}{line.position}" for line in bar.places)


KNOWN = (SeriesLine("Salt", "partial", 5, None),)


def test_numbers_tell_what_is_missing_where_no_bibliography_does() -> None:
    (bar,) = series_bars({"salt": owned("Salt", "1", "2", "4", None)}, (), ())
    assert shown(bar) == "1 2 -3 4"
    assert (bar.owned, bar.missing, bar.unreleased, bar.placeless, bar.known) == (4, 1, 0, 1, False)


def test_a_bibliography_knows_better_than_numbers() -> None:
    gaps = (gap("2.5"), gap("5", state="unreleased"), gap("6", state="wanted"))
    (bar,) = series_bars({"salt": owned("The Salt", "1", "2", "4")}, KNOWN, gaps)
    assert shown(bar) == "1 2 -2.5 4 ?5 -6", "what is not listed at 3 is no gap"
    assert (bar.missing, bar.unreleased, bar.known) == (2, 1, True)
    assert [line.title for line in bar.places if line.state is not Place.OWNED] == ["Gap 2.5", "Gap 5", "Gap 6"]


def test_a_known_series_without_gaps_is_complete() -> None:
    (bar,) = series_bars({"salt": owned("Salt", "1", "3")}, KNOWN, ())
    assert (shown(bar), bar.missing) == ("1 3", 0)


def test_a_gap_at_an_owned_place_and_one_without_a_place() -> None:
    (bar,) = series_bars({"salt": owned("Salt", "1-3")}, KNOWN, (gap("2"), gap(None), gap("4-5")))
    assert shown(bar) == "1 2 3 -4 -5 -? Gap None"


def test_gaps_of_authors_are_no_places_of_series() -> None:
    (bar,) = series_bars({"salt": owned("Salt", "1")}, KNOWN, (gap("2", kind="author_gap"),))
    assert bar.missing == 0


def test_a_followed_series_of_which_nothing_is_owned_is_shown() -> None:
    (bar,) = series_bars({}, (), (gap("1", of="Iron"), gap("2", of="Iron")))
    assert (bar.name, bar.owned, shown(bar)) == ("Iron", 0, "-1 -2")


def test_the_nearest_to_complete_come_first_and_whole_ones_last() -> None:
    shelves = {
        "whole": owned("Whole", "1", "2"),
        "far": owned("Far", "1", "9"),
        "near": owned("Near", "1", "2", "4"),
        "nearer": owned("Nearer", "1", "2", "3", "5"),
    }
    assert [bar.name for bar in series_bars(shelves, (), ())] == ["Nearer", "Near", "Far", "Whole"]


def test_blocks_are_told_in_words_and_long_series_are_cut_where_something_is_missing() -> None:
    places = [SeriesPlaceLine(str(n), Place.MISSING if n == 80 else Place.OWNED, "T") for n in range(1, 101)]
    bar = SeriesBar("Salt", (), tuple(places), 99, 1, 0, 0, False)
    drawn = blocks(bar)
    assert in_words(bar) == "99 owned; missing: 80"
    assert drawn.count("<i ") == MOST_BLOCKS
    assert '<i class="missing" title="T (missing)">80</i>' in drawn


@pytest.mark.parametrize("values", [[0], [0, 0, 0], [5], [1, 2, 3], [0.5, 100]])
def test_a_chart_stays_within_its_frame(values: list[float]) -> None:
    for drawn in (area(values, "a < b"), columns(values, "a < b")):
        assert 'aria-label="a &lt; b"' in drawn
        assert "nan" not in drawn
        assert "-" not in drawn.partition("aria-label")[2].partition('"><')[2]


def test_nothing_draws_nothing() -> None:
    assert area([], "none") == columns([], "none") == ""
