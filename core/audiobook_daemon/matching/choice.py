"""Chooses among releases: gates, identity, margin, preference; abstains rather than guesses."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from audiobook_daemon.matching.gates import GateRules, gates
from audiobook_daemon.matching.identity import identify
from audiobook_daemon.matching.prefer import Preference, sort_key
from audiobook_daemon.models import Release, Stance, Verdict, Wish


@dataclass(frozen=True, slots=True)
class Rules:
    """What choosing goes by."""

    gates: GateRules = field(default_factory=GateRules)
    floor: float = 0.9
    """The identity a release needs to be taken without a person."""
    margin: float = 0.1
    """How far a doubtful release must lie behind."""
    packs: str = "review"
    """What becomes of a release that holds the book among others: `never`, `review` or `grab`."""
    preference: Preference = field(default_factory=Preference)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A release with everything that was thought about it."""

    release: Release
    score: float
    verdicts: tuple[Verdict, ...]

    @property
    def vetoed(self) -> bool:
        """Whether anything forbids it."""
        return any(verdict.stance is Stance.VETO for verdict in self.verdicts)


@dataclass(frozen=True, slots=True)
class Choice:
    """The result: a chosen release, or an abstention with its code, and all candidates, the best first."""

    code: str
    """chosen, ambiguous, doubtful or no_release."""
    reason: str
    chosen: Candidate | None
    candidates: tuple[Candidate, ...]


def choose(
    wish: Wish,
    releases: Sequence[Release],
    rules: Rules,
    *,
    blocked: Collection[tuple[str, str]] = (),
    judged: Collection[tuple[tuple[str, str], Verdict]] = (),
) -> Choice:
    """Choose a release for a wish, or abstain.

    `blocked` are (source, key) of releases that failed before; `judged` are the verdicts of policies by the same name.
    """
    candidates = sorted(
        (_consider(wish, release, rules, blocked, judged) for release in _once(releases)),
        key=lambda candidate: (candidate.vetoed, -candidate.score, sort_key(wish, candidate.release, rules.preference)),
    )
    open_ones = [candidate for candidate in candidates if not candidate.vetoed]
    sure = [candidate for candidate in open_ones if candidate.score >= rules.floor]
    ranked = tuple(candidates)
    if not open_ones:
        return Choice("no_release", _nothing(candidates), None, ranked)
    if not sure:
        best = open_ones[0]
        return Choice("doubtful", f"{_name(best)}: {_doubts(best)}", None, ranked)
    best = min(sure, key=lambda candidate: sort_key(wish, candidate.release, rules.preference))
    near = [item for item in open_ones if item.score < rules.floor and best.score - item.score < rules.margin]
    if near:
        return Choice("ambiguous", f"{_name(best)} and {_name(near[0])} are too close to tell.", None, ranked)
    if different := _other_volume(best, [item for item in candidates if item.score >= rules.floor]):
        reason = f"{_name(best)} and {_name(different)} are different volumes of one name."
        return Choice("ambiguous", reason, None, ranked)
    return Choice("chosen", f"{_name(best)}: {_supports(best)}.", best, ranked)


def _consider(
    wish: Wish,
    release: Release,
    rules: Rules,
    blocked: Collection[tuple[str, str]],
    judged: Collection[tuple[tuple[str, str], Verdict]],
) -> Candidate:
    identity = identify(wish, release)
    verdicts = [*identity.verdicts, *gates(wish, release, rules.gates)]
    name = (release.source, release.key)
    if name in blocked:
        verdicts.append(Verdict("blocked", Stance.VETO, "it was tried before and failed"))
    verdicts += [verdict for judged_name, verdict in judged if judged_name == name]
    return Candidate(release, identity.score, tuple(verdicts))


def _once(releases: Sequence[Release]) -> list[Release]:
    return list({(release.source, release.key): release for release in releases}.values())


def _other_volume(best: Candidate, sure: Sequence[Candidate]) -> Candidate | None:
    """A sure candidate that sits at another place of the same series: one title, two books."""
    mine = {place.name: place.position for place in best.release.series if place.position}
    for candidate in sure:
        for place in candidate.release.series:
            if place.position and mine.get(place.name, place.position) != place.position:
                return candidate
    return None


def _nothing(candidates: Sequence[Candidate]) -> str:
    if not candidates:
        return "Nobody offers it."
    near = [candidate for candidate in candidates if candidate.score > 0]
    if not near:
        return f"None of {len(candidates)} releases is this book."
    vetoes = [verdict for verdict in near[0].verdicts if verdict.stance is Stance.VETO]
    return f"{_name(near[0])} cannot be taken: {', '.join(verdict.reason for verdict in vetoes)}."


def _name(candidate: Candidate) -> str:
    return f"{candidate.release.title!r} ({candidate.release.source} {candidate.release.key})"


def _doubts(candidate: Candidate) -> str:
    return ", ".join(verdict.reason for verdict in candidate.verdicts if verdict.stance is Stance.DOUBT) or "unsure"


def _supports(candidate: Candidate) -> str:
    return ", ".join(verdict.reason for verdict in candidate.verdicts if verdict.stance is Stance.SUPPORT)
