"""Learns which books the numbers are that stand alone in a list."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from audiobook_daemon import (
    AnswerCache,
    Book,
    Context,
    Facts,
    MetadataProvider,
    Unavailable,
    normal_asin,
    normal_isbn,
)

_DAYS, _UNKNOWN_DAYS = 180.0, 7.0
_SECONDS = 150.0
"""How long numbers are looked up in one go; the host gives a list 300 seconds in all."""


class Lookup:
    """Asks the metadata providers; what they say is kept for months."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._answers = AnswerCache(context, "numbers", Book, days=_DAYS, empty_days=_UNKNOWN_DAYS)
        self._deadline = 0.0

    def begin(self) -> None:
        """Give the lookups that follow their time."""
        self._deadline = asyncio.get_running_loop().time() + _SECONDS

    async def book(self, book: Book) -> Book | None:
        """Return the book with this ASIN or ISBN, None if nobody knows it; raises Unavailable if that is not sure."""
        found = await self._answers.answer([book.isbn, book.asin], lambda: self._ask(book))
        return found[0] if found else None

    async def _ask(self, book: Book) -> Sequence[Book]:
        if asyncio.get_running_loop().time() >= self._deadline:
            raise Unavailable("There was no time left; it is looked up the next time.")
        answers = await self._context.ask(MetadataProvider.describe, book=book)
        offered = [facts for facts in (facts for value in answers.values for facts in value) if facts.title]
        if exact := [facts for facts in offered if _is_it(book, facts)]:
            return (_named(book, exact[0]),)
        if answers.silent:
            raise Unavailable(f"{', '.join(one.instance for one in answers.silent)} could not answer.")
        if not answers.given:
            raise Unavailable("No instance knows books by their numbers; add google_books under `plugins:`.")
        return ()


def _is_it(book: Book, facts: Facts) -> bool:
    """Whether a record has the very number."""
    if book.isbn is not None:
        return facts.isbn is not None and normal_isbn(facts.isbn) == book.isbn
    return facts.asin is not None and normal_asin(facts.asin) == book.asin


def _named(book: Book, facts: Facts) -> Book:
    return replace(
        book,
        title=facts.title or "",
        authors=facts.authors or (),
        subtitle=facts.subtitle,
        series=facts.series or (),
        language=facts.language,
        year=facts.year,
        isbn=book.isbn or facts.isbn,
        asin=book.asin or facts.asin,
    )
