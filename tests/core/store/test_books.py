"""The library as last seen: quick to ask, cheap to keep up to date."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from audiobook_daemon.models import Book, LibraryItem, SeriesPlace
from audiobook_daemon.store import Database

PassTime = Callable[[timedelta], datetime]
ITEM = LibraryItem(
    "shelf",
    "li_1",
    Book("Dune", ("Frank Herbert",), "Book 1", (SeriesPlace("Dune", "1"),), "en", 1965, "9780441013593", "B002V1OF70"),
    ("Scott Brick", "Orlagh Cassidy"),
    75_600.5,
    2**33,
    "/books/Dune",
    False,
    datetime(2024, 5, 6, tzinfo=UTC),
    True,
)


async def test_an_item_comes_back_whole_and_is_kept_once(database: Database) -> None:
    await database.books.upsert([(ITEM, "dune|herbert")])
    await database.books.upsert([(ITEM, "dune|herbert")])
    assert await database.books.get("shelf", "li_1") == ITEM
    assert await database.books.count() == 1
    assert await database.books.get("shelf", "li_2") is None
    assert await database.books.get("other", "li_1") is None


async def test_what_changed_at_the_library_changes_here(database: Database) -> None:
    await database.books.upsert([(ITEM, "dune|herbert")])
    changed = replace(ITEM, narrators=("Simon Vance",), book=replace(ITEM.book, series=(), isbn=None))
    await database.books.upsert([(changed, "dune|frank herbert")])
    assert await database.books.get("shelf", "li_1") == changed
    assert await database.books.owned(["dune|herbert"]) == ()
    assert await database.books.owned(["dune|frank herbert"]) == (changed,)


async def test_owned_by_key_isbn_or_asin(database: Database) -> None:
    other = LibraryItem("shelf", "li_2", Book("Emma"))
    await database.books.upsert([(ITEM, "dune|herbert"), (other, "emma|austen")])
    assert await database.books.owned(["dune|herbert", "duna|herbert"]) == (ITEM,)
    assert await database.books.owned(["dune|"]) == (ITEM,)
    assert await database.books.owned(["une|", "Dune|", "dune|herbert|"]) == ()
    assert await database.books.owned([], isbn="9780441013593") == (ITEM,)
    assert await database.books.owned(["x"], asin="B002V1OF70") == (ITEM,)
    assert await database.books.owned(["emma|austen"], asin="B002V1OF70") == (ITEM, other)
    assert await database.books.owned(["x"], isbn="1", asin="2") == ()
    assert await database.books.owned([]) == ()


async def test_a_missing_item_is_still_owned_but_named_last(database: Database) -> None:
    gone = replace(ITEM, missing=True)
    there = replace(ITEM, id="li_2")
    await database.books.upsert([(gone, "k"), (there, "k")])
    assert await database.books.owned(["k"]) == (there, gone)
    assert await database.books.count() == 1


async def test_missing_items_are_marked_not_removed(database: Database) -> None:
    items = [replace(ITEM, id=str(number)) for number in range(5)]
    elsewhere = replace(ITEM, library="attic", id="4")
    await database.books.upsert([(item, "k") for item in (*items, elsewhere)])
    await database.books.mark_missing("shelf", ["3", "4"])
    assert [item.id for item in await database.books.owned(["k"]) if item.missing] == ["3", "4"]
    assert await database.books.get("attic", "4") == elsewhere
    await database.books.upsert([(items[4], "k")])
    assert await database.books.get("shelf", "4") == items[4]


async def test_items_are_found_by_their_marks_the_missing_ones_last(database: Database) -> None:
    gone, there, other = replace(ITEM, missing=True), replace(ITEM, id="li_2"), replace(ITEM, id="li_3")
    await database.books.upsert([(item, "k") for item in (gone, there, other)])
    await database.books.mark([(gone, ["author herbert"]), (there, ["author herbert", "author anderson"])])
    await database.books.mark([(there, ["author herbert"]), (other, []), (replace(ITEM, id="nowhere"), ["author x"])])
    assert await database.books.marked(["author herbert", "author anderson"]) == (there, gone)
    assert await database.books.marked(["author anderson"]) == (there,)
    assert await database.books.marked(["author herbert"], limit=1) == (there,)
    assert await database.books.marked(["author x"]) == ()
    assert await database.books.marked([]) == ()


def test_marks_are_looked_up_by_an_index(file: Path) -> None:
    statement = "SELECT library, item_id FROM book_marks WHERE mark IN ('author herbert', 'id B002V1OF70')"
    asyncio.run(_made(file))
    with closing(sqlite3.connect(file)) as connection:
        ((*_, plan),) = connection.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
    assert plan == "SEARCH book_marks USING PRIMARY KEY (mark=?)"


async def _made(file: Path) -> None:
    async with Database.open(str(file)):
        pass


async def test_recent_items_come_first_and_undated_last(database: Database) -> None:
    day = datetime(2026, 1, 1, tzinfo=UTC)
    dated = [replace(ITEM, id=str(n), added=day + timedelta(days=n)) for n in range(3)]
    await database.books.upsert([(item, "k") for item in (replace(ITEM, id="undated", added=None), *dated)])
    assert [item.id for item in await database.books.recent(10)] == ["2", "1", "0", "undated"]
    assert [item.id for item in await database.books.recent(1)] == ["2"]


async def test_a_large_library_is_taken_in_whole(database: Database) -> None:
    items = [(replace(ITEM, id=str(number), book=Book(f"Book {number}")), f"book {number}") for number in range(2345)]
    await database.books.upsert(items)
    assert await database.books.count() == 2345
    assert [item.id for item in await database.books.owned(["book 2344"])] == ["2344"]
    await database.books.mark_missing("shelf", [str(number) for number in range(2345)])
    await database.books.upsert([])
    assert await database.books.count() == 0


async def test_a_sync_without_news_writes_no_row(
    file: Path, clock: Callable[[], datetime], pass_time: PassTime
) -> None:
    async with Database.open(str(file), clock=clock) as database:

        async def seen_after(by: timedelta) -> list[str]:
            pass_time(by)
            await database.books.upsert([(ITEM, "k")])
            with closing(sqlite3.connect(file)) as connection:
                return [seen for (seen,) in connection.execute("SELECT seen FROM books")]

        assert await seen_after(timedelta()) == ["2026-03-29 00:59:59.123456"]
        assert await seen_after(timedelta(hours=20)) == ["2026-03-29 00:59:59.123456"]
        assert await seen_after(timedelta(days=5)) == ["2026-03-29 00:59:59.123456"]


async def test_many_are_read_page_by_page_with_their_descriptions_or_in_brief(database: Database) -> None:
    items = [replace(ITEM, id=f"li_{number}", description="Sand.", genres=("SF",)) for number in range(5)]
    await database.books.upsert([(item, "dune|herbert") for item in items])
    first = await database.books.all(limit=3)
    rest = await database.books.all(first[-1][0], 3)
    assert [item for _, item in (*first, *rest)] == items
    assert await database.books.all(rest[-1][0]) == ()
    brief = await database.books.all(limit=5, brief=True)
    assert [item for _, item in brief] == [replace(item, description=None) for item in items]
    assert await database.surveys.items([rest[0][0], 999]) == {rest[0][0]: items[3]}
