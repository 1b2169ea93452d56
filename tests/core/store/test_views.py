"""The views for people who read the database with other programs."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from audiobook_daemon.models import Book, Download, DownloadState, WantState, Wish
from audiobook_daemon.store import Database


def query(file: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(statement).fetchall()


async def test_missing_books_are_the_wants_that_are_not_had(file: Path) -> None:
    async with Database.open(str(file)) as database:
        for state in WantState:
            await database.wants.add(state, Wish(Book(f"Book {state}", ("Ann", "Bob"))), state=state, reason="So.")
    rows = query(file, "SELECT title, author, reason FROM missing_books")
    had = {WantState.SHELVED, WantState.OWNED, WantState.DROPPED}
    assert sorted(rows) == sorted((f"Book {state}", "Ann", "So.") for state in WantState if state not in had)


async def test_recent_failed_downloads_are_those_of_thirty_days(file: Path) -> None:
    # The view asks the database's own clock, so the test has to live in the present.
    now = datetime.now(UTC)
    moments = iter([now - timedelta(days=31), now - timedelta(days=29), now, now, now])
    failed = [Download("q", letter * 40, DownloadState.FAILED, message="No files.") for letter in "ab"]
    async with Database.open(str(file), clock=lambda: next(moments)) as database:
        for download in failed:
            await database.downloads.record(download)
        want, _ = await database.wants.add("k", Wish(Book("Dune", ("Herbert",))))
        await database.downloads.record(Download("q", "c" * 40, DownloadState.FAILED, message="Gone."), want_id=want.id)
        await database.downloads.record(Download("q", "d" * 40, DownloadState.READY))
    assert query(file, "SELECT id, title, message, want_state FROM recent_failed_downloads") == [
        ("c" * 40, "Dune", "Gone.", "wanted"),
        ("b" * 40, None, "No files.", None),
    ]
