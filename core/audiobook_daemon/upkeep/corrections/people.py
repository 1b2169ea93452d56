"""What a person sets about a book: written into the library, on record, and safe from then on."""

from __future__ import annotations

from audiobook_daemon.catalogue.fields import is_same, values_of_item
from audiobook_daemon.catalogue.wording import read_value
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.models import PERSON, BookField, FieldChange, FieldValue, Outcome
from audiobook_daemon.store import BookRef
from audiobook_daemon.upkeep.corrections.diff import lines_of
from audiobook_daemon.upkeep.corrections.writing import read_item, write
from audiobook_daemon.upkeep.house import House


async def set_value(house: House, book: BookRef, field: str, text: str, *, dry: bool) -> Outcome:
    """Write a person's value and lock the field; a value that is there already is only locked."""
    value = read_value(field, text)
    async with house.correcting:
        item = await read_item(house, book)
        if item is None:
            raise AudiobookDaemonError(f"{book.library} has {book.title} no more.")
        present = values_of_item(item).get(field)
        change = FieldChange(field, present, value, PERSON, "A person has set it.")
        lines = lines_of(book, [change])
        if dry:
            return Outcome(f"set_field: {field} of {book.title} would be set.", 1, data=lines)
        if present != value:
            written = await write(house, book, [change], "person", None)
            if written.refused:
                raise AudiobookDaemonError(f"{book.library} did not take it: {written.refused}")
            lines = lines_of(book, written.changes, written.correction)
        if is_same(field, present, value):
            await house.database.facts.keep(book.id, [BookField(field, value, PERSON)])
        await house.database.facts.set_lock(book.id, field, value, locked=True)
    return Outcome(f"set_field: {field} of {book.title} is set and locked.", 1, 1, data=lines)


async def present_value(house: House, book: BookRef, field: str) -> FieldValue | None:
    """What the library says in a field now."""
    item = await read_item(house, book)
    return None if item is None else values_of_item(item).get(field)
