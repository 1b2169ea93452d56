"""Which of several copies of a book is the best to keep, and why; only ever a suggestion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from audiobook_daemon.catalogue.completeness import completeness
from audiobook_daemon.models import LibraryItem

_TIERS: Mapping[str, int] = {"m4b": 3, "flac": 2, "opus": 2, "m4a": 2, "mp4": 2, "aac": 1, "ogg": 1, "mp3": 1}
_WHOLE = 0.8
"""A copy shorter than this share of the longest one is hardly the whole book; readers differ by less."""
_BEST_BITRATE = 128
"""Kilobits a second; more of them make no speech better."""
_STEP = 16
"""Differences of fewer kilobits a second decide nothing."""

_REASONS = (
    "its files are there",
    "it is unabridged",
    "it is the more complete recording",
    "its format is better",
    "its bitrate is higher",
    "it has chapters",
    "it has an ASIN",
    "it is described more completely",
)
_OLDEST = "it was there first"


@dataclass(frozen=True, slots=True)
class Keeper:
    """The copy to keep."""

    id: int
    reason: str
    """The half of a sentence: what sets it above the next best copy."""


def bitrate(item: LibraryItem) -> int | None:
    """The mean bitrate in kilobits a second, from size and running time."""
    if not item.size or not item.runtime or item.runtime <= 0:
        return None
    return round(item.size * 8 / item.runtime / 1000)


def suggest_keeper(copies: Mapping[int, LibraryItem]) -> Keeper:
    """Choose among the copies of one book, by their row ids; there must be at least one."""
    longest = max((item.runtime or 0 for item in copies.values()), default=0)
    marks = {number: _marks(item, longest) for number, item in copies.items()}
    # Where all else is equal the oldest stays, and of these the one known longest.
    order = sorted(copies, key=lambda number: (tuple(-mark for mark in marks[number]), _age(copies[number]), number))
    best = order[0]
    if len(order) == 1:
        return Keeper(best, _OLDEST)
    pairs = zip(marks[best], marks[order[1]], _REASONS, strict=True)
    return Keeper(best, next((reason for mine, theirs, reason in pairs if mine > theirs), _OLDEST))


def _marks(item: LibraryItem, longest: float) -> tuple[int, ...]:
    """What speaks for a copy, the weightiest first; what is unknown speaks neither way but below what is known."""
    whole = not longest or not item.runtime or item.runtime >= _WHOLE * longest
    known = bitrate(item)
    return (
        int(not item.missing),
        int(not item.abridged),
        int(whole),
        _TIERS.get((item.format or "").lower(), 0),
        min(known, _BEST_BITRATE) // _STEP if known else 0,
        int(bool(item.chapters)),
        int(bool(item.book.asin)),
        completeness(item) // 5,
    )


def _age(item: LibraryItem) -> float:
    return item.added.timestamp() if item.added else float("inf")
