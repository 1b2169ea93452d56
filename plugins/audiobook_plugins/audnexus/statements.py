"""States products in the daemon's words: as facts of a book, and as works of a series or an author. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from audiobook_daemon import Book, Facts, SeriesPlace, Work
from audiobook_plugins.audnexus.kinds import kind_of
from audiobook_plugins.audnexus.parse import Place, Product


def facts_of(product: Product, source: str, score: float) -> Facts:
    """State all that the shop tells of a recording; without a place in a series nothing is said of series."""
    return Facts(
        source=source,
        title=product.title,
        subtitle=product.subtitle,
        authors=tuple(person.name for person in product.authors) or None,
        narrators=product.narrators or None,
        series=_places(product.places) or None,
        publisher=product.publisher,
        year=int(product.released[:4]) if product.released else None,
        published=product.released,
        description=product.description,
        language=product.language,
        isbn=product.isbn,
        asin=product.asin,
        genres=product.genres or None,
        runtime=product.runtime,
        abridged=product.abridged,
        cover=product.cover,
        key=product.key,
        score=score,
    )


def book_of(product: Product, at: Place | None = None) -> Book:
    """The book that a recording is of; its year is not told, for the shop knows that of the recording only."""
    others = tuple(place for place in product.places if at is None or place.name != at.name)
    return Book(
        product.title,
        tuple(person.name for person in product.authors),
        product.subtitle,
        _places(others if at is None else (at, *others)),
        product.language,
        isbn=product.isbn,
        asin=product.asin,
    )


def work_of(product: Product, source: str, at: Place | None = None) -> Work:
    """State a recording as a work; `at` is its place in the series asked for, which leads the others."""
    return Work(
        book_of(product, at),
        source,
        product.key,
        kind_of(product, at.position if at else None),
        product.released,
        product.narrators,
        product.runtime,
        product.abridged,
        audiobook=True,
        region=product.region,
        readers=product.ratings,
    )


def merged(listed: Iterable[tuple[Product, Work]]) -> tuple[Work, ...]:
    """Make one work of a recording that several regions sell: further titles and ASINs beside those of the first."""
    found: dict[str, Work] = {}
    for product, work in listed:
        name = product.sku or product.key
        found[name] = _both(found[name], work) if name in found else work
    return tuple(found.values())


def _both(work: Work, further: Work) -> Work:
    titles = dict.fromkeys((*work.book.aliases, further.book.title))
    ids = dict.fromkeys((*work.book.other_ids, *filter(None, (further.book.asin, further.book.isbn))))
    book = replace(
        work.book,
        aliases=tuple(title for title in titles if title != work.book.title),
        other_ids=tuple(number for number in ids if number not in {work.book.asin, work.book.isbn}),
    )
    readers = sum(filter(None, (work.readers, further.readers))) or None
    return replace(work, book=book, readers=readers)


def _places(places: Sequence[Place]) -> tuple[SeriesPlace, ...]:
    return tuple(SeriesPlace(place.name, place.position) for place in places)
