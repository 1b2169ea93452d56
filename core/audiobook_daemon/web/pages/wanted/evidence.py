"""The releases a want could have, and what speaks for and against each, as a person compares them; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from audiobook_daemon.catalogue.wording import worded
from audiobook_daemon.models import Price, Release, Stance, Verdict, Wish
from audiobook_daemon.pipeline import may_not_be_taken, worth
from audiobook_daemon.store import Blocked, Candidate
from audiobook_daemon.upkeep.report.words import length, size

SIGNS: Final[Mapping[Stance, str]] = MappingProxyType(
    {Stance.SUPPORT: "for", Stance.DOUBT: "doubt", Stance.VETO: "against"}
)
_OF_ROW: Final = ("author", "narrator", "series", "language", "runtime")
"""Families of evidence that speak about one property."""
_WEIGHTIEST: Final = (Stance.VETO, Stance.DOUBT, Stance.SUPPORT)
_PRICES: Final[Mapping[Price, str | None]] = MappingProxyType(
    {Price.FREE: "free", Price.PAID: "counts against the ratio", Price.UNKNOWN: None}
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that was noticed about a release."""

    sign: str
    """`for`, `doubt` or `against`."""
    reason: str
    worth: str = ""
    """How much it counts, in words; empty for a plain rule."""
    source: str | None = None
    """The instance that said so; None for a rule of ours."""


@dataclass(frozen=True, slots=True)
class Property:
    """One property, as it is wished or as a release has it."""

    name: str
    value: str | None
    sign: str | None = None
    """What the evidence says about it: `for`, `doubt`, `against`; None if it says nothing."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A release as it stands beside others."""

    number: int | None
    """The number it is accepted by, from 1; None for the one that is accepted without."""
    title: str
    source: str
    key: str
    page: str | None
    """A page for people at the tracker."""
    properties: tuple[Property, ...]
    evidence: tuple[Evidence, ...]
    """What is against it first."""
    sure: int | None
    """Percent; None when a rule closed before that was asked."""
    lost: str | None = None
    """Why it is not the chosen one, in a sentence."""
    forbidden: str | None = None
    """Why not even a person may take it; None if one may."""
    chosen: bool = False

    @property
    def advised_against(self) -> bool:
        """Whether a rule forbids it, which a person need not heed."""
        return any(one.sign == SIGNS[Stance.VETO] for one in self.evidence)


def offered(
    candidates: Sequence[Candidate], blocked: Iterable[Blocked] = (), chosen: Release | None = None
) -> tuple[Offered, ...]:
    """Every candidate of a decision, by the numbers that `accept` takes."""
    tried = {(one.source, one.key): one.reason for one in blocked}
    return tuple(_offered(number, one, tried, chosen) for number, one in enumerate(candidates, start=1))


def alone(release: Release) -> Offered:
    """The release that is put before a person, of which no decision is on record."""
    return _offered(None, Candidate(release), {}, None)


def wished(wish: Wish) -> tuple[Property, ...]:
    """What is wished for, in the same rows as the releases."""
    book = wish.book
    times = sorted(one for one in wish.runtimes if one > 0)
    ends = dict.fromkeys(_length(one) for one in (times[:1] + times[-1:]))
    return (
        Property("Author", ", ".join(book.authors) or None),
        Property("Narrator", ", ".join(wish.narrators) or "any"),
        Property("Series", worded(book.series)),
        Property("Language", ", ".join(wish.languages) or book.language),
        Property("Length", " to ".join(ends) or None),
    )


def _offered(
    number: int | None, candidate: Candidate, tried: Mapping[tuple[str, str], str], chosen: Release | None
) -> Offered:
    release = candidate.release
    name = (release.source, release.key)
    before = tried.get(name)
    forbidden = may_not_be_taken(candidate) or (f"it was tried before: {before.rstrip('.')}" if before else None)
    return Offered(
        number,
        release.title,
        release.source,
        release.key,
        release.page if release.page and release.page.startswith(("https://", "http://")) else None,
        _properties(release, candidate.verdicts),
        _evidence(candidate.verdicts),
        None if candidate.score is None else round(100 * candidate.score),
        candidate.lost,
        forbidden,
        chosen is not None and name == (chosen.source, chosen.key),
    )


def _properties(release: Release, verdicts: Sequence[Verdict]) -> tuple[Property, ...]:
    signs = {family: _sign(family, verdicts) for family in _OF_ROW}
    form = ", ".join(release.formats)
    rate = f"{release.bitrate} kbit/s" if release.bitrate else ""
    return (
        Property("Author", ", ".join(release.authors) or None, signs["author"]),
        Property("Narrator", ", ".join(release.narrators) or None, signs["narrator"]),
        Property("Series", worded(release.series), signs["series"]),
        Property("Language", release.language, signs["language"]),
        Property("Length", _length(release.runtime) if release.runtime else None, signs["runtime"]),
        Property("Format", ", ".join(filter(None, (form, rate))) or None),
        Property("Size", None if release.size is None else size(release.size)),
        Property("Seeders", None if release.seeders is None else str(release.seeders)),
        Property("Price", _PRICES[release.price]),
    )


def _sign(family: str, verdicts: Sequence[Verdict]) -> str | None:
    """The gravest thing said about a property."""
    stances = {one.stance for one in verdicts if family in {one.family, one.code}}
    return next((SIGNS[stance] for stance in _WEIGHTIEST if stance in stances), None)


def _evidence(verdicts: Sequence[Verdict]) -> tuple[Evidence, ...]:
    ordered = sorted(verdicts, key=lambda one: (_WEIGHTIEST.index(one.stance), -abs(one.weight)))
    return tuple(
        Evidence(SIGNS[one.stance], one.reason, worth(one), None if one.source == "daemon" else one.source)
        for one in ordered
    )


def _length(seconds: float) -> str:
    return length(seconds / 3600)
