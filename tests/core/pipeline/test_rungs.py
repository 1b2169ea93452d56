"""The ladder of questions: what is asked, in which order, and what is not asked twice."""

from __future__ import annotations

import pytest

from audiobook_daemon.models import Book, Query, Release, SeriesPlace, Wish
from audiobook_daemon.pipeline.rungs import Rung, plan, resembles, rungs

PLACE = SeriesPlace("The Stormlight Archive", "1")
LONG = Book(
    "The Way of Kings: The Storms of Roshar (Unabridged)",
    ("Brandon Sanderson", "Somebody Else"),
    series=(PLACE,),
    aliases=("Der Weg der Könige (Ungekürzt)",),
)
TITLE, SHORT = "The Way of Kings: The Storms of Roshar", "The Way of Kings"
AUTHORS = LONG.authors


def texts(ladder: tuple[Rung, ...], *, most: int = 99, turn: int = 0) -> list[str | None]:
    return [query.text for query in plan(ladder, by_fields=False, most=most, turn=turn).values()]


def test_the_whole_ladder_by_fields() -> None:
    asked = plan(rungs(Wish(LONG), ("en",), 30), by_fields=True, most=99)
    assert asked == {
        "title and author": Query(TITLE, AUTHORS, languages=("en",), limit=30),
        "short title and author": Query(SHORT, AUTHORS, languages=("en",), limit=30),
        "other title 'Der Weg der Könige' and author": Query(
            "Der Weg der Könige", AUTHORS, languages=("en",), limit=30
        ),
        "series 'The Stormlight Archive' 1 and author": Query("", AUTHORS, PLACE, languages=("en",), limit=30),
        "short title alone": Query(SHORT, languages=("en",), limit=30),
        "author alone": Query("", AUTHORS, languages=("en",), limit=30),
        "words anywhere": Query(SHORT, text=f"{SHORT} Brandon Sanderson", languages=("en",), limit=30),
    }


def test_the_whole_ladder_in_plain_words_asks_nothing_twice() -> None:
    assert texts(rungs(Wish(LONG))) == [
        f"{TITLE} Brandon Sanderson",
        f"{SHORT} Brandon Sanderson",
        "Der Weg der Könige Brandon Sanderson",
        "The Stormlight Archive 1 Brandon Sanderson",
        SHORT,
        "Brandon Sanderson",
    ]


@pytest.mark.parametrize(
    ("book", "names"),
    [
        (Book("Emma", ("Jane Austen",)), ["title and author", "short title alone", "author alone", "words anywhere"]),
        (Book("Emma"), ["title", "words anywhere"]),
        (Book("Emma: The Matchmaker"), ["title", "short title alone", "words anywhere"]),
        (Book("Emma: A Novel"), ["title", "words anywhere"]),
        (Book("Emma (Unabridged)"), ["title", "words anywhere"]),
        (
            Book("Dune", ("Frank Herbert",), series=(SeriesPlace("Dune", "1"),)),
            ["title and author", "series 'Dune' 1 and author", "short title alone", "author alone", "words anywhere"],
        ),
        (Book("Emma", aliases=("EMMA", "Emma!")), ["title", "words anywhere"]),
        (Book("?!", ("...",)), []),
    ],
)
def test_rungs_that_would_ask_the_same_are_left_out(book: Book, names: list[str]) -> None:
    assert list(plan(rungs(Wish(book)), by_fields=True, most=99)) == names


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Emma (Part 1 of 2)", "Emma"),
        ("Emma [Dramatized Adaptation]", "Emma"),
        ("Dune, Book 1", "Dune"),
        ("The Eye of the World: Book One of The Wheel of Time", "The Eye of the World"),
        ("Catch-22: 50th Anniversary Edition", "Catch-22"),
        ("1984 (Unabridged)", "1984"),
        ("Book One", "Book One"),
    ],
)
def test_the_short_title_has_no_subtitle_number_or_decoration(title: str, short: str) -> None:
    asked = plan(rungs(Wish(Book(title))), by_fields=True, most=99)
    assert asked.get("short title alone", asked["title"]).title == short


def test_a_title_that_begins_with_its_series_is_looked_for_without_it_too() -> None:
    book = Book("Mistborn: The Final Empire", ("Brandon Sanderson",), series=(SeriesPlace("Mistborn", "1"),))
    assert texts(rungs(Wish(book)))[:4] == [
        "Mistborn: The Final Empire Brandon Sanderson",
        "Mistborn Brandon Sanderson",
        "The Final Empire Brandon Sanderson",
        "Mistborn 1 Brandon Sanderson",
    ]
    assert resembles(book, Release("mam", "1", "The Final Empire"))


def test_the_bound_holds_and_the_rungs_take_turns_from_search_to_search() -> None:
    ladder = rungs(Wish(LONG))
    first, *others = texts(ladder)
    seen: list[str | None] = []
    for turn in range(5):
        asked = texts(ladder, most=3, turn=turn)
        assert asked[0] == first
        assert len(asked) == 3
        seen += asked[1:]
    assert seen[:2] == others[:2]
    assert set(seen) == set(others), "each has its time"


def test_one_question_is_the_first() -> None:
    assert texts(rungs(Wish(LONG)), most=1, turn=3) == [f"{TITLE} Brandon Sanderson"]


@pytest.mark.parametrize(
    ("wish", "languages"),
    [
        (Wish(Book("Emma")), ("en", "de")),
        (Wish(Book("Emma", language="fr")), ("fr",)),
        (Wish(Book("Emma", language="fr"), languages=("es", "pt")), ("es", "pt")),
    ],
)
def test_the_languages_are_the_wishs_else_the_books_else_the_usual(wish: Wish, languages: tuple[str, ...]) -> None:
    assert {rung.query.languages for rung in rungs(wish, ("en", "de"))} == {languages}


@pytest.mark.parametrize(
    ("title", "series", "expected"),
    [
        ("The Way of Kings", (), True),
        ("Way of the Kings, Part 1", (), True),
        ("Stormlight Archive 1-3", (), True),
        ("Volume One", ("The Stormlight Archive",), True),
        ("Weg der Könige", (), True),
        ("Elantris", (), False),
        ("The Hero of Ages", ("Mistborn",), False),
    ],
)
def test_of_an_author_only_what_resembles_the_book_is_looked_at(
    title: str, series: tuple[str, ...], expected: bool
) -> None:
    release = Release("mam", "1", title, series=tuple(SeriesPlace(name) for name in series))
    assert resembles(LONG, release) is expected


def test_short_titles_are_told_by_their_short_words() -> None:
    assert resembles(Book("It"), Release("mam", "1", "It (Unabridged)"))
    assert not resembles(Book("It"), Release("mam", "1", "Misery"))
