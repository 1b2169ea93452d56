"""`shelve --dry-run` prints for each book which file would go where and how, and what stands in the way."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.cli import placing
from audiobook_daemon.matching import book_key
from audiobook_daemon.models import Book, WantState, Wish
from audiobook_daemon.store import Database

if TYPE_CHECKING:
    from tests.core.cli.conftest import Invoke

PLANS = [
    {"id": 1, "title": "Emma", "refused": None, "plan": ["/books/Emma: 1 files, 2 MB by hardlink", "  1.mp3 (2 MB)"]},
    {"id": 2, "title": "Persuasion", "refused": "/books is full.", "plan": []},
]


def test_the_plan_of_each_book_is_printed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, invoke: Invoke
) -> None:
    asked = []

    def answer(path: Path, question: object, *, as_json: bool) -> dict[str, object]:
        asked.append(question)
        return {"summary": "shelve: would shelve 1 books; 1 would have to wait.", "failed": 1, "data": PLANS}

    monkeypatch.setattr(placing, "ask", answer)
    told = invoke("shelve", "--dry-run", "--limit", "5")
    assert asked == [{"action": "shelve", "arguments": {"limit": 5, "dry_run": True}}]
    assert told.exit_code == 1
    assert told.stdout.splitlines() == [
        "1  Emma",
        "   /books/Emma: 1 files, 2 MB by hardlink",
        "     1.mp3 (2 MB)",
        "2  Persuasion",
        "   It would have to wait: /books is full.",
        "shelve: would shelve 1 books; 1 would have to wait.",
    ]


async def fill(path: Path) -> None:
    async with Database.open(f"sqlite://{path}") as database:
        book = Book("Emma", ("Jane Austen",))
        await database.wants.add(book_key(book), Wish(book, "top10"), state=WantState.VERIFIED, path="/nowhere/Emma")


def test_without_a_running_daemon_the_books_that_are_due_are_looked_at(invoke: Invoke, config: Path) -> None:
    asyncio.run(fill(config.with_name("state.db")))
    told = invoke("shelve", "--dry-run", "--json")
    (row,) = json.loads(told.stdout)["data"]
    assert (row["title"], row["folder"]) == ("Emma", None)
    assert row["refused"]
