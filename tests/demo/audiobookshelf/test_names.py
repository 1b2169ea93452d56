"""How folder names, persons and series are read."""

from __future__ import annotations

import pytest

from audiobook_daemon.demo.audiobookshelf.names import read_folder, read_series, split_names


@pytest.mark.parametrize(
    ("path", "title", "sequence"),
    [
        ("Ada/Cycle/1 - Title", "Title", "1"),
        ("Ada/Cycle/01 - Title", "Title", "1"),
        ("Ada/Cycle/2.5 - Title", "Title", "2.5"),
        ("Ada/Cycle/Book 1 - Title", "Title", "1"),
        ("Ada/Cycle/Vol 3 - Title", "Title", "3"),
        ("Ada/Cycle/Vol. 3 - Title", "Title", "3"),
        ("Ada/Cycle/Volume 3 - Title", "Title", "3"),
        ("Ada/Cycle/1. Title", "Title", "1"),
        ("Ada/Cycle/Vol. 3 Title", "Title", "3"),
        ("Ada/Cycle/Title - Vol 12", "Title", "12"),
        ("Ada/Cycle/Title - 4", "Title", "4"),
        ("Ada/Cycle/1 Title", "1 Title", None),
        ("Ada/Cycle/1-3 - Title", "1-3 - Title", None),
        ("Ada/Cycle/Book 1a - Title", "Book 1a - Title", None),
        ("Ada/Cycle/Title (Book 3)", "Title (Book 3)", None),
        ("Ada/Cycle/Title, Book 3", "Title, Book 3", None),
        ("Somewhere/Ada/Cycle/Book 7 - Title", "Title", "7"),
    ],
)
def test_the_number_in_the_series(path: str, title: str, sequence: str | None) -> None:
    stated = read_folder(path)

    assert (stated.texts["title"], stated.series, stated.authors) == (title, [("Cycle", sequence)], ["Ada"])


def test_everything_in_one_folder_name() -> None:
    stated = read_folder("Ada/Cycle/1999 - Book 2 - Title [B0ABCDTST1] {Nora Quill, Tom Sedge}")

    assert stated.texts == {"title": "Title", "asin": "B0ABCDTST1", "publishedYear": "1999"}
    assert stated.narrators == ["Nora Quill", "Tom Sedge"]
    assert stated.series == [("Cycle", "2")]


def test_an_author_without_series_has_no_number_and_a_bare_title_no_author() -> None:
    assert read_folder("Ada/Book 1 - Title").texts["title"] == "Book 1 - Title"
    assert read_folder("Ada/Book 1 - Title").series is None
    assert read_folder("Title").authors is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Cora Vane, Dev Ismay", ["Cora Vane", "Dev Ismay"]),
        ("Cora Vane & Dev Ismay", ["Cora Vane", "Dev Ismay"]),
        ("Cora Vane and Dev Ismay", ["Cora Vane", "Dev Ismay"]),
        ("Cora Vane; Dev Ismay", ["Cora Vane", "Dev Ismay"]),
        ("Cora Vane / Dev Ismay", ["Cora Vane / Dev Ismay"]),
        ("Le Guin, Ursula K.", ["Ursula K. Le Guin"]),
        ("Plato, Aristotle", ["Aristotle Plato"]),
        ("Martin Luther King, Jr.", ["Martin Luther King", "Jr."]),
        ("Dr. Seuss", ["Seuss"]),
        ("Sir Terry Pratchett", ["Terry Pratchett"]),
    ],
)
def test_persons(text: str, names: list[str]) -> None:
    assert split_names(text) == names


@pytest.mark.parametrize(
    ("text", "series"),
    [
        ("Name #1", ("Name", "1")),
        ("Name #1-3", ("Name", "1-3")),
        ("Name", ("Name", None)),
        ("A #1 b", ("A #1 b", None)),
    ],
)
def test_series(text: str, series: tuple[str, str | None]) -> None:
    assert read_series(text) == series
