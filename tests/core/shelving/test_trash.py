"""Folders go into the trash and come back by one rename; nothing else is ever touched."""

from __future__ import annotations

import errno
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from audiobook_daemon.shelving import trash
from audiobook_daemon.shelving.trash import TRASH, NotMoved, delete, free_place, move_back, move_to_trash

NOW = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "library").mkdir()
    return tmp_path / "library"


def book(folder: Path, *names: str) -> Path:
    folder.mkdir(parents=True)
    for name in names or ("01.mp3", "cover.jpg"):
        (folder / name).write_text(f"{folder.name} {name}")
    return folder


def tree(folder: Path) -> dict[str, str]:
    """Everything below a folder with its contents; folders have none."""
    return {
        str(place.relative_to(folder)): place.read_text() if place.is_file() else ""
        for place in folder.rglob("*")
        if not place.is_symlink()
    }


def test_a_folder_goes_into_the_trash_as_it_is(root: Path) -> None:
    folder = book(root / "Jane Austen" / "Emma")
    before, inode = tree(folder), folder.stat().st_ino
    place = move_to_trash(folder, root, free_place(root, "Emma", NOW).name)
    assert place == root / TRASH / "20260301-123000 Emma"
    assert not folder.exists()
    assert (tree(place), place.stat().st_ino) == (before, inode)


def test_it_comes_back_even_if_the_folders_above_it_are_gone(root: Path) -> None:
    folder = book(root / "Jane Austen" / "Novels" / "Emma")
    before = tree(root)
    place = move_to_trash(folder, root, "Emma")
    trash.remove_empty_above(folder, root)
    assert [entry.name for entry in root.iterdir()] == [TRASH]
    move_back(place, folder)
    (root / TRASH).rmdir()
    assert tree(root) == before


def test_folders_above_that_hold_something_stay(root: Path) -> None:
    folder = book(root / "Jane Austen" / "Novels" / "Emma")
    (root / "Jane Austen" / "portrait.jpg").write_text("Jane")
    move_to_trash(folder, root, "Emma")
    trash.remove_empty_above(folder, root)
    assert [entry.name for entry in (root / "Jane Austen").iterdir()] == ["portrait.jpg"]


def test_two_of_one_name_in_one_second_have_two_places(root: Path) -> None:
    for author in ("A", "B"):
        move_to_trash(book(root / author / "Poems"), root, free_place(root, "Poems", NOW).name)
    assert sorted(entry.name for entry in (root / TRASH).iterdir()) == [
        "20260301-123000 Poems", "20260301-123000 Poems (2)",
    ]  # fmt: skip


@pytest.mark.parametrize("title", ["../../etc", "a/b", "", "x" * 400, "..", "nul"])
def test_a_place_in_the_trash_is_one_safe_name_below_it(root: Path, title: str) -> None:
    place = free_place(root, title, NOW)
    assert place.parent == root / TRASH
    assert len(place.name.encode()) < 255
    assert move_to_trash(book(root / "A" / "B"), root, place.name) == place


@pytest.mark.parametrize("contents", [(), ("theirs.mp3",)])
def test_nothing_in_the_trash_is_overwritten(root: Path, contents: tuple[str, ...]) -> None:
    folder = book(root / "A" / "Emma")
    (root / TRASH / "Emma").mkdir(parents=True)
    for name in contents:
        (root / TRASH / "Emma" / name).write_text("theirs")
    before = tree(root)
    with pytest.raises(NotMoved, match="exists already"):
        move_to_trash(folder, root, "Emma")
    assert tree(root) == before


@pytest.mark.parametrize("kind", ["folder", "full folder", "file", "link"])
def test_nothing_is_overwritten_on_the_way_back(root: Path, kind: str) -> None:
    folder = book(root / "A" / "Emma")
    place = move_to_trash(folder, root, "Emma")
    match kind:
        case "folder":
            folder.mkdir()
        case "full folder":
            book(folder, "theirs.mp3")
        case "file":
            folder.write_text("theirs")
        case _:
            folder.symlink_to("nowhere")
    before = tree(root)
    with pytest.raises(NotMoved, match="exists already"):
        move_back(place, folder)
    assert tree(root) == before


