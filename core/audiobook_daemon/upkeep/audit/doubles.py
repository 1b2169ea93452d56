"""Finds what is owned twice in the library as it was last read."""

from __future__ import annotations

from audiobook_daemon.catalogue.duplicates import DuplicateGroup, candidates, duplicates
from audiobook_daemon.store import Database, FoundDuplicate
from audiobook_daemon.upkeep.thinking import think


async def find_doubles(database: Database) -> tuple[DuplicateGroup, ...]:
    """Find every group of books that are one, also those that a person ignores; only pairs that share a key are read.

    A hundred thousand books take a second or two of thinking, which is done beside everything else.
    """
    pairs = await think(candidates, await database.surveys.outlines())
    items = await database.surveys.items({number for pair in pairs for number in pair})
    return await think(duplicates, pairs, items)


def record_of(group: DuplicateGroup) -> FoundDuplicate:
    """The group as the database keeps it."""
    return FoundDuplicate(group.kind.value, group.books, group.keeper, group.reason)
