from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobook_daemon import Book, SeriesPlace
from audiobook_daemon.matching import compare_books, compare_series, is_same_book
from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.works import KnownSeries, choose_person, main_series, match_series, reading_order

LE_GUIN = ("Ursula K. Le Guin",)
TOMBS = Book("The Tombs of Atuan", LE_GUIN, series=(SeriesPlace("Earthsea", "2"),))
SURE = {Likeness.SAME, Likeness.SAME_EDITION, Likeness.SAME_WORK}


def compare(one: Book, other: Book) -> Likeness:
    verdict = compare_books(one, other)
    assert compare_books(other, one) is verdict
    assert not is_same_book(one, other) or verdict in SURE
    return verdict


def placed(title: str, series: str, position: str) -> Book:
    return Book(title, LE_GUIN, series=(SeriesPlace(series, position),))


@pytest.mark.parametrize(
    "other",
    [
        TOMBS,
        Book("Tombs of Atuan", ("Le Guin, Ursula K.",)),
        Book("THE TOMBS OF ATUAN (Unabridged)", ("URSULA K. LE GUIN",)),
        Book("The Tombs of Atuan: Earthsea, Book 2", LE_GUIN),
        Book("Earthsea 02 - The Tombs of Atuan", LE_GUIN),
        Book("Le Guin - The Tombs of Atuan", LE_GUIN),
        Book("The Tombs of Atuan", ("Somebody Else", "Ursula K. Le Guin")),
        Book("The Tombs of Atuan", ("Ursula K. Le Guin and Somebody Else",)),
        placed("The Tombs of Atuan", "Earthsea", "02"),
        placed("The Tombs of Atuan", "Earthsea (Chronological Order)", "3"),
        Book("The Tombs of Atuan", (), series=(SeriesPlace("Earthsea", "2"),)),
    ],
)
def test_one_book_is_known_again(other: Book) -> None:
    assert compare(TOMBS, other) is Likeness.SAME
    assert is_same_book(TOMBS, other)


@pytest.mark.parametrize(
    "other",
    [
        Book("The Tombs of Atuan", ("Stephen King",)),
        Book("The Farthest Shore", LE_GUIN),
        placed("The Farthest Shore", "Earthsea", "3"),
        placed("The Tombs of Atuan", "Earthsea", "20"),
        placed("The Tombs of Atuan", "Earthsea", "2-3"),
        Book("The Tombs of Atuan (Part 1 of 2)", LE_GUIN, series=(SeriesPlace("Earthsea", "2"),)),
        Book("The Tombs of Atuan (Omnibus)", LE_GUIN),
    ],
)
def test_another_book_is_none_of_it(other: Book) -> None:
    assert compare(TOMBS, other) is Likeness.DIFFERENT
    assert not is_same_book(TOMBS, other)


def test_two_halves_of_a_dramatisation_are_two() -> None:
    first, second = (
        Book(f"Salt (Part {part} of 2) (Dramatized Adaptation)", LE_GUIN, series=(SeriesPlace("Salt", "1"),))
        for part in (1, 2)
    )
    assert compare(first, second) is Likeness.DIFFERENT


@pytest.mark.parametrize(("one", "other"), [("Salt II", "Salt: Book 2"), ("Salt, Vol. 2", "Salt 2 (Unabridged)")])
def test_the_number_is_the_identity_within_a_series(one: str, other: str) -> None:
    assert compare(Book(one, LE_GUIN), Book(other, LE_GUIN)) is Likeness.SAME
    assert compare(Book(one, LE_GUIN), Book("Salt 3", LE_GUIN)) is Likeness.DIFFERENT
    assert compare(Book(one, LE_GUIN), Book("Salt", LE_GUIN)) is Likeness.DIFFERENT


