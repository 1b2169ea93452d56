"""What is missing from an author: audiobooks, each once, in a wanted language, by the author."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from benchmarks.disturbed_series import TODAY as MADE_ON
from benchmarks.disturbed_series import disturbed
from tests.core.catalogue.building import AUTHOR, copy, work
from tests.core.catalogue.invented import SERIES

from audiobook_daemon.catalogue.gaps import SKIPPED, GapRules, Gaps, author_gaps
from audiobook_daemon.models import LibraryItem, Work, WorkKind

TODAY = date(2026, 6, 15)
WORDS = [letter * 3 for letter in "abcdefghijklmnopqrstuvwxyz"]
HEARD = {"audiobook": True, "kind": WorkKind.NOVEL}
ENGLISH = GapRules(skip=SKIPPED | {WorkKind.SHORT}, languages=("en",))


def heard(title: str, position: str | None = None, **more: object) -> Work:
    known = dict(more.pop("work", {}))  # type: ignore[call-overload]
    return work(title, position, work={**HEARD, **known}, **more)


WORKS = (heard("Low Water", "1"), heard("Embers", "1", series="Ashmark"), heard("The Long Quay", series=None))


def gaps(owned: Sequence[LibraryItem], works: Sequence[Work] = WORKS, rules: GapRules = ENGLISH) -> Gaps:
    return author_gaps(AUTHOR, owned, works, rules, TODAY)


def titles(works: Sequence[Work]) -> list[str]:
    return [one.book.title for one in works]


def test_what_is_not_owned_is_missing() -> None:
    found = gaps([copy("Low Water (Unabridged)", "1"), copy("the long quay", series=None, authors=("HOLT, MAREN",))])
    assert titles(found.missing) == ["Embers"]
    assert (found.have, found.total) == (2, 3)


@pytest.mark.parametrize(
    "owned",
    [
        copy("Low Water: Tidewatch, Book 1", None, series=None),
        copy("Tidewatch 01 - Low Water", None, series="Tidewatch"),
        copy("Ebb and Flow", "1"),
        copy("Something", None, series=None, asin="B0TIDE0001"),
    ],
)
def test_owned_under_another_title_is_owned(owned: LibraryItem) -> None:
    listed = heard("Low Water", "1", asin="B0TIDE0001")
    assert gaps([owned], [listed]).missing == ()


@pytest.mark.parametrize(
    "listed",
    [
        work("Printed Only", series=None, work={"audiobook": False}),
        work("Of Unknown Form", series=None),
        heard("Summary of Low Water by Maren Holt", series=None),
        heard("Low Water (Dramatized Adaptation)", series=None),
        heard("The Tidewatch Omnibus: Books 1-3", series=None),
        heard("Tales of the Coast", series=None, work={"kind": WorkKind.ANTHOLOGY}),
        heard("Birds of the Coast", series=None, authors=("Rufus Thorne",)),
        heard("Das lange Ufer", series=None, language="de"),
        heard("Die Geschichte des verlorenen Hafens", series=None),
        heard("Maren Holt: A Biography", series=None),
        heard("Low Water, Part 2", series=None),
        heard("A Tale of an Hour", series=None, work={"kind": WorkKind.UNKNOWN, "runtime": 3_600.0}),
    ],
)
def test_what_is_no_audiobook_of_the_author_is_left_out_with_a_reason(listed: Work) -> None:
    found = gaps([copy("Something Else", series=None)], [listed])
    assert found.missing == ()
    assert found.left_out[0].reason


def test_a_work_of_many_sources_is_missing_once() -> None:
    many = [
        replace(heard("Embers", "1", series="Ashmark"), source="audnexus"),
        replace(heard("Embers: Ashmark, Book 1", series=None), source="google_books"),
        replace(work("Embers", series=None, work={"audiobook": None}), source="open_library"),
    ]
    assert titles(gaps([], many).missing) == ["Embers"]


def test_what_is_to_come_is_listed_apart() -> None:
    found = gaps([], [heard("Storm Surge", "4", work={"released": "2027-02-01"})])
    assert (found.missing, titles(found.unreleased)) == ((), ["Storm Surge"])


def test_a_copy_of_a_similar_title_leaves_a_work_out() -> None:
    found = gaps([copy("The Long Quay Revisited", series=None)], [heard("The Long Quay", series=None)])
    assert found.missing == () or found.owned == ()


def test_nothing_of_another_language_s_copy_counts() -> None:
    german = copy("Ebbe", "1", language="de")
    assert titles(gaps([german], [heard("Low Water", "1", language="en")]).missing) == ["Low Water"]
    translated = GapRules(languages=("en",), translations=True)
    assert gaps([german], [heard("Low Water", "1", language="en")], translated).missing == ()


@pytest.mark.parametrize("author", sorted({line["authors"][0] for line in SERIES} - {"Ada Finch"}))
def test_exactly_the_removed_books_of_all_series_are_missing(author: str) -> None:
    lines = [line for line in SERIES if line["authors"][0] == author]
    for seed in range(10):
        shelves = [disturbed(line, seed) for line in lines]
        owned = [item for shelf in shelves for item in shelf.owned]
        listed = [
            replace(one, source=source, key=f"{line['series']}|{one.key}", audiobook=True)
            for place, source in enumerate(("audnexus", "hardcover"))
            for line in lines
            for one in disturbed(line, seed * 5 + place).listed
        ]
        missing = {f"{shelf.name}|{ref}" for shelf in shelves for ref in shelf.missing}
        either_way = {f"{shelf.name}|{ref}" for shelf in shelves for ref in shelf.either_way}
        rules = GapRules(languages=shelves[0].languages)
        gaps = author_gaps(author, owned, listed, rules, MADE_ON)
        assert {one.key for one in gaps.missing} - either_way == missing, seed


def test_a_long_shelf_takes_no_time_to_speak_of() -> None:
    works = [heard(f"Tale {WORDS[n % 26]} {WORDS[n // 26]}", str(n % 10 + 1), series=f"S{n // 10}") for n in range(300)]
    owned = [copy(one.book.title, one.book.series[0].position, series=one.book.series[0].name) for one in works[::3]]
    begin = time.process_time()
    found = gaps(owned, works)
    assert (len(found.missing), found.have) == (200, 100)
    assert time.process_time() - begin < 5
