from __future__ import annotations

import pytest

from audiobook_daemon.matching.people import about_author, is_placeholder, natural_name, sort_name


@pytest.mark.parametrize(
    ("written", "natural"),
    [
        ("Tolkien, J.R.R.", "J.R.R. Tolkien"),
        ("J.R.R. Tolkien", "J.R.R. Tolkien"),
        ("Le Guin, Ursula K.", "Ursula K. Le Guin"),
        ("King, Martin Luther, Jr.", "Martin Luther King Jr."),
        ("King Jr., Martin Luther", "Martin Luther King Jr."),
        ("Peterson, Jordan B., PhD", "Jordan B. Peterson PhD"),
        ("  Stephen \u00a0 King ", "Stephen King"),
        ("Stephen_King", "Stephen King"),
        ("Malcolm X", "Malcolm X"),
        ("Tolkien, J. R. R. (John Ronald Reuel)", "J. R. R. Tolkien"),
        ('"Weird Al" Yankovic', '"Weird Al" Yankovic'),
        ("“Stephen King”", "Stephen King"),
        ("", ""),
    ],
)
def test_a_name_is_turned_to_its_natural_order(written: str, natural: str) -> None:
    assert natural_name(written) == natural


@pytest.mark.parametrize(
    ("name", "sorting"),
    [
        ("Stephen King", "King, Stephen"),
        ("King, Stephen", "King, Stephen"),
        ("J.R.R. Tolkien", "Tolkien, J.R.R."),
        ("Ursula K. Le Guin", "Le Guin, Ursula K."),
        ("Jan Willem van der Berg", "van der Berg, Jan Willem"),
        ("Martin Luther King, Jr.", "King, Martin Luther, Jr."),
        ("Robert Downey III", "Downey, Robert, III"),
        ("Voltaire", "Voltaire"),
        ("Penguin Random House LLC", "Penguin Random House LLC"),
        ("The Great Courses", "The Great Courses"),
        ("村上 春樹", "村上 春樹"),
        ("", ""),
    ],
)
def test_a_name_is_sorted_by_its_surname(name: str, sorting: str) -> None:
    assert sort_name(name) == sorting


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Various",
            "Various Authors",
            "various artists",
            "[Unknown]",
            "Unknown Author",
            "VA",
            "V.A.",
            "Multiple Authors",
        ),
        *("Verschiedene Autoren", "Auteurs divers", "Неизвестный автор", "N/A", "none", "", "  ", "---", "42"),
        *("tmp", "Downloads", "metadata", "@eaDir", "Anonymous"),
    ],
)
def test_what_names_nobody_is_a_placeholder(name: str) -> None:
    assert is_placeholder(name)


@pytest.mark.parametrize("name", ["Ca Va", "Stephen King", "Voltaire", "Va Nguyen", "Nan Fischer", "刘慈欣", "Common"])
def test_a_name_is_no_placeholder(name: str) -> None:
    assert not is_placeholder(name)


@pytest.mark.parametrize(
    ("title", "subjects", "author", "about"),
    [
        ("Agatha Christie: A Biography", [], "Agatha Christie", True),
        ("The Agatha Christie Companion", [], "Agatha Christie", True),
        ("Agatha Christie", ["Novelists, English -- Biography"], "Christie, Agatha", True),
        ("Murder on the Orient Express", ["Fiction"], "Agatha Christie", False),
        ("The Complete Agatha Christie Collection", ["Fiction"], "Agatha Christie", False),
        ("An Autobiography", ["Authors, biography"], "Agatha Christie", False),
        ("The World of Christie", ["Detective stories -- History and criticism"], "Agatha Christie", True),
        ("Christie's Companion", ["Fiction"], "Agatha Christie", False),
        ("Anything", ["Biography"], "", False),
    ],
)
def test_a_book_about_an_author_is_told_from_one_by_the_author(
    title: str, subjects: list[str], author: str, about: bool
) -> None:
    assert about_author(title, subjects, author) is about
