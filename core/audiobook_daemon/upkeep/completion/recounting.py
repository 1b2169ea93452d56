"""Counts all series and authors anew, portion by portion; what is as it was when it was counted is left alone."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from audiobook_daemon.actions import report_progress
from audiobook_daemon.store import Completion, MergeProposal, ProposalState
from audiobook_daemon.upkeep.completion.kinds import AuthorKind, Kind, SeriesKind
from audiobook_daemon.upkeep.completion.portions import Parting, Portion, gathered
from audiobook_daemon.upkeep.completion.rounds import Round
from audiobook_daemon.upkeep.house import House

_BOOKS = 400
"""So many books are held in memory at a time, or those of one portion."""
_KINDS: tuple[type[Kind[Any]], ...] = (SeriesKind, AuthorKind)


@dataclass(slots=True)
class Recounted:
    """How all series and authors stand; `rounds` knows only what is news of those that were counted."""

    rounds: dict[type[Kind[Any]], list[Round[Any]]] = field(default_factory=lambda: {kind: [] for kind in _KINDS})
    statuses: dict[type[Kind[Any]], Counter[Completion]] = field(
        default_factory=lambda: {kind: Counter() for kind in _KINDS}
    )


class Recount:
    """Remembers, as long as the program runs, in what state each portion of the library was counted.

    Counting a portion that its own counting has changed comes to the same: the second time nothing is written, and
    from then on it is left alone. The date is part of the state, for books come out.
    """

    def __init__(self, house: House) -> None:
        self._house = house
        self._counted: set[int] = set()
        """The marks of the portions."""
        self._counted_around: int | None = None

    async def run(self, *, dry_run: bool) -> Recounted:
        """Count what has changed; a rehearsal counts everything, and writes nothing."""
        merges = await self._house.database.merges.list(ProposalState.ACCEPTED)
        around = self._around(merges)
        if dry_run or around != self._counted_around:
            self._counted, self._counted_around = set(), around
        parting = await self._parting(merges)
        changed, marks = await asyncio.to_thread(parting.portions, self._counted)
        del parting
        counted, done = Recounted(), 0
        for portion in gathered(changed, _BOOKS):
            report_progress(done, len(changed), "counting series and authors")
            await self._count(portion, counted, dry_run=dry_run)
            done += len(portion.marks)
            if not dry_run:
                self._counted.update(portion.marks)
        if not dry_run:
            self._counted &= marks
            for kind in _KINDS:
                counted.statuses[kind].update((await kind(self._house).records.summary()).counts)
        return counted

    async def _count(self, portion: Portion, counted: Recounted, *, dry_run: bool) -> None:
        items = tuple((await self._house.database.surveys.items(portion.books)).values())
        for kind in _KINDS:
            one: Round[Any] = Round(kind(self._house, portion), dry_run=dry_run)
            await one.count(items)
            if dry_run:
                counted.statuses[kind].update(each.standing.status for each in one.found.values())
            one.forget_all_but_news()
            if one.found:
                counted.rounds[kind].append(one)

    async def _parting(self, merges: Sequence[MergeProposal]) -> Parting:
        """Everything there is, ready to be parted; each step is a thread's, for there is much of it."""
        database, parting = self._house.database, Parting()
        async for books in database.glimpses.books():
            await asyncio.to_thread(parting.add_books, books)
        async for series in database.glimpses.series():
            await asyncio.to_thread(parting.add_series, series)
        async for authors in database.glimpses.authors():
            await asyncio.to_thread(parting.add_authors, authors)
        async for gaps in database.glimpses.gaps():
            await asyncio.to_thread(parting.add_gaps, gaps)
        await asyncio.to_thread(parting.add_decisions, merges, await database.follows.all())
        return parting

    def _around(self, merges: Sequence[MergeProposal]) -> int:
        """Is another when what all portions depend on is."""
        settings = self._house.settings
        languages = self._house.world.settings.rules.gates.languages
        today = self._house.world.now().date()
        return hash((today, repr(settings.series), repr(settings.authors), languages, repr(merges)))
