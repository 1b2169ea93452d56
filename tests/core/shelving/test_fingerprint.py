"""What changed in a folder between two looks, and what only seems to have."""

from __future__ import annotations

import json
import os
from pathlib import Path
from shutil import copy2

import pytest

from audiobook_daemon.shelving.fingerprint import as_json, differences, fingerprints, from_json

MEGABYTE = 1024 * 1024


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "CD 1").mkdir()
    (tmp_path / "CD 1" / "01.mp3").write_bytes(b"\1" * 2 * MEGABYTE)
    (tmp_path / "cover.jpg").write_bytes(b"picture")
    return tmp_path


def grow(folder: Path) -> None:
    with (folder / "cover.jpg").open("ab") as file:
        file.write(b"!")


def write_at(place: Path, offset: int) -> None:
    with place.open("r+b") as file:
        file.seek(offset)
        file.write(b"TAG")


def retag(folder: Path) -> None:
    """Another tag of the same length, with the old time put back."""
    file = folder / "CD 1" / "01.mp3"
    times = file.stat()
    write_at(file, 2 * MEGABYTE - 128)
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))


def edit_in_the_middle(folder: Path) -> None:
    file = folder / "CD 1" / "01.mp3"
    write_at(file, MEGABYTE)
    os.utime(file, (0, 0))


def relink(folder: Path) -> None:
    (folder / "cover.jpg").unlink()
    (folder / "cover.jpg").symlink_to("/etc/hostname")


CHANGES = [
    (grow, ("cover.jpg had 7 bytes and has 8.",)),
    (retag, ("CD 1/01.mp3 has other contents.",)),
    (edit_in_the_middle, ("CD 1/01.mp3 was written to.",)),
    (lambda folder: (folder / "cover.jpg").unlink(), ("cover.jpg is gone.",)),
    (lambda folder: (folder / "note.txt").touch(), ("note.txt is new.",)),
    (lambda folder: (folder / "cover.jpg").rename(folder / "Cover.jpg"), ("Cover.jpg is new.", "cover.jpg is gone.")),
    (relink, ("cover.jpg had 7 bytes and has 13.",)),
]


@pytest.mark.parametrize(("change", "told"), CHANGES)
def test_every_change_is_told(folder: Path, change: object, told: tuple[str, ...]) -> None:
    before = fingerprints(folder)
    assert callable(change)
    change(folder)
    assert differences(before, fingerprints(folder)) == told


def test_what_was_only_mounted_again_or_copied_back_is_the_same(folder: Path, tmp_path: Path) -> None:
    before = fingerprints(folder)
    file = folder / "cover.jpg"
    copy2(file, folder / "aside")
    (folder / "aside").replace(file)
    times = file.stat()
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns // 10**9 * 10**9))
    assert fingerprints(folder) != before
    assert differences(before, fingerprints(folder)) == ()


def test_they_are_read_back_as_they_were_written(folder: Path) -> None:
    (folder / os.fsdecode(b"caf\xe9.txt")).touch()
    (folder / "empty").touch()
    os.mkfifo(folder / "pipe")
    before = fingerprints(folder)
    assert [one.name for one in before] == ["CD 1/01.mp3", "caf\\xe9.txt", "cover.jpg", "empty", "pipe"]
    assert from_json(json.loads(json.dumps(as_json(before)))) == before


@pytest.mark.parametrize("data", [None, 5, [{}], [{"name": "a"}], [["a", 1, 1, 1, 1, ""]]])
def test_anything_else_is_refused(data: object) -> None:
    with pytest.raises(ValueError, match="validation error"):
        from_json(data)
