"""Finds the records of one book: by its ids, or else by title and author."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from audiobook_daemon import Book, Facts, normal_asin, normal_isbn, resemblance
from audiobook_plugins.hardcover import queries
from audiobook_plugins.hardcover.client import Client
from audiobook_plugins.hardcover.parse import book_hits, book_record
from audiobook_plugins.hardcover.records import BookHit, BookRecord, Recording
from audiobook_plugins.hardcover.statements import facts_of, hit_book, record_book

_CANDIDATES, _RECORDINGS = 3, 5
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
SURE = 0.9
"""A record of this score needs no search beside it."""


async def describe(client: Client, source: str, book: Book) -> tuple[Facts, ...]:
    """Offer the recordings of the books that may be this one, the likeliest first."""
    known = await books_by_ids(client, [book])
    found = [facts for record in known for facts in _statements(source, book, record, by_id=True)]
    if not any((facts.score or 0) >= SURE for facts in found):
        held = {record.id for record in known}
        likely = [hit.id for hit in await search(client, book) if hit.id not in held]
        for record in await records(client, likely[:_CANDIDATES]):
            found += _statements(source, book, record, by_id=False)
    return tuple(sorted(found, key=lambda facts: -(facts.score or 0)))


async def books_by_ids(client: Client, books: Iterable[Book]) -> list[BookRecord]:
    """Find books by the ASINs and ISBNs of their editions; of merged ones those they were merged into."""
    given = [number for book in books for number in (book.asin, book.isbn, *book.other_ids) if number]
    asins = list(dict.fromkeys(filter(None, map(normal_asin, given))))
    isbns = list(dict.fromkeys(filter(None, map(normal_isbn, given))))
    if not asins and not isbns:
        return []
    # Some ASINs stand there in small letters.
    cases = [case for asin in asins for case in (asin, asin.lower())]
    rows = await client.rows(queries.BOOKS_OF_EDITIONS, asins=cases, isbns=isbns)
    found = [record for record in map(book_record, rows) if record is not None]
    merged = {record.canonical for record in found if record.canonical is not None} - {record.id for record in found}
    whole = await records(client, sorted(merged))
    return [record for record in (*found, *whole) if record.canonical is None]


async def records(client: Client, numbers: Sequence[int]) -> list[BookRecord]:
    """Fetch books by their numbers."""
    rows = await client.of_books(queries.BOOKS, numbers)
    return [record for record in map(book_record, rows) if record is not None]


async def search(client: Client, book: Book) -> list[BookHit]:
    """Search by title and author; returns the hits that may be the book, the likeliest first."""
    for words in _questions(book):
        rated = [(resemblance(book, hit_book(hit)), hit) for hit in book_hits(await client.search(words, "Book"))]
        if found := sorted((pair for pair in rated if pair[0]), key=lambda pair: (-pair[0], -pair[1].readers)):
            return [hit for _, hit in found]
    return []


def _questions(book: Book) -> Iterator[str]:
    """The title without what stands in brackets, then without its subtitle too."""
    whole = " ".join(_BRACKETS.sub(" ", book.title).split()) or book.title
    for title in dict.fromkeys((whole, whole.partition(":")[0].strip() or whole)):
        yield " ".join((title, *book.authors[:1]))


def _statements(source: str, book: Book, record: BookRecord, *, by_id: bool) -> Iterator[Facts]:
    """The facts of a record that may be the book. One found by an id bears it, though by another edition's."""
    for one in _recordings(book, record.recordings):
        found = record_book(record, one)
        ids = tuple(filter(None, (book.asin, book.isbn, *book.other_ids))) if by_id else ()
        rating = resemblance(book, replace(found, other_ids=ids))
        if rating > 0:
            yield facts_of(source, record, one, rating)


def _recordings(book: Book, spoken: Sequence[Recording]) -> Sequence[Recording | None]:
    """The recordings to tell of: the very one first, then those in the book's language."""
    if not spoken:
        return (None,)
    fitting = [one for one in spoken if not book.language or one.language in {book.language, None}] or list(spoken)
    ids = {normal_asin(number) for number in (book.asin, *book.other_ids) if number} - {None}
    return sorted(fitting, key=lambda one: one.asin not in ids)[:_RECORDINGS]
