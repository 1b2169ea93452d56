"""A new book among the folders that are there: nothing is overwritten, swallowed, or shelved beside its author."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from audiobook_daemon import Book, SeriesPlace
from audiobook_daemon.config.templates import read_template
from audiobook_daemon.shelving import Edition, Naming, free_folder, loose_audio

EMMA = Book("Emma", ("Ann Bell",))
READ = Edition(("Rita Moss",))


def library(root: Path, *paths: str) -> Path:
    for path in paths:
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    return root


def placed(root: Path, book: Book, edition: Edition = READ, *promised: str, template: str | None = None) -> str | None:
    naming = Naming(read_template(template)) if template else Naming.default()
    folder = free_folder(root, naming, book, edition, [root / path for path in promised])
    return folder.relative_to(root).as_posix() if folder else None


@pytest.mark.parametrize(
    ("there", "place"),
    [
        ("Ann Bell/Other/a.m4b", "Ann Bell/Emma"),
        ("Ann Bell/Emma/a.m4b", "Ann Bell/Emma {Rita Moss}"),
        ("Ann Bell/EMMA/a.m4b", "Ann Bell/Emma {Rita Moss}"),
        ("Ann Bell/Emma", "Ann Bell/Emma {Rita Moss}"),
        ("ann bell/emma./a.m4b", "ann bell/Emma {Rita Moss}"),
    ],
)
def test_a_name_that_any_file_system_would_call_taken_is_not_used(tmp_path: Path, there: str, place: str) -> None:
    assert placed(library(tmp_path, there), EMMA) == place


def test_letters_that_are_composed_in_another_way_are_the_same_letters(tmp_path: Path) -> None:
    library(tmp_path, "Ren\u0065\u0301 Bell/Caf\u0065\u0301/a.m4b")
    assert placed(tmp_path, Book("Caf\u00e9", ("Ren\u00e9 Bell",))) == "Ren\u0065\u0301 Bell/Caf\u00e9 {Rita Moss}"


@pytest.mark.parametrize(
    ("there", "author", "expected"),
    [
        ("J.R.R. Tolkien", "J. R. R. Tolkien", "J.R.R. Tolkien"),
        ("J. R. R. Tolkien", "JRR Tolkien", "J. R. R. Tolkien"),
        ("Tolkien, J. R. R.", "J. R. R. Tolkien", "Tolkien, J. R. R."),
        ("J. R. R. Tolkien", "Christopher Tolkien", "Christopher Tolkien"),
        ("J. Bell", "Jane Bell", "Jane Bell"),
        (".J.R.R. Tolkien", "J. R. R. Tolkien", "J. R. R. Tolkien"),
        ("Unknown Author", "Ann Bell", "Ann Bell"),
    ],
)
def test_an_author_is_met_again_under_another_spelling_and_nobody_else_is(
    tmp_path: Path, there: str, author: str, expected: str
) -> None:
    (tmp_path / there).mkdir()
    assert placed(tmp_path, Book("T", (author,))) == f"{expected}/T"


def test_two_authors_are_met_again_together(tmp_path: Path) -> None:
    (tmp_path / "A.B. Cole & Ann Bell").mkdir()
    (tmp_path / "A.B. Cole").mkdir()
    assert placed(tmp_path, Book("T", ("A. B. Cole", "Ann Bell"))) == "A.B. Cole & Ann Bell/T"
    assert placed(tmp_path, Book("T", ("A. B. Cole",))) == "A.B. Cole/T"


def test_the_exact_spelling_goes_before_others_of_the_same_person(tmp_path: Path) -> None:
    for name in ("J.R.R. Tolkien", "J. R. R. Tolkien"):
        (tmp_path / name).mkdir()
    assert placed(tmp_path, Book("T", ("J. R. R. Tolkien",))) == "J. R. R. Tolkien/T"


def test_a_folder_that_is_no_author_s_is_not_taken_for_one(tmp_path: Path) -> None:
    (tmp_path / "J.R.R. Tolkien").mkdir()
    template = "{series}/{author} {title}"
    assert placed(tmp_path, Book("T", ("J. R. R. Tolkien",)), template=template) == "J. R. R. Tolkien T"


def test_a_series_named_like_a_book_does_not_swallow_the_others(tmp_path: Path) -> None:
    """A book's folder with books below it would be one book to the library."""
    library(tmp_path, "Ann Bell/Emma/Emma.m4b")
    second = Book("Emma's Return", ("Ann Bell",), series=(SeriesPlace("Emma", "2"),))
    assert placed(tmp_path, second) == "Ann Bell/Emma (Series)/Book 2 - Emma's Return"
    library(tmp_path, "Ann Bell/Emma (Series)/Book 2 - Emma's Return/a.m4b")
    third = Book("Emma's End", ("Ann Bell",), series=(SeriesPlace("Emma", "3"),))
    assert placed(tmp_path, third) == "Ann Bell/Emma (Series)/Book 3 - Emma's End"


def test_a_book_named_like_a_series_does_not_swallow_it(tmp_path: Path) -> None:
    library(tmp_path, "Ann Bell/Emma/Book 2 - Emma's Return/a.m4b")
    assert placed(tmp_path, EMMA) == "Ann Bell/Emma {Rita Moss}"


def test_folders_promised_to_others_count_as_if_they_were_there(tmp_path: Path) -> None:
    assert placed(tmp_path, EMMA, READ, "Ann Bell/emma") == "Ann Bell/Emma {Rita Moss}"
    assert placed(tmp_path, EMMA, READ, "Ann Bell/Emma/Book 2 - Emma's Return") == "Ann Bell/Emma {Rita Moss}"
    second = Book("Emma's Return", ("Ann Bell",), series=(SeriesPlace("Emma", "2"),))
    assert placed(tmp_path, second, READ, "Ann Bell/Emma") == "Ann Bell/Emma (Series)/Book 2 - Emma's Return"


def test_when_every_name_is_taken_there_is_none(tmp_path: Path) -> None:
    library(tmp_path, *(f"{folder}/a.m4b" for folder in Naming.default().candidates(EMMA, READ)))
    assert placed(tmp_path, EMMA) is None


def test_no_place_is_found_twice(tmp_path: Path) -> None:
    found: list[str] = []
    for _ in range(9):
        place = placed(tmp_path, EMMA, READ, *found)
        assert place is not None
        found.append(place)
    assert len({PurePosixPath(place) for place in found}) == 9


@pytest.mark.parametrize(
    ("there", "found"),
    [
        ("Ann Bell/loose.mp3", "Ann Bell/loose.mp3"),
        ("Ann Bell/Tales/loose.m4b", "Ann Bell/Tales/loose.m4b"),
        ("loose.mp3", None),
        ("Ann Bell/notes.txt", None),
        ("Ann Bell/.loose.mp3", None),
        ("Ann Bell/Other/book.mp3", None),
        ("Ann Bell/Tales/Emma/book.mp3", None),
    ],
)
def test_a_loose_file_above_a_book_s_folder_is_found(tmp_path: Path, there: str, found: str | None) -> None:
    library(tmp_path, there)
    folder = tmp_path / "Ann Bell" / "Tales" / "Emma"
    assert loose_audio(tmp_path, folder) == (tmp_path / found if found else None)
