"""Books that one owns elsewhere, written down by hand: they lie in no library, and their `library` is empty."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, Final

from audiobook_daemon.catalogue.fields import values_of_item
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.models import PERSON, Book, BookField, FieldChange, FieldValue, LibraryItem, Outcome, Want
from audiobook_daemon.pipeline.adopting.owning import UNBEGUN, own
from audiobook_daemon.pipeline.keys import keyed, keys_of
from audiobook_daemon.pipeline.owned import known_want, satisfies
from audiobook_daemon.plugin import Library
from audiobook_daemon.store import BookRef
from audiobook_daemon.upkeep.corrections.diff import lines_of
from audiobook_daemon.upkeep.edits import Edit, Notes
from audiobook_daemon.upkeep.house import House

BY_HAND: Final = ""
"""Where such books lie."""
_OF_BOOK: Final = frozenset(field.name for field in fields(Book))
_WHY: Final = "A person has set it."


async def write_down(house: House, said: Edit, *, dry: bool) -> Outcome:
    """Write a book down; refuses one that was written down before. The caller holds `house.correcting`."""
    item = _with(LibraryItem(BY_HAND, secrets.token_hex(8), Book(""), added=house.world.now()), said)
    known = await house.database.book_lists.by_hand(keys_of(item).match)
    if known is not None:
        raise AudiobookDaemonError(f"{item.book.title} was written down before, as book {known}.")
    if dry:
        return Outcome(f"add_book: {item.book.title} would be written down.", 1)
    await house.database.books.upsert([keyed(item)])
    number = await house.database.books.id_of(BY_HAND, item.id)
    assert number is not None
    await _note(house, number, said.values, said.notes)
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


async def rewrite(house: House, book: BookRef, said: Edit, *, dry: bool) -> Outcome:
    """Change a book that was written down; the caller holds `house.correcting`."""
    owned = await house.database.book_lists.get(book.id)
    if owned is None:
        raise AudiobookDaemonError(f"There is no book {book.id} any more.")
    before = values_of_item(owned.item)
    changes = [
        FieldChange(field, before.get(field), value, PERSON, _WHY)
        for field, value in said.values.items()
        if before.get(field) != value
    ]
    if not dry:
        await house.database.books.upsert([keyed(_with(owned.item, said))])
        await _note(house, book.id, said.values, said.notes)
    told = "would be set" if dry else "are set"
    return Outcome(
        f"edit_book: {len(changes)} fields of {book.title} {told}.", 1, 0 if dry else 1, data=lines_of(book, changes)
    )


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
    await _note(house, number, {}, notes)
    return Outcome(f"add_book: {item.book.title} is taken in as book {number}.", 1, 1, data={"id": number})


async def _note(house: House, number: int, values: Mapping[str, FieldValue], notes: Notes) -> None:
    await house.database.facts.keep(number, [BookField(field, value, PERSON) for field, value in values.items()])
    await house.database.book_notes.put(
        number, status=notes.status, import_source=notes.import_source, metadata_source=notes.metadata_source
    )


def _with(item: LibraryItem, said: Edit) -> LibraryItem:
    of_book: dict[str, Any] = {name: value for name, value in said.values.items() if name in _OF_BOOK}
    of_item: dict[str, Any] = {name: value for name, value in said.values.items() if name not in _OF_BOOK}
    if said.runtime is not None:
        of_item["runtime"] = said.runtime
    return replace(item, book=replace(item.book, **of_book), **of_item)
