"""Finds the records of one book: by its ids, or else by title and author."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from audiobook_daemon import Book, Facts, normal_asin, normal_isbn
from audiobook_plugins.hardcover import queries
from audiobook_plugins.hardcover.client import Client
from audiobook_plugins.hardcover.lenient import object_of, text, whole
from audiobook_plugins.hardcover.parse import book_hits, book_record, recording
from audiobook_plugins.hardcover.records import BookRecord, Recording
from audiobook_plugins.hardcover.statements import by_book, facts_of, hit_book, record_book, score

_CANDIDATES, _RECORDINGS = 3, 5
_SURE = 0.9
"""A record of this score needs no search beside it."""


async def describe(client: Client, source: str, book: Book) -> tuple[Facts, ...]:
    """Offer the recordings of the books that may be this one, the likeliest first."""
    known = await books_by_ids(client, [book])
    found = list(await _candidates(client, source, book, known))
    if not any((facts.score or 0) >= _SURE for facts in found):
        hits = book_hits(await client.search(_question(book), "Book"))
        rated = sorted(((score(book, hit_book(hit)), hit.readers, hit.id) for hit in hits), reverse=True)
        likely = {number: () for rating, _, number in rated if rating > 0 and number not in known}
        found += await _candidates(client, source, book, dict(list(likely.items())[:_CANDIDATES]))
    return tuple(sorted(found, key=lambda facts: -(facts.score or 0)))


async def books_by_ids(client: Client, books: Iterable[Book]) -> dict[int, tuple[str, ...]]:
    """Find books by ASINs and ISBNs; returns their numbers and the ids that were found."""
    given = [number for book in books for number in (book.asin, book.isbn, *book.other_ids) if number]
    asins = list(dict.fromkeys(filter(None, map(normal_asin, given))))
    isbns = list(dict.fromkeys(filter(None, map(normal_isbn, given))))
    if not asins and not isbns:
        return {}
    found: dict[int, tuple[str, ...]] = {}
    # Some ASINs stand there in small letters.
    cases = [case for asin in asins for case in (asin, asin.lower())]
    for row in await client.rows(queries.EDITIONS, asins=cases, isbns=isbns):
        number = whole(object_of(row.get("book")).get("canonical_id")) or whole(row.get("book_id"))
        if number is not None:
            ids = (text(row.get("asin")), text(row.get("isbn_13")))
            held = {one.upper() for one in ids if one} & {*asins, *isbns}
            found[number] = (*found.get(number, ()), *sorted(held))
    return found


async def _candidates(client: Client, source: str, book: Book, known: dict[int, tuple[str, ...]]) -> Iterator[Facts]:
    if not known:
        return iter(())
    records = filter(None, map(book_record, await client.of_books(queries.BOOKS, list(known))))
    spoken = by_book(filter(None, map(recording, await client.of_books(queries.RECORDINGS, list(known)))))
    return (
        facts_of(source, record, one, rating)
        for record in records
        for one in _recordings(book, spoken.get(record.id, ()))
        if (rating := score(book, _with_ids(record, one, known.get(record.id, ())))) > 0
    )


def _with_ids(record: BookRecord, one: Recording | None, ids: tuple[str, ...]) -> Book:
    """The record as a book that bears the ids it was found by, though they may be another edition's."""
    return replace(record_book(record, one), other_ids=ids)


def _recordings(book: Book, spoken: Sequence[Recording]) -> Sequence[Recording | None]:
    """The recordings to tell of: the very one first, then those in the book's language."""
    if not spoken:
        return (None,)
    fitting = [one for one in spoken if not book.language or one.language in {book.language, None}] or list(spoken)
    ids = {book.asin, *book.other_ids}
    return sorted(fitting, key=lambda one: one.asin is None or one.asin not in ids)[:_RECORDINGS]


def _question(book: Book) -> str:
    return " ".join((book.title, *book.authors[:1]))
