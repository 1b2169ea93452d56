"""A book is built where nobody looks, from files that are what the torrent says; the download is only read."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest
from tests.core.shelving.seeding import plan_of

from audiobook_daemon.shelving import Method, NotPlaced, Plan, fingerprints, stage

ALL = tuple(Method)


def fails_with(number: int, monkeypatch: pytest.MonkeyPatch, name: str = "link") -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, name, fail)


def left(plan: Plan) -> list[str]:
    return sorted(path.name for path in plan.root.iterdir())


def test_a_book_is_built_of_links_in_a_hidden_folder(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "Book/a.mp3", "Book/b.mp3", "Book/cover.jpg")
    staged = stage(plan, ALL)
    assert (staged.method, staged.passed) == (Method.HARDLINK, ())
    assert [one.name for one in staged.files] == ["a.mp3", "b.mp3"]
    assert left(plan) == [".audiobook-daemon-1"]
    for step in plan.steps:
        assert (plan.staging / step.name).samefile(step.source)


def test_staging_begins_anew_after_a_crash(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "Book/a.mp3", "Book/b.mp3")
    plan.staging.mkdir()
    (plan.staging / "left over.mp3").write_text("half")
    assert [one.name for one in stage(plan, ALL).files] == ["a.mp3", "b.mp3"]


@pytest.mark.parametrize(
    "number", [errno.EXDEV, errno.EPERM, errno.EMLINK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL, errno.ENOTTY]
)
def test_what_a_file_system_cannot_do_is_passed_over_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    fails_with(number, monkeypatch)
    plan = plan_of(tmp_path, "Book/a.mp3", "Book/b.mp3")
    staged = stage(plan, (Method.HARDLINK, Method.COPY))
    assert staged.method is Method.COPY
    assert staged.passed == (f"hardlink is not possible ({os.strerror(number)})",)
    assert (plan.staging / "a.mp3").read_bytes() == plan.steps[0].source.read_bytes()
    assert not (plan.staging / "a.mp3").samefile(plan.steps[0].source)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EDQUOT])
def test_a_fault_of_the_disk_is_no_reason_to_try_another_way_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    plan = plan_of(tmp_path, "Book/a.mp3")
    fails_with(number, monkeypatch)
    with pytest.raises(NotPlaced, match=os.strerror(number)):
        stage(plan, ALL)
    assert left(plan) == []


def test_without_copying_another_file_system_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fails_with(errno.EXDEV, monkeypatch)
    plan = plan_of(tmp_path, "Book/a.mp3")
    with pytest.raises(NotPlaced, match=r"hardlink is not possible \(Invalid cross-device link\); copying is off"):
        stage(plan, (Method.HARDLINK,))
    assert left(plan) == []


def test_if_one_of_many_has_to_be_copied_the_book_counts_as_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = os.link

    def link_not_b(source: Path, target: Path) -> None:
        if target.name == "b.mp3":
            raise OSError(errno.EMLINK, os.strerror(errno.EMLINK))
        link(source, target)

    monkeypatch.setattr(os, "link", link_not_b)
    plan = plan_of(tmp_path, "Book/a.mp3", "Book/b.mp3", "Book/c.mp3")
    assert stage(plan, ALL).method is Method.COPY
    assert [(plan.staging / step.name).samefile(step.source) for step in plan.steps] == [True, False, True]


def link_out(plan: Plan) -> None:
    plan.steps[0].source.unlink()
    plan.steps[0].source.symlink_to("/etc/hostname")


def link_folder_out(plan: Plan) -> None:
    elsewhere = plan.download.with_name("elsewhere")
    plan.download.joinpath("CD 1").rename(elsewhere)
    plan.download.joinpath("CD 1").symlink_to(elsewhere)


def grow(plan: Plan) -> None:
    plan.steps[0].source.write_bytes(b"longer than the torrent says" * 100)


def vanish(plan: Plan) -> None:
    plan.steps[0].source.unlink()


def become_pipe(plan: Plan) -> None:
    plan.steps[0].source.unlink()
    os.mkfifo(plan.steps[0].source)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (link_out, "symbolic link"),
        (link_folder_out, "leads out of its download"),
        (grow, r"has 2800 bytes; the torrent says 100"),
        (vanish, r"a\.mp3: No such file"),
        (become_pipe, "is not a file"),
    ],
)
@pytest.mark.parametrize("method", [Method.HARDLINK, Method.COPY])
def test_a_file_that_is_not_what_the_torrent_says_is_refused(
    tmp_path: Path, spoil: object, told: str, method: Method
) -> None:
    plan = plan_of(tmp_path, "Book/CD 1/a.mp3", "Book/CD 1/b.mp3")
    assert callable(spoil)
    spoil(plan)
    with pytest.raises(NotPlaced, match=told):
        stage(plan, (method,))
    assert left(plan) == []


def test_a_download_inside_the_library_is_not_shelved(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "Book/a.mp3")
    inside = plan.root / "in" / "Book"
    inside.parent.mkdir()
    plan.download.rename(inside)
    moved = replace(plan, download=inside, steps=(replace(plan.steps[0], source=inside / "a.mp3"),))
    with pytest.raises(NotPlaced, match=r"lies inside the library .* adopted"):
        stage(moved, ALL)
    assert (inside / "a.mp3").stat().st_nlink == 1


@pytest.mark.parametrize("folder", ["../outside", "", "A/../../outside"])
def test_nothing_is_built_for_a_place_outside_of_the_library(tmp_path: Path, folder: str) -> None:
    plan = plan_of(tmp_path, "Book/a.mp3")
    with pytest.raises(NotPlaced, match="no folder below"):
        stage(replace(plan, folder=plan.root / folder), ALL)


def test_only_a_staging_folder_is_ever_emptied(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "Book/a.mp3")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "file").touch()
    plan.staging.symlink_to(tmp_path / "mine")
    with pytest.raises(NotPlaced, match="symbolic link; remove it"):
        stage(plan, ALL)
    for place in (plan.root / "Author", tmp_path / "mine"):
        with pytest.raises(NotPlaced, match="no staging folder"):
            stage(replace(plan, staging=place), ALL)
    assert (tmp_path / "mine" / "file").exists()


def test_the_download_is_as_it_was(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "Book/a.mp3", "Book/b.mp3")
    before = fingerprints(plan.download)
    stage(plan, ALL)
    stage(plan, (Method.COPY,))
    assert fingerprints(plan.download) == before
