from __future__ import annotations

import pytest

from audiobook_daemon.matching.contents import is_collection


@pytest.mark.parametrize(
    "title",
    [
        "The Austen Box Set",
        "Austen: The Complete Boxed Set",
        "Austen Boxset",
        "The Austen Omnibus",
        "Austen Omnibus, Vol. 2",
        "Emma (Omnibus Edition)",
        "The Barsetshire Trilogy",
        "Barsetshire: The Complete Trilogy",
        "Barsetshire (Full Series)",
        "The Complete Works of Jane Austen",
        "The Complete Novels",
        "Austen: The Complete Short Stories",
        "Collected Edition 1",
        "The Barsetshire Bundle",
        "Barsetshire Series Collection",
        "Komplettbox Barsetshire",
        "Jane Austen - Gesamtausgabe",
        "Die komplette Reihe",
        "Barsetshire - L'intégrale",
        "Trilogía completa",
        "Western Megapack",
    ],
)
def test_words_of_packs_are_known(title: str) -> None:
    assert is_collection(title)


@pytest.mark.parametrize(
    "title",
    [
        "Barsetshire Books 1-6",
        "Barsetshire, Books 1 & 2",
        "Barsetshire, Books 1, 2 and 3",
        "Barsetshire Books One through Three",
        "Barsetshire: Volumes I-III",
        "Barsetshire Vol. 1+2",
        "Barsetshire #1-6",
        "Barsetshire #1, #2",
        "Barsetshire 1-6",
        "Barsetshire 1-6 [Unabridged]",
        "Barsetshire (01 - 06)",
        "Barsetshire Bände 1-3",
        "Barsetshire Tomes 1 à 3",
        "Barsetshire 6-Book Collection",
        "Barsetshire: Three-Book Set",
        "6 Volume Set Barsetshire",
        "Barsetshire (6 books)",
        "3 Books in 1",
        "Trollope: Three Novels",
    ],
)
def test_several_volumes_are_a_pack(title: str) -> None:
    assert is_collection(title)


@pytest.mark.parametrize(
    "title", ["Emma / Persuasion", "Novels (Emma / Persuasion)", "Lady Susan/The Watsons and Others"]
)
def test_titles_with_slashes_between_them_are_a_pack(title: str) -> None:
    assert is_collection(title)


@pytest.mark.parametrize(
    "title",
    [
        "Emma",
        "The Box",
        "Boxed In",
        "The Collection",
        "A Collection of Ghosts",
        "An Omnibus of Rogues",
        "The Omnibus of Rogues",
        "A Bundle of Nerves",
        "The Anthologist",
        "Pack Rules",
        "The Complete Gardener",
        "The Complete Guide to Short Stories",
        "Completely Mad",
        "The Set of the Sails",
        "Collector's Edition",
        "A Series of Small Disasters",
        "Emma [Set in Highbury]",
        "Barchester Towers (Barsetshire Trilogy)",
        "Barchester Towers: Barsetshire Trilogy, Book 2",
        "Barsetshire Trilogy 2",
        "Full Moon Series, Book 2",
    ],
)
def test_words_of_packs_inside_other_titles_say_nothing(title: str) -> None:
    assert not is_collection(title)


@pytest.mark.parametrize(
    "title",
    [
        "1984",
        "Catch-22",
        "24/7",
        "Slaughterhouse-Five",
        "2001: A Space Odyssey",
        "Europe 1939-1945",
        "After 9-11",
        "Stories for Ages 8-12",
        "Emma, Chapters 1-10",
        "Emma, Part 1-3",
        "Emma (Part 1 of 2)",
        "Emma (Part 1 / 2)",
        "Emma, Book 1, 2019 Edition",
        "Book 1 of 3",
        "Book 1 - 13 Ways to Leave",
        "The 4-Hour Garden",
        "The Three Clerks",
        "Books I Have Loved",
    ],
)
def test_other_numbers_count_no_volumes(title: str) -> None:
    assert not is_collection(title)


@pytest.mark.parametrize(
    "title",
    [
        "Rock/Paper/Scissors",
        "Either/Or",
        "Emma [ENG / M4B]",
        "Emma (Science Fiction / Fantasy)",
        "Emma (English / MP3 64kbps / Unabridged)",
    ],
)
def test_slashes_in_titles_and_remarks_make_no_pack(title: str) -> None:
    assert not is_collection(title)


@pytest.mark.parametrize(
    ("number", "pack"),
    [("1-4", True), ("1, 3, 5", True), ("0.5-3", True), ("2", False), ("1.5", False), ("1-1", False), (None, False)],
)
def test_the_place_in_the_series_tells(number: str | None, pack: bool) -> None:
    assert is_collection("Barsetshire", number=number) is pack


def test_a_single_place_overrules_the_name_of_a_trilogy_but_no_box_set() -> None:
    assert not is_collection("The Barsetshire Trilogy", number="2")
    assert is_collection("The Barsetshire Box Set", number="2")
