"""Templates filled with what is known; what is not known leaves no trace."""

from __future__ import annotations

import pytest

from audiobook_daemon import Book, Release, SeriesPlace
from audiobook_daemon.config.templates import read_template
from audiobook_daemon.shelving import Edition, Naming, edition_of

IN_SERIES = Book(
    "Emma's Return",
    ("Ann Bell", "Cy Dorn", "Eve Falk"),
    subtitle="A Novel",
    series=(SeriesPlace("The Harbour", "2"), SeriesPlace("Other", "9")),
    year=1998,
    asin="B0ABCDTST1",
    isbn="9780000000002",
    language="en",
)
ALONE = Book("Solo", ("Ann Bell",))
READ = Edition(("Rita Moss", "Tom Vale"), "Quay House", 2020, "en", "m4b", 64, "Abridged")
NOBODY = Edition()


@pytest.mark.parametrize(
    ("template", "everything", "nothing"),
    [
        ("{author}/{title}", "Ann Bell/Emma's Return", "Ann Bell/Solo"),
        ("{authors}/{title}", "Ann Bell & Cy Dorn/Emma's Return", "Ann Bell/Solo"),
        (
            "{author}/{series}/{position} - {title} {narrator}",
            "Ann Bell/The Harbour/2 - Emma's Return Rita Moss",
            "Ann Bell/Solo",
        ),
        (
            "{author}/{series}/{Book position:00 - }{title}{ - subtitle}{ (year)} {{narrators}}",
            "Ann Bell/The Harbour/Book 02 - Emma's Return - A Novel (2020) {Rita Moss & Tom Vale}",
            "Ann Bell/Solo",
        ),
        ("{author}/{title} ({year}) [{asin}]", "Ann Bell/Emma's Return (2020) [B0ABCDTST1]", "Ann Bell/Solo"),
        ("{author}/{title} - {year} - {isbn}", "Ann Bell/Emma's Return - 2020 - 9780000000002", "Ann Bell/Solo"),
        ("{year} - {title}, {publisher}", "2020 - Emma's Return, Quay House", "Solo"),
        ("{title}{ format, bitrate}{ - edition}", "Emma's Return m4b, 64 kbps - Abridged", "Solo"),
        ("{author}/Series {series}/{title}", "Ann Bell/Series The Harbour/Emma's Return", "Ann Bell/Solo"),
        ("books/{language}/{title}", "books/en/Emma's Return", "books/Solo"),
        ("{author} {read by narrator}/{title}", "Ann Bell read by Rita Moss/Emma's Return", "Ann Bell/Solo"),
    ],
)
def test_what_is_not_known_takes_its_separators_with_it(template: str, everything: str, nothing: str) -> None:
    naming = Naming(read_template(template))
    assert str(naming.folder(IN_SERIES, READ)) == everything
    assert str(naming.folder(ALONE, NOBODY)) == nothing


@pytest.mark.parametrize(
    ("edition", "name"),
    [
        (Edition(publisher="Quay", year=2020, format="m4b"), "Solo (Quay, 2020) [m4b]"),
        (Edition(publisher="Quay"), "Solo (Quay)"),
        (Edition(year=2020), "Solo (2020)"),
        (Edition(format="m4b"), "Solo [m4b]"),
        (Edition(year=2020, format="m4b"), "Solo (2020) [m4b]"),
        (NOBODY, "Solo"),
    ],
)
def test_brackets_keep_what_is_known_and_go_when_nothing_is(edition: Edition, name: str) -> None:
    naming = Naming(read_template("{title} ({publisher}, {year}) [{format}]"))
    assert naming.folder(ALONE, edition).name == name


@pytest.mark.parametrize(
    ("missing", "name"),
    [
        ({}, "Solo - Rita Moss - Quay House"),
        ({"narrators": ()}, "Solo - Quay House"),
        ({"publisher": None}, "Solo - Rita Moss"),
    ],
)
def test_of_two_separators_that_meet_one_is_left(missing: dict[str, None], name: str) -> None:
    known: dict[str, object] = {"narrators": ("Rita Moss",), "publisher": "Quay House"}
    edition = Edition(**{**known, **missing})  # type: ignore[arg-type]
    assert Naming(read_template("{title} - {narrator} - {publisher}")).folder(ALONE, edition).name == name


def test_a_book_of_which_nothing_is_known_still_has_a_folder() -> None:
    assert str(Naming.default().folder(Book("?", ("*",)))) == "Unknown Author/Unknown Title"


@pytest.mark.parametrize("position", ["1-3", "x", "1234", "", "2a"])
def test_a_number_the_library_would_not_read_as_one_is_left_out(position: str) -> None:
    book = Book("Box", ("A",), series=(SeriesPlace("S", position),))
    assert str(Naming.default().folder(book)) == "A/S/Box"


def test_the_longest_value_gives_way_and_the_rest_stays_whole() -> None:
    book = Book("A Very Long Title " * 20, ("Ann Bell",), series=(SeriesPlace("Tales", "12"),), asin="B0ABCDTST1")
    name = Naming.default().folder(book, READ, mark="{Rita Moss}").name
    assert name.startswith("Book 12 - A Very Long Title A Very")
    assert name.endswith(" [B0ABCDTST1] {Rita Moss}")
    assert 170 <= len(name.encode()) <= 180


def test_the_whole_path_is_kept_within_its_limit() -> None:
    book = Book("Title " * 60, ("Author " * 60,), series=(SeriesPlace("Series " * 60, "1"),))
    for longest in (200, 300, 1000):
        folder = Naming(longest_path=longest).folder(book)
        assert len(folder.parts) == 3
        assert len(str(folder).encode()) + 1 + longest // 3 <= max(longest, 1 + 3 * 180)


@pytest.mark.parametrize("title", ["CD 1", "disc 12", "Disk3"])
def test_a_title_that_looks_like_a_disc_is_not_joined_to_the_folder_above(title: str) -> None:
    assert Naming.default().folder(Book(title, ("A",))).name == f"_{title}"


def test_editions_are_told_apart_by_what_differs_and_then_by_number() -> None:
    names = [folder.name for folder in Naming.default().candidates(ALONE, READ)]
    assert names[:7] == [
        "Solo",
        "Solo {Rita Moss}",
        "Solo (2020)",
        "Solo (Abridged)",
        "Solo (m4b)",
        "Solo {Rita Moss} (2020) (Abridged) (m4b)",
        "Solo (2)",
    ]
    assert len(names) == len(set(names))


def test_what_the_name_says_already_is_no_mark() -> None:
    naming = Naming(read_template("{author}/{title} {{narrator}}"))
    names = [folder.name for folder in naming.candidates(ALONE, Edition(("Rita Moss",), format="mp3"))]
    assert names[:3] == ["Solo {Rita Moss}", "Solo {Rita Moss} (mp3)", "Solo {Rita Moss} (2)"]


def test_an_edition_is_what_the_release_says() -> None:
    release = Release("s", "1", "t", narrators=("Rita Moss",), formats=("m4b", "mp3"), bitrate=64, abridged=True)
    assert edition_of(release) == Edition(("Rita Moss",), format="m4b", bitrate=64, label="Abridged")
    assert edition_of(None) == Edition()
