"""A release, what speaks for and against it, and what was decided."""

from __future__ import annotations

from datetime import datetime

from audiobook_daemon.models import Price, Release, Stance, Verdict
from audiobook_daemon.pipeline import may_not_be_taken, why, worth
from audiobook_daemon.store import Candidate, Decision
from audiobook_daemon.web.answers import Answered
from audiobook_daemon.web.told.books import SeriesPlaceTold


class ReleaseTold(Answered):
    """A torrent that claims to hold a recording."""

    source: str
    """The instance that offers it; `manual` for what a person brought."""
    key: str
    """Its id there."""
    title: str
    authors: tuple[str, ...] = ()
    narrators: tuple[str, ...] = ()
    series: tuple[SeriesPlaceTold, ...] = ()
    language: str | None = None
    formats: tuple[str, ...] = ()
    size: int | None = None
    """Bytes."""
    files: int | None = None
    bitrate: int | None = None
    """Kilobits per second."""
    runtime: float | None = None
    """Seconds."""
    abridged: bool | None = None
    dramatised: bool | None = None
    seeders: int | None = None
    leechers: int | None = None
    snatches: int | None = None
    price: Price = Price.UNKNOWN
    """What it costs on its tracker."""
    vip_only: bool = False
    published: datetime | None = None
    page: str | None = None
    """A page about it, for people."""
    info_hash: str | None = None
    also_from: tuple[str, ...] = ()
    """The other instances that offer the same torrent."""


class VerdictTold(Answered):
    """One judgement of a release."""

    code: str
    """A stable word."""
    stance: Stance
    """Whether it supports the release, makes it doubtful or keeps it from being taken."""
    reason: str
    source: str
    """Who says so: `daemon`, or an instance."""
    family: str | None = None
    """The kind of evidence (`title`, `author`, `narrator`, `id`); null for a plain rule."""
    weight: float = 0.0
    """How it changes the odds that this is the book, as a decimal logarithm."""
    worth: str | None = None
    """The same in words; null for a plain rule."""


class CandidateTold(Answered):
    """A release that was looked at."""

    number: int
    """What it is accepted or rejected by."""
    release: ReleaseTold
    score: float | None = None
    """How sure it is that this is the book, 0 to 1; null when a gate closed before that was asked."""
    why: str
    """Why it lost, or what speaks for it, in a line."""
    forbidden: str | None = None
    """Why not even a person may take it; null if one may."""
    verdicts: tuple[VerdictTold, ...] = ()


class DecisionTold(Answered):
    """One look at the market."""

    id: int
    want_id: int
    at: datetime
    outcome: str
    """A stable word (`chosen`, `ambiguous`, `no_release`)."""
    reason: str
    queries: tuple[str, ...] = ()
    """What was asked, and how much was found."""
    silent: tuple[str, ...] = ()
    """The instances that could not answer."""
    told_from: tuple[str, ...] = ()
    """The other books it could have been taken for."""
    candidates: tuple[CandidateTold, ...] = ()
    """The chosen one, else the best first."""


def release_told(release: Release) -> ReleaseTold:
    """Tell of a release, without what an instance needs to fetch it."""
    told = ReleaseTold.model_validate(release)
    page = release.page if (release.page or "").startswith(("https://", "http://")) else None
    return told.model_copy(update={"page": page, "also_from": tuple(offer.source for offer in release.also)})


def candidate_told(number: int, candidate: Candidate) -> CandidateTold:
    """Tell of a candidate by its number."""
    return CandidateTold(
        number=number,
        release=release_told(candidate.release),
        score=candidate.score,
        why=why(candidate),
        forbidden=may_not_be_taken(candidate),
        verdicts=tuple(_verdict(one) for one in candidate.verdicts),
    )


def decision_told(decision: Decision) -> DecisionTold:
    """Tell of a decision with all its candidates."""
    assert decision.id is not None
    assert decision.want_id is not None
    assert decision.at is not None
    return DecisionTold(
        id=decision.id,
        want_id=decision.want_id,
        at=decision.at,
        outcome=decision.outcome,
        reason=decision.reason,
        queries=decision.queries,
        silent=decision.silent,
        told_from=tuple(book.title for book in decision.siblings),
        candidates=tuple(candidate_told(number, one) for number, one in enumerate(decision.candidates, start=1)),
    )


def _verdict(verdict: Verdict) -> VerdictTold:
    return VerdictTold(
        code=verdict.code,
        stance=verdict.stance,
        reason=verdict.reason,
        source=verdict.source,
        family=verdict.family or None,
        weight=verdict.weight,
        worth=worth(verdict) or None,
    )
