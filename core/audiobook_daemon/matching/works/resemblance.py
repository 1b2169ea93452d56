"""How well a record answers a question about a book, as one number to sort by."""

from __future__ import annotations

from collections.abc import Mapping

from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.ids import normal_isbn
from audiobook_daemon.matching.works.books import compare_books
from audiobook_daemon.models import Book

_RATINGS: Mapping[Likeness, float] = {
    Likeness.SAME: 0.9,
    Likeness.SAME_EDITION: 0.9,
    Likeness.SAME_WORK: 0.6,
    Likeness.UNSURE: 0.5,
    Likeness.DIFFERENT: 0.0,
}
_SAME_TITLE = 0.09


def resemblance(book: Book, record: Book) -> float:
    """From 0 (another book) to 1 (an id agrees, and nothing contradicts it); 0.9 and more is surely the book.

    The very same title stands before one that only means the same. Another language is no more than 0.69.
    """
    likeness = compare_books(book, record)
    rating = _RATINGS[likeness]
    if likeness in {Likeness.SAME, Likeness.SAME_EDITION, Likeness.SAME_WORK} and _ids(book) & _ids(record):
        return 1.0
    return round(rating + _SAME_TITLE, 2) if rating and _letters(book.title) == _letters(record.title) else rating


def _ids(book: Book) -> set[str]:
    given = filter(None, (book.asin, book.isbn, *book.other_ids))
    return {normal_isbn(one) or one.upper() for one in given}


def _letters(title: str) -> str:
    return "".join(filter(str.isalnum, title.casefold()))
