"""What is wished when a gap is to be filled; pure."""

from __future__ import annotations

from collections import Counter
from typing import TypeVar

from audiobook_daemon.models import LibraryItem, Wish
from audiobook_daemon.store import Gap, GapKind, Standing
from audiobook_daemon.upkeep.completion.evaluating import Evaluation
from audiobook_daemon.upkeep.completion.rules import FOLLOW, FOLLOW_AUTO, rule_of

S = TypeVar("S", bound=Standing)
_READERS = 3
"""How many of the owned books' narrators are preferred."""


def wish_for(gap: Gap, evaluation: Evaluation[S], origin: str) -> Wish:
    """The wish for a missing book: the readers of the owned books are dear, the known running time is a measure."""
    subject, work = evaluation.subject, gap.work
    rule = rule_of(subject.follow) if subject.follow else None
    spoken = (work.book.language,) if work.book.language else subject.languages[:1]
    languages = rule.languages if rule and rule.languages and not work.book.language else spoken
    dramatised = bool(rule and rule.dramatised)
    return Wish(
        work.book,
        origin if rule is None else FOLLOW_AUTO if rule.auto_grab else FOLLOW,
        narrators=(rule.narrators if rule else ()) or _narrators(subject.items),
        languages=languages,
        abridged=bool(rule and rule.abridged),
        dramatised=dramatised,
        runtimes=(work.runtime,) if work.runtime and not work.abridged else (),
        note=_note(gap, evaluation),
    )


def _narrators(items: tuple[LibraryItem, ...]) -> tuple[str, ...]:
    counted = Counter(name for item in items for name in dict.fromkeys(item.narrators))
    return tuple(name for name, _ in counted.most_common(_READERS))


def _note(gap: Gap, evaluation: Evaluation[S]) -> str:
    standing, subject = evaluation.standing, evaluation.subject
    owned = f", you own {standing.owned} of {standing.total}" if subject.items and standing.total else ""
    place = f"{subject.name} {gap.position}" if gap.position else subject.name
    what = place if gap.kind is GapKind.SERIES else f"a book by {subject.name}"
    return f"{'followed' if subject.follow else 'missing'}: {what}{owned}"
