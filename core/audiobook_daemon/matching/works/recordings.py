"""Whether two records of one work are one recording."""

from __future__ import annotations

from dataclasses import dataclass

from audiobook_daemon.matching.claims import Claims, Likeness
from audiobook_daemon.matching.works.authors import agreement

_TOLERANCE = 0.05
_LEAST_TOLERANCE = 600.0
"""Seconds: short books differ by their credits and samples."""


@dataclass(frozen=True, slots=True)
class Recording:
    """What is known of a recording."""

    claims: Claims
    """Of its title."""
    narrators: tuple[str, ...] = ()
    runtime: float | None = None
    """Seconds."""
    medium: str | None = None
    """`audiobook` or `ebook`."""


def compare_recordings(one: Recording, other: Recording) -> Likeness:
    """Whether two recordings of one work are the same: SAME_EDITION, SAME_WORK, or SAME when nothing tells."""
    if _apart(one, other):
        return Likeness.SAME_WORK
    readers = agreement(one.narrators, other.narrators)
    if readers is Likeness.DIFFERENT:
        return Likeness.SAME_WORK
    near = _near(one.runtime, other.runtime)
    if near is False:
        return Likeness.SAME_WORK
    return Likeness.SAME_EDITION if near or readers is Likeness.SAME else Likeness.SAME


def _apart(one: Recording, other: Recording) -> bool:
    """Whether their titles or media say that they are different recordings."""
    return (
        bool(one.claims.dramatised) != bool(other.claims.dramatised)
        or bool(one.claims.abridged) != bool(other.claims.abridged)
        or bool(one.medium and other.medium and one.medium != other.medium)
    )


def _near(one: float | None, other: float | None) -> bool | None:
    if not one or not other:
        return None
    return abs(one - other) <= max(_LEAST_TOLERANCE, _TOLERANCE * max(one, other))
