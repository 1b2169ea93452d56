"""What each source states is kept field by field, with the chosen value and its lock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from audiobook_daemon.models import Book, BookField, FieldValue, LibraryItem, SeriesPlace, Statement
from audiobook_daemon.store import Database


@pytest.fixture
async def book(database: Database) -> int:
    await database.books.upsert([(LibraryItem("shelf", "one", Book("The Glass Orchard")), "glass orchard||")])
    return (await database.attention.named("one"))[0].id


def said(field: str, value: FieldValue, source: str = "catalogue", weight: float = 0.8) -> Statement:
    return Statement(field, source, value, weight, "record-1")


@pytest.mark.parametrize(
    "value",
    ["Ada", 1984, True, False, ("Ada Merrow", "Tom Bexley"), (SeriesPlace("Panes", "2.5"), SeriesPlace("All Glass"))],
)
async def test_a_value_comes_back_as_it_was(database: Database, book: int, value: FieldValue) -> None:
    await database.facts.put({book: {"catalogue": [said("any", value)]}})
    (found,) = await database.facts.of_book(book)
    assert (found.value, type(found.value)) == (value, type(value))


async def test_the_newest_statement_of_a_source_counts_and_what_it_says_no_longer_is_forgotten(
    database: Database, book: int
) -> None:
    await database.facts.put({book: {"one": [said("title", "A", "one"), said("year", 1999, "one")], "two": []}})
    await database.facts.put({book: {"one": [said("title", "B", "one", 0.5)]}})
    assert [(one.field, one.value, one.weight) for one in await database.facts.of_book(book)] == [("title", "B", 0.5)]


async def test_a_source_that_is_not_named_keeps_what_it_said(database: Database, book: int) -> None:
    await database.facts.put({book: {"one": [said("title", "A", "one")]}})
    await database.facts.put({book: {"two": [said("title", "B", "two", 0.9)]}})
    assert [one.source for one in await database.facts.of_book(book)] == ["two", "one"]


async def test_a_lock_outlives_what_is_noted_later(database: Database, book: int) -> None:
    await database.facts.set_lock(book, "title", "Mine", locked=True)
    await database.facts.keep(book, [BookField("title", "Theirs", "catalogue")])
    field = (await database.facts.fields_of(book))["title"]
    assert (field.value, field.source, field.locked, field.guarded) == ("Theirs", "catalogue", True, True)
    await database.facts.set_lock(book, "title", None, locked=False)
    assert not (await database.facts.fields_of(book))["title"].guarded


async def test_a_value_that_stays_keeps_its_moment(
    database: Database, book: int, now: datetime, pass_time: Callable[[timedelta], datetime]
) -> None:
    await database.facts.keep(book, [BookField("title", "A", "one"), BookField("year", 1999, "one")])
    later = pass_time(timedelta(days=3))
    await database.facts.keep(book, [BookField("title", "A", "one"), BookField("year", 2000, "one")])
    fields = await database.facts.fields_of(book)
    assert (fields["title"].changed, fields["year"].changed) == (now, later)


async def test_statements_of_many_books_are_written_at_once(database: Database, now: datetime) -> None:
    items = [(LibraryItem("shelf", str(number), Book(f"Book {number}")), f"{number}||") for number in range(700)]
    await database.books.upsert(items)
    refs = await database.attention.due(now, 1000)
    await database.facts.put({ref.id: {"one": [said("title", ref.title, "one")]} for ref in refs})
    assert await database.facts.count() == 700
