"""Says how well a product answers a question. Pure."""

from __future__ import annotations

from audiobook_daemon import Book, WorkKind, resemblance
from audiobook_plugins.audnexus.kinds import kind_of
from audiobook_plugins.audnexus.parse import Product
from audiobook_plugins.audnexus.statements import book_of

SURE = 0.9
"""From here on a product is surely the book."""

_OTHER_KIND, _ABRIDGED = 0.7, 0.8


def score(book: Book, product: Product) -> float:
    """Rate from 0 (another book) to 1 (the recording that was asked for by its ASIN).

    Of the recordings of one work the whole book read aloud leads; shortened, dramatised and partial ones follow.
    """
    rating = resemblance(book, book_of(product))
    if rating == 1.0:
        return rating
    if kind_of(product) is not WorkKind.UNKNOWN and product.title.casefold() != book.title.casefold():
        rating *= _OTHER_KIND
    return round(rating * (_ABRIDGED if product.abridged else 1), 3)
