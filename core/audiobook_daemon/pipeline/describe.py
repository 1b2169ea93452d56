"""What is written into the library about a book: the wish and the release first, providers for the rest."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from audiobook_daemon.catalogue.fields import is_same, values_of_facts, values_of_item
from audiobook_daemon.matching import is_same_book
from audiobook_daemon.models import Book, Facts, FieldChange, LibraryItem, Want
from audiobook_daemon.pipeline.inscribing import Place, inscribe
from audiobook_daemon.pipeline.keys import keyed
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.plugin import Library, MetadataProvider

_log = logging.getLogger(__name__)
_SURE = 0.85
_OF_RELEASE: Final = frozenset({"narrators", "abridged"})
SHELVING: Final = "shelve"
"""The occasion of what is written when a book is shelved."""


@dataclass(frozen=True, slots=True)
class Description:
    """What is to be written about a book, and who says so."""

    facts: Facts
    sources: Mapping[str, str]
    """The source of each field that has a value."""

    def changes(self, item: LibraryItem) -> tuple[FieldChange, ...]:
        """What that changes about an item."""
        present = values_of_item(item)
        return tuple(
            FieldChange(field, present.get(field), value, self.sources[field], "It was shelved with this.")
            for field, value in values_of_facts(self.facts).items()
            if not is_same(field, present.get(field), value)
        )


async def describe_shelved(world: World, want: Want, item: LibraryItem) -> LibraryItem:
    """Write what is known about a book that the library has just taken in, so that it can be taken back."""
    description = await facts_for(world, want)
    await world.database.books.upsert([keyed(item, want.key)])
    book_id = await world.database.books.id_of(item.library, item.id)
    changes = description.changes(item)
    if book_id is None or not changes:
        return await world.host.ask_one(item.library, Library.update, item=item.id, changes=description.facts)
    async with world.writing:
        place = Place(book_id, item.library, item.id)
        written = await inscribe(world, place, description.facts, changes, SHELVING)
    if written.refusal:
        _log.warning("%s: its metadata could not be written: %s", want.wish.book.title, written.refusal)
    return written.item or item


async def facts_for(world: World, want: Want) -> Description:
    """Gather the fields of a book; a provider's record counts only when it is surely this book.

    Title, people, series and ids come from the wish and the release, which are about the recording; description,
    publisher, year and genres may come from a provider of printed books.
    """
    own = own_facts(want)
    sources = dict.fromkeys(values_of_facts(own), want.wish.origin or "wish")
    if want.release:
        sources |= dict.fromkeys(sources.keys() & _OF_RELEASE, want.release.source)
    answers = await world.host.ask(MetadataProvider.describe, book=want.wish.book)
    for silent in answers.silent:
        _log.info("%s could not describe %s: %s", silent.instance, want.wish.book.title, silent.reason)
    for facts in (facts for found in answers.values for facts in found):
        if is_this(want.wish.book, facts):
            own = _filled(own, facts)
            sources = dict.fromkeys(values_of_facts(own), facts.source) | sources
    return Description(own, sources)


def own_facts(want: Want) -> Facts:
    """What the wish and the release say of a book, without asking anybody."""
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
