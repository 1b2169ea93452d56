"""Lists the works of an author, added up over the records that are this person."""

from __future__ import annotations

from audiobook_daemon import AuthorQuestion, Likeness, PersonRecord, Work, records_of_person, same_person
from audiobook_plugins.hardcover import queries
from audiobook_plugins.hardcover.client import Client
from audiobook_plugins.hardcover.parse import author_hits, book_record
from audiobook_plugins.hardcover.records import AuthorHit, BookRecord
from audiobook_plugins.hardcover.statements import record_book, work_of

_HITS, _RECORDS = 25, 5


async def works_by(client: Client, source: str, asked: AuthorQuestion) -> tuple[Work, ...]:
    """List what the author wrote, the most read first."""
    hits = [hit for hit in author_hits(await client.search(asked.name, "Author", _HITS)) if _is_named(asked.name, hit)]
    hits = sorted(hits, key=lambda hit: -hit.books)[:_RECORDS]
    lists = {hit.id: await _books(client, hit) for hit in hits}
    people = {hit.id: PersonRecord(hit.name, tuple(map(record_book, lists[hit.id])), hit.other_names) for hit in hits}
    theirs = records_of_person(asked.name, asked.owned, people)
    books = {book.id: book for number in theirs for book in lists[number]}
    return tuple(work_of(source, book, asked.languages) for book in books.values())


async def _books(client: Client, author: AuthorHit) -> list[BookRecord]:
    """The books that name this record as author, not only as reader or translator."""
    rows = map(book_record, await client.pages(queries.AUTHOR_BOOKS, author=author.id))
    return [book for book in rows if book is not None and _wrote(author, book)]


def _wrote(author: AuthorHit, book: BookRecord) -> bool:
    """By the number if the book tells any, else by the name."""
    return (author.id, None) in book.roles if book.roles else any(_is_named(name, author) for name in book.authors)


def _is_named(name: str, hit: AuthorHit) -> bool:
    return any(same_person(name, other) is Likeness.SAME for other in (hit.name, *hit.other_names))
