"""A house with a library in its database, and a clock that is moved by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import insert

from audiobook_daemon.catalogue.completeness import completeness
from audiobook_daemon.catalogue.duplicates import outline
from audiobook_daemon.events import Bus
from audiobook_daemon.matching import author_key, book_key
from audiobook_daemon.models import Book, LibraryItem
from audiobook_daemon.pipeline import Settings, World
from audiobook_daemon.store import Database
from audiobook_daemon.store.tables import books
from audiobook_daemon.upkeep import House, UpkeepSettings
from audiobook_daemon.upkeep.auditing import Auditing

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@dataclass
class Audited:
    """A house, its jobs, and what is on the shelves."""

    database: Database
    now: datetime = NOW
    dry_run: bool = False

    def __post_init__(self) -> None:
        none = cast(Any, None)
        world = World(none, self.database, Bus(), lambda: self.now, Settings())
        self.house = House(world, UpkeepSettings())
        self.auditing = Auditing(self.house)

    def pass_by(self, days: int) -> datetime:
        self.now += timedelta(days=days)
        return self.now

    async def shelve(self, *items: LibraryItem) -> None:
        """Let the library hold books, as a sync writes them down; their rows are numbered from 1."""
        rows = [_row(number, item) for number, item in enumerate(items, start=1)]
        await self.write(insert(books), rows)

    async def write(self, statement: Any, rows: list[dict[str, Any]] | None = None) -> None:  # noqa: ANN401
        await self.database._connections.write(lambda connection: connection.execute(statement, rows))


def _row(number: int, item: LibraryItem) -> dict[str, Any]:
    seen = outline(number, item)
    row = {field.name: getattr(item.book, field.name) for field in fields(Book) if field.name in books.c}
    row |= {field.name: getattr(item, field.name) for field in fields(LibraryItem) if field.name in books.c}
    author = author_key(item.book.authors[0]) if item.book.authors else None
    return row | {
        "id": number,
        "item_id": item.id,
        "match_key": book_key(item.book),
        "series_keys": seen.series_keys,
        "author_key": author,
        "completeness": completeness(item),
        "seen": NOW,
    }


@pytest.fixture
async def audited(tmp_path: Path) -> AsyncIterator[Audited]:
    moment: list[Audited] = []
    clock = lambda: moment[0].now if moment else NOW  # noqa: E731
    async with Database.open(f"sqlite://{tmp_path / 'state.db'}", clock=clock) as database:
        moment.append(Audited(database))
        yield moment[0]
