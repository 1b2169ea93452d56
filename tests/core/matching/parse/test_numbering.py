from __future__ import annotations

import pytest

from audiobook_daemon.matching.parse import (
    cut_at_leading_number,
    cut_at_number,
    cut_at_trailing_number,
    plain_position,
    title_number,
    title_range,
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Storm Front, Book 1", "1"),
        ("Storm Front (Volume 1)", "1"),
        ("The Dresden Files Vol. II", "2"),
        ("The Dresden Files, Book Twenty-One", "21"),
        ("Dresden Files #15.6", "15.6"),
        ("Dresden Files No. 3", "3"),
        ("Die dunklen Fälle, Band 3", "3"),
        ("Les dossiers, tome 4", "4"),
        ("Second Book of the Dresden Files", "2"),
        ("Overlord, Vol. 5: The Men of the Kingdom Part I", "5"),
        ("Naruto v02", "2"),
    ],
)
def test_a_marked_number_is_the_volume(text: str, number: str) -> None:
    assert title_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "Fahrenheit 451",
        "Catch-22",
        "1984",
        "813",
        "11/22/63",
        "The 5th Wave",
        "Ready Player One",
        "The Book of the New Sun",
        "The Second Book of the Dun Cow",
        "No One Gets Out Alive",
        "No. 4 Imperial Lane",
        "The Book I Read",
        "V for Vendetta",
        "Book Lovers",
        "Part of Your World",
        "The Dresden Files Books 1-3",
    ],
)
def test_a_number_of_the_title_is_no_volume(text: str) -> None:
    assert title_number(text) is None


@pytest.mark.parametrize(
    ("name", "number"),
    [("01 - Storm Front", "1"), ("1. Storm Front", "1"), ("Book 3", "3"), ("[02] Fool Moon", "2"), ("61 Hours", None)],
)
def test_the_name_of_a_folder_may_begin_with_the_number(name: str, number: str | None) -> None:
    assert title_number(name, is_folder=True) == number


@pytest.mark.parametrize(
    ("text", "first_and_last"),
    [
        ("The Dresden Files Books 1-4", ("1", "4")),
        ("The Dresden Files Books 1 – 4", ("1", "4")),
        ("The Dresden Files, Vols. 1 to 3", ("1", "3")),
        ("The Dresden Files, Books 1, 2 & 3", ("1", "3")),
        ("Books One to Three", ("1", "3")),
        ("The Dresden Files 1-15", ("1", "15")),
        ("The Dresden Files (1-4)", ("1", "4")),
        ("The Dresden Files 1-4 Box Set", ("1", "4")),
        ("The Dresden Files Omnibus [1-3]", ("1", "3")),
        ("The Dresden Files Book 1 & Book 2", ("1", "2")),
        ("The Dresden Files Vol. 1 - Vol. 3", ("1", "3")),
        ("Letters 1995-2005", None),
        ("The Dresden Files, Book 4", None),
        ("Stop-Loss", None),
        ("Books 4-1", None),
    ],
)
def test_a_range_of_volumes_is_told_from_years(text: str, first_and_last: tuple[str, str] | None) -> None:
    assert title_range(text) == first_and_last


def test_a_text_is_cut_at_its_number() -> None:
    found = cut_at_number("Storm Front: The Dresden Files, Book 1")
    assert found is not None
    assert (found.head, found.position, found.tail, found.link) == ("Storm Front: The Dresden Files", "1", "", ",")
    named = cut_at_number("Book 2 of The Dresden Files")
    assert named is not None
    assert (named.head, named.tail, named.of) == ("", "The Dresden Files", True)


def test_a_plural_before_one_number_is_part_of_the_name() -> None:
    assert cut_at_number("The Cemetery of Forgotten Books 3") is None
    signed = cut_at_number("The Cemetery of Forgotten Books #3")
    assert signed is not None
    assert (signed.head, signed.position) == ("The Cemetery of Forgotten Books", "3")


@pytest.mark.parametrize(
    ("text", "head", "position"),
    [("Robot 04", "Robot", "4"), ("Dresden Files 1.5", "Dresden Files", "1.5"), ("Accords 1-4", "Accords", "1-4")],
)
def test_a_bare_number_is_cut_off_the_end(text: str, head: str, position: str) -> None:
    found = cut_at_trailing_number(text)
    assert found is not None
    assert (found.head, found.position, found.marked) == (head, position, False)


@pytest.mark.parametrize("text", ["Letters 1995-2005", "Blade Runner 2049", "Catch-22", "1984", "Henry IV, Part 1"])
def test_years_and_parts_are_no_bare_volume(text: str) -> None:
    assert cut_at_trailing_number(text) is None


@pytest.mark.parametrize(
    ("text", "position", "tail"),
    [("02 - Fool Moon", "2", "Fool Moon"), ("2. Fool Moon", "2", "Fool Moon"), ("B02 Fool Moon", "2", "Fool Moon")],
)
def test_a_bare_number_is_cut_off_the_beginning(text: str, position: str, tail: str) -> None:
    found = cut_at_leading_number(text)
    assert found is not None
    assert (found.position, found.tail) == (position, tail)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("01", "1"),
        ("1.0", "1"),
        ("1.5", "1.5"),
        ("IV", "4"),
        ("Twenty-One", "21"),
        ("I & II", "1-2"),
        ("x", "10"),
        ("?", None),
    ],
)
def test_positions_have_one_plain_form(written: str, plain: str | None) -> None:
    assert plain_position(written) == plain
