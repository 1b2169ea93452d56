"""Knows what stands before the first chapter of a book and what after the last."""

from __future__ import annotations

from audiobook_daemon.matching.contents.tokens import Tokens
from audiobook_daemon.matching.text import words

_FRONT = (
    ("opening", "opening credits", "opening titles", "intro credits", "credits opening", "vorspann"),
    ("dedication", "widmung", "dedica", "dédicace", "epigraph", "motto"),
    ("foreword", "forward", "vorwort", "avant propos", "prefazione", "prologo del autor"),
    ("preface", "preamble", "préface", "prefacio"),
    ("intro", "introduction", "introductory", "einleitung", "einführung", "introducción", "introduzione", "inleiding"),
    ("prologue", "prolog", "prólogo", "prologo", "proloog", "prelude", "пролог", "предисловие"),
)
_BACK = (
    ("epilogue", "epilog", "epílogo", "epilogo", "épilogue", "epiloog", "coda", "эпилог", "finale", "the end"),
    ("afterword", "nachwort", "postface", "postscript", "nawoord", "author s note", "authors note", "author note"),
    ("appendix", "appendices", "anhang", "glossary", "glossar", "notes", "annexe"),
    ("acknowledgements", "acknowledgments", "acknowledgement", "acknowledgment", "danksagung", "remerciements"),
    ("about the author", "about the authors", "about the narrator", "copyright", "colophon"),
    ("outro", "end credits", "closing credits", "closing", "credits", "ending credits", "abspann", "credits end"),
    ("bonus", "interview", "preview", "excerpt", "sample"),
)
_LOOSE = frozenset({"forward", "opening", "notes", "copyright", "closing", "finale", "coda", "motto"})
"""Words that begin many a title, and say something only when they stand alone."""


def _ranks() -> dict[tuple[str, ...], int]:
    ranks = {words(phrase): place - len(_FRONT) for place, row in enumerate(_FRONT) for phrase in row}
    return ranks | {words(phrase): place for place, row in enumerate(_BACK, start=1) for phrase in row}


_RANKS = _ranks()


def matter_rank(tokens: Tokens) -> int:
    """Where an unnumbered name belongs: negative before the first chapter, positive after the last, 0 between them."""
    if any(token.value is not None for token in tokens):
        return 0
    spelled = tuple(token.text for token in tokens)
    for width in range(min(3, len(spelled)), 0, -1):
        rank = _RANKS.get(spelled[:width])
        if rank is not None and (width == len(spelled) or not set(spelled[:width]) <= _LOOSE):
            return rank
    return 0
