"""Says how well a product answers a question. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from audiobook_daemon import Book, Likeness, WorkKind, compare_books
from audiobook_plugins.audnexus.kinds import kind_of
from audiobook_plugins.audnexus.parse import Product
from audiobook_plugins.audnexus.statements import book_of

SURE = 0.85
"""From here on a product is surely the book."""

_SCORES: Mapping[Likeness, float] = {
    Likeness.SAME: 0.9,
    Likeness.SAME_EDITION: 0.9,
    Likeness.SAME_WORK: 0.6,
    Likeness.UNSURE: 0.5,
    Likeness.DIFFERENT: 0.0,
}
_BY_ASIN, _BY_NAME, _OTHER_KIND, _ABRIDGED = 1.0, 0.05, 0.7, 0.8


def score(book: Book, product: Product) -> float:
    """Compare titles, people, series, language and ids: 0 is another book, 1 the very recording by its ASIN.

    Of two that are the book, the one with just its title leads; shortened, dramatised and partial recordings follow.
    """
    found = book_of(product)
    likeness = compare_books(book, found)
    rating = _SCORES[likeness]
    if likeness in {Likeness.SAME, Likeness.SAME_EDITION} and found.asin in {book.asin, *book.other_ids}:
        return _BY_ASIN
    if product.title.casefold() == book.title.casefold():
        return round(rating + _BY_NAME, 3) if rating and not product.abridged else round(rating * _ABRIDGED, 3)
    if kind_of(product) is not WorkKind.UNKNOWN:
        rating *= _OTHER_KIND
    return round(rating * (_ABRIDGED if product.abridged else 1), 3)
