from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobook_daemon import Book, Release, SeriesPlace, Stance, Wish
from audiobook_daemon.matching.identity import Identity, identify, read

EMMA = Book("Emma", ("Jane Austen",), language="en")
TOMBS = Book("The Tombs of Atuan", ("Ursula K. Le Guin",), series=(SeriesPlace("Earthsea", "2"),), language="en")
LIGHTS = Book("Northern Lights", ("Philip Pullman",), aliases=("The Golden Compass",))
SAPIENS = Book("Sapiens", ("Yuval Noah Harari",), subtitle="A Brief History of Humankind")
FLOOR = 0.97


def identity(book: Book, title: str, *authors: str, series: SeriesPlace | None = None, **more: object) -> Identity:
    places = (series,) if series else ()
    release = Release("x", "1", title, authors, series=places, **more)  # type: ignore[arg-type]
    return identify(Wish(book), release, ("en",))


def is_sure(book: Book, title: str, *authors: str, series: SeriesPlace | None = None, **more: object) -> bool:
    found = identity(book, title, *authors, series=series, **more)
    return found.score >= FLOOR and found.families > 1


def codes(found: Identity, stance: Stance) -> set[str]:
    return {verdict.code for verdict in found.verdicts if verdict.stance is stance}


@pytest.mark.parametrize(
    "title",
    [
        "Ursula K. Le Guin - The Tombs of Atuan",
        "Le Guin, Ursula K. - Tombs of Atuan (Unabridged) [M4B]",
        "The Tombs of Atuan by Ursula K. Le Guin [ENG / M4B]",
        "The Tombs of Atuan - Ursula K. Le Guin - Rob Inglis [64kbps MP3]",
        "U. K. Le Guin - Earthsea 02 - The Tombs of Atuan",
        "Earthsea Book 2 - The Tombs of Atuan - Ursula K. Le Guin M4B",
        "[Earthsea #2] The Tombs of Atuan (1971) {Rob Inglis} 62k - Ursula K. Le Guin",
        "The Tombs of Atuan: The Earthsea Cycle, Book 2 - Ursula K. Le Guin",
        "Ursula.K.Le.Guin.The.Tombs.of.Atuan.1971.AUDiOBOOK.MP3-GRP",
        "Ursula_K._Le_Guin_-_The_Tombs_of_Atuan",
        "URSULA K. LE GUIN - THE TOMBS OF ATUAN - MP3",
        "UrsulaLeGuin TheTombsOfAtuan",
        "Earthsea, Vol. II: The Tombs of Atuan",
        "Ursula K. Le Guin - Earthsea, Book Two",
    ],
)
def test_a_release_is_known_in_every_dress(title: str) -> None:
    assert is_sure(TOMBS, title)


@pytest.mark.parametrize(
    "title",
    [
        "Ursula K. Le Guin - The Farthest Shore",
        "Ursula K. Le Guin - Earthsea 03 - The Tombs of Atuan",
        "Earthsea Book 1 - A Wizard of Earthsea - Ursula K. Le Guin",
        "Ursula K. Le Guin - Earthsea, Book Three",
        "Ann Author - The Tombs of Atuan",
        "The Tombs of Atuan - Ann Author",
        "Ursula K. Le Guin - The Tombs of Atuan Revisited by Scholars",
        "Ursula K. Le Guin - Secrets of the Tombs of Atuan",
        "The Tombs of Atuan",
        "Ursula K. Le Guin",
        "",
    ],
)
def test_another_book_is_never_taken_for_it(title: str) -> None:
    assert not is_sure(TOMBS, title)


@pytest.mark.parametrize(
    ("title", "sure"),
    [
        ("Jane Austen - Emma", True),
        ("Austen - Emma [MP3]", False),
        ("Jane Austen - Emma Brown", False),
        ("Clare Boylan - Emma", False),
        ("Emma Darwin - Jane Austen", False),
        ("Jane Austen - Emma: A Novel", True),
        ("Jane Austen - Classics 4 - Emma", True),
        ("Jane Austen - Emma, Sense and Sensibility", False),
        ("Alexander McCall Smith - Emma (read by Jane Austen)", False),
    ],
)
def test_a_title_of_one_word_needs_more(title: str, sure: bool) -> None:
    assert is_sure(EMMA, title) is sure


