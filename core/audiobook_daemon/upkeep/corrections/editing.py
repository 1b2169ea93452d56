"""What a person says of a book: written into it in one correction, on record, and safe from then on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from audiobook_daemon.catalogue.fields import is_same, values_of_item
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.models import PERSON, BookField, FieldChange, FieldValue, Outcome
from audiobook_daemon.store import BookRef
from audiobook_daemon.upkeep.by_hand import BY_HAND
from audiobook_daemon.upkeep.corrections.diff import lines_of
from audiobook_daemon.upkeep.corrections.writing import read_item, write
from audiobook_daemon.upkeep.edits import Edit
from audiobook_daemon.upkeep.house import House
from audiobook_daemon.upkeep.rewriting import rewrite


async def edit(house: House, book: BookRef, said: Edit, *, dry: bool) -> Outcome:
    """Write what a person says and lock the fields; what is there already is only locked."""
    async with house.correcting:
        if book.library == BY_HAND:
            return await rewrite(house, book, said, dry=dry)
        if said.runtime is not None:
            raise AudiobookDaemonError(f"How long {book.title} runs is read from its files and cannot be set.")
        lines = await set_values(house, book, said.values, PERSON, "A person has set it.", dry=dry)
        if not dry:
            notes = said.notes
            await house.database.book_notes.put(
                book.id,
                status=notes.status,
                import_source=notes.import_source,
                metadata_source=notes.metadata_source,
            )
    told = "would be set" if dry else "set"
    return Outcome(f"edit_book: {len(lines)} fields of {book.title} {told}.", 1, 0 if dry else 1, data=lines)


async def set_values(
    house: House, book: BookRef, values: Mapping[str, FieldValue], source: str, why: str, *, dry: bool
) -> Sequence[Mapping[str, object]]:
    """Write values into the library in one correction, lock their fields, and return a line for each change.

    The caller holds `house.correcting`. Raises AudiobookDaemonError if the library does not take it.
    """
    if not values:
        return []
    item = await read_item(house, book)
    if item is None:
        raise AudiobookDaemonError(f"{book.library} has {book.title} no more.")
    present = values_of_item(item)
    changes = [
        FieldChange(field, present.get(field), value, source, why)
        for field, value in values.items()
        if present.get(field) != value
    ]
    lines = lines_of(book, changes)
    if dry:
        return lines
    if changes:
        written = await write(house, book, changes, "person", None)
        if written.refused:
            raise AudiobookDaemonError(f"{book.library} did not take it: {written.refused}")
        lines = lines_of(book, written.changes, written.correction)
    same = [BookField(name, value, source) for name, value in values.items() if is_same(name, present.get(name), value)]
    await house.database.facts.keep(book.id, same)
    for field, value in values.items():
        await house.database.facts.set_lock(book.id, field, value, locked=True)
    return lines
