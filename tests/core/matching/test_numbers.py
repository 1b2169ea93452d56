from __future__ import annotations

import pytest

from audiobook_daemon.matching.numbers import (
    Position,
    expand,
    number_word,
    read_positions,
    roman,
    same_position,
    spoken_numbers,
)


@pytest.mark.parametrize(
    ("text", "position"),
    [
        *[
            (text, Position("1"))
            for text in ("1", "01", "1.0", "01.", "#1", "# 1", "(1)", "Book 1", "Book #1", "Bk. 1")
        ],
        *[(text, Position("1")) for text in ("Volume One", "Vol. I", "first", "1st", "Book the First", "Band Eins")],
        *[
            (text, Position("1"))
            for text in ("1 of 5", "Book 1 of 5", "Tome premier", "Erster Band", "第1巻", "1권", "１")
        ],
        *[(text, Position("0.5")) for text in (".5", "0.5", "½", "#0.50", "Book 0.5")],
        ("1½", Position("1.5")),
        ("XIV", Position("14")),
        *[("VIII", Position("8")), ("vIIi", Position("8")), ("v8", Position("8")), ("v. 8", Position("8"))],
        ("vol_01_02", Position("1", part="2")),
        ("vol_01-03", Position("1", "3")),
        ("8-5", Position("8", "5")),
        ("ⅩⅣ", Position("14")),
        ("Twenty-One", Position("21")),
        ("1-3", Position("1", "3")),
        ("01–03", Position("1", "3")),
        ("Books 1 to 3", Position("1", "3")),
        ("Volumes I-III", Position("1", "3")),
        ("1.5 - 2.5", Position("1.5", "2.5")),
        ("1p2", Position("1", part="2")),
        ("1 part 2", Position("1", part="2")),
        ("Book 1, Part 2", Position("1", part="2")),
        ("1a", Position("1", part="a")),
        ("Foundation, Book 4", Position("4")),
        ("Book 4: The Ending", Position("4")),
    ],
)
def test_a_position_is_read_however_it_is_written(text: str, position: Position) -> None:
    assert read_positions(text) == (position,)


@pytest.mark.parametrize(
    "text", ["", " ", "#", "prequel", "codex", "Omnibus", "mix", "D", "S01E02", "1 2 3 4", "9" * 300]
)
def test_what_is_no_position_is_not_read(text: str) -> None:
    assert read_positions(text) == ()


def test_a_list_of_positions_is_read_in_its_order() -> None:
    assert read_positions("3, 1-2 & 1p2") == (Position("3"), Position("1", "2"), Position("1", part="2"))


@pytest.mark.parametrize(("one", "other"), [("1", "01.0"), ("Book One", "#1"), ("II", "2"), ("1-3", "01 – 03")])
def test_one_place_is_the_same_however_written(one: str, other: str) -> None:
    assert same_position(one, other)
    assert same_position(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("1", "10"), ("1", "1.5"), ("1", "1-3"), ("1", "prequel"), ("", ""), ("", "1")]
)
def test_other_places_are_not_the_same(one: str, other: str) -> None:
    assert not same_position(one, other)
    assert not same_position(other, one)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1,3-5", "1 3 4 5"),
        ("2", "2"),
        ("3-5, 4", "3 4 5"),
        ("1.5-2", "1.5 2"),
        ("", ""),
        ("1-99999999", ""),
        ("8-5", ""),
    ],
)
def test_ranges_are_expanded(text: str, numbers: str) -> None:
    assert list(expand(text)) == numbers.split()


@pytest.mark.parametrize(
    ("text", "numbers", "marked"),
    [
        ("Chapter One", "1", "1"),
        ("chapter 12: Twenty Years After", "12 20", "12"),
        ("Chapter One Hundred and Five", "105", "105"),
        ("Book Three, Chapter XIV", "3 14", "3 14"),
        ("Part 1 of 2", "1", "1"),
        ("7. The Letter", "7", "7"),
        ("Seven: What Then", "7", "7"),
        ("Seven The Journey Home", "7", "7"),
        ("Ch4", "4", "4"),
        ("Kapitel Drei", "3", "3"),
        ("Nineteen Eighty-Four", "1984", "1984"),
        ("20,000 Leagues Under the Sea", "20000", ""),
        ("Catch-22", "22", ""),
        ("Two Towers", "2", ""),
        ("The 5th Wave", "", ""),
        ("MIX TAPE", "", ""),
        ("I, Claudius", "", ""),
        ("MP3", "", ""),
        ("Prologue", "", ""),
    ],
)
def test_spoken_numbers_are_heard_and_marks_told_from_titles(text: str, numbers: str, marked: str) -> None:
    assert list(spoken_numbers(text)) == numbers.split()
    assert list(spoken_numbers(text, only_marked=True)) == marked.split()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *[("zero", 0), ("twelve", 12), ("Forty-Two", 42), ("a hundred", 100), ("one thousand two hundred", 1200)],
        *[("first", 1), ("twenty-first", 21), ("drei", 3), ("deuxième", 2), ("zwölf", 12)],
        *[("one two", None), ("hundred", None), ("twenty eleven", None), ("book", None), ("", None), ("5", None)],
    ],
)
def test_a_number_in_words_has_its_value(text: str, value: int | None) -> None:
    assert number_word(text) == value


def test_ordinals_can_be_left_out() -> None:
    assert number_word("second", ordinals=False) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("I", 1), ("iv", 4), ("XLII", 42), ("MMXXIV", 2024), ("IIII", None), ("Xi", None), ("", None), ("ABC", None)],
)
def test_roman_numerals_are_read_when_well_formed(text: str, value: int | None) -> None:
    assert roman(text) == value
