"""Gap finding over invented series: whatever is removed is reported, and nothing else."""

from __future__ import annotations

import pytest
from benchmarks.disturbed_series import TODAY, disturbed
from tests.core.catalogue.invented import SERIES, Json

from audiobook_daemon.catalogue.gaps import GapRules, series_gaps

ROUNDS = 30


@pytest.mark.parametrize("line", SERIES, ids=lambda line: str(line["series"]))
def test_exactly_the_removed_books_are_missing(line: Json) -> None:
    others = [other for other in SERIES if other["series"] != line["series"]]
    for seed in range(ROUNDS):
        shelf = disturbed(line, seed, others)
        gaps = series_gaps(shelf.name, shelf.owned, shelf.listed, GapRules(languages=shelf.languages), TODAY)
        reported = {work.key for work in gaps.missing} - shelf.either_way
        told = [(item.book.title, item.book.series) for item in shelf.owned]
        assert reported == shelf.missing, (seed, told)


@pytest.mark.parametrize("line", SERIES, ids=lambda line: str(line["series"]))
def test_nothing_is_missing_from_what_is_complete_and_all_from_what_is_empty(line: Json) -> None:
    shelf = disturbed(line, 0)
    rules = GapRules(languages=shelf.languages)
    empty = series_gaps(shelf.name, [], shelf.listed, rules, TODAY)
    counted = {work["ref"] for work in line["works"] if work["type"] in {"novel", "novella", "collection"}}
    assert {work.key for work in empty.missing} - shelf.either_way == counted - shelf.either_way
    assert not empty.owned
    assert empty.have == 0
