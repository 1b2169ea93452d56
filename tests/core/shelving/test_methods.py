"""Clones where they can be had, copies that are compared with their source, and what each must not do."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.core.shelving.seeding import plan_of

from audiobook_daemon.shelving import Method, NotPlaced, Plan, stage
from audiobook_daemon.shelving.methods import copy_file

FICLONE = 0x40049409
OTHER_DISK = Path("/dev/shm")


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def nothing_of(plan: Plan) -> bool:
    return list(plan.root.iterdir()) == []


def test_a_clone_is_asked_of_the_kernel_and_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def clone(target: int, request: int, source: int) -> int:
        asked.append(request)
        os.write(target, os.pread(source, 1000, 0))
        return 0

    monkeypatch.setattr(fcntl, "ioctl", clone)
    plan = plan_of(tmp_path, "Book/a.mp3")
    assert stage(plan, (Method.REFLINK, Method.COPY)).method is Method.REFLINK
    assert asked == [FICLONE]
    assert (plan.staging / "a.mp3").read_bytes() == plan.steps[0].source.read_bytes()


@pytest.mark.parametrize("number", [errno.EOPNOTSUPP, errno.ENOTTY, errno.EXDEV, errno.EINVAL])
def test_where_there_are_no_clones_a_copy_is_made_in_their_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def no_clone(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "ioctl", no_clone)
    plan = plan_of(tmp_path, "Book/a.mp3")
    staged = stage(plan, (Method.REFLINK, Method.COPY))
    assert (staged.method, staged.passed) == (Method.COPY, (f"reflink is not possible ({os.strerror(number)})",))


def test_a_clone_that_fills_the_disk_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(fcntl, "ioctl", full)
    plan = plan_of(tmp_path, "Book/a.mp3")
    with pytest.raises(NotPlaced, match=r"No space left on device\. Free some space there\."):
        stage(plan, (Method.REFLINK, Method.COPY))
    assert nothing_of(plan)


def test_a_copy_keeps_the_time_and_where_that_cannot_be_it_is_still_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "a"
    source.write_bytes(b"words")
    os.utime(source, (1, 1))
    copy_file(source, tmp_path / "b")
    assert (tmp_path / "b").stat().st_mtime == 1

    def not_allowed(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    def not_known(_: int) -> None:
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))

    monkeypatch.setattr(os, "utime", not_allowed)
    monkeypatch.setattr(os, "fsync", not_known)
    copy_file(source, tmp_path / "c")
    assert (tmp_path / "c").read_bytes() == b"words"


def test_a_disk_that_cannot_keep_what_was_written_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", broken)
    plan = plan_of(tmp_path, "Book/a.mp3")
    with pytest.raises(NotPlaced, match="Have a look at the disk"):
        stage(plan, (Method.COPY,))
    assert nothing_of(plan)


def test_a_copy_never_takes_the_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"new")
    (tmp_path / "b").write_bytes(b"old")
    with pytest.raises(FileExistsError):
        copy_file(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == b"old"


def corrupt_on_sync(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the disk turn one byte of what it is told to keep."""
    real = os.fsync

    def sync(handle: int) -> None:
        real(handle)
        with (folder / "library" / ".audiobook-daemon-1" / "a.mp3").open("r+b") as file:
            file.write(b"\xff")

    monkeypatch.setattr(os, "fsync", sync)


def test_a_copy_that_differs_from_its_source_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = plan_of(tmp_path, "Book/a.mp3")
    corrupt_on_sync(tmp_path, monkeypatch)
    with pytest.raises(NotPlaced, match="not the same as its source"):
        stage(plan, (Method.COPY,))
    assert nothing_of(plan)


def test_if_only_sizes_are_compared_that_is_what_is_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = plan_of(tmp_path, "Book/a.mp3")
    corrupt_on_sync(tmp_path, monkeypatch)
    assert stage(plan, (Method.COPY,), check_content=False).method is Method.COPY


@pytest.mark.parametrize("method", [Method.HARDLINK, Method.COPY])
def test_a_source_that_is_written_to_meanwhile_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: Method
) -> None:
    plan = plan_of(tmp_path, "Book/a.mp3")
    source = plan.steps[0].source
    link, fsync = os.link, os.fsync

    def link_and_touch(*places: Path) -> None:
        link(*places)
        os.utime(source, (5, 5))

    def sync_and_touch(handle: int) -> None:
        fsync(handle)
        os.utime(source, (5, 5))

    monkeypatch.setattr(os, "link", link_and_touch)
    monkeypatch.setattr(os, "fsync", sync_and_touch)
    with pytest.raises(NotPlaced, match="was changed while it was"):
        stage(plan, (method,))
    assert nothing_of(plan)


def test_a_copy_that_would_not_fit_is_not_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(100, 50, 50))
    plan = plan_of(tmp_path, "Book/a.mp3")
    with pytest.raises(NotPlaced, match="has 50 bytes left; 100 bytes are needed"):
        stage(plan, (Method.COPY,))
    assert nothing_of(plan)


def test_between_two_real_file_systems_a_book_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    plan = plan_of(tmp_path, "Book/a.mp3", "Book/b.mp3")
    root = OTHER_DISK / f"{tmp_path.parent.name}-{tmp_path.name}"
    if OTHER_DISK.is_dir() and OTHER_DISK.stat().st_dev != tmp_path.stat().st_dev:
        root.mkdir()
        request.addfinalizer(lambda: shutil.rmtree(root))
        plan = Plan(plan.download, root, root / "A" / "B", root / plan.staging.name, plan.steps)
    else:
        monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(OSError(errno.EXDEV, "Other disk")))
    staged = stage(plan, tuple(Method))
    assert staged.method is Method.COPY
    assert staged.passed[0] == "hardlink is not possible (Invalid cross-device link)"
    assert [(plan.staging / step.name).read_bytes() for step in plan.steps] == [
        step.source.read_bytes() for step in plan.steps
    ]
