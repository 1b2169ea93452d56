"""What the bibliographies say, and what may be concluded when some of them cannot answer."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from audiobook_daemon.catalogue.source_trust import trust
from audiobook_daemon.models import Work
from audiobook_daemon.plugin import Answers, Silent

T = TypeVar("T")
_log = logging.getLogger(__name__)
MOST_WORKS = 5000
"""Works of one series or author; a source that lists more has answered another question."""
_AGREEMENT = 2
"""So many sources that list a series need no third one."""


@dataclass(frozen=True, slots=True)
class Bibliography:
    """What there is of a series or an author, as the sources agreed."""

    works: tuple[Work, ...] = ()
    name: str | None = None
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
    return Answer(found or Bibliography(), sure=True, reason=None if found else "No source knows it.")


def believable(works: Sequence[Work], source: str, name: str) -> bool:
    """Whether a list can be that of one series or author."""
    if len(works) <= MOST_WORKS:
        return True
    _log.warning("%s lists %d works for %s; that cannot be, and none of it is believed.", source, len(works), name)
    return False


def _list(names: Sequence[str]) -> str:
    return " and ".join(names)
