"""Which corrections are taken back, and how that is told."""

from __future__ import annotations

from audiobook_daemon.actions import report_progress
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.models import Correction, CorrectionState, Outcome
from audiobook_daemon.pipeline.describe import SHELVING
from audiobook_daemon.store import BookRef
from audiobook_daemon.upkeep.corrections.undoing import Undone, undo
from audiobook_daemon.upkeep.corrections.writing import settle_open
from audiobook_daemon.upkeep.house import House

_UNDOABLE = frozenset({CorrectionState.APPLIED, CorrectionState.PARTLY_UNDONE})


async def take_back(
    house: House, *, correction: int | None, run: str | None, book: BookRef | None, dry: bool
) -> Outcome:
    """Take back the newest first, for an older correction shows only under a newer one of the same field."""
    if not dry:
        await settle_open(house)
    chosen = await _chosen(house, correction, run, book)
    results = []
    for done, one in enumerate(chosen, start=1):
        async with house.correcting:
            results.append(await undo(house, one, dry=dry))
        title = results[-1].book.title if (results[-1].book) else str(one.book_id)
        report_progress(done, len(chosen), title)
    return _told(results, dry=dry)


async def _chosen(
    house: House, correction: int | None, run: str | None, book: BookRef | None
) -> tuple[Correction, ...]:
    corrections = house.database.corrections
    if correction is not None:
        one = await corrections.get(correction)
        if one is None:
            raise AudiobookDaemonError(f"There is no correction {correction}; `history BOOK` lists them.")
        if one.state not in _UNDOABLE:
            raise AudiobookDaemonError(f"Correction {correction} is {one.state.value}; there is nothing to take back.")
        return (one,)
    if run is not None:
        return await corrections.of_run(run)
    assert book is not None
    # What a book was shelved with was no correction; it can be taken back by its number.
    return tuple(one for one in await corrections.applied_to(book.id) if one.occasion != SHELVING)


def _told(results: list[Undone], *, dry: bool) -> Outcome:
    if not results:
        return Outcome("undo: nothing stands that could be taken back; `history BOOK` tells what was corrected.")
    whole = sum(one.whole for one in results)
    kept = sum(len(one.kept) for one in results)
    refused = [one.refused for one in results if one.refused]
    verb = "would be taken back" if dry else "taken back"
    sentence = f"undo: {whole} of {len(results)} corrections wholly {verb}."
    if whole and not dry:
        sentence += " What was taken back stays so; `do unlock` lets a field be corrected again."
    if kept:
        sentence += f" {kept} fields were changed by others since and stay."
    if refused:
        sentence += f" {len(refused)} could not be taken back: {refused[0]}"
    return Outcome(sentence, len(results), len(results) - len(refused), len(refused), [_line(one) for one in results])


def _line(one: Undone) -> dict[str, object]:
    return {
        "correction": one.correction.id,
        "book": one.book.title if one.book else None,
        "restored": ", ".join(one.restored),
        "changed since": ", ".join(one.kept),
        "refused": one.refused,
    }
