"""What was taken out of a library stands in the trash until it is put back or deleted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from audiobook_daemon.models import Book, LibraryItem, Want
from audiobook_daemon.store import BookKeys, Database, TrashEntry

PassTime = Callable[[timedelta], datetime]


async def add(database: Database, want: Want | None, name: str, due: datetime, item: str = "i1") -> TrashEntry:
    return await database.trash.add(
        want.id if want else None,
        library="shelves",
        item=item,
        title=name,
        origin=f"/books/{name}",
        place=f"/books/.trash/{name}",
        size=5_000_000_000,
        reason="A person took it out.",
        due=due,
    )


async def test_an_entry_is_kept_whole(database: Database, want: Want, now: datetime) -> None:
    due = now + timedelta(days=30)
    entry = await add(database, want, "Emma", due)
    assert entry == TrashEntry(
        entry.id, want.id, "shelves", "i1", "Emma", "/books/Emma", "/books/.trash/Emma", 5_000_000_000,
        "A person took it out.", now, due, None, None,
    )  # fmt: skip
    assert await database.trash.get(entry.id) == entry
    assert await database.trash.get(entry.id + 1) is None


async def test_writing_down_the_same_place_again_after_a_crash_adds_nothing(
    database: Database, want: Want, now: datetime, pass_time: PassTime
) -> None:
    first = await add(database, want, "Emma", now)
    later = pass_time(timedelta(hours=1))
    assert await add(database, want, "Emma", later) == first
    assert await database.trash.lying() == (first,)


async def test_due_is_what_lies_there_past_its_time(database: Database, now: datetime) -> None:
    early = await add(database, None, "early", now - timedelta(seconds=1), "i1")
    exact = await add(database, None, "exact", now, "i2")
    await add(database, None, "later", now + timedelta(seconds=1), "i3")
    back = await add(database, None, "back", now - timedelta(days=1), "i4")
    gone = await add(database, None, "gone", now - timedelta(days=1), "i5")
    await database.trash.restored(back.id)
    await database.trash.deleted(gone.id)
    assert await database.trash.due(now) == (early, exact)
    assert [entry.title for entry in await database.trash.lying()] == ["early", "exact", "later"]


async def test_an_item_counts_as_taken_out_until_it_is_put_back_even_if_it_is_deleted(
    database: Database, now: datetime
) -> None:
    assert await database.trash.of_item("shelves", "i1") is None
    entry = await add(database, None, "Emma", now)
    await database.trash.deleted(entry.id)
    found = await database.trash.of_item("shelves", "i1")
    assert found is not None
    assert (found.id, found.deleted) == (entry.id, now)
    assert await database.trash.of_item("other", "i1") is None
    await database.trash.restored(entry.id)
    assert await database.trash.of_item("shelves", "i1") is None


@pytest.mark.parametrize(("missing", "restored", "listed"), [(True, False, 1), (False, False, 2), (True, True, 2)])
async def test_what_was_taken_out_is_no_book_of_the_library_and_what_a_disk_has_lost_is_one(
    database: Database, now: datetime, *, missing: bool, restored: bool, listed: int
) -> None:
    items = [LibraryItem("shelves", one, Book(one, ("A",)), missing=True) for one in ("lost", "i1")]
    keys = BookKeys("key", "a", marks=("author a",))
    await database.books.upsert([(item, keys) for item in items])
    await database.books.mark_missing("shelves", ["i1"], missing=missing)
    await database.books.mark_missing("shelves", ["lost"])
    entry = await add(database, None, "i1", now)
    if restored:
        await database.trash.restored(entry.id)
    for found in (
        await database.books.all(),
        await database.books.all(brief=True),
        await database.books.by_author("a"),
        await database.surveys.outlines(),
    ):
        assert len(found) == listed
    assert (await database.surveys.sums()).missing == (2 if restored else 1)
