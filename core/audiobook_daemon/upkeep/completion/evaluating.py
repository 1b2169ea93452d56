"""How a series or an author stands, and what becomes of each of its gaps; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Generic, TypedDict, TypeVar

from audiobook_daemon.catalogue.gaps import Gaps
from audiobook_daemon.matching import book_key, compare_books
from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.models import WantState, Work
from audiobook_daemon.store import Gap, GapKind, GapState, Standing
from audiobook_daemon.upkeep.completion.subjects import Subject

S = TypeVar("S", bound=Standing)
_PRIORITY = {GapKind.SERIES: 1, GapKind.AUTHOR: 2}
_GRADUAL_PRIORITY = 3
_ONE = frozenset({Likeness.SAME, Likeness.SAME_EDITION})
_THERE = frozenset({WantState.SHELVED, WantState.OWNED})
_OPEN_GAPS = frozenset({GapState.FOUND, GapState.GRADUAL})


@dataclass(frozen=True, slots=True)
class Evaluation(Generic[S]):
    """A series or an author, as it stands now."""

    subject: Subject[S]
    standing: S
    gaps: tuple[Gap, ...] = ()
    """Every gap, those that stayed as they were too."""
    changed: tuple[Gap, ...] = ()
    """Those that are new or changed."""
    gone: tuple[str, ...] = ()
    """The keys of those that turned out to be none."""
    news: tuple[Gap, ...] = ()
    """Those that are missing, and were not known to be, or not out."""
    announced: tuple[Gap, ...] = ()
    """Those that were not known and are not out yet."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A missing work with its position."""

    work: Work
    position: str | None


def counted(standing: S, found: Gaps | None, items: int) -> S:
    """The standing with its numbers; without a bibliography only the owned books are counted."""
    if found is None or not found.total:
        return standing.counted(None, items, 0)
    return standing.counted(found.total, found.have, len(found.missing))


def evaluated(
    subject: Subject[S],
    standing: S,
    kind: GapKind,
    missing: Sequence[Placed],
    unreleased: Sequence[Placed],
    owned: Sequence[Work],
    before: Sequence[Gap],
    wants: Mapping[int, WantState],
    now: datetime,
    *,
    gradual: bool = False,
) -> Evaluation[S]:
    """What becomes of the gaps of a subject; `wants` are the states of the wants that the gaps before name.

    With `gradual`, what is missing is wanted little by little.
    """
    pool = {gap.key: gap for gap in before}
    fresh = GapState.GRADUAL if gradual else GapState.FOUND
    priority = _GRADUAL_PRIORITY if gradual else _PRIORITY[kind]
    kept: list[Gap] = []
    news: list[Gap] = []
    announced: list[Gap] = []
    for placed, state in (*((one, fresh) for one in missing), *((one, GapState.UNRELEASED) for one in unreleased)):
        old = _taken(pool, placed.work)
        base = old or Gap(kind, subject.key, book_key(placed.work.book), placed.work, found=now, of=subject.name)
        gap = replace(
            base, work=placed.work, position=placed.position, released=placed.work.released, priority=priority,
            **_next(old, state, wants),
        )  # fmt: skip
        kept.append(gap)
        if gap.state in _OPEN_GAPS and (old is None or old.state is GapState.UNRELEASED):
            news.append(gap)
        elif old is None:
            announced.append(gap)
    for work in owned:
        if old := _taken(pool, work):
            filled = old.state is GapState.IGNORED or old.state is GapState.FILLED
            kept.append(old if filled else replace(old, state=GapState.FILLED, reason="It is owned now."))
    left = {old.key: _left(old, wants) for old in pool.values()}
    kept += [gap for gap in left.values() if gap is not None]
    gone = tuple(key for key, gap in left.items() if gap is None)
    was = {gap.key: gap for gap in before}
    changed = tuple(gap for gap in kept if was.get(gap.key) != gap)
    return Evaluation(subject, standing, tuple(kept), changed, gone, tuple(news), tuple(announced))


def is_one_book(one: Gap, other: Gap) -> bool:
    """Whether two gaps are of the same book: it may be missing from a series and of its author."""
    return one.key == other.key or is_work(one, other.work)


def is_work(gap: Gap, work: Work) -> bool:
    """Whether a gap is that of a listed work, perhaps under another title."""
    return gap.key == book_key(work.book) or compare_books(gap.work.book, work.book) in _ONE


def _taken(pool: dict[str, Gap], work: Work) -> Gap | None:
    """The gap that a work is, taken out of the pool: by its key, or as the same book under another title."""
    if found := pool.pop(book_key(work.book), None):
        return found
    for key, gap in pool.items():
        if compare_books(gap.work.book, work.book) in _ONE:
            return pool.pop(key)
    return None


def _next(old: Gap | None, fresh: GapState, wants: Mapping[int, WantState]) -> _Fate:
    """The state of a gap that is still one."""
    want = wants.get(old.want_id) if old and old.want_id else None
    if old is None:
        return {"state": fresh, "reason": None}
    if old.state is GapState.IGNORED:
        revived = want is not None and want.open
        return {"state": GapState.WANTED, "reason": None} if revived else {"state": old.state, "reason": old.reason}
    if want is WantState.DROPPED:
        return {"state": GapState.IGNORED, "reason": f"Its want {old.want_id} was dropped."}
    if want in _THERE:
        return {"state": GapState.FILLED, "reason": f"Want {old.want_id} brought it."}
    if want is not None:
        return {"state": GapState.WANTED, "reason": old.reason}
    return {"state": fresh, "reason": None}


def _left(old: Gap, wants: Mapping[int, WantState]) -> Gap | None:
    """What becomes of a gap that no source lists any more: decisions stay, guesses go."""
    want = wants.get(old.want_id) if old.want_id else None
    if old.state is GapState.WANTED and want is WantState.DROPPED:
        return replace(old, state=GapState.IGNORED, reason=f"Its want {old.want_id} was dropped.")
    if old.state is GapState.WANTED and want in _THERE:
        return replace(old, state=GapState.FILLED, reason=f"Want {old.want_id} brought it.")
    if old.state is GapState.WANTED and want is None:
        return None
    return None if old.state in _OPEN_GAPS or old.state is GapState.UNRELEASED else old


class _Fate(TypedDict):
    state: GapState
    reason: str | None
