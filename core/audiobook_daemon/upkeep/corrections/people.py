"""What a person sets about a book: written into the library, on record, and safe from then on."""

from __future__ import annotations

from audiobook_daemon.catalogue.fields import values_of_item
from audiobook_daemon.catalogue.wording import read_value
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.models import PERSON, FieldValue, Outcome
from audiobook_daemon.store import BookRef
from audiobook_daemon.upkeep.by_hand import BY_HAND
from audiobook_daemon.upkeep.corrections.editing import edit, set_values
from audiobook_daemon.upkeep.corrections.writing import read_item
from audiobook_daemon.upkeep.edits import Edit
from audiobook_daemon.upkeep.house import House


async def set_value(house: House, book: BookRef, field: str, text: str, *, dry: bool) -> Outcome:
    """Write a person's value and lock the field; a value that is there already is only locked."""
    value = read_value(field, text)
    if book.library == BY_HAND:
        return await edit(house, book, Edit({field: value}), dry=dry)
    async with house.correcting:
        lines = await set_values(house, book, {field: value}, PERSON, "A person has set it.", dry=dry)
    if dry:
        return Outcome(f"set_field: {field} of {book.title} would be set.", 1, data=lines)
    return Outcome(f"set_field: {field} of {book.title} is set and locked.", 1, 1, data=lines)


async def present_value(house: House, book: BookRef, field: str) -> FieldValue | None:
    """What the library says in a field now."""
    if book.library == BY_HAND:
        raise AudiobookDaemonError(f"{book.title} was written down by hand; nobody but a person changes it anyway.")
    item = await read_item(house, book)
    return None if item is None else values_of_item(item).get(field)
