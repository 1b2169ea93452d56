"""What is known of one book at one moment: the item, and what the sources state about it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace

from audiobook_daemon.catalogue.proposing import CorrectionRules
from audiobook_daemon.catalogue.standardising import Forms
from audiobook_daemon.catalogue.stating import statements, statements_of_release
from audiobook_daemon.config import Metadata
from audiobook_daemon.models import Facts, LibraryItem, Statement
from audiobook_daemon.plugin import MetadataProvider
from audiobook_daemon.store import BookRef
from audiobook_daemon.upkeep.house import House

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sight:
    """A book with everything that is stated about it."""

    book: BookRef
    item: LibraryItem
    stated: Mapping[str, tuple[Statement, ...]]
    """By source, what those who answered say now; an empty one says nothing any longer."""
    remembered: tuple[Statement, ...]
    """What those who were silent said the last time."""
    silent: tuple[str, ...]
    awaited: tuple[str, ...]
    """Those of them that come back by themselves; who waits for a person may be silent for years."""

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All that counts."""
        return (*(one for said in self.stated.values() for one in said), *self.remembered)

    @property
    def unheard(self) -> bool:
        """Whether those who may soon say something were silent, and nobody else knew anything."""
        return bool(self.awaited) and not any(self.stated.values())


def rules_of(settings: Metadata) -> CorrectionRules:
    """What the configuration lets be changed."""
    forms = Forms(settings.steps, settings.genre_names, settings.most_genres)
    return CorrectionRules(settings.fill, settings.correct, settings.least, settings.drift, settings.covers, forms)


async def see(house: House, book: BookRef, item: LibraryItem) -> Sight:
    """Ask everybody about a book; whoever cannot answer is named, and what they said before still counts."""
    settings, world = house.settings.metadata, house.world
    answers = await world.host.ask(MetadataProvider.describe, book=item.book)
    for one in answers.silent:
        _log.debug("%s could not describe %s: %s", one.instance, item.book.title, one.reason)
    records = [
        replace(facts, source=one.instance) for one in answers.given for facts in one.value if isinstance(facts, Facts)
    ]
    forms = rules_of(settings).forms
    said = statements(item, records, forms, trust=settings.trust, tolerance=world.settings.runtime_tolerance)
    stated = {one.instance: tuple(line for line in said if line.source == one.instance) for one in answers.given}
    if release := await house.database.attention.release_of(item.library, item.id):
        stated[release.source] = statements_of_release(release, forms, trust=settings.trust)
    silent = tuple(one.instance for one in answers.silent)
    known = await house.database.facts.of_book(book.id) if silent else ()
    awaited = tuple(one.instance for one in answers.silent if not one.needs_person)
    return Sight(book, item, stated, tuple(one for one in known if one.source in silent), silent, awaited)
