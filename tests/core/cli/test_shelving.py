"""Undo, trash and upgrade from the command line: the words reach the actions, and their no is a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.cli import acting, returning

if TYPE_CHECKING:
    from tests.core.cli.conftest import Invoke


def test_the_words_reach_the_actions(invoke: Invoke) -> None:
    assert invoke("trash").stdout.startswith("trash: 0 books")
    for words, told in (
        (("trash", "restore", "7", "--dry-run"), "There is no entry 7 in the trash"),
        (("undo", "--want", "9", "--reject", "--force", "--dry-run"), "There is no want 9"),
        (("upgrade", "--want", "3", "--dry-run"), "There is no want 3"),
    ):
        answer = invoke(*words)
        assert answer.exit_code == 1
        assert answer.stderr.count(told) == 1, "it is said once, and not in the log as well"


def test_the_trash_is_told_book_by_book(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    entry = {
        "entry": 3,
        "title": "Emma",
        "reason": "A person undid it.",
        "from": "/books/Jane Austen/Emma",
        "place": "/books/.audiobook-daemon-trash/Emma",
        "size": 2_000_000,
        "moved": "2026-11-26T19:47:29+00:00",
        "due": "2026-12-26T19:47:29+00:00",
        "want": 12,
    }
    answer = {"summary": "trash: 1 book, 2 MB.", "failed": 0, "data": [entry]}
    monkeypatch.setattr(returning, "ask", lambda *_, **__: answer)
    assert returning.list_trash(Path("unread"), 50, as_json=False) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "3  Emma, 2 MB"
    assert lines[1].startswith("   A person undid it. In the trash since 2026-11-2")
    assert lines[2:] == [
        "   was in /books/Jane Austen/Emma",
        "   lies in /books/.audiobook-daemon-trash/Emma",
        "trash: 1 book, 2 MB.",
        "To put one back: audiobook-daemon trash restore NUMBER",
    ]


def test_what_was_done_is_told_step_by_step(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = {"id": 3, "title": "Emma", "steps": ["/books/Emma goes into the trash."], "notes": []}
    monkeypatch.setattr(
        acting, "ask", lambda *_, **__: {"summary": "undo: Emma lies in the trash.", "outcome": "success", "data": data}
    )
    assert acting.act(Path("unread"), "undo", ["--want", "3"], as_json=False) == 0
    assert capsys.readouterr().out == "undo: Emma lies in the trash.\n  /books/Emma goes into the trash.\n"
