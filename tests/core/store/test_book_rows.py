"""Whatever an item says is written in the driver's own words and read back the same, by every way of reading."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as some

from audiobook_daemon.models import Book, LibraryItem, SeriesPlace
from audiobook_daemon.store import BookKeys, Database, SeenPage
from audiobook_daemon.store.book_rows import edits, item_of, merged, raw_content, raw_keys, value_content

text = some.text(some.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
texts = some.lists(text, max_size=3).map(tuple)
positions = some.none() | some.sampled_from(["1", "2.5", "1-3", "0", "9a", "01"]) | text
places = some.lists(some.builds(SeriesPlace, text, positions), max_size=3).map(tuple)
moments = some.floats(0, 4e9).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
books = some.builds(
    Book, text, texts, some.none() | text, places, some.none() | text, some.none() | some.integers(0, 3000)
)
items = some.builds(
    LibraryItem, text, text, books, texts, some.none() | some.floats(0, 1e9), some.none() | some.integers(0, 2**62),
    some.none() | text, some.booleans(), some.none() | moments, some.none() | some.booleans(), some.none() | text,
    some.none() | text, some.none() | text, texts, texts, some.none() | some.booleans(),
    some.none() | some.integers(0, 999), some.none() | some.integers(0, 999), some.none() | text,
)  # fmt: skip
KEYS = BookKeys("k", "author", ("one", "two"), 50)
ITEM = LibraryItem(
    "shelf", "1", Book("Emma", ("Jane Austen",)), ("N",), format="m4b", added=datetime(2024, 1, 1, tzinfo=UTC)
)


@given(items)
def test_a_row_read_back_is_the_item(item: LibraryItem) -> None:
    assert item_of((*raw_content(item), *raw_keys(KEYS))) == item
    assert item_of((*value_content(item), *raw_keys(KEYS))) == item


@given(items)
def test_texts_are_written_as_sqlalchemy_writes_them(item: LibraryItem) -> None:
    row = raw_content(item)
    series = [{"name": place.name, "position": place.position} for place in item.book.series]
    assert row[4] == json.dumps(item.book.authors)
    assert row[5] == json.dumps(series)


def test_a_moment_of_any_zone_is_written_in_utc() -> None:
    there = datetime(2024, 5, 6, 1, 2, 3, tzinfo=timezone(timedelta(hours=2)))
    assert "2024-05-05 23:02:03.000000" in raw_content(replace(ITEM, added=there))


@pytest.mark.parametrize("content", [raw_content, value_content])
def test_edits_name_what_is_said_otherwise(content: Callable[[LibraryItem], tuple[object, ...]]) -> None:
    def row(item: LibraryItem, completeness: int | None = 50) -> tuple[object, ...]:
        return (*content(item), *raw_keys(replace(KEYS, completeness=completeness)))

    placed = replace(ITEM, book=replace(ITEM.book, series=(SeriesPlace("A", "1"), SeriesPlace("B"))))
    turned = replace(ITEM, book=replace(ITEM.book, series=(SeriesPlace("B"), SeriesPlace("A", "1"))))
    moved = replace(ITEM, path="/elsewhere", size=7, runtime=1.5, missing=True, chapters=3)
    said = replace(ITEM, narrators=("M",), cover=True, book=replace(ITEM.book, year=1815))
    assert edits(row(moved), row(ITEM)) == {}
    assert edits(row(turned), row(placed)) == {}
    assert edits(row(said), row(ITEM)) == {
        "narrators": (("N",), ("M",)),
        "year": (None, 1815),
        "cover": (None, True),
    }
    assert edits(row(placed), row(ITEM)) == {"series": ((), placed.book.series)}
    assert edits(row(said), row(ITEM, completeness=None)) == {}, "an older version did not read so much"


def test_one_row_alone_neither_loses_files_nor_forgets_a_format() -> None:
    known = (*raw_content(ITEM), *raw_keys(KEYS))
    kept = merged(raw_content(replace(ITEM, missing=True, format=None)), known)
    assert kept == raw_content(ITEM)
    gone = (*raw_content(replace(ITEM, missing=True)), *raw_keys(KEYS))
    assert merged(raw_content(ITEM), gone) == raw_content(ITEM)


async def test_changes_are_returned_once(database: Database) -> None:
    (new,) = await database.books.upsert([(ITEM, KEYS)])
    assert (new.is_new, new.fields, new.item) == (True, {}, ITEM)
    assert await database.books.upsert([(ITEM, KEYS)]) == ()
    changed = replace(ITEM, publisher="Quay")
    (change,) = await database.books.upsert([(changed, KEYS)])
    assert (change.is_new, change.fields) == (False, {"publisher": (None, "Quay")})
    assert change.id is not None
    assert await database.books.get_by_id(change.id) == changed
    assert await database.books.id_of("shelf", "1") == change.id
    assert await database.books.get_by_id(999) is None
    assert await database.books.upsert([(changed, KEYS)]) == ()


async def test_keys_are_found_only_where_an_item_says_something_new(database: Database) -> None:
    asked: list[str] = []

    def keys(item: LibraryItem) -> BookKeys:
        asked.append(item.id)
        return replace(KEYS, match=f"key {len(asked)}")

    other = replace(ITEM, id="2")
    await database.books.upsert([(ITEM, keys), (other, keys)])
    await database.books.upsert([(ITEM, keys), (replace(other, publisher="Quay"), keys)])
    assert asked == ["1", "2", "2"]
    assert len(await database.books.upsert([(ITEM, keys)], renew=True)) == 1
    assert [one.id for one in await database.books.owned(["key 4"])] == ["1"]


async def test_an_item_that_says_the_same_gets_its_new_marks_where_all_keys_are_found_anew(database: Database) -> None:
    await database.books.upsert([(ITEM, KEYS)])
    for renew, found in ((False, ()), (True, (ITEM,))):
        changes = await database.books.upsert([(ITEM, replace(KEYS, marks=("by nobody",)))], renew=renew)
        assert (changes, await database.books.marked(["by nobody"])) == ((), found)


async def test_what_was_written_since_an_item_was_read_is_newer(
    database: Database, clock: Callable[[], datetime], pass_time: Callable[[timedelta], datetime]
) -> None:
    other = replace(ITEM, id="2")
    await database.books.upsert([(ITEM, KEYS), (other, KEYS)])
    read = pass_time(timedelta(minutes=1))
    pass_time(timedelta(seconds=1))
    corrected = replace(ITEM, publisher="Quay")
    await database.books.upsert([(corrected, KEYS)])
    edited = replace(other, publisher="Pier")
    pages = [SeenPage("shelf", "", "a", ("1",)), SeenPage("shelf", "one:1", "b", ("2",))]
    (change,) = await database.books.upsert([(ITEM, KEYS), (edited, KEYS)], pages, read=read)
    assert change.item == edited
    assert await database.books.get("shelf", "1") == corrected
    assert await database.pages.marks("shelf") == {"one:1": "b"}
    (change,) = await database.books.upsert([(ITEM, KEYS)], pages[:1], read=clock())
    assert change.fields == {"publisher": ("Quay", None)}


async def test_pages_are_remembered_with_their_books(database: Database) -> None:
    page = SeenPage("shelf", "one:1", "mark", ("1", "2"), ("2",))
    await database.books.upsert(
        [(ITEM, KEYS)], [page, SeenPage("shelf", "", "first", ()), SeenPage("attic", "", "x", ())]
    )
    assert await database.pages.marks("shelf") == {"one:1": "mark", "": "first"}
    assert await database.pages.get("shelf", "one:1") == page
    assert await database.pages.get("shelf", "one:2") is None
    await database.books.upsert([], [replace(page, mark="other", missing=()), SeenPage("shelf", "", None, ())])
    assert await database.pages.marks("shelf") == {"one:1": "other"}
    await database.pages.keep("shelf", ["one:0"])
    assert await database.pages.marks("shelf") == {}
    assert await database.pages.marks("attic") == {"": "x"}


async def test_an_item_goes_on_under_a_new_id(database: Database, pass_time: Callable[[timedelta], datetime]) -> None:
    old = replace(ITEM, path="/books/Emma")
    new = replace(old, id="new", publisher="Quay")
    await database.books.upsert([(old, KEYS), (replace(ITEM, id="3", path="/books/Other"), KEYS)])
    number = await database.books.id_of("shelf", "1")
    pass_time(timedelta(days=3))
    await database.books.upsert([(new, KEYS), (replace(new, library="attic"), KEYS)])
    assert await database.books.moved("shelf", ["1", "3"]) == {"1": "new"}
    assert await database.books.moved("shelf", ["1", "new"]) == {}
    await database.books.adopt("shelf", {"1": "new", "nowhere": "gone"})
    assert await database.books.id_of("shelf", "new") == number
    assert await database.books.get("shelf", "new") == new
    assert await database.books.get("shelf", "1") is None
    assert await database.books.count() == 3


async def test_ids_are_told_with_what_is_missing(database: Database) -> None:
    async def told(library: str) -> list[tuple[str, bool]]:
        return [one async for lot in database.books.ids(library) for one in lot]

    await database.books.upsert([(replace(ITEM, id=str(number)), KEYS) for number in range(3)])
    await database.books.mark_missing("shelf", ["1", "nobody"])
    assert await told("shelf") == [("0", False), ("1", True), ("2", False)]
    await database.books.mark_missing("shelf", ["1"], missing=False)
    assert await told("shelf") == [("0", False), ("1", False), ("2", False)]
    assert await told("nowhere") == []
