"""Weighs one release against a wish: identity, gates, what it holds, siblings, and the verdicts of others."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from audiobook_daemon.matching.choice.rules import Rules
from audiobook_daemon.matching.gates import accepted_languages, gates
from audiobook_daemon.matching.identity import (
    Holding,
    Identity,
    Siblings,
    holding,
    identify,
    nearest_sibling,
    profile_of,
)
from audiobook_daemon.models import Release, Stance, Verdict, Wish

_LIKELY = 0.5
Name = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A release with all verdicts."""

    release: Release
    filled: Release
    """With what its title says in the gaps."""
    identity: Identity
    verdicts: tuple[Verdict, ...]
    holds: Holding

    @property
    def vetoed(self) -> bool:
        """Whether anything forbids it."""
        return any(verdict.stance is Stance.VETO for verdict in self.verdicts)

    def is_book(self, rules: Rules) -> bool:
        """Whether it is surely the book, whatever else forbids it."""
        sure = self.identity.score >= rules.floor and self.identity.families > 1
        return sure and self.holds is Holding.BOOK

    def is_pack(self, rules: Rules) -> bool:
        """Whether it surely holds the book among others."""
        return self.holds is Holding.PACK and self.identity.score >= rules.floor and self.identity.families > 1


def weigh(
    wish: Wish,
    release: Release,
    rules: Rules,
    blocked: Collection[Name],
    judged: Collection[tuple[Name, Verdict]],
    today: date | None,
) -> Weighed:
    """Weigh one release."""
    identity = identify(wish, release, accepted_languages(wish, rules.gates))
    verdicts = [*identity.verdicts]
    holds, filled = Holding.BOOK, release
    if identity.reading and identity.labels:
        filled = identity.reading.filled
        holds, reason = holding(profile_of(wish.book), identity.reading, identity.labels)
        verdicts += [*_unlikely(identity, holds), *_packed(holds, reason, rules)]
        verdicts += gates(wish, identity.reading, rules.gates, today)
    names = {(release.source, release.key), *((offer.source, offer.key) for offer in release.also)}
    if not names.isdisjoint(blocked):
        verdicts.append(Verdict("blocked", Stance.VETO, "it was tried before and failed"))
    verdicts += [verdict for name, verdict in judged if name in names]
    return Weighed(release, filled, identity, tuple(verdicts), holds)


def against_siblings(wish: Wish, weighed: Weighed, siblings: Siblings, rules: Rules) -> Weighed:
    """The release with a verdict more if it may as well be a sibling of the wished book."""
    found = nearest_sibling(wish, weighed.identity, siblings)
    if found is None or found[1] >= math.log10(max(rules.margin, 1.0)):
        return weighed
    book, lead = found
    if lead < 0:
        verdict = Verdict("other_book", Stance.VETO, f"it is rather {book.title!r}", family="sibling", weight=lead)
    else:
        verdict = Verdict("sibling", Stance.DOUBT, f"it may be {book.title!r}", family="sibling", weight=-lead)
    return replace(weighed, verdicts=(*weighed.verdicts, verdict))


def _unlikely(identity: Identity, holds: Holding) -> Iterator[Verdict]:
    """What makes it another book, or leaves it to one kind of evidence alone."""
    if any(verdict.stance is Stance.VETO for verdict in identity.verdicts) or holds is not Holding.BOOK:
        return
    if identity.score < _LIKELY:
        worst = min(identity.verdicts, key=lambda verdict: verdict.weight)
        yield Verdict("other_title", Stance.VETO, worst.reason, family=worst.family)
    elif identity.families < 2:
        yield Verdict("one_family", Stance.DOUBT, "only one kind of evidence speaks for it")


def _packed(holds: Holding, reason: str, rules: Rules) -> Iterator[Verdict]:
    if holds is Holding.OTHER or (holds is Holding.PACK and rules.packs == "never"):
        yield Verdict("pack", Stance.VETO, reason)
    elif holds is Holding.PACK:
        yield Verdict("pack", Stance.DOUBT, reason)
