"""What disks can do is tried with files of our own, which are gone afterwards, and said in words that help."""

from __future__ import annotations

import errno
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from audiobook_daemon.models import Level
from audiobook_daemon.shelving import Method, fingerprints
from audiobook_daemon.shelving.abilities import (
    LibraryDisk,
    Pair,
    first_missing,
    judge_library,
    judge_mapping,
    judge_pair,
    probe_library,
    probe_pair,
    probing,
)

ALL = tuple(Method)
DOWNLOADS, ROOT = Path("/downloads"), Path("/books")


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    downloads, root = tmp_path / "downloads", tmp_path / "books"
    (downloads / "Emma").mkdir(parents=True)
    (downloads / "Emma" / "1.mp3").write_bytes(b"audio")
    root.mkdir()
    return downloads, root


def fail(number: int) -> object:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return refuse


def test_a_library_is_tried_and_left_as_it_was(tmp_path: Path) -> None:
    disk = probe_library(tmp_path, acting=True)
    assert (disk.fault, disk.case_sensitive, disk.refused, disk.long_names) == (None, True, (), True)
    assert disk.kind
    assert disk.free
    assert list(tmp_path.iterdir()) == []


def test_in_a_dry_run_a_library_is_only_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "mkdir", fail(errno.EROFS))
    monkeypatch.setattr(Path, "touch", fail(errno.EROFS))
    disk = probe_library(tmp_path, acting=False)
    assert (disk.fault, disk.case_sensitive, disk.refused) == (None, None, None)
    assert disk.free


def test_what_a_crash_has_left_is_cleared_away_and_a_link_of_that_name_is_not_followed(
    tmp_path: Path, folders: tuple[Path, Path]
) -> None:
    downloads, root = folders
    (root / probing.PROBE).mkdir()
    (root / probing.PROBE / "probe").touch()
    assert probe_library(root, acting=True).fault is None
    assert list(root.iterdir()) == []
    (root / probing.PROBE).symlink_to(downloads)
    assert probe_library(root, acting=True).fault
    assert [file.name for file in (downloads / "Emma").iterdir()] == ["1.mp3"]


@pytest.mark.parametrize(
    ("spoil", "told"),
    [(shutil.rmtree, "No such file or directory"), (lambda root: root.chmod(0o500), "it cannot be written to")],
)
def test_a_library_that_cannot_be_used_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil: object, told: str
) -> None:
    root = tmp_path / "books"
    root.mkdir()
    monkeypatch.setattr(os, "access", lambda place, mode: bool(Path(place).stat().st_mode & 0o200 or mode == os.R_OK))
    assert callable(spoil)
    spoil(root)
    disk = probe_library(root, acting=True)
    assert disk.fault == told
    assert judge_library(disk, 0).level is Level.FAILURE


