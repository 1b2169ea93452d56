"""How likely a text is a person's name, or a list of names, rather than a title."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from audiobook_daemon.matching.lexicon.english import COMMON_WORDS
from audiobook_daemon.matching.lexicon.given_names import GIVEN_NAMES
from audiobook_daemon.matching.lexicon.mononyms import MONONYMS
from audiobook_daemon.matching.lexicon.surnames import is_surname_like
from audiobook_daemon.matching.people.names import folded, is_initials, is_suffix
from audiobook_daemon.matching.people.oeuvre import without_works
from audiobook_daemon.matching.people.placeholders import is_placeholder
from audiobook_daemon.matching.people.splitting import split_people
from audiobook_daemon.matching.people.vocabulary import AUTHOR_ROLES, COURTESY, ORGANISATION, PARTICLES
from audiobook_daemon.matching.text import words

_FUNCTION_WORDS = frozenset(
    words("""
        the a an of to in on at for from by with without into is are was were be been being has have had how why what
        when where who my your his her our its their this that these those no not or if but all every i you we they
        der die das dem ein eine einer und im vom zum zur un une dans sur il gli una lo los las el sein ihr et e y
    """)
)
_ARTICLES = frozenset(words("der die das dem den des la le les los las lo el il do dos"))
_ABSTRACT = re.compile(
    r"\w{3,}(?:ness|tion|sion|ity|ful|less|ous|ical|ally|ment|ised|ized|ism|able|ible|ship|hood|ward)s?"
)
_NUMBERED = re.compile(r"\d")
_STRANGE = re.compile(r"[!?:#@*=<>\[\]{}…]|\.\.\.|['’]s\b")
_LONGEST = 200
_HOLDS_WORKS = 0.45
"""At most, when a text names somebody's works (`Sherlock Holmes Collection`)."""
_PRIOR = 0.3
"""Log odds of two capitalised words of which nothing is known."""


@lru_cache(maxsize=100_000)
def person_likelihood(text: str) -> float:
    """How likely a text names one or several people, from 0 to 1; near 0.5 its shape decides nothing."""
    if len(text) > _LONGEST or _NUMBERED.search(text) or _STRANGE.search(text) or is_placeholder(text):
        return 0.0
    names = split_people(text, keep_roles=True)
    if not names:
        return 0.0
    least = min(_one(name) for name in names)
    return least if without_works(text) == text else min(least, _HOLDS_WORKS)


def looks_like_person(text: str) -> bool:
    """Whether a text is more likely a person's name, or a list of names, than anything else."""
    return person_likelihood(text) > 0.5


def _one(name: str) -> float:
    pieces = [piece for piece in name.split() if not is_suffix(piece)]
    plain = [folded(piece) for piece in pieces]
    odds = _PRIOR
    if len(pieces) > 2 and plain[0] in COURTESY:
        pieces, plain = pieces[1:], plain[1:]
        odds += 1.5
    if not pieces:
        return 0.0
    if len(pieces) <= 3 and not AUTHOR_ROLES.isdisjoint(plain):
        return 0.6
    odds += _words_against(pieces, plain)
    if len(pieces) == 1:
        if plain[0] in MONONYMS:
            return 0.6
        return min(0.5, _chance(odds + 0.5 * (plain[0] in GIVEN_NAMES) - 1))
    return _chance(odds + _words_for(pieces, plain))


def _words_for(pieces: list[str], plain: list[str]) -> float:
    odds = 0.0
    if (
        _is_dotted(pieces[0])
        or (len(pieces[0]) == 2 and is_initials(pieces[0]))
        or len(plain[0]) == 1 < len(pieces) - 1
    ):
        odds += 3.0
    elif plain[0] in GIVEN_NAMES:
        odds += 2.0
    elif plain[-1] in GIVEN_NAMES:
        odds += 0.5
    if any(map(_is_initial, pieces[1:-1])):
        odds += 2.0
    if is_surname_like(plain[-1]):
        odds += 1.0
    if len(pieces) > 2 and plain[-2] in PARTICLES:
        odds += 1.0
    return odds


def _words_against(pieces: list[str], plain: list[str]) -> float:
    odds = -2.0 if plain[0] in _ARTICLES and len(pieces) > 1 else 0.0
    letters = "".join(pieces)
    all_small = letters == letters.lower() != letters.upper()
    for place, (piece, word) in enumerate(zip(pieces, plain, strict=True)):
        if _is_initial(piece):
            continue
        if word in PARTICLES:
            odds -= 2.0 if word in _ARTICLES and place and not _opens_family(plain[place - 1], pieces[place - 1]) else 0
        elif word in _FUNCTION_WORDS:
            odds -= 4.0
        elif set(word.split()) <= COMMON_WORDS or _ABSTRACT.fullmatch(word):
            odds -= 2.0
        if piece[0].islower() and word not in PARTICLES and not all_small and not re.search("['’]", piece):
            odds -= 2.0
    if plain[-1] in ORGANISATION:
        odds -= 3.0
    return odds - all_small - 0.8 * max(0, len(pieces) - 3)


def _opens_family(word: str, piece: str) -> bool:
    """Whether a particle that is an article too may follow: `Ursula K. Le Guin`, `van der Berg`."""
    return word in PARTICLES or word in GIVEN_NAMES or _is_initial(piece)


def _is_initial(piece: str) -> bool:
    return len(piece) <= 2 and is_initials(piece) and piece not in {"I", "A"}


def _is_dotted(piece: str) -> bool:
    return "." in piece and is_initials(piece)


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))
