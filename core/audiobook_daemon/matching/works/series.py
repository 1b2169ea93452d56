"""Whether two names are those of one series."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.text import words
from audiobook_daemon.matching.titles import Token, joined, significant, tidied, tokenise
from audiobook_daemon.matching.titles.vocabulary import ADAPTATIONS, ARTICLES_ABROAD, SERIES_WORDS
from audiobook_daemon.matching.works.authors import agreement

_SUFFIXES = SERIES_WORDS | frozenset(words("chronicle chronicles novel mystery mysteries thriller thrillers"))
_OPENINGS = frozenset(words("chronicle chronicles tales saga legend legends books adventures of"))
_HOLDERS = frozenset(
    words("books book volumes volume vol omnibus box boxed set collection bundle unabridged audiobook")
)
"""Words about the book that a series' name was copied from, none of the series."""
_USUAL_ORDER = frozenset({"publicationorder", "publishedorder", "publicationdate"})


@lru_cache(maxsize=20_000)
def series_key(name: str) -> tuple[str, str]:
    """The name without article, `series` and numbers of volumes, and what brackets add (`(Chronological Order)`)."""
    tokens = tokenise(tidied(name))
    cut = next((place for place, token in enumerate(tokens) if place and token.gap == "("), len(tokens))
    outside, inside = list(tokens[:cut]), list(tokens[cut:])
    said = all(token.number or token.key in _HOLDERS for token in inside)
    note = "" if said else joined(_bare(inside))
    return joined(_bare(outside)), "" if note in _USUAL_ORDER else note


def compare_series(
    one: str,
    other: str,
    *,
    authors: tuple[Sequence[str], Sequence[str]] = ((), ()),
    shared_universe: bool = False,
) -> Likeness:
    """Whether two names are one series: SAME, DIFFERENT, or UNSURE (`Foundation (Chronological Order)`).

    Series of one name by different authors are different unless it is a universe that many write in.
    """
    (mine, my_note), (theirs, their_note) = series_key(one), series_key(other)
    if not mine or not theirs:
        return Likeness.UNSURE
    if mine == theirs and my_note == their_note:
        people = agreement(*authors)
        if people is Likeness.DIFFERENT and not shared_universe:
            return Likeness.DIFFERENT
        return Likeness.SAME
    if mine == theirs:
        return Likeness.DIFFERENT if _retells(my_note) or _retells(their_note) else Likeness.UNSURE
    alike = any(_goes_on(*pair) or _leads_up(*pair) for pair in ((one, other), (other, one)))
    return Likeness.UNSURE if alike else Likeness.DIFFERENT


def _goes_on(one: str, other: str) -> bool:
    """Whether a name goes on where another one ends (`Percy Jackson`), and is none of another medium or branch."""
    shorter, longer = significant(tokenise(tidied(one))), significant(tokenise(tidied(other)))
    rest = longer[len(shorter) :]
    if not rest or [token.key for token in longer[: len(shorter)]] != [token.key for token in shorter]:
        return False
    between = (
        token for token in tokenise(tidied(other)) if longer[len(shorter) - 1].start < token.start <= rest[0].start
    )
    return not any(token.gap in {":", "-"} for token in between) and not any(token.key in ADAPTATIONS for token in rest)


def _leads_up(one: str, other: str) -> bool:
    """Whether a name is another one with a word for a series before it (`The Chronicles of Narnia`)."""
    shorter, longer = ([token.key for token in significant(tokenise(tidied(name)))] for name in (one, other))
    before = longer[: -len(shorter)]
    return longer[-len(shorter) :] == shorter and bool(before) and before[-1] == "of" and _OPENINGS.issuperset(before)


def _retells(note: str) -> bool:
    """Whether what a bracket adds names another medium."""
    return any(word in note for word in ADAPTATIONS)


def _bare(tokens: Sequence[Token]) -> list[Token]:
    kept = list(tokens)
    while len(kept) > 1 and (kept[-1].marked or kept[-1].key in _SUFFIXES):
        kept.pop()
    while len(kept) > 1 and kept[0].key in ARTICLES_ABROAD:
        kept.pop(0)
    return kept
