"""How well a volume answers a question."""

from __future__ import annotations

import pytest

from audiobook_daemon import Book, SeriesPlace
from audiobook_plugins.google_books.parse import Volume
from audiobook_plugins.google_books.score import author_score, score

EMPIRE = Book("Mistborn: The Final Empire", ("Brandon Sanderson",))


def volume(
    title: str,
    *authors: str,
    subtitle: str | None = None,
    isbns: tuple[str, ...] = (),
    language: str | None = None,
) -> Volume:
    return Volume("x", title, subtitle, authors, isbns=isbns, language=language)


@pytest.mark.parametrize(
    ("book", "hit", "low", "high"),
    [
        (EMPIRE, volume("Mistborn: The Final Empire", "Brandon Sanderson"), 1.0, 1.0),
        (EMPIRE, volume("The Final Empire", "Brandon Sanderson", subtitle="Mistborn Book One"), 0.85, 1.0),
        (EMPIRE, volume("Final Empire", "Sanderson, Brandon"), 0.85, 1.0),
        (EMPIRE, volume("MISTBORN - the final empire", "B. Sanderson"), 0.85, 1.0),
        (EMPIRE, volume("Mistborn: The Well of Ascension", "Brandon Sanderson"), 0.0, 0.4),
        (EMPIRE, volume("Mistborn", "Brandon Sanderson", subtitle="The Well of Ascension"), 0.0, 0.4),
        (EMPIRE, volume("Mistborn: The Final Empire", "Somebody Else"), 0.0, 0.35),
        (EMPIRE, volume("Mistborn: The Final Empire"), 0.5, 0.7),
        (EMPIRE, volume("Studies in Fantasy", "Brandon Sanderson"), 0.0, 0.1),
        (Book("Emma"), volume("Emma", "Jane Austen"), 0.8, 0.9),
        (Book("Emma", ("Jane Austen",)), volume("Emma", "Jane Austen", subtitle="A Novel"), 1.0, 1.0),
        (Book("Ender's Game", ("Orson Scott Card",)), volume("Ender\u2019s Game", "O. S. Card"), 1.0, 1.0),
        (Book("Die Räuber", ("Friedrich Schiller",)), volume("Die Rauber", "Friedrich von Schiller"), 1.0, 1.0),
        (Book("吾輩は猫である", ("夏目漱石",)), volume("吾輩は猫である", "夏目漱石"), 1.0, 1.0),
        (Book("Tom & Jerry", ("A B",)), volume("Tom and Jerry", "A B"), 1.0, 1.0),
        (Book("The", ("A B",)), volume("The", "A B"), 1.0, 1.0),
        (Book("?", ("A B",)), volume("!", "A B"), 0.0, 0.0),
    ],
)
def test_score(book: Book, hit: Volume, low: float, high: float) -> None:
    assert low <= score(book, hit) <= high


def test_another_volume_of_the_series_is_another_book() -> None:
    second = Book("Saga", ("A B",), series=(SeriesPlace("Saga", "2"),))
    assert score(second, volume("Saga, Volume 2", "A B")) > 0.8
    assert score(second, volume("Saga, Volume 3", "A B")) <= 0.3
    assert score(Book("Saga, Band 1", ("A B",)), volume("Saga, Band 01", "A B")) > 0.8


def test_the_same_isbn_is_the_same_book_unless_the_title_says_no() -> None:
    book = Book("Emma", ("Jane Austen",), isbn="0-316-45250-5", language="en")
    assert score(book, volume("Emma", "J. Austen (Hrsg.)", isbns=("9780316452502",), language="de")) == 1.0
    assert score(book, volume("Cooking for Dogs", "Jane Austen", isbns=("9780316452502",))) < 0.1


def test_another_language_counts_for_less() -> None:
    english = Book("Emma", ("Jane Austen",), language="en")
    german = volume("Emma", "Jane Austen", language="de")
    assert score(english, german) == 0.6
    assert score(Book("Emma", ("Jane Austen",)), german, "en") == 0.6
    assert score(Book("Emma", ("Jane Austen",)), german, None) == 1.0
    assert score(english, volume("Emma", "Jane Austen")) == 1.0


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (["Leo Tolstoy"], ["graf Leo Tolstoy"], 1.0),
        (["J.R.R. Tolkien"], ["J. R. R. Tolkien"], 1.0),
        (["J. R. R. Tolkien"], ["John Ronald Reuel Tolkien"], 1.0),
        (["Le Guin, Ursula K."], ["Ursula K. Le Guin"], 1.0),
        (["Leo Tolstoy"], ["Alexei Tolstoy"], 0.6),
        (["A B", "C D"], ["C D"], 1.0),
        (["Leo Tolstoy"], ["Adolphe Thiers"], 0.0),
        (["Leo Tolstoy"], [""], 0.0),
        (["B."], ["Brandon Sanderson"], 0.0),
    ],
)
def test_authors(ours: list[str], theirs: list[str], expected: float) -> None:
    assert author_score(ours, theirs) == expected
