"""Puts records of Open Library into the words of the daemon. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audiobook_daemon import Book, Facts, Work, resemblance
from audiobook_plugins.open_library.parse import Edition, Record, WorkRow, description, genres

_ISBNS = 20
"""So many of a work's ISBNs are told; well-known ones have hundreds."""


def row_book(row: WorkRow, languages: Sequence[str] = ()) -> Book:
    """A work as a book; its language is told only if its editions leave no doubt."""
    wanted = [language for language in row.languages if language in languages]
    language = row.languages[0] if len(row.languages) == 1 else next(iter(wanted), None)
    return Book(row.title, row.authors, row.subtitle, row.places, language, row.year)


def score(book: Book, row: WorkRow) -> float:
    """How well a work answers a question; the ISBNs of all its editions are its own."""
    return resemblance(book, replace(row_book(row, (book.language,) if book.language else ()), other_ids=row.isbns))


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
    return Work(replace(book, other_ids=row.isbns[:_ISBNS]), source=source, key=row.key, released=released)