def test_titles_of_other_regions_are_known_by_aliases_or_doubted_to_be_owned() -> None:
    lights = Book("Northern Lights", ("Philip Pullman",), aliases=("The Golden Compass",))
    compass = Book("The Golden Compass", ("Philip Pullman",))
    assert compare(lights, compass) is Likeness.SAME
    assert is_same_book(lights, compass)
    plain, slot = (
        replace(book, aliases=(), series=(SeriesPlace("His Dark Materials", "1"),)) for book in (lights, compass)
    )
    assert compare(plain, slot) is Likeness.SAME
    assert not is_same_book(plain, slot)
    assert compare(replace(lights, authors=("Somebody Else",)), compass) is Likeness.DIFFERENT


def test_ids_are_known_in_every_form() -> None:
    old = Book("Salt", isbn="0-306-40615-2")
    new = Book("Something", isbn="978-0-306-40615-7")
    assert compare(old, new) is Likeness.SAME
    regional = Book("Anything", asin="B00ABCDEFG", other_ids=("B0ZZZZZZZZ",))
    assert compare(Book("Salt", asin="b0zzzzzzzz"), regional) is Likeness.SAME
    strange = Book("Pepper", ("Nobody Here",), isbn="9780306406157")
    assert compare(replace(old, authors=LE_GUIN), strange) is Likeness.UNSURE


def test_what_is_not_known_is_no_agreement() -> None:
    assert compare(TOMBS, Book("The Tombs of Atuan")) is Likeness.UNSURE
    assert compare(Book("Mistborn", ("B S",)), Book("Mistborn: The Final Empire", ("B S",))) is Likeness.UNSURE


def test_recordings_of_one_work_are_told_apart() -> None:
    def recordings(**known: tuple[object, object]) -> Likeness:
        return compare_books(TOMBS, TOMBS, **known)  # type: ignore[arg-type]

    assert recordings(narrators=(("Ann Voss",), ("Voss, Ann",))) is Likeness.SAME_EDITION
    assert recordings(narrators=(("Ann Voss",), ("Bo Marlow",))) is Likeness.SAME_WORK
    assert recordings(runtimes=(36_000.0, 36_500.0)) is Likeness.SAME_EDITION
    assert recordings(runtimes=(36_000.0, 18_000.0)) is Likeness.SAME_WORK
    assert recordings(media=("audiobook", "ebook")) is Likeness.SAME_WORK
    drama = replace(TOMBS, title="The Tombs of Atuan [Dramatized Adaptation]")
    assert compare(TOMBS, drama) is Likeness.SAME_WORK
    assert not is_same_book(TOMBS, drama)
    german, english = replace(TOMBS, language="de"), replace(TOMBS, language="en")
    assert compare(german, english) is Likeness.SAME_WORK
    assert not is_same_book(german, english)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("The Earthsea Cycle", "Earthsea", Likeness.SAME),
        ("Earthsea Series", "earthsea", Likeness.SAME),
        ("Earthsea (Publication Order)", "Earthsea", Likeness.SAME),
        ("Earthsea (Chronological Order)", "Earthsea", Likeness.UNSURE),
        ("Percy Jackson", "Percy Jackson and the Olympians", Likeness.UNSURE),
        ("Earthsea", "Earthsea Manga", Likeness.DIFFERENT),
        ("Discworld", "Discworld: City Watch", Likeness.DIFFERENT),
        ("Foundation", "Second Foundation", Likeness.DIFFERENT),
    ],
)
def test_series_are_compared_by_their_names(one: str, other: str, expected: Likeness) -> None:
    assert compare_series(one, other) is expected
    assert compare_series(other, one) is expected


def test_series_of_one_name_by_other_authors_are_others_unless_the_universe_is_shared() -> None:
    authors = (("Ann Author",), ("Bo Writer",))
    assert compare_series("Halo", "Halo", authors=authors) is Likeness.DIFFERENT
    assert compare_series("Halo", "Halo", authors=authors, shared_universe=True) is Likeness.SAME


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("Mara Quill", "A Mara Quill Novel", Likeness.SAME),
        ("Mara Quill", "Mara Quill Mysteries", Likeness.SAME),
        ("Mara Quill", "Mara Quill #4", Likeness.SAME),
        ("Tidewatch", "The Tidewatch Chronicles", Likeness.SAME),
        ("Tidewatch", "The Chronicles of Tidewatch", Likeness.UNSURE),
        ("Tidewatch", "Tidewatch and the North", Likeness.UNSURE),
        ("Tidewatch", "Tidewatch: The Northern Saga", Likeness.DIFFERENT),
        ("Tidewatch", "Tidewatch (Graphic Novel)", Likeness.DIFFERENT),
        ("Tidewatch", "Tidewatch Manga", Likeness.DIFFERENT),
        ("12 Bells", "13 Bells", Likeness.DIFFERENT),
    ],
)
def test_what_stands_around_the_name_of_a_series_may_tell_another(one: str, other: str, likeness: Likeness) -> None:
    assert compare_series(one, other) is compare_series(other, one) is likeness


