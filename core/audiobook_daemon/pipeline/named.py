"""The book that a person means by a number alone: an ASIN or an ISBN."""

from __future__ import annotations

from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.matching import normal_asin, normal_isbn
from audiobook_daemon.models import Book, Facts
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.plugin import MetadataProvider


class UnknownBook(AudiobookDaemonError):
    """No source knows a book by this number, or it is no such number at all."""


def checked_ids(asin: str | None, isbn: str | None) -> tuple[str | None, str | None]:
    """Return both in their one form; raises UnknownBook for what is no ASIN or ISBN."""
    read = (normal_asin(asin) if asin else None, normal_isbn(isbn) if isbn else None)
    for kind, given, found in (("ASIN", asin, read[0]), ("ISBN", isbn, read[1])):
        if given and found is None:
            raise UnknownBook(f"{given!r} is no {kind}.")
    return read


async def book_by_id(world: World, asin: str | None, isbn: str | None) -> Book:
    """Ask the sources what book has this number; raises UnknownBook."""
    answers = await world.host.ask(MetadataProvider.describe, book=Book("", asin=asin, isbn=isbn))
    for found in answers.values:
        for facts in found:
            if facts.title and _has(facts, asin, isbn):
                return _book(facts, asin, isbn)
    called = " or ".join(text for text in (asin and f"the ASIN {asin}", isbn and f"the ISBN {isbn}") if text)
    silent = f" {', '.join(item.instance for item in answers.silent)} could not answer." if answers.silent else ""
    raise UnknownBook(f"No source knows a book with {called}; give its title as well.{silent}")


def _has(facts: Facts, asin: str | None, isbn: str | None) -> bool:
    same_asin = asin is not None and (facts.asin or "").upper() == asin
    return same_asin or (isbn is not None and normal_isbn(facts.isbn or "") == isbn)


def _book(facts: Facts, asin: str | None, isbn: str | None) -> Book:
    return Book(
        facts.title or "",
        facts.authors or (),
        facts.subtitle,
        facts.series or (),
        facts.language,
        facts.year,
        isbn or facts.isbn,
        asin or facts.asin,
    )
