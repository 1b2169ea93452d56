"""Puts records of Open Library into the words of the daemon. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from audiobook_daemon import Book, Facts, Likeness, Work, compare_books, normal_isbn
from audiobook_plugins.open_library.parse import Edition, Record, WorkRow, description, genres

_SCORES: Mapping[Likeness, float] = {
    Likeness.SAME: 0.9,
    Likeness.SAME_EDITION: 0.9,
    Likeness.SAME_WORK: 0.6,
    Likeness.UNSURE: 0.5,
    Likeness.DIFFERENT: 0.0,
}
_BY_NAME = 0.09
"""What the very same title adds."""


def row_book(row: WorkRow, languages: Sequence[str] = ()) -> Book:
    """A work as a book; its language is told only if its editions leave no doubt."""
    wanted = [language for language in row.languages if language in languages]
    language = row.languages[0] if len(row.languages) == 1 else next(iter(wanted), None)
    return Book(row.title, row.authors, row.subtitle, row.places, language, row.year)


def score(book: Book, row: WorkRow) -> float:
    """How well a work answers a question, 0 (another one) to 1 (the ISBN is one of its editions')."""
    found = replace(row_book(row, (book.language,) if book.language else ()), other_ids=row.isbns)
    rating = _SCORES[compare_books(book, found)]
    isbns = {normal_isbn(one) for one in (book.isbn, *book.other_ids) if one}
    if rating > _SCORES[Likeness.UNSURE] and isbns & set(row.isbns):
        return 1.0
    return round(rating + _BY_NAME, 3) if rating and _same_words(book.title, row.title) else rating


def facts_of(source: str, covers: str, row: WorkRow, record: Record, edition: Edition | None, rating: float) -> Facts:
    """State what a work tells, and the printed edition that was asked for by its ISBN."""
    book = row_book(row)
    printed = edition or Edition()
    places = book.series or printed.places
    return Facts(
        source=source,
        title=book.title,
        subtitle=book.subtitle,
        authors=book.authors or None,
        series=places or None,
        publisher=printed.publisher,
        year=row.year,
        published=str(row.year) if row.year else printed.published,
        description=description(record),
        language=printed.language or book.language,
        isbn=next(iter(printed.isbns), None),
        genres=genres(record) or None,
        cover=f"{covers}/b/id/{row.cover}-L.jpg?default=false" if row.cover else None,
        key=row.key,
        score=rating,
    )


def work_of(source: str, row: WorkRow, languages: Sequence[str] = ()) -> Work:
    """List a work; whether it was ever recorded is not known here."""
    book = row_book(row, languages)
    released = str(row.year) if row.year else None
    return Work(replace(book, other_ids=row.isbns[:1]), source=source, key=row.key, released=released)


def _same_words(one: str, other: str) -> bool:
    return "".join(filter(str.isalnum, one.casefold())) == "".join(filter(str.isalnum, other.casefold()))
