"""Brings books up to what is known of them, and keeps what is on record of their fields in step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from audiobook_daemon.catalogue.fields import facts_of, is_same, values_of_item
from audiobook_daemon.catalogue.proposing import proposed
from audiobook_daemon.errors import PluginError
from audiobook_daemon.models import LIBRARY, BookField, Correction, FieldChange, LibraryItem
from audiobook_daemon.pipeline.inscribing import COVER, Place, inscribe, settle
from audiobook_daemon.plugin import Library
from audiobook_daemon.store import BookRef
from audiobook_daemon.upkeep import rewriting
from audiobook_daemon.upkeep.by_hand import BY_HAND
from audiobook_daemon.upkeep.corrections.covers import without_smaller_cover
from audiobook_daemon.upkeep.corrections.fields import to_keep, with_edits
from audiobook_daemon.upkeep.corrections.sight import Sight, rules_of
from audiobook_daemon.upkeep.house import House
from audiobook_daemon.upkeep.shelf import keep_item

OURSELVES = "audiobook-daemon"


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
    fresh = replace(sight, item=item)
    changes = propose(house, fresh, known)
    if not changes:
        await house.database.facts.keep(sight.book.id, to_keep(item, with_edits(item, known)))
        await house.database.attention.looked_after([sight.book.id], "unchanged" if fresh.statements else "unknown")
        return Written()
    written = await write(house, sight.book, changes, occasion, run)
    await house.database.attention.looked_after([sight.book.id], "refused" if written.refused else "corrected")
    return written


async def write(house: House, book: BookRef, changes: Sequence[FieldChange], occasion: str, run: str | None) -> Written:
    """Write changes to an item, with the plan before and the outcome after; the caller holds `house.correcting`."""
    facts = facts_of(OURSELVES, {change.field: change.after for change in changes if change.after is not None})
    written = await inscribe(house.world, place_of(book), facts, changes, occasion, run)
    written = await without_smaller_cover(house, book, written)
    await _note(house, book, changes, written.done)
    return Written(written.done, written.correction) if written.done else Written(refused=written.refusal)


async def settle_open(house: House) -> int:
    """Settle what a crash has left open; what the library does not say yet stays open."""
    settled = 0
    async with house.correcting:
        for planned in await house.database.corrections.planned():
            book = await house.database.attention.get(planned.book_id)
            if book is None:
                continue
            if book.library == BY_HAND:
                await rewriting.settle(house, book, planned)
                settled += 1
                continue
            with suppress(PluginError):
                reason = "The daemon ended before the library was told."
                theirs = _of_others(await read_item(house, book), planned)
                done = await settle(house.world, place_of(book), planned, reason, theirs)
                await _note(house, book, [one for one in planned.changes if one.field not in theirs], done)
                settled += 1
    return settled


def _of_others(item: LibraryItem | None, planned: Correction) -> frozenset[str]:
    """The fields that do not hold what was planned; libraries word descriptions anew, and a cover has no value."""
    present = values_of_item(item) if item else {}
    return frozenset(
        one.field
        for one in planned.changes
        if one.field not in {COVER, "description"} and not is_same(one.field, present.get(one.field), one.after)
    )


async def _note(house: House, book: BookRef, planned: Sequence[FieldChange], done: Sequence[FieldChange]) -> None:
    """Put on record what the fields hold after a writing; our own changes are nobody's edits."""
    item = await read_item(house, book)
    if item is None:
        return
    known = await house.database.facts.fields_of(book.id)
    touched = {change.field for change in planned}
    ours = {name: field for name, field in known.items() if name in touched}
    others = with_edits(item, {name: field for name, field in known.items() if name not in touched})
    # A picture that proved to be no larger is not fetched again; one that could not be fetched is.
    smaller = [one for one in planned if one.field == COVER and one not in done and item.cover]
    tried = [BookField(one.field, one.after, LIBRARY) for one in smaller]
    await house.database.facts.keep(book.id, [*to_keep(item, {**ours, **others}, done), *tried])
    await keep_item(house, item)


async def read_item(house: House, book: BookRef) -> LibraryItem | None:
    """The item as it now is; None if there is none."""
    items = await house.world.host.ask_one(book.library, Library.read, ids=[book.item])
    return next((item for item in items if item.id == book.item), None)


def place_of(book: BookRef) -> Place:
    """Where a book stands."""
    return Place(book.id, book.library, book.item)
