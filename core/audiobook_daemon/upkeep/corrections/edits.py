"""What people change in a library is theirs from then on, also about a book that was never looked after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from audiobook_daemon.catalogue.fields import is_same
from audiobook_daemon.models import PERSON, BookField, Correction, FieldValue
from audiobook_daemon.pipeline.inscribing import COVER
from audiobook_daemon.store import BookChange
from audiobook_daemon.upkeep.house import House

_AT_ONCE = 500


async def note_edits(house: House, changes: Sequence[BookChange]) -> None:
    """Put on record which fields somebody else has changed; what we wrote ourselves is nobody's edit."""
    for start in range(0, len(changes), _AT_ONCE):
        # What is being written is not on record before the writing has ended.
        async with house.correcting:
            await _note(house, changes[start : start + _AT_ONCE])


async def _note(house: House, changes: Sequence[BookChange]) -> None:
    facts, corrections = house.database.facts, house.database.corrections
    known = await facts.fields_of_books([change.id for change in changes if change.id is not None])
    planned = await corrections.planned()
    edits: dict[int, tuple[BookField, ...]] = {}
    for change in changes:
        if change.id is not None:
            written = (*(one for one in planned if one.book_id == change.id), *await corrections.applied_to(change.id))
            if found := tuple(_edits(change, known.get(change.id, {}), written)):
                edits[change.id] = found
    await facts.keep_all(edits)


def _edits(change: BookChange, known: Mapping[str, BookField], written: Sequence[Correction]) -> Iterator[BookField]:
    for name, values in change.fields.items():
        old, new = cast(tuple[FieldValue | None, FieldValue | None], values)
        ours = [one.after for correction in written for one in correction.changes if one.field == name]
        if name in known:
            ours.append(known[name].value)
        if name != COVER and not is_same(name, old, new) and not any(is_same(name, one, new) for one in ours):
            yield BookField(name, new, PERSON)
