"""Completion in its steps: who is meant, what the sources say, how it stands, what is wanted.

`subjects` and `evaluating` think, `sources` and `wanting` ask and act, `rounds` is the order in which all of it happens.
"""

from audiobook_daemon.upkeep.completion.closing import close_gaps_of
from audiobook_daemon.upkeep.completion.kinds import AuthorKind, Kind, SeriesKind
from audiobook_daemon.upkeep.completion.rounds import Round, UnknownName
from audiobook_daemon.upkeep.completion.rules import FOLLOW, FOLLOW_AUTO, rule_of

__all__ = [
    "FOLLOW",
    "FOLLOW_AUTO",
    "AuthorKind",
    "Kind",
    "Round",
    "SeriesKind",
    "UnknownName",
    "close_gaps_of",
    "rule_of",
]
