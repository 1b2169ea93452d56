"""A person chooses whose statement counts for a field of a book."""

from __future__ import annotations

from audiobook_daemon.catalogue.fields import FIELDS
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.models import Outcome
from audiobook_daemon.store import BookRef
from audiobook_daemon.upkeep.corrections.editing import set_values
from audiobook_daemon.upkeep.house import House


async def choose(house: House, book: BookRef, field: str, source: str, *, dry: bool) -> Outcome:
    """Write what a source states into the library, and lock the field."""
    if field not in FIELDS:
        raise AudiobookDaemonError(f"There is no field {field!r}; there are {', '.join(FIELDS)}.")
    statements = [one for one in await house.database.facts.of_book(book.id) if one.field == field]
    chosen = next((one for one in statements if one.source == source), None)
    if chosen is None:
        others = ", ".join(one.source for one in statements) or "nobody"
        raise AudiobookDaemonError(f"{source} states nothing about {field} of {book.title}; {others} does.")
    async with house.correcting:
        lines = await set_values(house, book, {field: chosen.value}, source, "A person chose this source.", dry=dry)
    told = "would be taken" if dry else "is taken"
    return Outcome(f"choose_source: {field} of {book.title} {told} from {source}.", 1, 0 if dry else 1, data=lines)
