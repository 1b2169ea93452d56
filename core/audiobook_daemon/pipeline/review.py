"""What a person is told who has to decide: the best candidates, each with its reason and its number; pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from audiobook_daemon.models import Proposal, Stance, Verdict
from audiobook_daemon.store import Candidate

MOST = 3
"""So many candidates are put before a person; `explain` shows them all."""
_FORBIDDEN = frozenset({"blocked", "not_audio"})
"""What even a person may not take."""
_LIKELY = 0.5
"""What is forbidden is still shown if it is as likely as not to be the book: a person may want it all the same."""
_LONGEST = 160
_WORTH = ((2.0, "very strong"), (1.0, "strong"), (0.3, "some weight"), (0.0, "little"))


def proposals(candidates: Sequence[Candidate]) -> tuple[Proposal, ...]:
    """The first candidates that may be the book and may be taken, by the numbers that `explain` gives them."""
    numbered = enumerate(candidates, start=1)
    fit = (pair for pair in numbered if _may_be_it(pair[1]) and may_not_be_taken(pair[1]) is None)
    return tuple(proposal(number, candidate) for number, candidate in islice(fit, MOST))


def proposal(number: int, candidate: Candidate) -> Proposal:
    """One candidate in a few words."""
    release = candidate.release
    return Proposal(
        number,
        release.title,
        release.source,
        release.key,
        release.narrators[0] if release.narrators else None,
        release.formats[0] if release.formats else None,
        release.size,
        why(candidate),
    )


def why(candidate: Candidate) -> str:
    """Why it lost; of the chosen one, and in older decisions, what stands against it, is in doubt, or speaks for it."""
    if candidate.lost:
        return shortened(candidate.lost)
    for stance in (Stance.VETO, Stance.DOUBT, Stance.SUPPORT):
        if said := [verdict.reason for verdict in candidate.verdicts if verdict.stance is stance]:
            return shortened(", ".join(said))
    return "nothing is known of it"


def worth(verdict: Verdict) -> str:
    """What a piece of evidence is worth, in words; nothing for a plain rule."""
    weight = verdict.weight
    if not weight:
        return ""
    word = next(word for least, word in _WORTH if abs(weight) >= least)
    return f"{word} against it" if weight < 0 else word


def may_not_be_taken(candidate: Candidate) -> str | None:
    """Why not even a person may take a candidate; None if one may."""
    vetoes = (verdict for verdict in candidate.verdicts if verdict.stance is Stance.VETO)
    return next((verdict.reason for verdict in vetoes if verdict.code in _FORBIDDEN), None)


def told(reason: str, shown: Sequence[Proposal]) -> str:
    """The reason of a review, with the candidates by their numbers if there are several."""
    if len(shown) < 2:
        return reason
    lines = (f"{one.number}. {one.title!r}{_reader(one)} ({one.source} {one.key}): {one.why}" for one in shown)
    return f"{reason.rstrip('.')}. Candidates: {'; '.join(lines)}."


def shortened(text: str) -> str:
    """Cut what is too long for a line, visibly."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _may_be_it(candidate: Candidate) -> bool:
    vetoed = any(verdict.stance is Stance.VETO for verdict in candidate.verdicts)
    return not vetoed or (candidate.score or 0.0) >= _LIKELY


def _reader(shown: Proposal) -> str:
    return f", read by {shown.narrator}" if shown.narrator else ""
