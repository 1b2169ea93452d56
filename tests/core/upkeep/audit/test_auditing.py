"""The audit, the record of duplicates and the tally of failures, as actions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import delete, insert

from audiobook_daemon.actions import Actions
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.models import Book, BookStatus, LibraryItem, SeriesPlace
from audiobook_daemon.store.catalogue_tables import facts
from audiobook_daemon.store.tables import books

if TYPE_CHECKING:
    from tests.core.upkeep.audit.conftest import Audited

HOUR = 3600.0


def item(number: int, title: str = "The Salt Road", **fields: Any) -> LibraryItem:  # noqa: ANN401
    book = Book(title, ("Mara Quill",), asin=fields.pop("asin", None), series=fields.pop("series", ()))
    whole = LibraryItem("shelf", str(number), book, ("Tom Vale",), 10 * HOUR, 300_000_000 + number, f"/b/{number}")
    return replace(whole, **fields)


async def stored(audited: Audited) -> list[tuple[int, str]]:
    return [(one.id, one.state) for one in await audited.database.duplicates.list(("open", "ignored", "gone"))]


def test_every_job_is_an_action_with_a_sentence(audited: Audited) -> None:
    table = Actions()
    for name in audited.auditing.names:
        table.add(name, getattr(audited.auditing, name))
    assert [action.name for action in table if not action.description.split("\n")[0].endswith(".")] == []


async def test_the_audit_tells_what_is_wrong_and_writes_the_figures_of_the_day(audited: Audited) -> None:
    await audited.shelve(item(1), item(2, "Iron Gate", missing=True), item(3, "Silence", cover=False))
    outcome = await audited.auditing.audit(examples=1)
    assert (outcome.processed, outcome.succeeded, outcome.failed) == (3, 3, 0)
    data: Any = outcome.data
    assert (data["books"], data["missing_files"], data["hours"]) == (2, 1, 20.0)
    told = {one["code"]: (one["books"], len(one["examples"])) for one in data["examples"]}
    assert told["missing_files"] == (1, 1)
    assert told["no_asin"] == (3, 1)
    assert sum(one["books"] for one in data["examples"]) == sum(data["findings"].values())
    assert outcome.summary == f"audit: 3 books looked over, {sum(data['findings'].values())} findings."
    ((day, figures),) = await audited.database.statistics.all()
    assert (day.isoformat(), figures["books"], figures["buckets"]) == ("2026-03-01", 2, data["buckets"])


async def test_a_second_audit_of_a_day_replaces_the_first_and_another_day_is_added(audited: Audited) -> None:
    await audited.auditing.audit()
    await audited.shelve(item(1))
    await audited.auditing.audit()
    audited.pass_by(days=1)
    await audited.auditing.audit()
    assert [figures["books"] for _, figures in await audited.database.statistics.all()] == [1, 1]


async def test_a_rehearsed_audit_writes_nothing(audited: Audited) -> None:
    await audited.shelve(item(1))
    outcome = await audited.auditing.audit(dry_run=True)
    assert outcome.processed == 1
    assert await audited.database.statistics.all() == ()


async def test_running_times_are_held_against_the_editions_that_sources_know(audited: Audited) -> None:
    await audited.shelve(item(1), item(2, "Iron Gate"))
    row = {"field": "runtime", "weight": 1.0, "at": datetime(2026, 1, 1, tzinfo=UTC)}
    stated = [(1, "audnexus", 36_360), (2, "audnexus", 108_000), (2, "hardcover", 111_600)]
    await audited.write(insert(facts), [{"book_id": n, "source": s, "value": v} | row for n, s, v in stated])
    found: Any = (await audited.auditing.audit()).data
    (short,) = [one for one in found["examples"] if one["code"] == "short"]
    assert [one["title"] for one in short["examples"]] == ["Iron Gate"]


async def test_duplicates_are_written_down_once(audited: Audited) -> None:
    await audited.shelve(item(1, asin="B0SALTROAD"), item(2, asin="B0SALTROAD", format="m4b"), item(3, "Iron Gate"))
    first = await audited.auditing.find_duplicates()
    assert first.summary.startswith("find_duplicates: 1 exact and 0 likely duplicates, ")
    assert first.summary.endswith(" 1 new.")
    assert (await audited.auditing.find_duplicates()).summary.endswith(" 0 new.")
    (record,) = await audited.database.duplicates.list()
    assert (record.likeness, record.books, record.keeper) == ("exact", (1, 2), 2)
    assert await audited.database.books.count() == 3, "a record only"


async def test_a_rehearsal_finds_duplicates_and_writes_none(audited: Audited) -> None:
    await audited.shelve(item(1, asin="B0SALTROAD"), item(2, asin="B0SALTROAD"))
    outcome = await audited.auditing.find_duplicates(dry_run=True)
    assert outcome.processed == 1
    assert await stored(audited) == []


async def test_an_ignored_duplicate_stays_ignored_and_can_come_back(audited: Audited) -> None:
    await audited.shelve(item(1, asin="B0SALTROAD"), item(2, asin="B0SALTROAD"))
    await audited.auditing.find_duplicates()
    await audited.auditing.ignore_duplicate(1)
    again = await audited.auditing.find_duplicates()
    assert again.data == []
    assert await stored(audited) == [(1, "ignored")]
    await audited.auditing.ignore_duplicate(1, undo=True)
    assert await stored(audited) == [(1, "open")]


async def status_of(audited: Audited) -> list[str]:
    return [one.status.value for one in await audited.database.book_lists.some([1, 2, 3])]


@pytest.mark.parametrize(("book", "others"), [(None, [1, 3]), (3, [1, 2])])
async def test_the_suggested_copy_or_the_chosen_one_is_kept_and_the_others_are_second_copies(
    audited: Audited, book: int | None, others: list[int]
) -> None:
    same = {"asin": "B0SALTROAD"}
    await audited.shelve(item(1, format="mp3", **same), item(2, format="m4b", **same), item(3, format="mp3", **same))
    await audited.auditing.find_duplicates()
    await audited.auditing.keep_copy(1, book, dry_run=True)
    assert (await status_of(audited), await stored(audited)) == (["active"] * 3, [(1, "open")])
    outcome = await audited.auditing.keep_copy(1, book)
    assert outcome.data == {"id": book or 2, "others": others}
    found = await status_of(audited)
    assert [number for number, status in enumerate(found, 1) if status == "duplicate"] == others
    assert (await stored(audited), await audited.database.books.count()) == ([(1, "gone")], 3)
    await audited.auditing.find_duplicates()
    assert await stored(audited) == [(1, "gone")]
    with pytest.raises(AudiobookDaemonError, match="nothing to decide"):
        await audited.auditing.keep_copy(1, book)


async def test_a_second_copy_that_is_put_back_is_found_again(audited: Audited) -> None:
    await audited.shelve(item(1, asin="B0SALTROAD"), item(2, asin="B0SALTROAD"))
    await audited.auditing.find_duplicates()
    await audited.auditing.keep_copy(1)
    await audited.database.book_notes.put(2, status=BookStatus.ACTIVE)
    await audited.auditing.find_duplicates()
    assert await stored(audited) == [(1, "open")]


@pytest.mark.parametrize(
    ("book", "sentence"), [(7, "Book 7 is not among its copies"), (1, "Book 1 is gone"), (2, "Book 2 is archived")]
)
async def test_a_copy_that_cannot_be_kept_lets_all_others_stay(audited: Audited, book: int, sentence: str) -> None:
    await audited.shelve(*(item(number, asin="B0SALTROAD") for number in (1, 2, 3)))
    await audited.auditing.find_duplicates()
    await audited.write(delete(books).where(books.c.id == 1))
    await audited.database.book_notes.put(2, status=BookStatus.ARCHIVED)
    with pytest.raises(AudiobookDaemonError, match=sentence):
        await audited.auditing.keep_copy(1, book)
    assert (await status_of(audited), await stored(audited)) == (["archived", "active"], [(1, "open")])


async def test_of_an_omnibus_and_its_books_none_is_a_copy_to_be_chosen(audited: Audited) -> None:
    places = [(SeriesPlace("Roads", place),) for place in ("1-3", "2")]
    whole, part = item(1, "The Roads", series=places[0]), item(2, "The Mid Road", series=places[1])
    await audited.shelve(whole, part)
    await audited.auditing.find_duplicates()
    for book in (None, 1):
        with pytest.raises(AudiobookDaemonError, match="no copies of each other"):
            await audited.auditing.keep_copy(1, book)
    assert await status_of(audited) == ["active", "active"]


async def test_what_is_double_no_more_is_gone_and_may_come_back(audited: Audited) -> None:
    await audited.shelve(item(1, asin="B0SALTROAD"), item(2, asin="B0SALTROAD"))
    await audited.auditing.find_duplicates()
    await audited.write(delete(books).where(books.c.id == 2))
    await audited.auditing.find_duplicates()
    assert await stored(audited) == [(1, "gone")]
    await audited.write(delete(books))
    await audited.shelve(item(1, asin="B0SALTROAD"), item(2, asin="B0SALTROAD"))
    assert (await audited.auditing.find_duplicates()).summary.endswith(" 1 new.")
    assert await stored(audited) == [(1, "open")]


async def test_an_unknown_duplicate_is_told_as_a_sentence(audited: Audited) -> None:
    with pytest.raises(AudiobookDaemonError, match="There is no duplicate 7"):
        await audited.auditing.ignore_duplicate(7)
    with pytest.raises(AudiobookDaemonError, match="There is no duplicate 7"):
        await audited.auditing.keep_copy(7)


async def test_the_list_of_duplicates_is_bounded(audited: Audited) -> None:
    await audited.shelve(*(item(n, f"Book {n // 2}", asin=f"B0SALT{n // 2:04}") for n in range(1, 21)))
    outcome = await audited.auditing.find_duplicates(limit=3)
    assert isinstance(outcome.data, list)
    assert (len(outcome.data), outcome.processed) == (3, 9)


async def test_the_sums_for_mqtt(audited: Audited) -> None:
    place = (SeriesPlace("Salt", "1"),)
    shelf = [item(1, asin="B0SALTROAD", series=place), item(2, asin="B0SALTROAD"), item(3, "Gone", missing=True)]
    await audited.shelve(*shelf)
    await audited.auditing.find_duplicates()
    sums = await audited.database.surveys.sums()
    assert (sums.books, sums.missing, sums.runtime, sums.authors, sums.series) == (2, 1, 20 * HOUR, 1, 1)
    assert (sums.size, sums.incomplete, sums.duplicates) == (600_000_003, 2, 1)


async def test_persistent_failures_are_told_the_worst_first(audited: Audited) -> None:
    for count, name in ((1, "Once"), (3, "Thrice"), (5, "Often")):
        for _ in range(count):
            await audited.database.failed_attempts.record("metadata_full", name, name, f"{name} failed.", "none")
    await audited.database.failed_attempts.record("download", "9", "Other", "It stalled.")
    outcome = await audited.auditing.failures()
    assert outcome.summary == "failures: 2 failed 3 times or more (2 of metadata_full)."
    assert isinstance(outcome.data, list)
    assert [(one["name"], one["times"], one["reason"]) for one in outcome.data] == [
        ("Often", 5, "Often failed."),
        ("Thrice", 3, "Thrice failed."),
    ]
    assert (await audited.auditing.failures(at_least=1, task="download")).processed == 1
    assert (await audited.auditing.failures(at_least=1, limit=2)).processed == 4
