"""Every writing of metadata is on record before and after, until it is undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from audiobook_daemon.models import Book, CorrectionState, FieldChange, LibraryItem
from audiobook_daemon.store import Database

TITLE = FieldChange("title", "Old", "New", "catalogue", "so it is")
YEAR = FieldChange("year", None, 1999, "archive", "it was empty")


@pytest.fixture
async def book(database: Database) -> int:
    await database.books.upsert([(LibraryItem("shelf", "one", Book("Old")), "old||")])
    return (await database.attention.named("one"))[0].id


async def test_a_planned_correction_waits_until_it_is_settled(database: Database, book: int) -> None:
    made = await database.corrections.plan(book, "full", "run-1", {"title": "Old", "year": None}, [TITLE, YEAR])
    (planned,) = await database.corrections.planned()
    assert (planned.id, planned.changes, planned.before) == (made, (TITLE, YEAR), {"title": "Old", "year": None})
    assert planned.after is None
    await database.corrections.applied(made, {"title": "New", "year": None}, unchanged=["year"])
    assert await database.corrections.planned() == ()
    (applied,) = await database.corrections.of_run("run-1")
    assert (applied.state, applied.changes) == (CorrectionState.APPLIED, (TITLE,))


async def test_what_failed_or_was_undone_is_history_and_no_more_to_be_undone(database: Database, book: int) -> None:
    failed = await database.corrections.plan(book, "full", "run-1", {}, [TITLE])
    await database.corrections.failed(failed, "The library said no.")
    undone = await database.corrections.plan(book, "full", "run-1", {}, [YEAR])
    await database.corrections.applied(undone, {})
    await database.corrections.undone(undone, CorrectionState.UNDONE)
    assert await database.corrections.of_run("run-1") == ()
    assert await database.corrections.applied_to(book) == ()
    states = [(one.state, one.reason) for one in await database.corrections.history(book)]
    assert states == [(CorrectionState.UNDONE, None), (CorrectionState.FAILED, "The library said no.")]


async def test_figures_count_what_is_applied_by_source_and_field_and_since_when(
    database: Database, book: int, pass_time: Callable[[timedelta], object]
) -> None:
    for changes, days in (([TITLE, YEAR], 10), ([TITLE], 0)):
        made = await database.corrections.plan(book, "full", None, {}, changes)
        await database.corrections.applied(made, {})
        pass_time(timedelta(days=days))
    await database.corrections.plan(book, "full", None, {}, [YEAR])
    assert await database.corrections.by_source() == {"catalogue": 2, "archive": 1}
    assert await database.corrections.by_field() == {"title": 2, "year": 1}
