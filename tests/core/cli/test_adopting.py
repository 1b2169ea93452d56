"""`adopt` and `add`: what a person writes reaches the action whole, and a path means what it means where they are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.cli import acting, adopting
from audiobook_daemon.cli.acting import read_arguments

if TYPE_CHECKING:
    from tests.core.cli.conftest import Invoke

MAGNET = "magnet:?xt=urn:btih:0123456789abcdef0123456789abcdef01234567&dn=A=B&tr=--x"

LINK = "https://indexer.example/1/download?file=a+b&apikey=0a1b2c3d"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[str, dict[str, object]]]:
    """The actions that are asked for, with their arguments, instead of being done."""
    found: list[tuple[str, dict[str, object]]] = []

    def act(_: Path, action: str, words: Sequence[str], *, as_json: bool) -> int:
        found.append((action, {**read_arguments(words), **({"as_json": True} if as_json else {})}))
        return 0

    monkeypatch.setattr(acting, "act", act)
    monkeypatch.setattr(adopting, "act", act)
    monkeypatch.chdir(tmp_path)
    return found


@pytest.mark.parametrize(
    ("words", "action", "arguments"),
    [
        (("adopt", "folder", "books"), "adopt_folder", {"path": "{here}/books"}),
        (("adopt", "folder", "/a b", "--dry-run", "--json"), "adopt_folder", {"path": "/a b", "dry_run": "true"}),
        (("adopt", "torrent", "ab12", "--want", "3"), "adopt_torrent", {"hash": "ab12", "want": "3"}),
        (("add", "x.torrent", "--title", "A = B"), "add_torrent", {"torrent": "{here}/x.torrent", "title": "A = B"}),
        (("add", MAGNET, "--title", "--Emma", "--author", "J A"), "add_torrent", {"torrent": MAGNET, "author": "J A"}),
        (("add", LINK, "--want", "3"), "add_torrent", {"torrent": LINK, "want": "3"}),
        (("adopt", "library", "--dry-run"), "adopt_library", {"dry_run": "true"}),
        (("adopt", "--dry-run"), "adopt_library", {"dry_run": "true"}),
    ],
)
def test_the_action_gets_what_was_written(
    invoke: Invoke,
    asked: list[tuple[str, dict[str, object]]],
    tmp_path: Path,
    words: Sequence[str],
    action: str,
    arguments: dict[str, str],
) -> None:
    told = invoke(*words)
    assert told.exit_code == 0, told.output
    ((done, given),) = asked
    assert done == action
    expected = {name: value.format(here=tmp_path) for name, value in arguments.items()}
    assert {name: given[name] for name in expected} == expected
    assert given.get("as_json", False) is ("--json" in words)


def test_after_a_library_is_taken_in_the_next_steps_are_told(
    invoke: Invoke, asked: list[tuple[str, dict[str, object]]]
) -> None:
    for words in (("adopt", "library"), ("adopt",)):
        told = invoke(*words).stdout
        assert "Nothing in it is written, moved or renamed" in told
        assert "audiobook-daemon report" in told
    assert invoke("adopt", "library", "--json").stdout == ""
    assert [action for action, _ in asked] == ["adopt_library"] * 3


@pytest.mark.usefixtures("filled")
def test_what_cannot_be_taken_in_is_a_sentence(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    for words, sentence in (
        (("adopt", "folder", tmp_path / "own"), "holds no audio."),
        (("adopt", "folder", tmp_path / "none"), "There is no "),
        (("do", "adopt_folder", "own"), "'own' is no absolute path"),
        (("adopt", "torrent", "ab12"), "'ab12' is no info-hash"),
        (("add", tmp_path / "own"), "is no .torrent file"),
        (("add", MAGNET, "--want", "99"), "There is no want 99"),
        (("add", MAGNET, "--want", "4"), "'Dune' (want 4) is in the library already"),
        (("add", MAGNET, "--author", "Frank Herbert"), "An author alone names no book"),
        (("add", MAGNET, "--title", "Emma", "--want", "3"), "but not both"),
    ):
        told = invoke(*words)
        assert (told.exit_code, told.stdout) == (1, ""), words
        assert sentence in told.stderr
    told = invoke("add", MAGNET, "--want", "3", "--json")
    assert json.loads(told.stdout)["data"] == {"id": 3, "state": "chosen"}


@pytest.mark.usefixtures("filled")
def test_what_a_person_brought_is_told_in_place_of_the_search_before(invoke: Invoke) -> None:
    assert "4711" in invoke("explain", "1").stdout
    invoke("add", MAGNET, "--want", "1")
    story = invoke("explain", "1").stdout
    assert "Now chosen: A person brought its torrent." in story
    assert "From a person, nothing was searched:" in story
    assert "manual 0123456789abcdef" in story
    assert "4711" not in story
    invoke("add", MAGNET.replace("0123", "9999"), "--title", "Emma", "--author", "Jane Austen")
    assert "\nAdopted\n" in invoke("explain", "5").stdout


def test_a_dry_run_that_stands_before_the_word_is_refused_and_not_passed_over(
    invoke: Invoke, asked: list[tuple[str, dict[str, object]]]
) -> None:
    told = invoke("adopt", "--dry-run", "folder", "books")
    assert (told.exit_code, asked) == (2, [])
    assert "behind `folder`" in told.stderr
