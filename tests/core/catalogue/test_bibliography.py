"""What several sources say of a series is one bibliography."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import pytest
from tests.core.catalogue.building import AUTHOR, SERIES, work

from audiobook_daemon.catalogue.bibliography import MergedSeries, merge_series, merge_works
from audiobook_daemon.models import Book, SeriesQuestion, SeriesRecord, Work, WorkKind

ASKED = SeriesQuestion(SERIES, (AUTHOR,))
TITLES = ("Low Water", "Salt and Lantern", "Spring Tide", "Storm Surge")


def record(source: str, works: Sequence[Work], name: str = SERIES) -> SeriesRecord:
    listed = tuple(replace(one, source=source, key=one.key or f"{source}:{one.book.title}") for one in works)
    return SeriesRecord(source, name, (AUTHOR,), f"{source}-7", listed)


def numbered(*titles: str, first: int = 1) -> list[Work]:
    return [work(title, str(position)) for position, title in enumerate(titles, start=first)]


def merged(*records: SeriesRecord, asked: SeriesQuestion = ASKED) -> MergedSeries:
    found = merge_series(asked, records)
    assert found is not None
    return found


def listing(found: MergedSeries) -> list[tuple[str | None, str]]:
    return [(one.book.series[0].position, one.book.title) for one in found.works]


PLAIN = [(str(position), title) for position, title in enumerate(TITLES, start=1)]


def test_sources_that_agree_make_one_list_and_keep_all_ids() -> None:
    shops = [work(title, str(n), asin=f"B0TIDE000{n}") for n, title in enumerate(TITLES, start=1)]
    books = [work(f"{title}: A Novel", str(n), isbn=f"978000000000{n}") for n, title in enumerate(TITLES, start=1)]
    found = merged(record("audnexus", shops), record("open_library", books), record("hardcover", numbered(*TITLES)))
    assert listing(found) == PLAIN
    assert found.sources == ("audnexus", "hardcover", "open_library")
    assert found.ids == {"audnexus": "audnexus-7", "open_library": "open_library-7", "hardcover": "hardcover-7"}
    assert [one.book.asin for one in found.works] == [f"B0TIDE000{n}" for n in range(1, 5)]
    assert {one.source for one in found.works} == {"audnexus, hardcover, open_library"}


def test_the_order_of_the_sources_does_not_matter() -> None:
    records = [
        record("hardcover", numbered(*TITLES)),
        record("open_library", numbered("Low Water", "Salt & Lantern", "Spring Tide")),
        record("google_books", [work("Spring Tide", "4"), work("Storm Surge", "3")]),
    ]
    lists = {tuple(listing(merged(*order))) for order in permutations(records)}
    assert lists == {tuple(PLAIN)}


def test_a_source_that_numbers_otherwise_is_outvoted_and_not_mixed_in() -> None:
    off = numbered(*TITLES, first=2)
    found = merged(
        record("hardcover", numbered(*TITLES)), record("audnexus", numbered(*TITLES)), record("google_books", off)
    )
    assert listing(found) == PLAIN
    assert all("google_books" in one.source for one in found.works)


def test_the_trusted_majority_outvotes_the_most_trusted() -> None:
    off = numbered(*TITLES, first=0)
    found = merged(
        record("hardcover", off), record("audnexus", numbered(*TITLES)), record("open_library", numbered(*TITLES))
    )
    assert listing(found) == PLAIN


def test_one_title_at_two_positions_is_two_works_unless_an_id_says_otherwise() -> None:
    twice = [work("Low Water", "1"), work("Low Water", "9")]
    assert len(merge_works([replace(one, source="a") for one in twice])) == 2
    same = [work("Low Water", "1", asin="B0TIDE0001"), work("Low Water", "9", asin="B0TIDE0001")]
    assert len(merge_works([replace(one, source="a") for one in same])) == 1


def test_where_two_sources_place_one_work_differently_the_more_trusted_holds() -> None:
    found = merged(
        record("open_library", [*numbered(*TITLES), work("Ferry", "2.6")]),
        record("hardcover", [*numbered(*TITLES), work("Ferry", "2.5")]),
    )
    assert [position for position, title in listing(found) if title == "Ferry"] == ["2.5"]
    assert [one.work.source for one in found.left_out] == ["open_library"]


def test_two_sources_that_differ_wholly_leave_the_numbers_of_the_more_trusted() -> None:
    found = merged(record("open_library", numbered(*TITLES, first=3)), record("hardcover", numbered(*TITLES)))
    assert listing(found) == PLAIN


def test_titles_of_other_regions_become_aliases() -> None:
    found = merged(
        record("hardcover", numbered(*TITLES)),
        record("audnexus", numbered("The Ebb", "Salt and Lantern", "Spring Tide")),
    )
    first = found.works[0]
    assert first.book.title in {"Low Water", "The Ebb"}
    assert {first.book.title, *first.book.aliases} == {"Low Water", "The Ebb"}
    assert len(found.works) == len(TITLES)


def test_recordings_and_pieces_of_a_volume_are_one_work_with_all_their_ids() -> None:
    listed = [
        work("Low Water", "1", asin="B0TIDE0001", work={"narrators": ("Ida Voss",)}),
        work("Low Water", "1", asin="B0TIDE0002", work={"narrators": ("Tom Reyes",)}),
        work("Low Water (Part 1 of 2)", "1", asin="B0TIDE0003"),
        work("Low Water (Part 2 of 2)", "1", asin="B0TIDE0004"),
    ]
    (found,) = merged(record("audnexus", listed)).works
    assert found.book.title == "Low Water"
    assert found.kind is WorkKind.NOVEL
    assert {found.book.asin, *found.book.other_ids} == {f"B0TIDE000{n}" for n in range(1, 5)}


@pytest.mark.parametrize(
    "other",
    [
        work("Low Water (Dramatized Adaptation)", "1", asin="B0TIDE0009"),
        work("Ebbe", "1", asin="B0TIDE0009", language="de"),
        work("Tidewatch: Books 1-3", "1-3", asin="B0TIDE0009"),
        work("Low Water (Abridged)", "1", asin="B0TIDE0009", work={"abridged": True}),
    ],
)
def test_what_is_another_thing_at_the_same_position_stays_apart(other: Work) -> None:
    found = merged(record("audnexus", [work("Low Water", "1", language="en"), other]))
    assert len(found.works) == 2
    assert all("B0TIDE0009" not in one.book.other_ids for one in found.works)


def test_most_sources_decide_on_kind_and_year_and_the_most_exact_date_stays() -> None:
    said = [
        ("hardcover", WorkKind.NOVELLA, "2019"),
        ("audnexus", WorkKind.NOVELLA, "2019-05-04"),
        ("google_books", WorkKind.NOVEL, "2011"),
    ]
    found = merged(
        *(record(source, [work("Ferry", "1.5", work={"kind": kind, "released": date})]) for source, kind, date in said)
    )
    assert [(one.kind, one.released) for one in found.works] == [(WorkKind.NOVELLA, "2019-05-04")]


@pytest.mark.parametrize(
    "junk",
    [
        work("Low Water Fan Stories", "17", work={"readers": 1}),
        work("The Tide", "3.7", authors=("Rufus Thorne",)),
        work("Coastal Birds"),
    ],
)
def test_what_one_source_alone_lists_and_nobody_vouches_for_is_left_out_with_a_reason(junk: Work) -> None:
    found = merged(record("hardcover", numbered(*TITLES)), record("google_books", [*numbered(*TITLES), junk]))
    assert listing(found) == PLAIN
    assert [one.work.book.title for one in found.left_out] == [junk.book.title]
    assert "google_books" in found.left_out[0].reason


def test_a_series_of_another_author_is_not_the_one_asked_for() -> None:
    stranger = SeriesRecord(
        "hardcover", SERIES, ("Rufus Thorne",), "1", (work("Birds", "1", authors=("Rufus Thorne",)),)
    )
    assert merge_series(ASKED, [stranger]) is None
    owned = Book("Birds", ("M. H.",), asin="B0TIDE0009")
    known = replace(stranger, works=(replace(stranger.works[0], book=replace(owned, authors=("Rufus Thorne",))),))
    assert merge_series(replace(ASKED, owned=(owned,)), [known]) is not None
    assert merge_series(ASKED, []) is None


def test_owned_books_find_a_series_of_another_name() -> None:
    asked = SeriesQuestion("TW", (AUTHOR,), tuple(one.book for one in numbered(*TITLES[:2])))
    found = merged(record("hardcover", numbered(*TITLES), "The Tidewatch Chronicles"), asked=asked)
    assert found.name == "TW"
    assert found.aliases == ("The Tidewatch Chronicles",)
    assert {one.book.series[0].name for one in found.works} == {"TW"}


def test_merging_again_changes_nothing() -> None:
    found = merged(record("hardcover", numbered(*TITLES)), record("audnexus", numbered(*TITLES)))
    assert merge_works(found.works) == found.works


def test_an_author_s_works_are_each_told_once() -> None:
    works = [
        replace(work("Low Water", "1", asin="B0TIDE0001"), source="audnexus"),
        replace(work("Low Water: Tidewatch, Book 1", series=None), source="google_books"),
        replace(work("Ash", "1", series="Ashmark"), source="audnexus"),
        replace(work("Embers", series=None), source="google_books"),
    ]
    assert [one.book.title for one in merge_works(works)] == ["Low Water", "Ash", "Embers"]
