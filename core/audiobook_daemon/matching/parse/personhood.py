"""How likely a segment of a release names people, and is no title or series."""

from __future__ import annotations

import math
import re

from audiobook_daemon.matching.people import person_likelihood
from audiobook_daemon.matching.text import words

CERTAIN = 0.9
LIKELY = 0.5
UNLIKELY = 0.1
"""Steps of the likelihood: surely people, rather people than not, surely a title or series."""
_WORKS = re.compile(
    r"[\s,:]{1,5}(?:(?:complete|collected|audio|audiobook|full|entire)\s){0,3}"
    r"(?:collection|audiobooks?|works|books|bibliography|library|discography|"
    r"discografia(?: completa)?|obras completas)$",
    re.IGNORECASE,
)
_SERIES_WORDS = frozenset(
    words("""
        series saga chronicles chronicle trilogy cycle archive archives universe quartet duology quintet tales
        adventures mysteries mystery files legacy novels reihe serie zyklus trilogie chroniken
    """)
)
_AUTHOR = frozenset({"author", "autor", "auteur", "autore"})


def likelihood(text: str) -> float:
    """How likely a segment's text names people and is no title or series."""
    found = words(text)
    if found and len(found) < 4 and (found[0] in _AUTHOR or found[-1] in _AUTHOR):
        return CERTAIN
    return UNLIKELY if found and found[-1] in _SERIES_WORDS else person_likelihood(text)


def odds(text: str) -> float:
    """The same as log odds, which can be weighed against other evidence."""
    chance = min(max(likelihood(text), 0.001), 0.999)
    return math.log(chance / (1 - chance))


def without_works(text: str) -> str:
    """A name without the words by which packs of one author are called (`Complete Collection`)."""
    return _WORKS.sub("", text)
