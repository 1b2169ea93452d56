"""A library of one series and its author, as sources know it, behind a served daemon."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from tests.core.web.conftest import Served

from audiobook_daemon.models import Book, LibraryItem, SeriesPlace, Work, WorkKind
from audiobook_daemon.pipeline.keys import keyed
from audiobook_daemon.store import AuthorStanding, Completion, Gap, GapKind, GapState, SeriesStanding

AUTHOR = "Mira Holt"
TIDES, HOLT = "tidewardens|holt mira", "holt mira"


def volume(title: str, position: str | None, **more: object) -> Work:
    """A volume of the series, as a source lists it."""
    places = (SeriesPlace("The Tide Wardens", position),) if position else ()
    known: dict[str, object] = {"kind": WorkKind.NOVEL, "released": "2020-05-01", "audiobook": True, "readers": 500}
    return Work(Book(title, (AUTHOR,), series=places), "hardcover", title, **{**known, **more})  # type: ignore[arg-type]


EBB, FLOOD, SLACK = volume("Ebb", "1"), volume("Flood", "2"), volume("Slack Water", "3")
UNDERTOW = volume("Undertow", "4", released="2999-01-01")


def copy(work: Work, item: str) -> LibraryItem:
    """An owned copy of a work."""
    return LibraryItem("shelf", item, work.book, ("Otto Reader",), 36_000.0, path=f"/books/{item}")


@dataclass(frozen=True, slots=True)
class Shelves:
    """What stands in the database, by its ids."""

    served: Served
    series: int
    author: int
    gaps: dict[str, int]


@pytest.fixture
async def shelves(served: Served) -> Shelves:
    """The Tide Wardens: the first is owned, two are missing, one is to come."""
    database = served.daemon.database
    lone = LibraryItem("shelf", "b", Book("Alone", (AUTHOR,)))
    await database.books.upsert([keyed(copy(EBB, "a")), keyed(lone), keyed(copy(volume("Else", None), "c"))])
    works = (EBB, FLOOD, SLACK, UNDERTOW)
    tides = SeriesStanding(
        TIDES, "The Tide Wardens", {"hardcover": "9", "audnexus": ""}, works, 3, 1, 2, 33.3, Completion.INCOMPLETE,
        authors=(AUTHOR,), finished=False,
    )  # fmt: skip
    holt = AuthorStanding(HOLT, AUTHOR, {}, works, 5, 3, 2, 60.0, Completion.PARTIAL, favourite=True)
    series, author = (await database.series.save([tides]))[TIDES], (await database.authors.save([holt]))[HOLT]
    states = {"Flood": GapState.FOUND, "Slack Water": GapState.IGNORED, "Undertow": GapState.UNRELEASED}
    for number, work in enumerate((FLOOD, SLACK, UNDERTOW), 2):
        gap = Gap(
            GapKind.SERIES, TIDES, work.book.title.lower(), work, states[work.book.title], str(number), work.released
        )
        await database.gaps.save([(gap, series)])
    flood = Gap(GapKind.AUTHOR, HOLT, "flood", FLOOD, released="2020-05-01", priority=2)
    await database.gaps.save([(flood, author)])
    known = await database.gaps.all(GapKind.SERIES)
    return Shelves(served, series, author, {gap.title: gap.id or 0 for gap in known})