def test_a_series_is_found_by_its_name_or_its_books() -> None:
    local = KnownSeries("Earthsea", (TOMBS,))
    renamed = KnownSeries("Der Erdsee-Zyklus", (Book("The Tombs of Atuan", LE_GUIN),))
    assert match_series(local, [KnownSeries("Foundation"), KnownSeries("The Earthsea Cycle")]) == 1
    assert match_series(local, [KnownSeries("Foundation"), renamed]) == 1
    assert match_series(local, [KnownSeries("Foundation")]) is None
    assert match_series(local, [KnownSeries("Earthsea"), KnownSeries("Earthsea")]) is None


def test_a_namesake_by_others_is_no_match_unless_it_holds_one_of_the_books() -> None:
    local = KnownSeries("Legacy", (Book("Ash", ("Ann Author",)),))
    stranger = KnownSeries("Legacy", (Book("Birch", ("Bo Writer",)),))
    assert match_series(local, [stranger]) is None
    assert match_series(local, [stranger, KnownSeries("Legacy", (Book("Cedar", ("Ann Author",)),))]) == 1


def test_the_main_series_is_the_first_with_a_position() -> None:
    assert main_series([SeriesPlace("All"), SeriesPlace("Main", "3")]) == SeriesPlace("Main", "3")
    assert main_series([SeriesPlace("All"), SeriesPlace("Other")]) == SeriesPlace("All")
    assert main_series([]) is None


def test_books_are_read_in_the_order_of_their_positions() -> None:
    books = [placed("c", "S", "10"), Book("z"), placed("b", "S", "2"), placed("a", "S", "1.5"), placed("d", "S", "2")]
    assert reading_order(books) == (3, 2, 4, 0, 1)


def test_a_person_is_chosen_only_if_there_is_one() -> None:
    assert choose_person("le guin, ursula k.", ["U. Tyler", "Ursula K. Le Guin"]) == 1
    assert choose_person("Ursula K. Le Guin et al.", ["Ursula K. Le Guin"]) == 0
    assert choose_person("Ann Author", ["Ann Author", "Author, Ann"]) is None
    assert choose_person("Ann Author", ["Bo Writer"]) is None


TITLES = st.sampled_from(["Salt", "Salt 2", "Salt: A Novel", "Salt (Part 1 of 2)", "The Salt Road", "Salt Omnibus", ""])
BOOKS = st.builds(
    Book,
    TITLES,
    st.lists(st.sampled_from(["Ann Author", "A. Author", "Bo Writer", "Various"]), max_size=2).map(tuple),
    series=st.lists(st.builds(SeriesPlace, st.sampled_from(["Salt", "Sea"]), st.sampled_from(["1", "2", None]))).map(
        tuple
    ),
    language=st.sampled_from([None, "en", "de"]),
)


@given(BOOKS, BOOKS)
def test_comparing_books_has_no_direction(one: Book, other: Book) -> None:
    compare(one, other)


@pytest.mark.parametrize("filler", ["unknown", "N/A", "0000000000", "none"])
def test_a_word_in_the_place_of_an_id_makes_no_two_books_one(filler: str) -> None:
    one, other = replace(TOMBS, isbn=filler, asin=filler), Book("Always Coming Home", LE_GUIN, isbn=filler, asin=filler)
    assert compare(one, other) is Likeness.DIFFERENT
