"""What the bibliographies say, and what may be concluded when some of them cannot answer."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from audiobook_daemon.catalogue.source_trust import trust
from audiobook_daemon.matching.numbers import read_positions
from audiobook_daemon.models import SeriesPlace, SeriesRecord, Work
from audiobook_daemon.plugin import Answers, Silent

T = TypeVar("T")
_log = logging.getLogger(__name__)
MOST_WORKS = 2000
"""A source that lists so many works of one series or author has answered another question."""
_FEW, _FOLD = 100, 10
"""A list beyond a hundred that is ten times as long as any other source's is no longer of the same series."""
_BELOW_ZERO = re.compile(r"\s*[-−]\s*\d")
_AGREEMENT = 2
"""So many sources that list a series need no third one."""


@dataclass(frozen=True, slots=True)
class Bibliography:
    """What there is of a series or an author, as the sources agreed."""

    works: tuple[Work, ...] = ()
    authors: tuple[str, ...] = ()
    ids: dict[str, str] = field(default_factory=dict)
    """By source; empty where the source has none."""
    finished: bool | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking for one series or author."""

    found: Bibliography | None = None
    """None: what was known stays as it was."""
    sure: bool = False
    """Whether enough sources answered; else it stays due, and nothing is wanted by this alone."""
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Heard(Generic[T]):
    """The believable answers, and who could not answer but will."""

    given: tuple[tuple[str, Sequence[T]], ...]
    silent: tuple[Silent, ...]
    helpless: tuple[Silent, ...] = ()
    """Those that wait for a person: their answer may be years away, so nobody waits for it."""

    @property
    def nobody(self) -> bool:
        """Whether no source answered at all."""
        return not self.given and bool(self.silent or self.helpless)


def heard(answers: Answers[Sequence[T]]) -> Heard[T]:
    """Sort the answers by what they are worth."""
    silent = tuple(one for one in answers.silent if not one.needs_person)
    helpless = tuple(one for one in answers.silent if one.needs_person)
    return Heard(tuple((given.instance, given.value) for given in answers.given), silent, helpless)


def concluded(found: Bibliography | None, silent: Sequence[Silent], before: Collection[str]) -> Answer:
    """What may be concluded; `before` are the sources of the bibliography known so far.

    A source that told of it before and is silent now is missed, if it is worth as much as those that answered: without
    it the bibliography would shrink, or drift.
    """
    best = max((trust(source) for source in found.ids), default=0.0) if found else 0.0
    names = [one.instance for one in silent if trust(one.instance) >= best]
    if missed := [name for name in names if name in before]:
        return Answer(reason=f"{_list(missed)} could not answer; the bibliography of last time holds.")
    if names and (found is None or len(found.ids) < _AGREEMENT):
        kept = None if before else found
        return Answer(kept, reason=f"{_list(names)} could not answer; it is looked up again at the next run.")
    if found is None and before:
        return Answer(sure=True, reason="No source knows it any more; the bibliography of last time holds.")
    return Answer(found or Bibliography(), sure=True, reason=None if found else "No source knows it.")


def believed(works: Sequence[Work], source: str, name: str) -> tuple[Work, ...]:
    """What of a list can be of one series or author: nothing of one without end, and no work without a name."""
    if len(works) >= MOST_WORKS:
        _log.warning("%s lists %d works for %s; that cannot be, and none is believed.", source, len(works), name)
        return ()
    return tuple(work for work in works if work.book.title.strip() and all(map(_can_be, work.book.series)))


def in_proportion(records: Sequence[SeriesRecord], name: str) -> tuple[SeriesRecord, ...]:
    """The records without those of a source that lists many times what all others do."""
    longest: dict[str, int] = {}
    for record in records:
        longest[record.source] = max(longest.get(record.source, 0), len(record.works))
    for source, count in longest.items():
        others = max((other for one, other in longest.items() if one != source), default=count)
        if count > max(_FEW, _FOLD * others):
            _log.warning(
                "%s lists %d works for %s, all others %d at most; it is not believed.", source, count, name, others
            )
            return tuple(record for record in records if record.source != source)
    return tuple(records)


def _can_be(place: SeriesPlace) -> bool:
    """Whether a series can have such a position; words (`Prequel`) are none, and harm nobody."""
    text = place.position or ""
    return not _BELOW_ZERO.match(text) and all(float(one.first) <= MOST_WORKS for one in read_positions(text))


def _list(names: Sequence[str]) -> str:
    return " and ".join(names)
