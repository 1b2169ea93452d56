from __future__ import annotations

import pytest

from audiobook_daemon.matching.parse import bare_title, sort_title, split_title, title_case


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Dune (Unabridged)", "Dune"),
        ("Dune (Unabridged) [Audiobook]", "Dune"),
        ("Dune 64kbps 463mb aac", "Dune"),
        ("Dune {465mb}", "Dune"),
        ("Dune M4B 64k 10.42.00", "Dune"),
        ("Dune.m4b", "Dune"),
        ("06 - Dune", "Dune"),
        ("1965 - Dune", "Dune"),
        ("Dune [Dune Chronicles #1]", "Dune"),
        ("Dune: Dune Chronicles, Book 1", "Dune"),
        ("Dune - Dune Chronicles, Book 1", "Dune"),
        ("Dune: A Novel", "Dune"),
        ("Dune : Roman", "Dune"),
        ("Dune — A Dune Chronicles Novel", "Dune"),
        ("Dune: 3rd Edition", "Dune"),
        ("Dune, Fourth Canadian Edition", "Dune"),
        ("Dune, 1st edition: A Study", "Dune: A Study"),
        ("Dune (40th Anniversary Edition)", "Dune"),
        ("Dune: Jubiläumsausgabe", "Dune"),
        ("Dune: Historischer Roman", "Dune"),
        ("Dune. Thriller", "Dune"),
        ("Dune (Movie Tie-In)", "Dune"),
        ("Dune (read by Scott Brick)", "Dune"),
        ("Dune VBR HQ", "Dune"),
        ("Dune 10h30m 22050Hz", "Dune"),
        ("Dune - www.example.com", "Dune"),
        ("Disc 1 - Dune", "Dune"),
        ("Book 1 - Dune", "Dune"),
        ("Dune (Dune Chronicles 1)", "Dune"),
        ("Dune.unabridged.m4b", "Dune"),
        ("Dune [planetebook.com]", "Dune"),
        ("audiobook_Dune_Messiah_full", "Dune Messiah"),
        ("Dune mono", "Dune"),
        ("  Dune \t Messiah ", "Dune Messiah"),
        ("", ""),
    ],
)
def test_decoration_is_stripped_off_a_title(text: str, title: str) -> None:
    assert bare_title(text) == title


@pytest.mark.parametrize(
    "title",
    [
        "1984",
        "11/22/63",
        "10:04",
        "Catch-22",
        "Fahrenheit 451",
        "2001: A Space Odyssey",
        "Summoner 6",
        "The Unabridged Journals of Sylvia Plath",
        "How to Write a Novel",
        "The Illustrated Man",
        "Charlotte's Web",
        "No. 4 Imperial Lane",
        "Life: A User's Manual",
        "His Dark Materials: The Complete Collection",
        "Spice & Wolf: New Theory, Vol. 4",
        "Are You There God? (It's Me)",
        "An Audiobook",
    ],
)
def test_the_words_of_a_title_stay(title: str) -> None:
    assert bare_title(title) == title


def test_what_is_known_is_stripped_too() -> None:
    assert bare_title("Frank Herbert - Dune", authors=("Frank Herbert",)) == "Dune"
    assert bare_title("Dune by Herbert, Frank", authors=("Frank Herbert",)) == "Dune"
    assert bare_title("Dune Chronicles 1: Dune", series="Dune Chronicles") == "Dune"
    assert bare_title("Dune (Part 1 of 2) - Dune Chronicles 1", series="Dune Chronicles") == "Dune"
    assert bare_title("Dune: Deluxe", subtitle="Deluxe") == "Dune"
    assert bare_title("Dune: House Atreides", subtitle="Something Else") == "Dune: House Atreides"


def test_the_name_of_a_file_has_tracks_parts_and_underscores() -> None:
    assert bare_title("01_The_Gunslinger_[B019NOKST6]_(1982).m4b", is_file=True) == "The Gunslinger"
    assert bare_title("The Gunslinger, PT.01", is_file=True) == "The Gunslinger"


@pytest.mark.parametrize(
    ("text", "title", "subtitle"),
    [
        ("Sapiens", "Sapiens", None),
        ("Sapiens: A Brief History of Humankind", "Sapiens", "A Brief History of Humankind"),
        ("Sapiens - A Brief History", "Sapiens", "A Brief History"),
        ("Sapiens (Unabridged): A Brief History", "Sapiens", "A Brief History"),
        ("A: B: C", "A", "B: C"),
        ("mission:impossible", "mission:impossible", None),
    ],
)
def test_a_title_is_cut_at_its_first_colon(text: str, title: str, subtitle: str | None) -> None:
    assert split_title(text) == (title, subtitle)


def test_what_is_known_decides_where_a_title_ends() -> None:
    assert split_title("Tom Clancy: Ghost Protocol", author="Tom Clancy") == ("Ghost Protocol", None)
    known = "Mastering the Elements"
    assert split_title("Salt: Fat: Mastering the Elements", known_subtitle=known) == ("Salt: Fat", known)


@pytest.mark.parametrize(
    ("title", "language", "sorted_by"),
    [
        ("The Mist", None, "Mist, The"),
        ("A Scanner Darkly", None, "Scanner Darkly, A"),
        ("The Flash (2010)", None, "Flash, The (2010)"),
        ("Theodore", None, "Theodore"),
        ("The", None, "The"),
        ("Der Schwarm", "de", "Schwarm, Der"),
        ("Der Schwarm", None, "Der Schwarm"),
        ("The Mist", "de", "The Mist"),
    ],
)
def test_a_title_sorts_without_the_article_of_its_language(title: str, language: str | None, sorted_by: str) -> None:
    assert sort_title(title, language) == sorted_by


@pytest.mark.parametrize(
    ("text", "cased"),
    [
        ("CHAPTER XIV: THE STORM", "Chapter XIV: The Storm"),
        ("the lord of the rings", "The Lord of the Rings"),
        ("THE LORD OF THE RINGS", "The Lord of the Rings"),
        ("what we talk about", "What We Talk About"),
        ("DON'T PANIC", "Don't Panic"),
        ("O'BRIEN'S WAR", "O'Brien's War"),
        ("TWENTY-ONE", "Twenty-One"),
        ("the McDonald case", "The McDonald Case"),
        ("", ""),
    ],
)
def test_a_heading_is_put_into_title_case(text: str, cased: str) -> None:
    assert title_case(text) == cased
