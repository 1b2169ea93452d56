"""Changes books that were written down by hand, with a way back: the database holds all there is of them.

The plan goes first, then the book and what is noted beside it, then the word that it is done, so that a crash leaves
either nothing done or a correction on record. Such a book has no words beside its values: what was there before stands
in the changes.
"""

from __future__ import annotations

from typing import Final

from audiobook_daemon.catalogue.fields import FIELDS, values_of_item
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.models import PERSON, BookField, Correction, FieldChange, FieldValue, LibraryItem, Outcome
from audiobook_daemon.pipeline.keys import keyed
from audiobook_daemon.store import BookRef
from audiobook_daemon.upkeep.by_hand import note, with_values
from audiobook_daemon.upkeep.corrections.diff import lines_of
from audiobook_daemon.upkeep.edits import Edit
from audiobook_daemon.upkeep.house import House

_WHY: Final = "A person has set it."
_ENDED: Final = "The daemon ended before it was written down."


async def rewrite(house: House, book: BookRef, said: Edit, *, dry: bool) -> Outcome:
    """Change a book that was written down, in one correction; the caller holds `house.correcting`."""
    if not dry:
        await _settle_all(house, book)
    item = await _item(house, book)
    before = _values(item)
    changes = [
        FieldChange(field, before.get(field), value, PERSON, _WHY)
        for field, value in said.all_values.items()
        if before.get(field) != value
    ]
    correction = None
    if changes and not dry:
        correction = await house.database.corrections.plan(book.id, PERSON, None, {}, changes)
        await house.database.books.upsert([keyed(with_values(item, {one.field: one.after for one in changes}))])
    if not dry:
        await note(house, book.id, said.values, said.notes)
    if correction is not None:
        await house.database.corrections.applied(correction, {})
    told, lines = "would be set" if dry else "are set", lines_of(book, changes, correction)
    return Outcome(f"edit_book: {len(changes)} fields of {book.title} {told}.", 1, 0 if dry else 1, data=lines)


async def settle(house: House, book: BookRef, planned: Correction) -> None:
    """Note what of a correction that a crash has left open is in the book; the caller holds `house.correcting`."""
    present = _values(await _item(house, book))
    done = [one for one in planned.changes if present.get(one.field) == one.after]
    if not done:
        await house.database.corrections.failed(planned.id, _ENDED)
        return
    await _keep(house, book, {one.field: one.after for one in done})
    unchanged = {one.field for one in planned.changes} - {one.field for one in done}
    await house.database.corrections.applied(planned.id, {}, unchanged)


async def take_back(
    house: House, book: BookRef, correction: Correction, *, dry: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give fields what they held before, unless they have been changed since; the caller holds `house.correcting`.

    Returns the fields that hold what was before, and those that stay.
    """
    item = await _item(house, book)
    present = _values(item)
    restored = {
        one.field: one.before for one in correction.changes if present.get(one.field) in (one.before, one.after)
    }
    if restored and not dry:
        await house.database.books.upsert([keyed(with_values(item, restored))])
        await _keep(house, book, restored)
    return tuple(restored), tuple(one.field for one in correction.changes if one.field not in restored)


async def _settle_all(house: House, book: BookRef) -> None:
    """Settle first what a crash has left open: after another change nobody could tell it from one that never was."""
    for planned in await house.database.corrections.planned():
        if planned.book_id == book.id:
            await settle(house, book, planned)


async def _item(house: House, book: BookRef) -> LibraryItem:
    owned = await house.database.book_lists.get(book.id)
    if owned is None:
        raise AudiobookDaemonError(f"There is no book {book.id} any more.")
    return owned.item


def _values(item: LibraryItem) -> dict[str, FieldValue]:
    values = values_of_item(item)
    return values if item.runtime is None else {**values, "runtime": item.runtime}


async def _keep(house: House, book: BookRef, values: dict[str, FieldValue | None]) -> None:
    kept = [BookField(field, value, PERSON) for field, value in values.items() if field in FIELDS]
    await house.database.facts.keep(book.id, kept)
