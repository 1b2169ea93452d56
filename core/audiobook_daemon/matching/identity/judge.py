"""Puts the evidence together: the odds that a release is the wished book, and what speaks for and against it."""

from __future__ import annotations

from dataclasses import dataclass

from audiobook_daemon.matching.identity import evidence
from audiobook_daemon.matching.identity.labelling import label
from audiobook_daemon.matching.identity.labels import Labels, Spot
from audiobook_daemon.matching.identity.leftovers import leftovers
from audiobook_daemon.matching.identity.line import Line, line_of
from audiobook_daemon.matching.identity.packs import Holding, holding
from audiobook_daemon.matching.identity.profile import Profile, profile_of
from audiobook_daemon.matching.identity.reading import Reading, read
from audiobook_daemon.matching.works import series_key
from audiobook_daemon.models import Release, Stance, Verdict, Wish

PRIOR = -1.0
"""Of ten offers that a search brings, one is the book."""
_MOST_SPOTS = 4
_FAMILY = 0.5
"""The weight that makes a family count as evidence."""
_IMPOSSIBLE = -9.0


@dataclass(frozen=True, slots=True)
class Identity:
    """How sure it is that a release is the wish's book, and what speaks for and against it."""

    release: Release
    odds: float
    """Decimal logarithm of the odds."""
    verdicts: tuple[Verdict, ...]
    reading: Reading | None = None
    """None when the book's title is nowhere in it."""
    labels: Labels | None = None

    @property
    def score(self) -> float:
        """The probability, 0 to 1."""
        if self.odds <= _IMPOSSIBLE:
            return 0.0
        return round(1 / (1 + 10**-self.odds), 4)

    @property
    def families(self) -> int:
        """How many independent kinds of evidence speak for it."""
        weights: dict[str, float] = {}
        for verdict in self.verdicts:
            weights[verdict.family] = weights.get(verdict.family, 0.0) + verdict.weight
        return sum(weight >= _FAMILY for weight in weights.values())


def identify(wish: Wish, release: Release, accepted: tuple[str, ...] = ()) -> Identity:
    """Weigh whether a release is the wished book; `accepted` are the languages that would do."""
    profile, line = profile_of(wish.book), line_of(release.title)
    spots = _spots(profile, line)
    if not spots and not _may_be_slot(profile, line, release):
        return Identity(release, _IMPOSSIBLE, (_other_title(release),))
    reading = read(release)
    candidates = [_weighed(wish, profile, reading, spot, accepted) for spot in spots or (None,)]
    return max(candidates, key=lambda identity: identity.odds)


def _weighed(wish: Wish, profile: Profile, reading: Reading, spot: Spot | None, accepted: tuple[str, ...]) -> Identity:
    book = wish.book
    labels = label(profile, reading, spot)
    left = leftovers(labels, reading)
    verdicts = [
        *evidence.author(book, labels, reading, left),
        *evidence.title(labels, left),
        *evidence.series(book, profile, labels, reading, left),
        *evidence.ids(book, reading),
        *evidence.recording(wish, labels, reading),
        *evidence.language(book, accepted, reading),
    ]
    slot = any(item.family == "series" and item.stance is Stance.SUPPORT for item in verdicts)
    if spot is None and not slot and holding(profile, reading, labels)[0] is not Holding.PACK:
        verdicts.append(_other_title(reading.release))
    odds = PRIOR + sum(verdict.weight for verdict in verdicts)
    if any(verdict.stance is Stance.VETO for verdict in verdicts):
        odds = min(odds, _IMPOSSIBLE)
    return Identity(reading.release, odds, tuple(verdicts), reading, labels)


def _other_title(release: Release) -> Verdict:
    return evidence.veto("other_title", f"its title is {release.title!r}", "title")


def _spots(profile: Profile, line: Line) -> list[Spot]:
    """Where the title may stand, in its fullest forms."""
    found: list[Spot] = []
    for form in profile.titles:
        for begin, end in line.find(form.key):
            if not any(spot.begin <= begin and end <= spot.end for spot in found):
                found.append(Spot(form, begin, end))
        if len(found) >= _MOST_SPOTS:
            break
    return found


def _may_be_slot(profile: Profile, line: Line, release: Release) -> bool:
    """Whether the series is named where the title is not: with the volume, or all of its volumes."""
    keys = {key for key, _ in profile.series if key}
    if not keys:
        return False
    fields = any(place.position and series_key(place.name)[0] in keys for place in release.series)
    return fields or any(True for key in keys for _ in line.find(key))
