"""Finds what is missing from owned series and authors, and wants it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any, ClassVar, TypeVar

from audiobook_daemon.actions import report_progress
from audiobook_daemon.actions.kinds import Id, Words
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.events import Event, WantChanged
from audiobook_daemon.models import Outcome
from audiobook_daemon.pipeline.sync import read_library
from audiobook_daemon.store import Completion, GapKind, GapState, MergeProposal, ProposalState, Standing
from audiobook_daemon.upkeep.completion import people
from audiobook_daemon.upkeep.completion.closing import close_gaps_of, closes
from audiobook_daemon.upkeep.completion.kinds import AuthorKind, Kind, SeriesKind
from audiobook_daemon.upkeep.completion.recounting import Recount
from audiobook_daemon.upkeep.completion.rounds import Round
from audiobook_daemon.upkeep.completion.telling import outcome, tell
from audiobook_daemon.upkeep.house import House

S = TypeVar("S", bound=Standing)
_MOST_AT_ONCE = 200


class UnknownSeries(AudiobookDaemonError):
    """There is no series with this id."""


class UnknownProposal(AudiobookDaemonError):
    """There is no proposal with this id."""


class Completing:
    """Finds what is missing from owned series and authors, and wants it."""

    names: ClassVar[tuple[str, ...]] = (
        "series_completion",
        "author_completion",
        "recount",
        "ignore_gap",
        "want_gap",
        "want_series",
        "accept_merge",
        "refuse_merge",
    )
    """The methods that are actions."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._recount = Recount(house)

    async def series_completion(self, series: Words | None = None, dry_run: bool = False) -> Outcome:
        """Look up what is missing from owned and followed series (or from one, at once), and want it within the caps.

        Series that were looked up lately are left out; the longest unchecked come first.
        """
        return await self._complete(SeriesKind(self._house), series, dry_run=dry_run)

    async def author_completion(self, author: Words | None = None, dry_run: bool = False) -> Outcome:
        """Look up what is missing of owned and followed authors (or of one, at once), and want it within the caps.

        Small gaps are wanted at once, large ones little by little.
        """
        return await self._complete(AuthorKind(self._house), author, dry_run=dry_run)

    async def recount(self) -> Outcome:
        """Count series and authors anew by what is known, without asking anybody; gaps that are filled are closed."""
        async with self._house.completing:
            counted = await self._recount.run(dry_run=self._house.dry(asked=False))
            for kind, rounds in counted.rounds.items():
                await tell(rounds, kind.origin)
        parts = [_counts(kind.plural, counted.statuses[kind]) for kind in counted.rounds]
        number = sum(statuses.total() for statuses in counted.statuses.values())
        return Outcome(f"recount: {'; '.join(parts)}.", number, number)

    async def ignore_gap(self, gap: Id) -> Outcome:
        """Want a missing book never: it stays on the list as ignored, and an open want of it is dropped."""
        found = await people.ignore(self._house, gap)
        return Outcome(f"{found.title!r} ({found.of}) is ignored from now on.", 1, 1, data={"id": gap})

    async def want_gap(self, gap: Id) -> Outcome:
        """Want a missing book now, past all caps, also one that was ignored, dropped or given up."""
        found, want = await people.want(self._house, gap)
        said = f"is wanted, as want {want.id}" if want.state.open else f"is there already ({want.state})"
        return Outcome(f"{found.title!r} ({found.of}) {said}.", 1, 1, data={"id": gap, "want": want.id})

    async def want_series(self, series: Id) -> Outcome:
        """Want everything that is known to be missing from a series now, past all caps; what is ignored stays so."""
        standing = await self._house.database.series.get(series)
        if standing is None:
            raise UnknownSeries(f"There is no series {series}; `audiobook-daemon series` lists them.")
        missing = await self._house.database.gaps.list(
            (GapState.FOUND, GapState.GRADUAL), kind=GapKind.SERIES, owner=standing.key, limit=_MOST_AT_ONCE
        )
        wants = []
        for done, gap in enumerate(missing):
            report_progress(done, len(missing), gap.title)
            _, want = await people.want(self._house, gap.id or 0)
            wants.append(want.id)
        said = (
            f"{len(wants)} books of {standing.name!r} are wanted"
            if wants
            else f"nothing of {standing.name!r} is missing"
        )
        return Outcome(f"want_series: {said}.", len(wants), len(wants), data={"id": series, "wants": wants})

    async def accept_merge(self, proposal: Id) -> Outcome:
        """Agree that two names are one series: they are one from now on, and looked up again."""
        found = await self._decide(proposal, ProposalState.ACCEPTED)
        series, gaps = self._house.database.series, self._house.database.gaps
        one, other = await series.by_key(found.one), await series.by_key(found.other)
        if one and one.id is not None:
            await gaps.move(GapKind.SERIES, found.other, found.one, one.id)
            await series.save([replace(one, name=found.canonical, checked=None)])
        if one and other and other.id is not None:
            await series.remove([other.id])
        return Outcome(f"Both are {found.canonical!r} from now on.", 1, 1, data={"id": proposal})

    async def refuse_merge(self, proposal: Id) -> Outcome:
        """Say that two names are two series; it is not proposed again."""
        found = await self._decide(proposal, ProposalState.REFUSED)
        return Outcome(f"{found.one!r} and {found.other!r} stay two.", 1, 1, data={"id": proposal})

    def heard(self, event: Event) -> Coroutine[Any, Any, object] | None:
        """What is to be done about an event: the gaps of a book that has come are closed."""
        if isinstance(event, WantChanged) and closes(event.want, event.before):
            return close_gaps_of(self._house, event.want)
        return None

    async def _complete(self, kind: Kind[S], name: str | None, *, dry_run: bool) -> Outcome:
        async with self._house.completing:
            await read_library(self._house.world)
            one = Round(kind, dry_run=self._house.dry(dry_run))
            await one.count()
            meant = one.named(name) if name else None
            await one.ask(one.due() if meant is None else meant)
            await one.want(meant)
            await tell([one], kind.origin)
            return outcome(kind.origin, [one])

    async def _decide(self, proposal: int, state: ProposalState) -> MergeProposal:
        found = await self._house.database.merges.decide(proposal, state)
        if found is None:
            raise UnknownProposal(f"There is no proposal {proposal}; `audiobook-daemon series` lists them.")
        return found


def _counts(plural: str, counted: Counter[Completion]) -> str:
    told = ", ".join(f"{counted[status]} {status}" for status in Completion if counted[status])
    return f"{counted.total()} {plural} ({told})" if told else f"no {plural}"
