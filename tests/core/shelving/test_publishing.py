"""A staged book becomes visible at once and whole, and never in the place of anything."""

from __future__ import annotations

import ctypes
import errno
import os
from pathlib import Path

import pytest
from tests.core.shelving.seeding import plan_of

from audiobook_daemon.shelving import Method, NotPlaced, Plan, Taken, publish, publishing, stage


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    plan = plan_of(tmp_path, "Book/a.mp3", "Book/b.mp3", place="Author/Series/Book")
    stage(plan, tuple(Method))
    return plan


@pytest.fixture(params=["the kernel knows how", "it does not", "the file system does not"])
def renaming(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    def not_here(*_: object) -> int:
        ctypes.set_errno(errno.EINVAL)
        return -1

    if request.param == "it does not":
        monkeypatch.setattr(publishing, "_renameat2", lambda: None)
    elif request.param == "the file system does not":
        monkeypatch.setattr(publishing, "_renameat2", lambda: not_here)


@pytest.mark.usefixtures("renaming")
def test_a_book_appears_whole_and_nothing_is_left_behind(plan: Plan) -> None:
    publish(plan)
    assert sorted(path.name for path in plan.folder.iterdir()) == ["a.mp3", "b.mp3"]
    assert [path.name for path in plan.root.iterdir()] == ["Author"]


def occupy_with_file(folder: Path) -> None:
    folder.write_text("mine")


def occupy_with_book(folder: Path) -> None:
    folder.mkdir()
    (folder / "a.mp3").write_text("mine")


def occupy_with_nowhere(folder: Path) -> None:
    folder.symlink_to("/nowhere/at/all")


@pytest.mark.usefixtures("renaming")
@pytest.mark.parametrize("occupy", [occupy_with_file, occupy_with_book, Path.mkdir, occupy_with_nowhere])
def test_nothing_is_ever_overwritten(plan: Plan, occupy: object) -> None:
    plan.folder.parent.mkdir(parents=True)
    assert callable(occupy)
    occupy(plan.folder)
    before = plan.folder.lstat()
    with pytest.raises(Taken, match="exists already and is not touched"):
        publish(plan)
    after = plan.folder.lstat()
    assert (after.st_ino, after.st_mtime_ns, after.st_size) == (before.st_ino, before.st_mtime_ns, before.st_size)
    assert sorted(path.name for path in plan.staging.iterdir()) == ["a.mp3", "b.mp3"]


def test_a_folder_that_appears_between_the_look_and_the_rename_is_not_replaced(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "_renameat2", lambda: None)
    monkeypatch.setattr(os.path, "lexists", lambda _: False)
    plan.folder.mkdir(parents=True)
    (plan.folder / "a.mp3").write_text("mine")
    with pytest.raises(NotPlaced):
        publish(plan)
    assert (plan.folder / "a.mp3").read_text() == "mine"


def test_a_rename_that_fails_leaves_no_empty_folders(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> int:
        ctypes.set_errno(errno.EIO)
        return -1

    monkeypatch.setattr(publishing, "_renameat2", lambda: broken)
    (plan.root / "Author").mkdir()
    with pytest.raises(NotPlaced, match="Input/output error"):
        publish(plan)
    assert sorted(path.name for path in plan.root.iterdir()) == [".audiobook-daemon-1", "Author"]
    assert list((plan.root / "Author").iterdir()) == []


def test_a_file_where_a_folder_should_be_is_a_sentence(plan: Plan) -> None:
    (plan.root / "Author").write_text("a file")
    with pytest.raises(NotPlaced, match=r"Author.*(Not a directory|File exists)"):
        publish(plan)
    assert (plan.root / "Author").read_text() == "a file"


def test_an_author_on_another_disk_is_a_sentence(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    def other_disk(*_: object) -> int:
        ctypes.set_errno(errno.EXDEV)
        return -1

    monkeypatch.setattr(publishing, "_renameat2", lambda: other_disk)
    with pytest.raises(NotPlaced, match="lies on another disk than"):
        publish(plan)


def test_a_disk_that_fails_to_keep_the_name_does_not_take_the_book_back(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(publishing, "sync_folder", fail)
    publish(plan)
    assert sorted(path.name for path in plan.folder.iterdir()) == ["a.mp3", "b.mp3"]
    assert not plan.staging.exists()
