"""Keeps our copy of an item in step with what the library has just said of it."""

from __future__ import annotations

from audiobook_daemon.models import LibraryItem
from audiobook_daemon.pipeline.keys import keyed
from audiobook_daemon.upkeep.house import House


async def keep_item(house: House, item: LibraryItem) -> None:
    """Write down an item as the library has just told it."""
    await house.database.books.upsert([keyed(item)])
