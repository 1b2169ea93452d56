"""Each rule is broken once: else a household in disorder could pass for one in order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from tests.faults import invariants
from tests.faults.disk import tamper
from tests.faults.invariants import LEGAL, Remembered
from tests.faults.report import table
from tests.faults.running import Result
from tests.faults.script import CallFault, Record, Rooms, Script

from audiobook_daemon.models import Book, Release, Want, WantState, Wish
from audiobook_daemon.store import FileStep, PlanState, StoredPlan

NOW = datetime(2026, 3, 1, tzinfo=UTC)
RELEASE = Release("mam", "1", "Emma", ("Jane Austen",))
WISH = Wish(Book("Emma", ("Jane Austen",)), origin="charts")
SHELVED = Want(
    1, "emma", WISH, WantState.SHELVED, 5, code="shelved", reason="It is there.", release=RELEASE, client="qbittorrent",
    download="a" * 40, path="/downloads/Emma", folder="/library/Emma", library="shelves", item="i1",
)  # fmt: skip
STEP = FileStep(1, 1, "stage", "/downloads/Emma", "/library/.x", NOW, None, None)
PLAN = StoredPlan(1, 1, "shelve", PlanState.BEGUN, {}, None, None, NOW, NOW)


def known(*wants: Want, **more: object) -> Remembered:
    parts: dict[str, Any] = {"open_steps": (), "open_plans": (), "done_plans": (), **more}
    return Remembered(wants, **parts)


def test_every_state_is_in_the_table() -> None:
    assert set(LEGAL) == set(WantState)


@pytest.mark.parametrize("state", list(WantState))
def test_a_want_without_what_its_state_needs_is_found(state: WantState) -> None:
    bare = Want(1, "emma", WISH, state, 1)
    told = list(invariants.states(known(bare)))
    assert len(told) == len(LEGAL[state].needed)


def test_a_want_with_what_its_state_must_not_have_is_found() -> None:
    early = replace(SHELVED, state=WantState.WANTED, release=None)
    assert len(list(invariants.states(known(early)))) == len(LEGAL[WantState.WANTED].never) - 1
    assert list(invariants.states(known(SHELVED))) == []


@pytest.mark.parametrize("field", ["key", "folder", "item", "download"])
def test_what_two_wants_share_is_found(field: str) -> None:
    other = replace(SHELVED, id=2, key="other", folder="/library/Other", item="i2", download="b" * 40)
    assert list(invariants.nothing_shared(known(SHELVED, other))) == []
    shared = replace(other, **{field: getattr(SHELVED, field)})
    assert len(list(invariants.nothing_shared(known(SHELVED, shared)))) == 1


def test_two_books_of_one_torrent_take_different_files() -> None:
    one, other = replace(SHELVED, selection=("a.mp3",)), replace(SHELVED, id=2, key="k", folder="/f", item="i")
    assert list(invariants.nothing_shared(known(one, replace(other, selection=("b.mp3",))))) == []
    assert list(invariants.nothing_shared(known(one, replace(other, selection=("a.mp3",)))))


def test_what_nobody_will_come_back_to_is_found() -> None:
    begun = known(SHELVED, open_steps=(STEP,), open_plans=(PLAN,))
    assert len(list(invariants.replayable(begun))) == 2
    under_way = replace(SHELVED, state=WantState.VERIFIED, item=None)
    assert list(invariants.replayable(known(under_way, open_steps=(STEP,), open_plans=(PLAN,)))) == []


def test_what_is_left_behind_is_found(tmp_path: Path) -> None:
    (tmp_path / f"{invariants.DOT}-1").mkdir()
    done = replace(PLAN, state=PlanState.DONE)
    left = known(SHELVED, open_steps=(STEP,), open_plans=(PLAN,), done_plans=(done, replace(done, id=2)))
    assert len(list(invariants.tidy(left, tmp_path))) == 4


def test_strange_files_in_the_library_are_found(tmp_path: Path) -> None:
    (tmp_path / "Owned").mkdir()
    for place in ("Owned/a.mp3", "b.mp3"):
        (tmp_path / place).write_bytes(b"x")
    told = list(invariants.visible_books(known(SHELVED), tmp_path, [tmp_path / "Owned"], {}))
    assert told == ["b.mp3 belongs to nobody.", "Want 1 (Emma) is shelved, and /library/Emma does not exist."]


@pytest.mark.parametrize(
    "log", ["x hunter22 y", "Traceback (most recent call last)", "A mistake in the program: KeyError"]
)
def test_what_must_not_be_logged_is_found(log: str) -> None:
    assert len(list(invariants.told(log, ["hunter22"]))) == 1
    assert list(invariants.told("All is well.", ["hunter22"])) == []


@pytest.mark.parametrize("how", ["swap", "truncate", "symlink", "touch", "remove"])
def test_a_file_that_was_tampered_with_is_another(tmp_path: Path, how: str) -> None:
    place = tmp_path / "a.mp3"
    place.write_bytes(b"abcdef")
    before = _look(place)
    tamper(place, how)
    assert _look(place) != before


def _look(place: Path) -> object:
    return (place.lstat().st_ino, place.lstat().st_mtime_ns, place.read_bytes()) if place.exists() else None


def test_a_script_survives_its_journey_to_the_process_that_plays_it() -> None:
    script = Script(kill=7, rooms=Rooms.ACTING, calls=(CallFault("link", 2, "EIO", 3),), jumps={2: -3600.0}, serve=True)
    assert Script.from_line(script.as_line()) == script
    assert Random("kill-1-1").random() == Random("kill-1-1").random()


def test_the_record_is_kept_line_by_line_and_the_table_counts_what_was_lost(tmp_path: Path) -> None:
    record = Record(tmp_path / "faults.jsonl")
    record.add("kill", "pipeline/shelve.py:7")
    assert record.read() == [{"kind": "kill", "where": "pipeline/shelve.py:7"}]
    rows = table([Result("kill", 3, books=9, injected=18, lives=19, seconds=2.0, broken=["A book is gone."])])
    assert "| SIGKILL at a random line of the daemon | 9 | 19 | 18 | 17 | 1 | 3 | 2 |" in rows
    assert "A book is gone." in rows