@pytest.mark.parametrize("where", ["../outside", ".", "A/../../outside", ".hidden/Emma", f"{TRASH}/Emma"])
def test_only_folders_of_books_below_the_root_are_taken(root: Path, where: str) -> None:
    book(root.parent / "outside")
    book(root / "A" / "B")
    book(root / ".hidden" / "Emma")
    book(root / TRASH / "Emma")
    before = tree(root.parent)
    with pytest.raises(NotMoved):
        move_to_trash(Path(f"{root}/{where}"), root, "x")
    assert trash.refusal(Path(f"{root}/{where}"), root)
    assert tree(root.parent) == before


@pytest.mark.parametrize("linked", ["A", "A/Emma", TRASH])
def test_what_lies_behind_a_link_is_left_alone(root: Path, linked: str) -> None:
    away = root.parent / "away"
    book(away / "Emma")
    if linked == "A":
        (root / "A").symlink_to(away)
    else:
        book(root / "A" / "Other")
        if linked == TRASH:
            book(root / "A" / "Emma")
        (root / linked).symlink_to(away if linked == TRASH else away / "Emma")
    before = tree(away)
    with pytest.raises(NotMoved, match="symbolic link"):
        move_to_trash(root / "A" / "Emma", root, "x")
    assert tree(away) == before


def test_a_book_that_is_a_single_file_is_not_taken(root: Path) -> None:
    (root / "Emma.m4b").write_text("Emma")
    with pytest.raises(NotMoved, match="not a folder"):
        move_to_trash(root / "Emma.m4b", root, "x")
    assert (root / "Emma.m4b").read_text() == "Emma"


def test_another_file_system_is_refused_and_never_copied(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = book(root / "A" / "Emma")

    def across(*_: object) -> None:
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))

    monkeypatch.setattr(trash, "rename", across)
    with pytest.raises(NotMoved, match="cross-device"):
        move_to_trash(folder, root, "x")
    assert sorted(tree(folder)) == ["01.mp3", "cover.jpg"]


def test_a_folder_that_is_gone_is_a_sentence(root: Path) -> None:
    with pytest.raises(NotMoved, match="No such file"):
        move_to_trash(root / "A" / "Emma", root, "x")
    assert "No such file" in (trash.refusal(root / "A" / "Emma", root) or "")


def test_deleting_deletes_one_place_and_follows_no_link(root: Path) -> None:
    away = book(root.parent / "away")
    place = move_to_trash(book(root / "A" / "Emma"), root, "Emma")
    (place / "link").symlink_to(away)
    other = move_to_trash(book(root / "A" / "Persuasion"), root, "Persuasion")
    delete(place, root)
    assert [entry.name for entry in (root / TRASH).iterdir()] == ["Persuasion"]
    assert sorted(tree(other)) == sorted(tree(away)) == ["01.mp3", "cover.jpg"]


@pytest.mark.parametrize("where", ["A/Emma", TRASH, f"{TRASH}/x/y", f"{TRASH}/..", ""])
def test_only_what_lies_in_the_trash_is_deleted(root: Path, where: str) -> None:
    book(root / "A" / "Emma")
    book(root / TRASH / "x" / "y")
    before = tree(root)
    with pytest.raises(NotMoved, match="does not lie in the trash"):
        delete(Path(f"{root}/{where}"), root)
    assert tree(root) == before


def test_a_link_in_the_trash_is_not_deleted_through(root: Path) -> None:
    away = book(root.parent / "away")
    (root / TRASH).mkdir()
    (root / TRASH / "x").symlink_to(away)
    with pytest.raises(NotMoved, match="symbolic link"):
        delete(root / TRASH / "x", root)
    assert sorted(tree(away)) == ["01.mp3", "cover.jpg"]


def test_strangers_in_the_trash_are_named(root: Path) -> None:
    known = move_to_trash(book(root / "A" / "Emma"), root, "Emma")
    stranger = book(root / TRASH / "put here by hand")
    assert trash.strangers(root, {known}) == (stranger,)
    assert trash.strangers(root.parent / "not there", set()) == ()


def test_the_size_of_a_folder_is_that_of_its_files(root: Path) -> None:
    folder = book(root / "A", "1", "2")
    book(folder / "CD 1", "3")
    assert trash.size_of(folder) == sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
