"""Books that one owns elsewhere, written down by hand: they lie in no library, and their `library` is empty."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, Final

from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.models import PERSON, Book, BookField, FieldValue, LibraryItem, Outcome, Want
from audiobook_daemon.pipeline.adopting.owning import UNBEGUN, own
from audiobook_daemon.pipeline.keys import keyed, keys_of
from audiobook_daemon.pipeline.owned import known_want, satisfies
from audiobook_daemon.plugin import Library
from audiobook_daemon.upkeep.edits import Edit, Notes
from audiobook_daemon.upkeep.house import House

BY_HAND: Final = ""
"""Where such books lie."""
_OF_BOOK: Final = frozenset(field.name for field in fields(Book))
_BLANK: Final = {field.name: field.default for kind in (LibraryItem, Book) for field in fields(kind)}


async def write_down(house: House, said: Edit, *, dry: bool) -> Outcome:
    """Write a book down; refuses one that was written down before. The caller holds `house.correcting`."""
    blank = LibraryItem(BY_HAND, secrets.token_hex(8), Book(""), added=house.world.now())
    item = with_values(blank, said.all_values)
    known = await house.database.book_lists.by_hand(keys_of(item).match)
    if known is not None:
        raise AudiobookDaemonError(f"{item.book.title} was written down before, as book {known}.")
    if dry:
        return Outcome(f"add_book: {item.book.title} would be written down.", 1)
    await house.database.books.upsert([keyed(item)])
    number = await house.database.books.id_of(BY_HAND, item.id)
    assert number is not None
    await note(house, number, said.values, said.notes)
    told = f"add_book: {item.book.title} is written down as book {number}."
    want = await _no_longer_wanted(house, item)
    if want is not None:
        told += f" Want {want.id} is owned by that."
    return Outcome(told, 1, 1, data={"id": number, "want": want.id if want else None})


async def _no_longer_wanted(house: House, item: LibraryItem) -> Want | None:
    """Let the want of a book that one owns be owned; one that is on its way already goes on."""
    want = await known_want(house.world, item.book)
    if want is None or want.download or want.replaces or want.state not in UNBEGUN:
        return None
    if not satisfies(want.wish, item, house.world.settings.rules.gates):
        return None
    return await own(house.world, want, item)


async def take_in(house: House, item_id: str, notes: Notes, *, dry: bool) -> Outcome:
    """Take in an item that the library holds and no sync has seen; refuses one that is known."""
    library = house.world.library()
    if known := await house.database.books.id_of(library, item_id):
        raise AudiobookDaemonError(f"The item {item_id} of {library} is known already, as book {known}.")
    items = await house.world.host.ask_one(library, Library.read, ids=[item_id])
    item = next((one for one in items if one.id == item_id), None)
    if item is None:
        raise AudiobookDaemonError(f"{library} has no item {item_id}.")
    if dry:
        return Outcome(f"add_book: {item.book.title} would be taken in.", 1)
    await house.database.books.upsert([keyed(item)])
    number = await house.database.books.id_of(library, item_id)
    assert number is not None
    await note(house, number, {}, notes)
    return Outcome(f"add_book: {item.book.title} is taken in as book {number}.", 1, 1, data={"id": number})


async def note(house: House, number: int, values: Mapping[str, FieldValue], notes: Notes) -> None:
    """Put on record what a person says of a book beside the book itself, and that it is a person's word."""
    await house.database.facts.keep(number, [BookField(field, value, PERSON) for field, value in values.items()])
    await house.database.book_notes.put(
        number, status=notes.status, import_source=notes.import_source, metadata_source=notes.metadata_source
    )


def with_values(item: LibraryItem, values: Mapping[str, FieldValue | None]) -> LibraryItem:
    """Return the item with other values in some fields, by their names; None makes one blank."""
    whole: dict[str, Any] = {name: _BLANK[name] if value is None else value for name, value in values.items()}
    of_book = {name: value for name, value in whole.items() if name in _OF_BOOK}
    of_item = {name: value for name, value in whole.items() if name not in _OF_BOOK}
    return replace(item, book=replace(item.book, **of_book), **of_item)
