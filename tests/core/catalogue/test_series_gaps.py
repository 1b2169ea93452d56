"""What is missing from a series, and what only seems to be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from tests.core.catalogue.building import SERIES, copy, work

from audiobook_daemon.catalogue.gaps import GapRules, Gaps, series_gaps
from audiobook_daemon.models import LibraryItem, SeriesPlace, Work, WorkKind

TODAY = date(2026, 6, 15)
FIRST, SECOND, THIRD = work("Low Water", "1"), work("Salt and Lantern", "2"), work("Spring Tide", "3")
WORKS = (FIRST, SECOND, THIRD)


def gaps(owned: Sequence[LibraryItem], works: Sequence[Work] = WORKS, rules: GapRules | None = None) -> Gaps:
    return series_gaps(SERIES, owned, works, rules or GapRules(), TODAY)


def titles(works: Sequence[Work]) -> list[str]:
    return [one.book.title for one in works]


@pytest.mark.parametrize(
    "owned",
    [
        pytest.param(copy("Salt & Lantern (Unabridged)", None), id="label and ampersand"),
        pytest.param(copy("Tidewatch 02 - Salt and Lantern", None), id="series before the title"),
        pytest.param(copy("Salt and Lantern: Tidewatch, Book 2", None), id="series behind the title"),
        pytest.param(copy("The Lanterns of Salt", "2"), id="title of another region"),
        pytest.param(copy("Tidewatch #2", None), id="number alone"),
        pytest.param(copy("salt and lantern", "Book 2", authors=("HOLT, MAREN",)), id="shouted, turned author"),
        pytest.param(copy("Salt and Lantern", "1", series="The Harbour Years"), id="number of another series"),
        pytest.param(copy("Salt and Lantern", None, series=None), id="no series"),
        pytest.param(copy("Salt and Lantern", "7"), id="number of another order"),
        pytest.param(copy("Tidewatch: Books 1-3", None), id="box set"),
        pytest.param(copy("Whatever It Holds", "2-3"), id="omnibus"),
    ],
)
def test_what_is_owned_under_another_title_is_not_missing(owned: LibraryItem) -> None:
    assert "Salt and Lantern" not in titles(gaps([owned]).missing)
    assert owned in [item for _, item in gaps([owned]).owned]


@pytest.mark.parametrize(
    "owned",
    [
        pytest.param(copy("Embers", "2", series="Ashmark"), id="the same number of another series"),
        pytest.param(copy("Salt and Lantern", "2", authors=("Tom Reyes",), series=None), id="a stranger's title"),
        pytest.param(copy("Salt and Lantern (Part 1 of 3)", "2"), id="one part"),
        pytest.param(copy("Green Salt", "2.1"), id="one split part"),
        pytest.param(copy("Salt and Lantern (Dramatized Adaptation)", "2"), id="a dramatisation"),
        pytest.param(copy("Summary of Salt and Lantern by Maren Holt", None, authors=("Quick Notes",)), id="a summary"),
        pytest.param(copy("Tidewatch: Books 3-4", None), id="a box set of others"),
    ],
)
def test_what_is_no_copy_of_it_fills_no_gap(owned: LibraryItem) -> None:
    assert "Salt and Lantern" in titles(gaps([owned, copy("Low Water", "1")]).missing)


def test_all_parts_make_a_whole() -> None:
    halves = [copy("Green Salt", "2.1"), copy("White Salt", "2.2")]
    thirds = [copy(f"Salt and Lantern (Part {part} of 3)", "2") for part in (1, 2, 3)]
    assert titles(gaps(halves).missing) == titles(gaps(thirds).missing) == ["Low Water", "Spring Tide"]
    assert titles(gaps(thirds[:2]).missing) == ["Low Water", "Salt and Lantern", "Spring Tide"]


def test_a_dramatisation_will_do_if_the_rules_say_so_and_all_its_parts_are_there() -> None:
    parts = [copy(f"Salt and Lantern (Part {part} of 2) (Dramatized Adaptation)", "2") for part in (1, 2)]
    rules = GapRules(dramatised=True)
    assert "Salt and Lantern" not in titles(gaps(parts, rules=rules).missing)
    assert "Salt and Lantern" in titles(gaps(parts[:1], rules=rules).missing)
    assert "Salt and Lantern" in titles(gaps(parts).missing)


def test_another_language_is_another_book_unless_translations_will_do() -> None:
    works = [work("Low Water", "1", language="en"), work("Ebbe", "1", language="de")]
    german = copy("Ebbe", "1", language="de")
    assert titles(gaps([german], works, GapRules(languages=("en",))).missing) == ["Low Water"]
    assert gaps([german], works, GapRules(languages=("en",), translations=True)).missing == ()
    assert gaps([german], works).missing == ()


@pytest.mark.parametrize(
    ("released", "out"),
    [("2026-06-15", True), ("2026-06-16", False), ("2026", True), ("2027", False), ("2026-07", False), (None, True)],
)
def test_what_is_not_out_yet_is_listed_apart(released: str | None, out: bool) -> None:
    coming = work("Storm Surge", "4", work={"released": released})
    found = gaps([], [coming])
    assert (titles(found.missing), titles(found.unreleased)) == (
        (["Storm Surge"], []) if out else ([], ["Storm Surge"])
    )


def test_a_kept_place_without_a_date_is_not_out_yet() -> None:
    assert titles(gaps([], [work("Untitled Tidewatch 4", "4")]).unreleased) == ["Untitled Tidewatch 4"]


def test_the_volume_behind_all_dated_ones_is_not_out_yet_if_nothing_of_it_exists() -> None:
    dated = [work("Low Water", "1", year=2018), work("Salt and Lantern", "2", year=2020)]
    found = gaps([], [*dated, work("Storm Surge", "3"), work("The Ebb", "1.5")])
    assert titles(found.unreleased) == ["Storm Surge"]
    assert titles(found.missing) == ["Low Water", "The Ebb", "Salt and Lantern"]
    heard = work("Storm Surge", "3", work={"narrators": ("Ida Voss",)})
    assert gaps([], [*dated, heard]).unreleased == ()


@pytest.mark.parametrize("title", ["The Lighthouse Book Club", "The Cookbook of Tides", "An Atlas of Salt", "Sidekick"])
def test_a_volume_may_be_called_what_companions_are_called(title: str) -> None:
    assert titles(gaps([], [work(title, "4"), FIRST]).missing) == ["Low Water", title]


@pytest.mark.parametrize("earlier", ["2019-05-04", "2026-01-05", "2026"])
def test_an_earlier_edition_makes_a_work_released(earlier: str) -> None:
    again = [work("Low Water", "1", work={"released": when}) for when in ("2027", earlier)]
    assert len(gaps([], again).missing) == 1


def test_a_collection_that_does_not_say_what_it_holds_keeps_nothing_from_being_to_come() -> None:
    coming = work("Storm Surge", "4", work={"released": "2027"})
    found = gaps([copy("The Complete Tidewatch Collection", None)], [FIRST, coming])
    assert (titles(found.unreleased), found.missing) == (["Storm Surge"], ())


@pytest.mark.parametrize(
    ("listed", "rules"),
    [
        (work("Tidewatch Omnibus", "1-3"), GapRules()),
        (work("Low Water (Dramatized Adaptation)", "1"), GapRules()),
        (work("The Tidewatch Colouring Book"), GapRules()),
        (work("Study Guide: Low Water"), GapRules()),
        (work("Low Water, Part 1 of 2", "1"), GapRules()),
        (work("Ferry", "1.5", work={"kind": WorkKind.UNKNOWN}), GapRules(skip=frozenset({WorkKind.NOVELLA}))),
        (work("Ferry", "1.5"), GapRules(skip_positions=frozenset({"1.5"}))),
        (work("Ferry"), GapRules(placed_only=True)),
        (work("Ferry", "4", work={"abridged": True}), GapRules(unabridged_only=True)),
        (work("Ferry", "4", work={"audiobook": False}), GapRules()),
        (work("Fähre", "4", language="de"), GapRules(languages=("en",))),
        (work("Ferry", "4", work={"region": "uk"}), GapRules(region="us")),
        (work("Ferry", "4", work={"source": "a", "readers": 3}), GapRules(readers=10)),
    ],
)
def test_what_the_rules_leave_out_is_told_with_its_reason(listed: Work, rules: GapRules) -> None:
    found = gaps([copy("Low Water", "1")], [FIRST, listed], rules)
    assert found.missing == ()
    assert [one.work for one in found.left_out] == [listed]
    assert all(one.reason for one in found.left_out)


def test_what_several_sources_list_needs_no_readers() -> None:
    listed = work("Ferry", "4", work={"source": "a, b", "readers": 3})
    assert titles(gaps([], [listed], GapRules(readers=10)).missing) == ["Ferry"]


def test_numbers_between_and_below_owned_ones_are_told_though_nobody_lists_them() -> None:
    assert gaps([copy("Tidewatch 5", "5"), copy("Tidewatch 3", "3")], []).numbers == ("1", "2", "4")
    assert gaps([copy("Tidewatch 5", "5")], WORKS).numbers == ("4",)
    assert gaps([copy("Tidewatch 2019", "2019")], []).numbers == ()


def test_a_doubtful_copy_leaves_its_volume_out() -> None:
    found = gaps([copy("Spring", None)], [work("Spring: The Floods of March", "3")])
    assert found.missing == ()
    assert "Spring" in found.left_out[0].reason


def test_a_place_claimed_by_a_better_copy_is_not_claimed_twice() -> None:
    owned = [copy("Low Water", None), copy("Something Else", "1")]
    assert titles(gaps(owned).missing) == ["Salt and Lantern", "Spring Tide"]


def test_other_names_of_the_series_are_learnt_from_its_books() -> None:
    owned = [copy("Low Water", "1", series="TW"), copy("Lanterns", "2", series="TW")]
    assert titles(gaps(owned).missing) == ["Spring Tide"]


def test_a_narrator_may_make_another_edition() -> None:
    works = [work("Low Water", "1", work={"narrators": (name,)}) for name in ("Ida Voss", "Tom Reyes")]
    owned = [copy("Low Water", "1", item={"narrators": ("Ida Voss",)})]
    assert gaps(owned, works).missing == ()
    assert [one.narrators for one in gaps(owned, works, GapRules(narrator_is_edition=True)).missing] == [("Tom Reyes",)]


def test_an_id_outweighs_title_and_place() -> None:
    owned = copy("Unbekannt", "9", asin="B0ABCDEF12")
    assert gaps([owned], [work("Low Water", "1", other_ids=("B0ABCDEF12",))]).missing == ()


def test_a_book_of_several_series_counts_in_each() -> None:
    places = (SeriesPlace("The Harbour Years", "1"), SeriesPlace(SERIES, "2"))
    both = LibraryItem("shelf", "1", copy("Salt and Lantern").book.__class__("Other", ("Maren Holt",), series=places))
    assert titles(gaps([both]).missing) == ["Low Water", "Spring Tide"]


def test_counts_are_of_what_counts() -> None:
    coming = work("Storm Surge", "4", work={"released": "2030"})
    found = gaps([copy("Low Water", "1"), copy("Omnibus", "1-2")], [*WORKS, coming, work("The Set", "1-3")])
    assert (found.have, found.total) == (2, 3)
    assert titles(found.unreleased) == ["Storm Surge"]


def test_an_omnibus_is_not_owned_by_owning_a_part_of_it_but_by_owning_all() -> None:
    omnibus = work("The Tidewatch Set", "1-3", work={"kind": WorkKind.OMNIBUS})
    rules = GapRules(skip=frozenset())
    part = gaps([copy("Low Water", "1")], [*WORKS, omnibus], rules)
    whole = gaps([copy(one.book.title, one.book.series[0].position) for one in WORKS], [*WORKS, omnibus], rules)
    assert "The Tidewatch Set" in titles(part.missing)
    assert whole.missing == ()


def test_an_abridged_copy_will_do_unless_only_unabridged_ones_are_wanted() -> None:
    short = copy("Low Water (Abridged)", "1")
    assert "Low Water" not in titles(gaps([short]).missing)
    assert "Low Water" in titles(gaps([short], rules=GapRules(unabridged_only=True)).missing)


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_copies_and_works_does_not_matter(order: int) -> None:
    owned = [copy("Low Water", None), copy("Something Else", "1"), copy("Lanterns", "2")][::order]
    assert titles(gaps(owned, WORKS[::order]).missing) == ["Spring Tide"]
