"""How likely a text is a person's name, or a list of names, rather than a title."""

from __future__ import annotations

import re
from functools import lru_cache

from audiobook_daemon.matching.people.given_names import GIVEN_NAMES
from audiobook_daemon.matching.people.names import folded, is_initials, is_suffix
from audiobook_daemon.matching.people.placeholders import is_placeholder
from audiobook_daemon.matching.people.splitting import split_people
from audiobook_daemon.matching.people.vocabulary import COURTESY, ORGANISATION, PARTICLES
from audiobook_daemon.matching.text import words

_TITLE_WORDS = frozenset(
    words("""
        the a an of to in on at for from by with without into is are was were be been being has have had how why what
        when where who my your his her our their its this that these those no not or if but all every last first next
        new book volume vol part chapter series novel story stories tale tales chronicles chronicle saga trilogy edition
        collection complete unabridged abridged audiobook guide history war world night day death life love house girl
        boy man woman king's queen kingdom city dragon dragons blood fire shadow shadows dark light magic time game
        games der die das ein eine und im vom zum geschichte buch band les un une dans sur histoire livre il gli una
        libro los las historia sein ihr
    """)
)
_DIGIT = re.compile(r"\d")
_STRANGE = re.compile(r"[!?:#@*=<>\[\]{}\"]|\.\.\.|…")


@lru_cache(maxsize=100_000)
def person_likelihood(text: str) -> float:
    """How likely a text names one or several people, from 0 to 1; 0.5 says that its shape decides nothing."""
    if is_placeholder(text) or _DIGIT.search(text) or _STRANGE.search(text) or len(text) > 200:
        return 0.0
    names = split_people(text, keep_roles=True)
    if not names:
        return 0.0
    return min(_one(name) for name in names)


def looks_like_person(text: str) -> bool:
    """Whether a text could well be a person's name or a list of names."""
    return person_likelihood(text) > 0.5


def _one(name: str) -> float:
    pieces = [piece for piece in name.split() if not is_suffix(piece)]
    plain = [folded(piece) for piece in pieces]
    if any(word in _TITLE_WORDS for word in plain) or (plain and plain[-1] in ORGANISATION):
        return 0.1
    if plain and plain[0].rstrip(".") in COURTESY and len(plain) > 1:
        pieces, plain = pieces[1:], plain[1:]
    if not pieces or len(pieces) > 5:
        return 0.1
    if len(pieces) == 1:
        return 0.5 if plain[0] in GIVEN_NAMES else 0.4
    if not _capitalised(pieces, plain):
        return 0.2
    if is_initials(pieces[0]) and len(plain[-1]) > 1:
        return 0.95
    if plain[0] in GIVEN_NAMES:
        return 0.9
    if any(is_initials(piece) and "." in piece for piece in pieces[1:-1]):
        return 0.9
    if any(word in GIVEN_NAMES for word in plain):
        return 0.7
    return 0.6 if len(pieces) <= 3 else 0.4


def _capitalised(pieces: list[str], plain: list[str]) -> bool:
    return all(
        not piece[0].islower() or word in PARTICLES or "'" in piece
        for piece, word in zip(pieces, plain, strict=True)
        if piece
    )
