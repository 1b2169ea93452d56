from __future__ import annotations

import pytest

from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.people import person_among, same_person

SAME, DIFFERENT, UNSURE = Likeness.SAME, Likeness.DIFFERENT, Likeness.UNSURE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("J.R.R. Tolkien", "J. R. R. Tolkien"),
        ("J.R.R. Tolkien", "JRR Tolkien"),
        ("J.R.R. Tolkien", "jrr tolkien"),
        ("J.R.R. TOLKIEN", "Tolkien, JRR"),
        ("J.R.R. Tolkien", "John Ronald Reuel Tolkien"),
        ("J.R.R. Tolkien", "Tolkien J.R.R."),
        ("Ursula K. Le Guin", "Ursula LeGuin"),
        ("Ursula K. Le Guin", "Le Guin, Ursula"),
        ("Iain M. Banks", "Iain Banks"),
        ("Peter F. Hamilton", "Hamilton Peter F"),
        ("Cixin Liu", "Liu Cixin"),
        ("M. Scott Peck", "Scott Peck"),
        ("F. Scott Fitzgerald", "Francis Scott Fitzgerald"),
        ("H. Rider Haggard", "Henry Rider Haggard"),
        ("Sir Arthur Conan Doyle", "Arthur Conan Doyle"),
        ("Dr. Seuss", "Dr Seuss"),
        ("Jordan B. Peterson, PhD", "Jordan Peterson"),
        ("Walter M. Miller, Jr.", "Walter M. Miller"),
        ("Kurt Vonnegut Jr.", "Kurt Vonnegut, Junior"),
        ("Émile Zola", "EMILE ZOLA"),
        ("Jo Nesbø", "Jo Nesbo"),
        ("Jürgen Müller", "Juergen Mueller"),
        ("Jürgen Müller", "Jurgen Muller"),
        ("Stanisław Lem", "Stanislaw Lem"),
        ("Flann O’Brien", "Flann O Brien"),
        ("Jean-Paul Sartre", "Jean Paul Sartre"),
        ("J.-P. Sartre", "Jean-Paul Sartre"),
        ("Ludwig van Beethoven", "Ludwig Beethoven"),
        ("Fyodor Dostoevsky", "Fyodor Dostoyevsky"),
        ("Pyotr Tchaikovsky", "Pyotr Tchaikovski"),
        ("Brandon Sanderson", "Brandon Sandersen"),
        ("Sergei Lukyanenko", "Sergey Lukianenko"),
        ("Лев Толстой", "Толстой, Лев"),
        ("Сергей Лукьяненко", "Sergei Lukyanenko"),
        ("村上春樹", "村上春樹"),
        ("Brandon_Sanderson", "brandon sanderson"),
        ("JD Barker", "J.D. Barker"),
        ("Yo-Yo Ma", "Ma, Yo-Yo"),
    ],
)
def test_one_person_however_the_name_is_written(one: str, other: str) -> None:
    assert same_person(one, other) is SAME
    assert same_person(other, one) is SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("John Smith", "Jane Smith"),
        ("Stephen King", "Owen King"),
        ("Anne Brontë", "Emily Brontë"),
        ("J.R.R. Tolkien", "Christopher Tolkien"),
        ("Brian Herbert", "Frank Herbert"),
        ("Kevin J. Anderson", "Poul Anderson"),
        ("John A. Smith", "John B. Smith"),
        ("John Alan Smith", "John Brian Smith"),
        ("J.K. Rowling", "J.R. Rowling"),
        ("John Smith Jr.", "John Smith Sr."),
        ("Henry Green", "Henry James"),
        ("John Smith", "John Smyth"),
        ("Neil Gaiman", "Terry Pratchett"),
        ("Dumas père", "Balzac"),
        ("", "Neil Gaiman"),
        ("", ""),
        ("村上春樹", "村上龍"),
    ],
)
def test_strangers_are_told_apart_even_of_one_surname(one: str, other: str) -> None:
    assert same_person(one, other) is DIFFERENT
    assert same_person(other, one) is DIFFERENT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("J. Smith", "John Smith"),
        ("J. Tolkien", "J.R.R. Tolkien"),
        ("J.K. Rowling", "Joanne Rowling"),
        ("Bob Dylan", "Robert Dylan"),
        ("Steven King", "Stephen King"),
        ("Sanderson", "Brandon Sanderson"),
        ("Brandon", "Brandon Sanderson"),
        ("Anna Smith", "Anna Smith-Jones"),
        ("Gabriel García", "Gabriel García Márquez"),
        ("Andy Wier", "Andy Weir"),
        ("Лев Толстой", "Leo Tolstoy"),
        ("村上春樹", "Haruki Murakami"),
        ("Unknown", "Unknown"),
        ("Various", "Neil Gaiman"),
    ],
)
def test_what_the_names_cannot_tell_is_unsure(one: str, other: str) -> None:
    assert same_person(one, other) is UNSURE
    assert same_person(other, one) is UNSURE


def test_a_person_is_found_in_a_list_of_names() -> None:
    assert person_among("Pratchett, Terry", ["Neil Gaiman", "Terry Pratchett"])
    assert person_among("Terry Pratchett", ["Neil Gaiman & Terry Pratchett"])
    assert not person_among("Stephen King", ["Owen King", "Joe Hill"])
    assert not person_among("Stephen King", [])
    assert not person_among("", [""])


def test_a_pen_name_is_known_by_its_alias_only() -> None:
    assert not person_among("Robert Galbraith", ["J.K. Rowling"])
    assert person_among("Robert Galbraith", ["J.K. Rowling"], aliases=["J. K. Rowling"])
