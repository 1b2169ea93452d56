"""Runs over many books: a batch is read and asked about at a time, and every book has an outcome of its own."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from audiobook_daemon.actions import report_progress
from audiobook_daemon.errors import PluginError
from audiobook_daemon.models import FieldChange, LibraryItem, Outcome
from audiobook_daemon.plugin import Library
from audiobook_daemon.store import BookRef
from audiobook_daemon.upkeep.corrections.diff import lines_of
from audiobook_daemon.upkeep.corrections.sight import Sight, see
from audiobook_daemon.upkeep.corrections.writing import correct, propose, settle_open
from audiobook_daemon.upkeep.house import House

_log = logging.getLogger(__name__)
_TOGETHER: Final = 4
"""Books that are asked about at the same time; the sources pace themselves."""
_MOST_LINES: Final = 2000
"""Changed fields that are told in full."""


@dataclass(slots=True)
class Tally:
    """What has come of a run so far."""

    name: str
    occasion: str
    dry: bool
    run: str = field(default_factory=lambda: secrets.token_hex(4))
    total: int = 0
    done: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    """Books `corrected`, `unchanged`, `waiting` for silent sources, `gone`, `failed`."""
    lines: list[dict[str, object]] = field(default_factory=list)
    silent: set[str] = field(default_factory=set)
    stopped: str | None = None
    cut: bool = False
    """More was changed than is told line by line."""

    def note(
        self, book: BookRef, outcome: str, changes: Sequence[FieldChange] = (), correction: int | None = None
    ) -> None:
        """Count one book."""
        self.done += 1
        self.counts[outcome] += 1
        if len(self.lines) < _MOST_LINES:
            self.lines += lines_of(book, changes, correction)
        elif changes:
            self.cut = True
        report_progress(self.done, self.total, book.title)


async def run_over(house: House, books: Sequence[BookRef], name: str, occasion: str, *, dry: bool) -> Outcome:
    """Look after these books in their order; `name` is that of the action, for failures and sentences."""
    tally = Tally(name, occasion, dry, total=len(books))
    if not dry:
        await settle_open(house)
    for batch in _batches(books, house.settings.metadata.batch):
        try:
            await _batch(house, batch, tally)
        except PluginError as error:
            _log.warning("%s: %s", name, error)
            tally.stopped = str(error)
            break
    return _told(tally)


async def _batch(house: House, batch: Sequence[BookRef], tally: Tally) -> None:
    items = await _read(house, batch)
    there = []
    for book in batch:
        if book.id in items:
            there.append(book)
        else:
            tally.note(book, "gone")
    gate = asyncio.Semaphore(_TOGETHER)

    async def look(book: BookRef) -> Sight:
        async with gate:
            return await see(house, book, items[book.id])

    sights = await asyncio.gather(*(look(book) for book in there))
    if not tally.dry:
        await house.database.facts.put({sight.book.id: sight.stated for sight in sights})
        await house.database.attention.wait([sight.book.id for sight in sights if sight.unheard])
    for sight in sights:
        if sight.unheard:
            tally.silent.update(sight.awaited)
            tally.note(sight.book, "waiting")
        elif tally.dry:
            await _rehearse(house, sight, tally)
        else:
            await _correct(house, sight, tally)


async def _read(house: House, batch: Sequence[BookRef]) -> dict[int, LibraryItem]:
    """The items of a batch by the ids of their books; what a library holds no more is left out."""
    libraries: defaultdict[str, list[BookRef]] = defaultdict(list)
    for book in batch:
        libraries[book.library].append(book)
    found: dict[int, LibraryItem] = {}
    for library, books in libraries.items():
        ids = {book.item: book.id for book in books}
        items = await house.world.host.ask_one(library, Library.read, ids=list(ids))
        found |= {ids[item.id]: item for item in items if item.id in ids}
    return found


async def _rehearse(house: House, sight: Sight, tally: Tally) -> None:
    known = await house.database.facts.fields_of(sight.book.id)
    changes = propose(house, sight, known)
    tally.note(sight.book, "corrected" if changes else "unchanged", changes)


async def _correct(house: House, sight: Sight, tally: Tally) -> None:
    async with house.correcting:
        written = await correct(house, sight, tally.occasion, tally.run)
    if written.refused is not None:
        book = sight.book
        await house.database.failed_attempts.record(tally.name, book.item, book.title, written.refused, "refused")
        tally.note(book, "failed")
    else:
        outcome = "corrected" if written.changes else "unchanged"
        tally.note(sight.book, outcome, written.changes, written.correction)


def _batches(books: Sequence[BookRef], size: int) -> Iterator[Sequence[BookRef]]:
    for start in range(0, len(books), size):
        yield books[start : start + size]


def _told(tally: Tally) -> Outcome:
    counts = tally.counts
    if not tally.total:
        return Outcome(f"{tally.name}: no book is due.", data=[])
    would = "would be " if tally.dry else ""
    parts = [f"{counts['corrected']} of {tally.done} books {would}corrected"]
    if waiting := counts["waiting"]:
        parts.append(f"{waiting} wait for {', '.join(sorted(tally.silent))}")
    if failed := counts["failed"]:
        parts.append(f"{failed} were refused by the library")
    sentence = f"{tally.name}: {', '.join(parts)}."
    if tally.stopped:
        sentence += f" The run ended early: {tally.stopped}"
    if counts["corrected"] and not tally.dry:
        sentence += f" Take it back with `undo --run {tally.run}`."
    if tally.cut:
        sentence += f" Only the first {len(tally.lines)} changed fields are listed."
    unfinished = tally.total - tally.done if tally.stopped else 0
    return Outcome(
        sentence,
        tally.done,
        tally.done - counts["failed"] - counts["waiting"],
        counts["failed"] + unfinished,
        tally.lines,
    )