@pytest.mark.parametrize(
    ("book", "title", "sure"),
    [
        (SAPIENS, "Yuval Noah Harari - Sapiens", True),
        (SAPIENS, "Sapiens: A Brief History of Humankind - Yuval Noah Harari", True),
        (Book("Dune", ("Frank Herbert",)), "Frank Herbert - Dune: Messiah", False),
        (Book("Star Wars: Heir to the Empire", ("Timothy Zahn",)), "Timothy Zahn - Star Wars", False),
        (Book("Star Wars: Heir to the Empire", ("Timothy Zahn",)), "Timothy Zahn - Heir to the Empire", True),
        (Book("Tom Clancy's Rainbow Six", ("Tom Clancy",)), "Tom.Clancy.Rainbow.Six.RETAIL.mp3", True),
        (LIGHTS, "Philip Pullman - The Golden Compass", True),
        (Book("Gespensterjäger", ("Cornelia Funke",)), "Cornelia.Funke.Gespensterjaeger.mp3", True),
        (Book("Around the World in Eighty Days", ("Jules Verne",)), "Jules Verne - Around the World in 80 Days", True),
        (Book("The German Girl", ("Armando Lucas Correa",)), "Armando Lucas Correa - The German Girl", True),
        (Book("Saga of Salt II", ("Ann Author",)), "Ann Author - Saga of Salt, Book 2", True),
        (Book("Saga of Salt II", ("Ann Author",)), "Ann Author - Saga of Salt, Book 3", False),
        (Book("Saga of Salt", ("Ann Author",)), "Ann Author - Saga of Salt 2", False),
        (Book("Saga of Salt", ("Ann Author",)), "Ann Author - Saga of Salt - 2 - The Pepper War", False),
        (Book("The Sign of the Four", ("A. C. Doyle",)), "A. C. Doyle - Sherlock Holmes 4 - His Last Bow", False),
    ],
)
def test_subtitles_aliases_and_numbers_tell(book: Book, title: str, sure: bool) -> None:
    assert is_sure(book, title) is sure


def test_what_a_tracker_states_outweighs_the_title() -> None:
    assert is_sure(TOMBS, "The Tombs of Atuan", "Ursula K. Le Guin")
    assert is_sure(TOMBS, "Tombs of Atuan", "Le Guin, Ursula", series=SeriesPlace("The Earthsea Cycle", "02"))
    assert not is_sure(TOMBS, "The Tombs of Atuan", "Ann Author")
    assert not is_sure(TOMBS, "The Tombs of Atuan", "Ursula K. Le Guin", series=SeriesPlace("Earthsea", "3"))
    assert is_sure(TOMBS, "The Tombs of Atuan", series=SeriesPlace("Earthsea", "2"))


def test_evidence_is_told_with_its_family_and_weight() -> None:
    found = identity(TOMBS, "Ursula K. Le Guin - Earthsea 02 - The Tombs of Atuan", language="en")
    assert {verdict.family for verdict in found.verdicts} == {"title", "author", "series"}
    assert all(verdict.weight > 0 for verdict in found.verdicts)
    assert found.families == 3
    worse = identity(TOMBS, "Ursula K. Le Guin - The Tombs of Atuan: Blood Moon", language="en")
    assert codes(worse, Stance.DOUBT) == {"unexplained_words"}
    assert worse.score < found.score


def test_ids_narrators_years_and_lengths_are_evidence() -> None:
    book = Book("Emma", ("Jane Austen",), asin="B00ABCDEFG", year=1815)
    wish = Wish(book, narrators=("Juliet Stevenson",), runtimes=(36_000.0,))
    full = Release("x", "1", "Emma (1815)", narrators=("Juliet Stevenson",), asin="B00ABCDEFG", runtime=36_100.0)
    found = identify(wish, full)
    assert {"asin", "narrator", "year", "runtime"} <= codes(found, Stance.SUPPORT)
    assert found.score >= FLOOR
    assert "runtime" in codes(identify(wish, Release("x", "1", "Emma", runtime=3_600.0)), Stance.DOUBT)


def test_an_unstated_language_is_a_doubt_and_a_foreign_title_a_strong_one() -> None:
    wish = Wish(Book("Emma", ("Jane Austen",)))
    plain = identify(wish, Release("x", "1", "Jane Austen - Emma"), ("en",))
    stated = identify(wish, Release("x", "1", "Jane Austen - Emma", language="en"), ("en",))
    foreign = identify(
        wish, Release("x", "1", "Jane Austen - Emma: Roman aus dem Englischen und mit Nachwort"), ("en",)
    )
    assert codes(plain, Stance.DOUBT) == {"language_unknown"}
    assert foreign.score < plain.score < stated.score
    assert foreign.score < FLOOR <= plain.score


def test_gaps_of_a_release_are_filled_by_its_title() -> None:
    title = "Jane Austen - Emma (Abridged) read by Juliet Stevenson [GER / 64kbps MP3]"
    filled = read(Release("x", "1", title, language="en")).filled
    assert (filled.language, filled.formats, filled.bitrate, filled.abridged) == ("en", ("mp3",), 64, True)
    assert filled.narrators == ("Juliet Stevenson",)


@given(st.text(max_size=80), st.text(max_size=40), st.text(max_size=30))
def test_no_text_makes_it_raise_or_sure_of_an_author_it_never_names(title: str, wished: str, author: str) -> None:
    found = identify(Wish(Book(wished, (author,))), Release("x", "1", title))
    assert 0 <= found.score <= 1


@pytest.mark.parametrize("piece", ["a", "Emma ", "1,", "Book 1 ", "(", "- Emma - ", "Jane Austen ", "and one "])
def test_a_very_long_title_takes_no_time(piece: str) -> None:
    title = (piece * 100_000)[:100_000]
    identify(Wish(EMMA), Release("x", "1", title, series=(SeriesPlace(title, title),)))
