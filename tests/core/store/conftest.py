"""A fresh database for each test, of both kinds, and a clock that stands still until it is told to move."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.postgresql.databases import Databases

from audiobook_daemon.models import Book, Release, SeriesPlace, Want, Wish
from audiobook_daemon.store import Database


@dataclass
class Clock:
    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def advance(self, by: timedelta) -> datetime:
        self.now += by
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 3, 29, 0, 59, 59, 123456, tzinfo=UTC))


@pytest.fixture
def now(clock: Clock) -> datetime:
    return clock.now


@pytest.fixture
def pass_time(clock: Clock) -> Callable[[timedelta], datetime]:
    return clock.advance


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "state" / "state.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """What the database is; every test of the repositories runs with both."""
    return str(request.param)


@pytest.fixture
async def address(request: pytest.FixtureRequest, kind: str, tmp_path: Path) -> AsyncIterator[str]:
    if kind == "sqlite":
        yield f"sqlite://{tmp_path / 'state.db'}"
        return
    databases: Databases = request.getfixturevalue("postgresql")
    async with databases.fresh() as lent:
        yield lent


@pytest.fixture
async def database(address: str, clock: Clock) -> AsyncIterator[Database]:
    async with Database.open(address, clock=clock) as opened:
        yield opened


@pytest.fixture
def wish() -> Wish:
    book = Book("Die Säulen der Erde", ("Ken Follett",), series=(SeriesPlace("Kingsbridge", "1"),), language="de")
    return Wish(book, origin="top10", narrators=("Joachim Kerzel",), runtimes=(124_500.5,), rank=3)


@pytest.fixture
async def want(database: Database, wish: Wish) -> Want:
    want, _ = await database.wants.add("saulen der erde|follett|1", wish)
    return want


@pytest.fixture
def release() -> Release:
    return Release(
        "mam",
        "4711",
        "Die Säulen der Erde [m4b]",
        formats=("m4b",),
        size=1_900_000_000,
        published=datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC),
        extra={"dl": "abc"},
    )
