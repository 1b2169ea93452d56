"""Writes corrections so that a crash at any moment leaves either nothing done or a correction on record.

The order: the plan with the library's own words goes to the database, then the library is told, then the outcome is
noted. A plan that is found later is settled by looking at the library.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256

from audiobook_daemon.catalogue.fields import facts_of
from audiobook_daemon.catalogue.proposing import proposed
from audiobook_daemon.errors import PluginError, Refused
from audiobook_daemon.models import BookField, Correction, FieldChange, LibraryItem
from audiobook_daemon.plugin import Library
from audiobook_daemon.store import BookRef
from audiobook_daemon.upkeep.corrections.fields import to_keep, with_edits
from audiobook_daemon.upkeep.corrections.sight import Sight, rules_of
from audiobook_daemon.upkeep.house import House
from audiobook_daemon.upkeep.shelf import keep_item

OURSELVES = "audiobook-daemon"
COVER = "cover"


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one book."""

    changes: tuple[FieldChange, ...] = ()
    correction: int | None = None
    refused: str | None = None
    """Why the library did not take it."""


def propose(house: House, sight: Sight, known: Mapping[str, BookField]) -> tuple[FieldChange, ...]:
    """What is to be changed about a book, its edits by people respected."""
    fields = with_edits(sight.item, known)
    rules = rules_of(house.settings.metadata)
    return proposed(sight.item, sight.statements, fields, rules, house.world.now())


async def correct(house: House, sight: Sight, occasion: str, run: str) -> Written:
    """Bring one book up to what is known of it; the caller holds `house.correcting`.

    The item is read once more, for it may have been edited while the sources were asked. Raises PluginError when the
    library does not answer.
    """
    item = await read_item(house, sight.book)
    if item is None:
        return Written(refused=f"{sight.book.library} has it no more.")
    known = await house.database.facts.fields_of(sight.book.id)
    fresh = Sight(sight.book, item, sight.stated, sight.remembered, sight.silent)
    changes = propose(house, fresh, known)
    if not changes:
        await house.database.facts.keep(sight.book.id, to_keep(item, with_edits(item, known)))
        await house.database.attention.looked_after([sight.book.id], "unchanged" if fresh.statements else "unknown")
        return Written()
    written = await write(house, sight.book, item, changes, occasion, run)
    await house.database.attention.looked_after([sight.book.id], "refused" if written.refused else "corrected")
    return written


async def write(
    house: House, book: BookRef, item: LibraryItem, changes: Sequence[FieldChange], occasion: str, run: str | None
) -> Written:
    """Write changes to an item, with the plan before and the outcome after; the caller holds `house.correcting`."""
    corrections = house.database.corrections
    before = await words_of(house, book, changes)
    made = await corrections.plan(book.id, occasion, run, before, changes)
    facts = facts_of(OURSELVES, {change.field: change.after for change in changes if change.after is not None})
    refusal: str | None = None
    try:
        await house.world.host.ask_one(book.library, Library.update, item=item.id, changes=facts)
    except Refused as error:
        refusal = str(error)
    planned = await corrections.get(made)
    assert planned is not None
    done = await settle(house, book, planned, refusal)
    return Written(done, made if done else None, refusal if not done else None)


async def settle(
    house: House, book: BookRef, planned: Correction, refusal: str | None = None
) -> tuple[FieldChange, ...]:
    """Note what of a planned correction is in the library, and return that; raises PluginError if it does not say."""
    corrections = house.database.corrections
    try:
        after = await words_of(house, book, planned.changes)
    except Refused as error:
        await corrections.failed(planned.id, refusal or str(error))
        return ()
    unchanged = [field for field, words in planned.before.items() if after.get(field) == words]
    done = tuple(change for change in planned.changes if change.field not in unchanged)
    if not done:
        await corrections.failed(planned.id, refusal or f"{book.library} kept everything as it was.")
    else:
        after |= {field: fingerprint(words) for field, words in after.items() if field == COVER}
        await corrections.applied(planned.id, after, unchanged)
    if (item := await read_item(house, book)) is not None:
        await _note(house, book, item, planned.changes, done)
    return done


async def settle_open(house: House) -> int:
    """Settle what a crash has left open; what the library does not say yet stays open. Holds `house.correcting`."""
    settled = 0
    async with house.correcting:
        for planned in await house.database.corrections.planned():
            book = await house.database.attention.get(planned.book_id)
            if book is None:
                continue
            with suppress(PluginError):
                await settle(house, book, planned, "The daemon ended before the library was told.")
                settled += 1
    return settled


async def _note(
    house: House, book: BookRef, item: LibraryItem, planned: Iterable[FieldChange], done: Iterable[FieldChange]
) -> None:
    """Put on record what the fields hold after a writing; our own changes are nobody's edits."""
    known = await house.database.facts.fields_of(book.id)
    touched = {change.field for change in planned}
    ours = {name: field for name, field in known.items() if name in touched}
    others = with_edits(item, {name: field for name, field in known.items() if name not in touched})
    await house.database.facts.keep(book.id, to_keep(item, {**ours, **others}, done))
    await keep_item(house, item)


def fingerprint(words: object) -> object:
    """A picture in few letters, so that it is known again."""
    return f"sha256:{sha256(words.encode()).hexdigest()}" if isinstance(words, str) else words


async def words_of(house: House, book: BookRef, changes: Iterable[FieldChange]) -> dict[str, object]:
    """What the library says in the fields that are changed, in its own words."""
    fields = [change.field for change in changes]
    words = await house.world.host.ask_one(book.library, Library.snapshot, item=book.item, cover=COVER in fields)
    return {field: words.get(field) for field in fields}


async def read_item(house: House, book: BookRef) -> LibraryItem | None:
    """The item as it now is; None if there is none."""
    items = await house.world.host.ask_one(book.library, Library.read, ids=[book.item])
    return next((item for item in items if item.id == book.item), None)
