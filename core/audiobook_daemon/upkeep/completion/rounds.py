"""One run over all series, or all authors: count, ask, compare, want, tell."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from audiobook_daemon.actions import report_progress
from audiobook_daemon.errors import AudiobookDaemonError, DatabaseError
from audiobook_daemon.models import LibraryItem, WantState, Work
from audiobook_daemon.plugin import Bibliography as Source
from audiobook_daemon.store import Database, Gap, GapState, Standing, Stated
from audiobook_daemon.upkeep.completion.evaluating import Evaluation, Placed, counted, evaluated
from audiobook_daemon.upkeep.completion.kinds import Kind, NobodyAnswers, place_in
from audiobook_daemon.upkeep.completion.subjects import Subject, due, looked_after
from audiobook_daemon.upkeep.completion.wanting import Wanted, want_missing

S = TypeVar("S", bound=Standing)
_log = logging.getLogger(__name__)
_PAGE = 1000
_TOGETHER = 100
"""So many are compared and written down at a time."""
BREATH = 10.0
"""Seconds for sources that rest after a fault, before the next one is tried."""
_PATIENCE = 3
"""After so many in a row for which nobody answered, the others would wait in vain too."""


class UnknownName(AudiobookDaemonError):
    """No series or author of this name is owned or followed."""


@dataclass(slots=True)
class Asked:
    """How the asking went."""

    done: int = 0
    failed: int = 0
    skipped: int = 0
    """Left for the next run, for nobody answers."""
    reasons: list[str] = field(default_factory=list)


class Round(Generic[S]):
    """What one run knows; made for it and forgotten after."""

    def __init__(self, kind: Kind[S], *, dry_run: bool) -> None:
        self.kind, self.dry_run = kind, dry_run
        self.house, self.database = kind.house, kind.house.database
        self.now = kind.house.world.now()
        self.subjects: tuple[Subject[S], ...] = ()
        self.found: dict[str, Evaluation[S]] = {}
        self.asked = Asked()
        self.wanted = Wanted()
        self._before: dict[str, list[Gap]] = {}
        self._wants: dict[int, WantState] = {}

    async def count(self, items: Sequence[LibraryItem] | None = None) -> None:
        """Read what is owned and known, and count: by the bibliographies of last time, without asking anybody.

        `items` is what is owned, if it was read already.
        """
        if items is None:
            items = await all_items(self.database)
        known = await self.kind.known()
        self.subjects = await self.kind.subjects(items, known, propose=not self.dry_run)
        await self._remember(await self.kind.known_gaps())
        for start in range(0, len(self.subjects), _TOGETHER):
            # Comparing takes long, and the daemon has other things to do meanwhile.
            for one in await asyncio.to_thread(self._as_known, self.subjects[start : start + _TOGETHER]):
                self._note(one)
        if not self.dry_run:
            await self._forget(known)
            counted = tuple(self.found.values())
            for start in range(0, len(counted), _TOGETHER):
                await self._save(counted[start : start + _TOGETHER])

    async def count_alone(self, subject: Subject[S]) -> S:
        """Count one by what is known, and nothing else; returns how it stands then."""
        self.subjects = (subject,)
        await self._remember(await self.database.gaps.of(self.kind.gap, [subject.key]))
        (evaluation,) = await asyncio.to_thread(self._as_known, self.subjects)
        self._note(evaluation)
        if not self.dry_run:
            await self._save((evaluation,))
        return evaluation.standing

    def forget_all_but_news(self) -> None:
        """Let go of the books and works that were counted; what is told of the run stays."""
        self.subjects, self._before = (), {}
        told = {key: one for key, one in self.found.items() if one.news or one.announced}
        self.found = {key: replace(one, subject=replace(one.subject, items=(), shelf=())) for key, one in told.items()}

    def named(self, name: str) -> list[Subject[S]]:
        """The subjects of this name; raises UnknownName."""
        wanted = name.strip().casefold()
        found = [one for one in self.subjects if wanted in {one.key, *map(str.casefold, _names(one))}]
        if not found:
            raise UnknownName(f"No {self.kind.word} called {name!r} is owned or followed.")
        return found

    def due(self, *, followed: bool = False) -> list[Subject[S]]:
        """The subjects to ask about, only the followed ones if so wanted."""
        candidates = [one for one in self.subjects if one.follow or not followed]
        return due(candidates, self.kind.terms, self.now, most_owned_first=self.kind.most_owned_first)

    async def ask(self, subjects: Sequence[Subject[S]]) -> None:
        """Ask about each; one that fails is noted, and the others go on."""
        if not subjects or not self.house.world.host.playing(Source):
            return
        in_vain = 0
        for number, subject in enumerate(subjects):
            if in_vain >= _PATIENCE:
                self.asked.skipped = len(subjects) - number
                break
            report_progress(number, len(subjects), f"{self.kind.word} {subject.name}")
            if await self._ask(subject):
                in_vain += 1
                await asyncio.sleep(BREATH)
            else:
                in_vain = 0
        report_progress(len(subjects), len(subjects), f"{self.kind.plural} are looked up")

    async def want(self, only: Sequence[Subject[S]] | None = None) -> None:
        """Want what is missing, of all or of these only."""
        keys = None if only is None else {one.key for one in only}
        evaluations = [one for key, one in self.found.items() if keys is None or key in keys]
        terms = self.kind.terms
        self.wanted = await want_missing(
            self.house, evaluations, terms, self.kind.origin, self._save_gap, dry_run=self.dry_run
        )

    async def _ask(self, subject: Subject[S]) -> bool:
        """Ask about one; returns whether it was in vain because nobody answers."""
        self.asked.done += 1
        try:
            answer = await self.kind.ask(subject)
            standing = self.kind.standing(subject, answer.found)
            checked = self.now if answer.sure else standing.checked
            standing = replace(standing, checked=checked, reason=answer.reason)
            evaluation = await asyncio.to_thread(self._evaluated, subject, standing, standing.works)
        except NobodyAnswers as error:
            await self._failed(subject, str(error), "unavailable")
            return True
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001 - a bug met by one series must not stop the others
            _log.exception("A mistake in the program stopped %s.", subject.name)
            await self._failed(subject, f"A mistake in the program: {type(error).__name__}: {error}", "mistake")
            return False
        self._note(evaluation)
        if not self.dry_run:
            await self._save((evaluation,))
            if subject.follow and subject.follow.id is not None and answer.sure:
                await self.database.follows.imported(subject.follow.id)
        return False

    def _note(self, evaluation: Evaluation[S]) -> None:
        """Keep how one stands; what was news earlier in the run is still news at its end."""
        key = evaluation.subject.key
        first = self.found.get(key)
        self._before[key] = list(evaluation.gaps)
        if first is not None:
            news = (*first.news, *evaluation.news)
            evaluation = replace(evaluation, news=news, announced=(*first.announced, *evaluation.announced))
        self.found[key] = evaluation

    async def _failed(self, subject: Subject[S], reason: str, code: str) -> None:
        self.asked.failed += 1
        self.asked.reasons.append(f"{subject.name}: {reason}")
        if not self.dry_run:
            await self.database.failed_attempts.record(self.kind.origin, subject.key, subject.name, reason, code)

    def _as_known(self, subjects: Sequence[Subject[S]]) -> list[Evaluation[S]]:
        standings = [self.kind.standing(subject, None) for subject in subjects]
        return [
            self._evaluated(one, standing, standing.works) for one, standing in zip(subjects, standings, strict=True)
        ]

    def _evaluated(self, subject: Subject[S], standing: S, works: Sequence[Work]) -> Evaluation[S]:
        before = self._before.get(subject.key, [])
        if not works:
            numbered = counted(standing, None, len(subject.items))
            return evaluated(subject, numbered, self.kind.gap, (), (), (), before, self._wants, self.now)
        found = self.kind.gaps(subject, works, self.now.date())
        if standing.stated.total and found.have >= standing.stated.total:
            found = replace(found, missing=())  # a person says that this is all
        terms = self.kind.terms
        large = terms.small_gap is not None and len(found.missing) > terms.small_gap and subject.follow is None
        most = 0 if not looked_after(subject, terms) else None if subject.follow else terms.most_recorded
        return evaluated(
            subject,
            counted(standing, found, len(subject.items)),
            self.kind.gap,
            [Placed(work, place_in(subject, work)) for work in found.missing[:most]],
            [Placed(work, place_in(subject, work)) for work in found.unreleased[:most]],
            [work for work, _ in found.owned],
            before,
            self._wants,
            self.now,
            gradual=large,
        )

    async def _forget(self, known: Sequence[S]) -> None:
        """Forget what is neither owned nor followed any more, unless somebody has decided about it or a gap of it.

        Then it is kept, as one of which nothing is owned.
        """
        there = {one.key for one in self.subjects}
        decided = {key for key, gaps in self._before.items() if any(not _is_open(gap) for gap in gaps)}
        decided |= {one.key for one in known if one.stated != Stated()}
        absent = [one for one in known if one.key not in there]
        await self.kind.records.remove(one.id for one in absent if one.id is not None and one.key not in decided)
        kept = [counted(one, None, 0) for one in absent if one.key in decided and one.owned]
        await self.kind.records.save(kept)

    async def _remember(self, gaps: Sequence[Gap]) -> None:
        """Keep the gaps that are known from before, and how the wants stand that they name."""
        self._before = defaultdict(list)
        for gap in gaps:
            self._before[gap.owner].append(gap)
        self._wants = await self.database.wants.states({gap.want_id for gap in gaps if gap.want_id is not None})

    async def _save(self, evaluations: Sequence[Evaluation[S]]) -> None:
        ids = await self.kind.records.save([one.standing for one in evaluations])
        gone = [(one.subject.key, key) for one in evaluations for key in one.gone]
        await self.database.gaps.remove(self.kind.gap, gone)
        await self.database.gaps.save([(gap, ids[gap.owner]) for one in evaluations for gap in one.changed])

    async def _save_gap(self, gap: Gap, evaluation: Evaluation[S]) -> None:
        ids = await self.kind.records.save([evaluation.standing])
        await self.database.gaps.save([(gap, ids[gap.owner])])


async def all_items(database: Database) -> tuple[LibraryItem, ...]:
    """Everything the libraries hold, as far as was last read, what they miss included; without descriptions."""
    found: list[LibraryItem] = []
    after = 0
    while page := await database.books.all(after, _PAGE, brief=True):
        found += (item for _, item in page)
        after = page[-1][0]
    return tuple(found)


def _is_open(gap: Gap) -> bool:
    return gap.state in {GapState.FOUND, GapState.GRADUAL, GapState.UNRELEASED}


def _names(subject: Subject[S]) -> tuple[str, ...]:
    """What people may call one."""
    return subject.name, *subject.spellings, *((subject.before.name,) if subject.before else ())
