"""Gaps by the word of several sources, one of whom numbers otherwise, lies, or knows only half."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

import pytest
from benchmarks.disturbed_series import TODAY, Shelf, disturbed
from tests.core.catalogue.invented import SERIES, Json

from audiobook_daemon.catalogue.bibliography import merge_series
from audiobook_daemon.catalogue.gaps import GapRules, series_gaps
from audiobook_daemon.models import Book, SeriesPlace, SeriesQuestion, SeriesRecord, Work

ROUNDS = 4
Change = Callable[[Sequence[Work], Json, Random], Sequence[Work]]


def numbers_otherwise(works: Sequence[Work], _: Json, __: Random) -> Sequence[Work]:
    return [_moved(work) for work in works]


def knows_half(works: Sequence[Work], _: Json, random: Random) -> Sequence[Work]:
    return [work for work in works if random.random() < 0.5]


def lies(works: Sequence[Work], line: Json, random: Random) -> Sequence[Work]:
    name = line["series"]
    invented = [
        Work(
            Book(f"Lie {number}", ("Nobody Known",), series=(SeriesPlace(name, str(number)),)),
            key=f"lie {number}",
            readers=1,
        )
        for number in (1, 3, 17, 99)
    ]
    return [*(work for work in works if random.random() < 0.8), *invented]


def is_silent(_: Sequence[Work], __: Json, ___: Random) -> Sequence[Work]:
    return []


def _moved(work: Work) -> Work:
    places = [
        replace(place, position=f"{float(place.position) + 1:g}")
        if place.position and "-" not in place.position
        else place
        for place in work.book.series
    ]
    return replace(work, book=replace(work.book, series=tuple(places)))


def record(source: str, line: Json, works: Sequence[Work]) -> SeriesRecord:
    listed = tuple(replace(work, source=source) for work in works)
    return SeriesRecord(source, line["series"], tuple(line["authors"]), source, listed)


def reported(shelf: Shelf, line: Json, seed: int, change: Change) -> set[str]:
    random = Random(seed)
    listings = [disturbed(line, seed * 7 + number).listed for number in range(3)]
    records = [
        record("hardcover", line, listings[0]),
        record("audnexus", line, listings[1]),
        record("google_books", line, change(listings[2], line, random)),
    ]
    random.shuffle(records)
    owned = tuple(item.book for item in shelf.owned)
    language = shelf.languages[0] if shelf.languages else None
    merged = merge_series(SeriesQuestion(line["series"], tuple(line["authors"]), owned, language), records)
    assert merged is not None
    rules = GapRules(languages=shelf.languages)
    gaps = series_gaps(shelf.name, shelf.owned, merged.works, rules, TODAY, aliases=merged.aliases)
    return {work.key or "" for work in gaps.missing} - shelf.either_way


@pytest.mark.parametrize("change", [numbers_otherwise, knows_half, lies, is_silent])
@pytest.mark.parametrize("line", SERIES, ids=lambda line: str(line["series"]))
def test_one_odd_source_changes_nothing(line: Json, change: Change) -> None:
    others = [other for other in SERIES if other["series"] != line["series"]]
    for seed in range(ROUNDS):
        shelf = disturbed(line, seed, others)
        assert reported(shelf, line, seed, change) == shelf.missing, seed