def test_a_fussy_file_system_is_described(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch = Path.touch

    def fussy(place: Path) -> None:
        if set(place.name) & set(":?") or len(place.name) > 200:
            raise OSError(errno.EINVAL, "No")
        touch(place.with_name(place.name.lower()))

    monkeypatch.setattr(Path, "touch", fussy)
    exists = Path.exists
    monkeypatch.setattr(Path, "exists", lambda place: exists(place.with_name(place.name.lower())))
    disk = probe_library(tmp_path, acting=True)
    assert (disk.case_sensitive, disk.refused, disk.long_names) == (False, (":", "?"), False)
    told = judge_library(replace(disk, root=ROOT, kind="cifs", free=15_000_000_000), 0)
    assert told.level is Level.OK
    assert told.text == (
        "/books is cifs, takes a and A for one name, takes no : ? in names, takes no names of 255 bytes, "
        "has 15 GB left."
    )


def test_little_space_is_a_warning() -> None:
    finding = judge_library(LibraryDisk(ROOT, "ext4", 900_000_000), 1_000_000_000)
    assert finding.level is Level.WARNING
    assert finding.text.endswith("has 900 MB left. 1 GB are kept free: nothing is grabbed until there is more.")


@pytest.mark.parametrize("with_sample", [True, False])
def test_a_pair_is_tried_and_left_as_it_was(folders: tuple[Path, Path], with_sample: bool) -> None:
    downloads, root = folders
    before = fingerprints(downloads)
    pair = probe_pair(downloads, root, downloads / "Emma" / "1.mp3" if with_sample else None, acting=True)
    assert pair.same_file_system
    assert pair.able[Method.HARDLINK]
    assert fingerprints(downloads) == before
    assert (downloads / "Emma" / "1.mp3").stat().st_nlink == 1
    assert list(root.iterdir()) == []


def test_in_a_dry_run_a_pair_is_only_looked_at(folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", fail(errno.EROFS))
    pair = probe_pair(*folders, None, acting=False)
    assert (pair.same_file_system, pair.able) == (True, {})
    assert judge_pair(pair, ALL).text.startswith("Books are hardlinked: ")


def test_why_a_link_was_not_possible_is_kept(folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", fail(errno.EPERM))
    pair = probe_pair(*folders, None, acting=True)
    assert pair.able[Method.HARDLINK] is False
    assert pair.why[Method.HARDLINK] == "Operation not permitted"
    assert sorted(path.name for folder in folders for path in folder.iterdir()) == ["Emma"]


def pair(same: bool, link: bool | None = None, clone: bool | None = None) -> Pair:
    tried = {Method.HARDLINK: link, Method.REFLINK: clone}
    able = {method: known for method, known in tried.items() if known is not None}
    why = {method: "Operation not permitted" for method, known in able.items() if not known}
    return Pair(DOWNLOADS, ROOT, same, able, why)


BOTH = "/downloads and /books"
ONE_BY_ONE = "hardlink is not possible (Operation not permitted)"
PAIRS = [
    (pair(True, True), ALL, Level.OK, f"Books are hardlinked: {BOTH} are on one file system."),
    (pair(True), ALL, Level.OK, f"Books are hardlinked: {BOTH} are on one file system."),
    (pair(True), (Method.COPY,), Level.OK, f"Books are copied from {BOTH}."),
    (
        pair(False, False, False),
        ALL,
        Level.WARNING,
        f"Books are copied, because {BOTH} are on two file systems. Each takes its space twice.",
    ),
    (pair(False, False, True), ALL, Level.OK, f"Books are cloned, because {BOTH} are on two file systems."),
    (
        pair(True, False, False),
        (Method.HARDLINK, Method.COPY),
        Level.WARNING,
        f"Books are copied, because between {BOTH} {ONE_BY_ONE}. Each takes its space twice.",
    ),
    (
        pair(False, False),
        (Method.HARDLINK,),
        Level.FAILURE,
        f"Books cannot be shelved: {BOTH} are on two file systems, and copying is off.",
    ),
]


@pytest.mark.parametrize(("found", "methods", "level", "text"), PAIRS)
def test_how_books_get_into_the_library_is_said(
    found: Pair, methods: tuple[Method, ...], level: Level, text: str
) -> None:
    finding = judge_pair(found, methods)
    assert (finding.level, finding.text) == (level, text)
    assert (finding.remedy is None) is (level is Level.OK)


def test_the_remedy_fits_the_reason() -> None:
    assert "one volume" in (judge_pair(pair(False, False), ALL).remedy or "")
    assert "protected_hardlinks" in (judge_pair(pair(True, False, False), ALL).remedy or "")


def test_the_first_missing_part_of_a_path_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    assert first_missing(tmp_path / "a") is None
    assert first_missing(tmp_path / "a" / "b" / "c") == tmp_path / "a" / "b"
    finding = judge_mapping("qbittorrent", tmp_path / "a" / "b" / "c")
    assert finding.level is Level.FAILURE
    assert finding.text.endswith(f"in {tmp_path}/a/b/c, but there is no {tmp_path}/a/b here.")
    assert "`paths` of qbittorrent" in (finding.remedy or "")


def test_a_mapping_that_fits_is_said(tmp_path: Path) -> None:
    assert judge_mapping("qbittorrent", tmp_path).level is Level.OK


@pytest.mark.parametrize("there", [True, False])
def test_a_download_that_may_not_be_read_is_not_called_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    finding = judge_mapping("qbittorrent", tmp_path if there else tmp_path / "a")
    assert finding.level is Level.FAILURE
    assert finding.remedy == "Give the daemon's user the right to read the downloads."
