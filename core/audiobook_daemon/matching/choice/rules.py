"""What choosing goes by, and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from audiobook_daemon.matching.gates import GateRules
from audiobook_daemon.matching.identity import Holding
from audiobook_daemon.matching.prefer import Preference
from audiobook_daemon.models import Release, Stance, Verdict

PACK_POLICIES = ("never", "review", "grab")


@dataclass(frozen=True, slots=True)
class Rules:
    """What choosing goes by."""

    gates: GateRules = field(default_factory=GateRules)
    floor: float = 0.97
    """The probability of being the book that a release needs to be taken without a person."""
    margin: float = 10.0
    """How many times likelier it must be the wished book than any sibling; 1 and less is no margin."""
    packs: str = "review"
    """What becomes of a release that holds the book among others, if nothing holds it alone: never, review or grab."""
    preference: Preference = field(default_factory=Preference)

    def __post_init__(self) -> None:
        if self.packs not in PACK_POLICIES:
            raise ValueError(f"packs is one of {', '.join(PACK_POLICIES)}, not {self.packs!r}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A release with everything that was thought about it."""

    release: Release
    score: float
    """The probability that it is the book, 0 to 1."""
    verdicts: tuple[Verdict, ...]
    holds: Holding = Holding.BOOK
    lost: str = ""
    """Why it was not taken, as a short sentence; empty for the chosen one."""

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
