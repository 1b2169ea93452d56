"""Chooses a release for a wish, and can say why this one and not the others."""

from audiobook_daemon.matching.choice.choosing import choose
from audiobook_daemon.matching.choice.rules import Candidate, Choice, Rules

__all__ = ["Candidate", "Choice", "Rules", "choose"]
