"""Keeps our copy of an item in step with what the library has just said of it."""

from __future__ import annotations

from audiobook_daemon.matching import book_key
from audiobook_daemon.models import LibraryItem
from audiobook_daemon.pipeline.marks import author_marks, id_marks
from audiobook_daemon.upkeep.house import House


async def keep_item(house: House, item: LibraryItem) -> None:
    """Write down an item as the library has just told it."""
    books = house.database.books
    await books.upsert([(item, book_key(item.book))])
    await books.mark([(item, (*author_marks(item.book), *id_marks(item.book)))])
