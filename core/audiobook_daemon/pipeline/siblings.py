"""The other books a wish could be taken for: of its author and series, and whatever a provider mistakes for it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from audiobook_daemon.matching import book_key, compare_books
from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.text import words
from audiobook_daemon.models import AuthorQuestion, Book, Facts, SeriesQuestion, Want
from audiobook_daemon.pipeline.marks import author_marks, author_pieces
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.plugin import Answers, Bibliography, MetadataProvider

_log = logging.getLogger(__name__)
_MOST = 40
"""A writer of hundreds of books does not need all of them told apart: the nearest ones do."""


@dataclass(frozen=True, slots=True)
class Siblings:
    """Other books, the nearest first, and who could not name any."""

    books: tuple[Book, ...] = ()
    silent: tuple[str, ...] = ()


async def siblings_of(world: World, want: Want) -> Siblings:
    """Gather the siblings of a want's book; who cannot answer now is passed over, for this only sharpens a choice."""
    book = want.wish.book
    works, described = await asyncio.gather(
        _bibliography(world, book), world.host.ask(MetadataProvider.describe, book=book)
    )
    held = await world.database.books.marked(author_marks(book))
    wanted = await world.database.wants.containing(author_pieces(book))
    found = (
        *(item.book for item in held),
        *(other.wish.book for other in wanted if other.id != want.id),
        *works.books,
        *(_as_book(facts) for given in described.values for facts in given if facts.title),
    )
    silent = tuple(dict.fromkeys((*works.silent, *_silent(book, described))))
    return Siblings(other_books(book, found), silent)


async def _bibliography(world: World, book: Book) -> Siblings:
    """What else belongs to the book's first series, or to its first author if it has no series."""
    if book.series:
        asked = SeriesQuestion(book.series[0].name, book.authors, (book,), book.language)
        series = await world.host.ask(Bibliography.series_of, asked=asked)
        works = [work for records in series.values for record in records for work in record.works]
        return Siblings(tuple(work.book for work in works), tuple(_silent(book, series)))
    if book.authors:
        answers = await world.host.ask(Bibliography.works_by, asked=AuthorQuestion(book.authors[0], (book,)))
        return Siblings(tuple(work.book for given in answers.values for work in given), tuple(_silent(book, answers)))
    return Siblings()


def other_books(book: Book, found: Iterable[Book]) -> tuple[Book, ...]:
    """Those that are surely other books, each once, the nearest to the book first."""
    others = {book_key(other): other for other in found if compare_books(book, other) is Likeness.DIFFERENT}
    return tuple(sorted(others.values(), key=lambda other: _distance(book, other))[:_MOST])


def _distance(book: Book, other: Book) -> tuple[bool, int, str]:
    mine, theirs = ({words(place.name) for place in one.series} for one in (book, other))
    shared = len(set(words(book.title)) & set(words(other.title)))
    return not mine & theirs, -shared, other.title


def _as_book(facts: Facts) -> Book:
    return Book(
        facts.title or "",
        facts.authors or (),
        facts.subtitle,
        facts.series or (),
        facts.language,
        facts.year,
        facts.isbn,
        facts.asin,
    )


def _silent(book: Book, answers: Answers[Any]) -> Iterable[str]:
    for item in answers.silent:
        _log.info("%s could not say what else is like %s: %s", item.instance, book.title, item.reason)
        yield item.instance
