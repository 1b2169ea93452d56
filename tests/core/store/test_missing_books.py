"""A book that several lack is listed once, with all of them, and counted once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audiobook_daemon.models import Book, Work
from audiobook_daemon.store import AuthorStanding, Database, Gap, GapKind, GapState, SeriesStanding

TIDES, HOLT, QUILL = "tides|holt mira", "holt mira", "quill jo"
MISSING = (GapState.FOUND, GapState.GRADUAL)


def in_series(title: str, state: GapState = GapState.FOUND, position: str | None = None) -> Gap:
    return Gap(GapKind.SERIES, TIDES, title.lower(), Work(Book(title)), state, position)


def by_author(title: str, state: GapState = GapState.FOUND, author: str = HOLT) -> Gap:
    return replace(in_series(title, state), kind=GapKind.AUTHOR, owner=author, priority=2)


@pytest.fixture
async def database(database: Database) -> Database:
    """A database with gaps; Ebb is lacked by all, Flood in two states, and Alone and Salt by one each."""
    series = await database.series.save([SeriesStanding(TIDES, "Tides")])
    authors = await database.authors.save([AuthorStanding(HOLT, "Mira Holt"), AuthorStanding(QUILL, "Jo Quill")])
    # The author's gaps are known longer; the series is named first all the same.
    for gap in (
        *(by_author("Ebb"), by_author("Ebb", GapState.GRADUAL, QUILL), by_author("Flood", GapState.WANTED)),
        *(by_author("Alone"), in_series("Flood", position="2"), in_series("Ebb", position="1")),
        replace(in_series("Salt", GapState.UNRELEASED), released="2999-05"),
        replace(by_author("Salt", GapState.UNRELEASED), released="2999-05-01"),
    ):
        await database.gaps.save([(gap, {**series, **authors}[gap.owner])])
    return database


async def test_each_book_is_listed_once_under_its_series_with_all_that_lacks_it(database: Database) -> None:
    found = await database.missing_books.list(MISSING)
    told = {one.gap.title: (one.gap.of, one.gap.position, [other.of for other in one.others]) for one in found}
    assert told == {
        "Ebb": ("Tides", "1", ["Mira Holt", "Jo Quill"]),
        "Flood": ("Tides", "2", []),
        "Alone": ("Mira Holt", None, []),
    }
    assert [one.gap.title for one in found] == ["Ebb", "Flood", "Alone"]


async def test_where_only_the_author_stands_in_a_state_the_author_is_named(database: Database) -> None:
    (flood,) = await database.missing_books.list([GapState.WANTED])
    assert (flood.gap.title, flood.gap.of, flood.others) == ("Flood", "Mira Holt", ())
    (salt,) = await database.missing_books.list([GapState.UNRELEASED], by_date=True)
    assert (salt.gap.of, [one.of for one in salt.others]) == ("Tides", ["Mira Holt"])


async def test_the_parts_of_the_list_hold_every_book_once(database: Database) -> None:
    parts = [await database.missing_books.list(MISSING, limit=1, offset=number) for number in range(4)]
    assert [[one.gap.title for one in part] for part in parts] == [["Ebb"], ["Flood"], ["Alone"], []]
    assert [other.of for one in parts[0] for other in one.others] == ["Mira Holt", "Jo Quill"]


async def test_the_books_are_counted_as_they_are_listed_and_anew_after_a_change(database: Database) -> None:
    sets = (MISSING, [GapState.WANTED], [GapState.UNRELEASED], [GapState.IGNORED], list(GapState))
    assert await database.missing_books.counts(sets) == (3, 1, 1, 0, 4)
    for states, number in zip(sets, await database.missing_books.counts(sets), strict=True):
        assert len(await database.missing_books.list(states)) == number
    for gap in await database.gaps.list([GapState.UNRELEASED]):
        await database.gaps.change(gap.id or 0, state=GapState.IGNORED)
    assert await database.missing_books.counts(sets) == (3, 1, 0, 1, 4)
