"""What is written into the library about a book: the wish and the release first, providers for the rest."""

from __future__ import annotations

import logging
from dataclasses import replace

from audiobook_daemon.matching import is_same_book
from audiobook_daemon.models import Book, Facts, Want
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.plugin import MetadataProvider

_log = logging.getLogger(__name__)
_SURE = 0.85


async def facts_for(world: World, want: Want) -> Facts:
    """Gather the fields of a book; a provider's record counts only when it is surely this book.

    Title, people, series and ids come from the wish and the release, which are about the recording; description,
    publisher, year and genres may come from a provider of printed books.
    """
    own = _own_facts(want)
    answers = await world.host.ask(MetadataProvider.describe, book=want.wish.book)
    for silent in answers.silent:
        _log.info("%s could not describe %s: %s", silent.instance, want.wish.book.title, silent.reason)
    for facts in (facts for found in answers.values for facts in found):
        if is_this(want.wish.book, facts):
            own = _filled(own, facts)
    return own


def _own_facts(want: Want) -> Facts:
    book, release = want.wish.book, want.release
    return Facts(
        source="wish",
        title=book.title,
        subtitle=book.subtitle,
        authors=book.authors or (release.authors if release else ()) or None,
        narrators=(release.narrators if release else ()) or None,
        series=book.series or (release.series if release else ()) or None,
        year=book.year,
        language=book.language or (release.language if release else None),
        isbn=book.isbn,
        asin=book.asin or (release.asin if release else None),
        abridged=release.abridged if release else None,
    )


def is_this(book: Book, facts: Facts) -> bool:
    """Whether a provider's record is surely about this book."""
    if facts.title is None or (facts.score is not None and facts.score < _SURE):
        return False
    other = Book(facts.title, facts.authors or (), language=facts.language, isbn=facts.isbn, asin=facts.asin)
    return is_same_book(book, other)


def _filled(own: Facts, facts: Facts) -> Facts:
    return replace(
        own,
        subtitle=own.subtitle or facts.subtitle,
        publisher=own.publisher or facts.publisher,
        year=own.year or facts.year,
        description=own.description or facts.description,
        genres=own.genres or facts.genres,
        isbn=own.isbn or facts.isbn,
    )
