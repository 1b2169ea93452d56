from __future__ import annotations

import pytest

from audiobook_daemon import Book, SeriesPlace
from audiobook_daemon.matching.text import (
    author_key,
    book_key,
    key_beginnings,
    main_title,
    position_key,
    title_key,
    words,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("J.R.R. Tolkien", "J. R. R. Tolkien"),
        ("J.R.R. Tolkien", "Tolkien, J.R.R."),
        ("JRR Tolkien", "J. R. R. Tolkien"),
        ("Émile Zola", "Emile Zola"),
        ("Ursula K. Le Guin", "Le Guin, Ursula K."),
        ("Martin Luther King, Jr.", "Martin Luther King"),
        ("Müller, Jürgen", "Jürgen Müller"),
        ("Лев Толстой", "Толстой, Лев"),
        ("村上春樹", "村上春樹"),
    ],
)
def test_one_person_has_one_key(one: str, other: str) -> None:
    assert author_key(one) == author_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Anne Brontë", "Emily Brontë"), ("John Smith", "John Smyth"), ("Stephen King", "Stephen Kings")],
)
def test_different_people_have_different_keys(one: str, other: str) -> None:
    assert author_key(one) != author_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Hobbit", "Hobbit"),
        ("Salt & Bone", "Salt and Bone"),
        ("Warhawk's Oath", "Warhawk’s Oath"),
        ("Dune (Unabridged)", "Dune"),
        ("Straße", "Strasse"),
        ("Émile", "EMILE"),
        ("A Night-Train", "Night Train"),
    ],
)
def test_spellings_of_one_title_have_one_key(one: str, other: str) -> None:
    assert title_key(one) == title_key(other)


def test_a_title_that_is_only_an_article_stays() -> None:
    assert title_key("The") == "the"
    assert title_key("It") == "it"


@pytest.mark.parametrize(
    ("title", "main"),
    [
        ("Frankenstein: Or, the Modern Prometheus", "Frankenstein"),
        ("Dune - Part One", "Dune"),
        ("Catch-22", "Catch-22"),
        (": odd", ": odd"),
    ],
)
def test_the_main_title_ends_at_the_subtitle(title: str, main: str) -> None:
    assert main_title(title) == main


@pytest.mark.parametrize(
    ("text", "key"), [("02", "2"), ("#3", "3"), ("2.0", "2"), ("2.5", "2.5"), ("1-3", "1-3"), ("", None)]
)
def test_positions_compare_by_value(text: str, key: str | None) -> None:
    assert position_key(text) == key


def test_scripts_matter_and_marks_that_carry_meaning_stay() -> None:
    assert words("がく") != words("かく")
    assert words("Ολυμπία") == words("ολυμπια")


def test_a_translation_is_another_book() -> None:
    english = Book("Siddhartha", ("Hermann Hesse",), language="en")
    german = Book("Siddhartha", ("Hermann Hesse",), language="de")
    assert book_key(english) != book_key(german)
    assert book_key(english) == book_key(Book("Siddhartha", ("Hesse, Hermann",)))


def test_the_order_of_authors_makes_no_other_book() -> None:
    both = Book("The Count of Monte Cristo", ("Auguste Maquet", "Alexandre Dumas"))
    turned = Book("The Count of Monte Cristo", ("Alexandre Dumas", "Auguste Maquet"))
    assert book_key(both) == book_key(turned)
    alone = book_key(Book("The Count of Monte Cristo", ("Auguste Maquet",)))
    assert any(alone.startswith(beginning) for beginning in key_beginnings(both))


def test_a_key_ends_where_the_name_ends() -> None:
    (beginning,) = key_beginnings(Book("Saga", ("John Smith",)))
    assert book_key(Book("Saga", ("John Smith",), language="de")).startswith(beginning)
    assert not book_key(Book("Saga", ("John Smithson",))).startswith(beginning)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Book("Mistborn: The Final Empire", ("B S",)), Book("Mistborn: The Well of Ascension", ("B S",))),
        (
            Book("Saga", ("B S",), series=(SeriesPlace("Saga", "1"),)),
            Book("Saga", ("B S",), series=(SeriesPlace("Saga", "2"),)),
        ),
    ],
)
def test_volumes_of_one_name_have_keys_of_their_own(one: Book, other: Book) -> None:
    assert book_key(one) != book_key(other)


@pytest.mark.parametrize("subtitle", ["A Novel", "a thriller", "The Original Text", None])
def test_a_subtitle_that_says_nothing_makes_no_difference(subtitle: str | None) -> None:
    assert book_key(Book("Dune", ("F H",), subtitle=subtitle)) == book_key(Book("Dune", ("F H",)))
