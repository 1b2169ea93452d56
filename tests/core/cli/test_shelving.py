"""Undo, trash and upgrade from the command line: the words reach the actions, and their no is a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
        assert told in answer.stderr
