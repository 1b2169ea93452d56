"""Chooses among releases: gates, identity, margin, preference; abstains rather than guesses."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from audiobook_daemon.matching.choice.rules import Candidate, Choice, Rules
from audiobook_daemon.matching.choice.sentences import doubts, lost, name, nothing, reasons
from audiobook_daemon.matching.choice.weighing import Name, Weighed, against_siblings, weigh
from audiobook_daemon.matching.identity import siblings_among
from audiobook_daemon.matching.merge import merge
from audiobook_daemon.matching.prefer import sort_key
from audiobook_daemon.models import Book, Release, Stance, Verdict, Wish


def choose(
    wish: Wish,
    releases: Sequence[Release],
    rules: Rules,
    *,
    blocked: Collection[Name] = (),
    judged: Collection[tuple[Name, Verdict]] = (),
    siblings: Sequence[Book] = (),
    today: date | None = None,
) -> Choice:
    """Choose a release for a wish, or abstain.

    `blocked` are (source, key) of releases that failed before; `judged` are the verdicts of policies by the same name;
    `siblings` are other books that a release might be: further volumes, further books of the author. Without `today`
    nothing is said about books that are not out yet.
    """
    found = [weigh(wish, release, rules, blocked, judged, today) for release in merge(releases)]
    rivals = siblings_among(siblings, [item.identity for item in found])
    found = [against_siblings(wish, item, rivals, rules) if item.is_book(rules) else item for item in found]
    certain = [item for item in found if item.is_book(rules) and not _rivalled(item)]
    sure = [item for item in certain if not item.vetoed]
    ranked = sorted(found, key=lambda item: _rank(wish, item, sure, rules))
    code, reason, chosen = _decide(ranked, certain, sure, rules)
    candidates = tuple(
        Candidate(
            item.release,
            item.identity.score,
            item.verdicts,
            item.holds,
            lost(wish, item, chosen, sure, rules.preference),
        )
        for item in ranked
    )
    picked = next((one for one, item in zip(candidates, ranked, strict=True) if item is chosen), None)
    return Choice(code, reason, picked, candidates)


def _decide(
    ranked: Sequence[Weighed], certain: Sequence[Weighed], sure: Sequence[Weighed], rules: Rules
) -> tuple[str, str, Weighed | None]:
    open_ones = [item for item in ranked if not item.vetoed]
    if not open_ones:
        return "no_release", nothing(ranked), None
    if sure:
        best = ranked[0]
        if other := _other_volume(best, certain):
            return "ambiguous", f"{name(best)} and {name(other)} are different volumes of one name.", None
        return "chosen", f"{name(best)}: {reasons(best, Stance.SUPPORT)}.", best
    best = open_ones[0]
    if rivalled := next((item for item in open_ones if _rivalled(item)), None):
        return "ambiguous", f"{name(rivalled)}: {doubts(rivalled)}.", None
    pack = next((item for item in open_ones if item.is_pack(rules)), None)
    if pack and rules.packs == "grab":
        return "chosen", f"{name(pack)}: {reasons(pack, Stance.SUPPORT)}; {doubts(pack)}.", pack
    return "doubtful", f"{name(best)}: {doubts(best)}.", None


def _rank(wish: Wish, item: Weighed, sure: Sequence[Weighed], rules: Rules) -> tuple[object, ...]:
    """The sure ones by preference, then by how likely they are, what is forbidden last."""
    is_sure = any(item is one for one in sure)
    score = 0.0 if is_sure else -item.identity.score
    return (not is_sure, item.vetoed, score, *sort_key(wish, item.filled, rules.preference, item.identity.odds))


def _rivalled(item: Weighed) -> bool:
    return any(verdict.family == "sibling" for verdict in item.verdicts)


def _other_volume(best: Weighed, certain: Sequence[Weighed]) -> Weighed | None:
    """A sure release that sits at another place of the same series: one title, two books."""
    mine = {place.name: place.position for place in best.release.series if place.position}
    for item in certain:
        for place in item.release.series:
            if place.position and mine.get(place.name, place.position) != place.position:
                return item
    return None
