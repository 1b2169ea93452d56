"""Whether a recording is as long as a known edition of its book; seconds throughout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from audiobook_daemon.matching.people import person_among

_PART = 0.6
"""Below this share of every known edition it is no whole book: readers differ by far less."""
_SEVERAL = 1.6
_HOURS_FROM = 2 * 3600


class Fit(StrEnum):
    """How a running time compares with the known ones."""

    SAME = "same"
    NEAR = "near"
    """A little off, and its narrator or ASIN is that of the edition."""
    UNKNOWN = "unknown"
    """There is nothing to compare it with, or only what others have read."""
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Edition:
    """A recording that is known to exist."""

    runtime: float
    narrators: tuple[str, ...] = ()
    asin: str | None = None


@dataclass(frozen=True, slots=True)
class Recording:
    """What has arrived, and who is said to read it."""

    runtime: float
    narrators: tuple[str, ...] = ()
    asins: frozenset[str] = frozenset()
    disputed: bool = False
    """Whether its files name another narrator, which lends it no second percent."""

    def is_of(self, edition: Edition) -> bool:
        """Whether its narrator or ASIN is the edition's."""
        same_reader = any(person_among(name, edition.narrators) for name in self.narrators)
        return same_reader or edition.asin in self.asins

    def may_be(self, edition: Edition) -> bool:
        """Whether nothing says that somebody else reads it."""
        return self.is_of(edition) or not self.narrators or not edition.narrators


@dataclass(frozen=True, slots=True)
class Limits:
    """The shares by which running times may differ."""

    tolerance: float = 0.02
    doubtful: float = 0.05


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a running time fits, and the end of a sentence about that."""

    fit: Fit
    reason: str


def judge(recording: Recording, editions: Sequence[Edition], stated: float | None, limits: Limits) -> Judgement:
    """Compare with the editions of the same narrator or ASIN first, then with those whose reader nobody knows.

    `stated` is what the release says of itself; it counts only where no edition speaks, for a wrong recording is
    described as truly as a right one. Other people's readings tell no more than whether it can be the whole book.
    """
    if mine := [edition for edition in editions if recording.is_of(edition)]:
        agreeing = not recording.disputed or any(edition.asin in recording.asins for edition in mine)
        return _compare(recording, mine, limits, agreeing=agreeing)
    if open_ones := [edition for edition in editions if recording.may_be(edition)]:
        return _compare(recording, open_ones, limits, agreeing=False)
    if wrong := _no_whole_book(recording, editions):
        return wrong
    if stated is not None:
        return _compare(recording, [Edition(stated)], limits, agreeing=True, known="what its release says")
    if editions:
        others = ", ".join(dict.fromkeys(name for edition in editions for name in edition.narrators))
        return Judgement(Fit.UNKNOWN, f"how long it should be is not known: the known editions are read by {others}")
    return Judgement(Fit.UNKNOWN, "how long it should be is not known")


def spoken(seconds: float) -> str:
    """A running time for people: `41.5 minutes`, `9 h 52 min`."""
    if seconds < _HOURS_FROM:
        return f"{seconds / 60:.1f} minutes"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes} min"


def _compare(
    recording: Recording, editions: Sequence[Edition], limits: Limits, *, agreeing: bool, known: str | None = None
) -> Judgement:
    nearest = min(editions, key=lambda edition: _off(recording.runtime, edition))
    off, name = _off(recording.runtime, nearest), known or _name(nearest)
    if off <= limits.tolerance:
        return Judgement(Fit.SAME, f"as long as {name}")
    if agreeing and off <= max(limits.tolerance, limits.doubtful):
        more = "longer" if recording.runtime > nearest.runtime else "shorter"
        return Judgement(Fit.NEAR, f"{off:.1%} {more} than {name}, {_agreement(recording, nearest)}")
    return _no_whole_book(recording, editions) or Judgement(
        Fit.WRONG, f"It runs {spoken(recording.runtime)}, the known editions {_list(editions)}."
    )


def _no_whole_book(recording: Recording, editions: Sequence[Edition]) -> Judgement | None:
    runtimes = [edition.runtime for edition in editions]
    if runtimes and recording.runtime < _PART * min(runtimes):
        reason = "abridged, or only a part"
    elif runtimes and recording.runtime > _SEVERAL * max(runtimes):
        reason = "another book, or several"
    else:
        return None
    return Judgement(
        Fit.WRONG, f"It runs {spoken(recording.runtime)}, the known editions {_list(editions)}: it is {reason}."
    )


def _off(runtime: float, edition: Edition) -> float:
    return abs(edition.runtime - runtime) / edition.runtime


def _agreement(recording: Recording, edition: Edition) -> str:
    if edition.asin in recording.asins:
        return "with the same ASIN"
    return "with the same narrator" if edition.narrators else "by its own account"


def _name(edition: Edition) -> str:
    return f"the edition read by {', '.join(edition.narrators)}" if edition.narrators else "a known edition"


def _list(editions: Sequence[Edition]) -> str:
    read = [f" ({', '.join(edition.narrators)})" if edition.narrators else "" for edition in editions]
    told = [f"{spoken(edition.runtime)}{by}" for edition, by in zip(editions, read, strict=True)]
    return "; ".join(dict.fromkeys(told))
