from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest
from tests.core.shelving.seeding import download

from audiobook_daemon import Book, SeriesPlace, TorrentFile
from audiobook_daemon.shelving import audio_files, folder_for, make_plan
from audiobook_daemon.shelving.naming import safe_name

BOOK = Book("The Time Machine", ("H. G. Wells",), asin="B000000001")


@pytest.mark.parametrize(
    ("book", "folder"),
    [
        (BOOK, "H. G. Wells/The Time Machine [B000000001]"),
        (Book("Nine: A Tale", ("A",), series=(SeriesPlace("Numbers", "9"),)), "A/Numbers/Book 9 - Nine - A Tale"),
        (Book("Half", ("A",), series=(SeriesPlace("Numbers", "2.5"),)), "A/Numbers/Book 2.5 - Half"),
        (Book("Box", ("A",), series=(SeriesPlace("Numbers", "1-3"),)), "A/Numbers/Box"),
        (Book("Alone"), "Unknown Author/Alone"),
        (Book("Both", ("A", "B", "C")), "A & B/Both"),
    ],
)
def test_folders_are_named_the_way_the_library_reads_them(book: Book, folder: str) -> None:
    assert folder_for(book) == PurePosixPath(folder)


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "a\0b",
        "\u202egnp.exe",
        "x" * 300,
        "ä" * 300,
        "CON",
        "nul.txt",
        " . ",
        "...",
        "a/b\\c",
        "\x1b[31m",
    ],
)
def test_hostile_names_become_one_safe_part(name: str) -> None:
    safe = safe_name(name, "Unknown")
    assert safe
    assert "/" not in safe
    assert "\\" not in safe
    assert safe not in {".", ".."}
    assert not safe.startswith(".")
    assert not safe.endswith((".", " "))
    assert len(safe.encode()) <= 200
    assert safe.isprintable()
    assert safe.split(".")[0].casefold() not in {"con", "nul"}


def test_a_hostile_book_stays_below_the_root(tmp_path: Path) -> None:
    book = Book("../../../../tmp/x", ("..",), series=(SeriesPlace("../..", "1"),))
    folder = (tmp_path / folder_for(book)).resolve()
    assert folder.is_relative_to(tmp_path)
    assert folder != tmp_path


def test_audio_is_found_in_reading_order() -> None:
    names = ["B/Part 10.mp3", "B/Part 2.mp3", "B/cover.jpg", "B/Part 1.MP3", "B/notes.txt"]
    found = audio_files([TorrentFile(name, 1) for name in names])
    assert [file.path for file in found] == ["B/Part 1.MP3", "B/Part 2.mp3", "B/Part 10.mp3"]


def test_a_single_file_and_parts_in_folders(tmp_path: Path) -> None:
    content, files = download(tmp_path / "seeding", "Book.m4b")
    plan = make_plan(content, files, tmp_path, PurePosixPath("x"), 1)
    assert [(step.source, step.name) for step in plan.steps] == [(tmp_path / "seeding" / "Book.m4b", "Book.m4b")]
    content, files = download(tmp_path / "more", "B/CD 2/01.mp3", "B/CD 1/02.mp3", "B/CD 1/01.mp3")
    names = [step.name for step in make_plan(content, files, tmp_path, PurePosixPath("x"), 1).steps]
    assert names == ["01 - 01.mp3", "02 - 02.mp3", "03 - 01.mp3"]


def test_of_a_torrent_with_several_books_only_the_selection_is_planned_in_its_order(tmp_path: Path) -> None:
    names = ("P/Emma/1.mp3", "P/Emma/2.mp3", "P/Persuasion/An End.mp3", "P/Persuasion/Beginning.mp3", "P/cover.jpg")
    content, files = download(tmp_path / "seeding", *names)
    plan = make_plan(content, files, tmp_path, PurePosixPath("x"), 1, ("P/Emma/1.mp3", "P/Emma/2.mp3"))
    assert [(step.source, step.name) for step in plan.steps] == [
        (content / "Emma" / "1.mp3", "1.mp3"),
        (content / "Emma" / "2.mp3", "2.mp3"),
    ]
    chosen = ("P/Persuasion/Beginning.mp3", "P/Persuasion/An End.mp3")
    plan = make_plan(content, files, tmp_path, PurePosixPath("x"), 1, chosen)
    assert [step.name for step in plan.steps] == ["01 - Beginning.mp3", "02 - An End.mp3"]


def test_a_selection_of_one_file_lies_where_the_whole_torrent_says(tmp_path: Path) -> None:
    """Only a torrent of a single file may be named by that file itself."""
    content, files = download(tmp_path / "seeding", "P/P", "P/Emma.m4b")
    plan = make_plan(content, files, tmp_path, PurePosixPath("x"), 1, ("P/Emma.m4b",))
    assert [step.source for step in plan.steps] == [content / "Emma.m4b"]


def test_a_selection_names_only_files_of_the_torrent(tmp_path: Path) -> None:
    content, files = download(tmp_path / "seeding", "P/Emma.m4b")
    plan = make_plan(content, files, tmp_path, PurePosixPath("x"), 1, ("P/../../etc/passwd", "P/Emma.m4b"))
    assert [step.source for step in plan.steps] == [content / "Emma.m4b"]


def test_names_that_differ_in_case_only_do_not_collide(tmp_path: Path) -> None:
    content, files = download(tmp_path / "seeding", "B/One.mp3", "B/one.mp3")
    names = [step.name for step in make_plan(content, files, tmp_path, PurePosixPath("x"), 1).steps]
    assert len({name.casefold() for name in names}) == 2
