"""Takes corrections back: each field gets the library's own words of before, unless others have changed it since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from audiobook_daemon.errors import Refused
from audiobook_daemon.models import PERSON, BookField, Correction, CorrectionState
from audiobook_daemon.pipeline.inscribing import COVER, fingerprint, words_of
from audiobook_daemon.plugin import Library
from audiobook_daemon.store import BookRef
from audiobook_daemon.upkeep import rewriting
from audiobook_daemon.upkeep.by_hand import BY_HAND
from audiobook_daemon.upkeep.corrections.fields import to_keep, with_edits
from audiobook_daemon.upkeep.corrections.writing import place_of, read_item
from audiobook_daemon.upkeep.house import House
from audiobook_daemon.upkeep.shelf import keep_item


@dataclass(frozen=True, slots=True)
class Undone:
    """What came of taking one correction back."""

    correction: Correction
    book: BookRef | None
    restored: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    """Fields that somebody has changed since."""
    refused: str | None = None

    @property
    def whole(self) -> bool:
        """Whether everything is as it was before."""
        return self.refused is None and not self.kept


async def undo(house: House, correction: Correction, *, dry: bool) -> Undone:
    """Take one correction back, or say what would be; the caller holds `house.correcting`.

    What was restored counts as set by a person from then on, else the next run would correct it again. Raises
    PluginError when the library does not answer.
    """
    book = await house.database.attention.get(correction.book_id)
    if book is None:
        return Undone(correction, None, refused="The book is not known any more.")
    if book.library == BY_HAND:
        restored, kept = await rewriting.take_back(house, book, correction, dry=dry)
        return await _closed(house, Undone(correction, book, restored, kept), dry=dry)
    try:
        present = await words_of(house.world, place_of(book), correction.changes)
        restored, kept = _sorted(correction, present)
        if dry or not restored:
            return await _closed(house, Undone(correction, book, restored, kept), dry=dry)
        words = {field: correction.before[field] for field in restored}
        await house.world.host.ask_one(book.library, Library.restore, item=book.item, fields=words)
    except Refused as error:
        return Undone(correction, book, refused=str(error))
    await _note(house, book, restored)
    return await _closed(house, Undone(correction, book, restored, kept), dry=dry)


def _sorted(correction: Correction, present: Mapping[str, object]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fields that hold what was written, or again what was before, and those that hold something else."""
    restored: list[str] = []
    kept: list[str] = []
    for change in correction.changes:
        field = change.field
        now = present.get(field)
        ours = (correction.after or {}).get(field)
        same = (fingerprint(now) if field == COVER else now) == ours or now == correction.before.get(field)
        (restored if same else kept).append(field)
    return tuple(restored), tuple(kept)


async def _closed(house: House, undone: Undone, *, dry: bool) -> Undone:
    if dry:
        return undone
    state = CorrectionState.UNDONE if undone.whole else CorrectionState.PARTLY_UNDONE
    reason = f"Changed since: {', '.join(undone.kept)}." if undone.kept else None
    await house.database.corrections.undone(undone.correction.id, state, reason)
    return undone


async def _note(house: House, book: BookRef, restored: tuple[str, ...]) -> None:
    item = await read_item(house, book)
    if item is None:
        return
    known = await house.database.facts.fields_of(book.id)
    others = with_edits(item, {name: field for name, field in known.items() if name not in restored})
    values = {field.field: field.value for field in to_keep(item, {})}
    theirs = {name: BookField(name, values.get(name), PERSON) for name in restored}
    await house.database.facts.keep(book.id, to_keep(item, {**others, **theirs}))
    await keep_item(house, item)
