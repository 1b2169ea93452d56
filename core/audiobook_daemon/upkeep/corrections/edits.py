"""What people change in a library is theirs from then on, also about a book that was never looked after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from audiobook_daemon.catalogue.fields import is_same
from audiobook_daemon.models import PERSON, BookField, FieldChange, FieldValue
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
    ids = [change.id for change in changes if change.id is not None]
    known = await house.database.facts.fields_of_books(ids)
    written = await house.database.corrections.written_to(ids)
    edits = {
        change.id: tuple(_edits(change, known.get(change.id, {}), written.get(change.id, ())))
        for change in changes
        if change.id is not None
    }
    await house.database.facts.keep_all(edits)


def _edits(change: BookChange, known: Mapping[str, BookField], written: Sequence[FieldChange]) -> Iterator[BookField]:
    for name, values in change.fields.items():
        old, new = cast(tuple[FieldValue | None, FieldValue | None], values)
        ours = [one.after for one in written if one.field == name]
        if name in known:
            ours.append(known[name].value)
        if name != COVER and not is_same(name, old, new) and not any(is_same(name, one, new) for one in ours):
            yield BookField(name, new, PERSON)
