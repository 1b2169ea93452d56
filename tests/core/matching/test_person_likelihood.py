from __future__ import annotations

import pytest

from audiobook_daemon.matching.people import looks_like_person, person_likelihood


@pytest.mark.parametrize(
    "text",
    [
        *("Stephen King", "J.R.R. Tolkien", "J K Rowling", "Ursula K. Le Guin", "Nnedi Okorafor", "Liu Cixin"),
        *("Neil Gaiman & Terry Pratchett", "King, Stephen", "Sir Arthur Conan Doyle", "Jan Willem van der Berg"),
        *("Dr. Jordan B. Peterson", "Martin Luther King, Jr.", "N. K. Jemisin", "jules verne", "STEPHEN KING"),
        *("Лев Толстой", "Fonda Lee", "Emily St. John Mandel", "Gabriel García Márquez", "Tade Thompson"),
        *("Peter O'Toole", "Haggard, H. Rider", "narrated by Stephen Fry", "Karin Slaughter", "Holly Black"),
    ],
)
def test_names_look_like_people(text: str) -> None:
    assert looks_like_person(text)


@pytest.mark.parametrize(
    "text",
    [
        *("The Name of the Wind", "Fahrenheit 451", "A Game of Thrones", "Red Rising", "Winter's Heart", "Dune"),
        *("War and Peace", "It", "Book 1", "Mistborn: The Final Empire", "Der Schwarm", "La Divina Commedia"),
        *("Ancillary Justice", "Words of Radiance", "Golden Son", "Unabridged", "", "Who Goes There?", "1984"),
        *("Storm Front", "Killing Floor", "Never Go Back", "Twelve Months", "Various Authors", "Ballantine Books"),
        *("Diplomatic Immunity", "Sturm der Schwerter", "I, Robot", "x" * 100_000),
    ],
)
def test_titles_do_not_look_like_people(text: str) -> None:
    assert not looks_like_person(text)


@pytest.mark.parametrize(
    ("person", "title"),
    [
        ("Agatha Christie", "Robinson Crusoe"),
        ("J. K. Rowling", "Harry Potter"),
        ("Herman Melville", "Moby Dick"),
        ("Daniel Defoe", "Robinson Crusoe"),
        ("Eoin Colfer", "Artemis Fowl and the Eternity Code"),
        ("Voltaire", "The Optimist"),
    ],
)
def test_a_name_is_more_likely_a_person_than_a_title_is(person: str, title: str) -> None:
    assert person_likelihood(person) > person_likelihood(title)
