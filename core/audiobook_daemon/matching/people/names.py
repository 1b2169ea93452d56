"""One person's name: its words, its order, its form for sorting."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from audiobook_daemon.matching.lexicon.given_names import GIVEN_NAMES
from audiobook_daemon.matching.people.vocabulary import (
    DEGREES,
    GENERATIONS,
    ORGANISATION,
    PARTICLES,
    SHORT_DEGREES,
)
from audiobook_daemon.matching.text import words

LONGEST = 300
"""Characters of a name that are looked at; what is longer is no name."""
_BLANKS = re.compile(r"[\s_\u200b-\u200f\u2060\ufeff]+")
_INITIALS = re.compile(r"[A-ZÀ-ÞА-Я]{2,4}|(?:[^\W\d_]\.-?){1,5}[^\W\d_]?\.?|[^\W\d_]")
_IDEOGRAPHIC = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]")
_REMARK = re.compile(r"[\[(<{][^\[\]()<>{}]*[\])>}]")
_BRACKETS = re.compile(r"[\[\](){}<>]")
_QUOTED = re.compile(r"[\"“](.*)[\"”]")


@lru_cache(maxsize=50_000)
def tidy(text: str) -> str:
    """A text with single plain blanks, composed letters and no dirt at its ends."""
    plain = _BLANKS.sub(" ", unicodedata.normalize("NFC", text)).strip(" ,;:/|&+-–—*•·=")
    whole = _QUOTED.fullmatch(plain)
    return tidy(whole[1]) if whole and not re.search('["“”]', whole[1]) else plain


@lru_cache(maxsize=50_000)
def folded(text: str) -> str:
    """A text as its folded words, one blank between them."""
    return " ".join(words(text))


def is_suffix(text: str) -> bool:
    """Whether a text is nothing but suffixes of a name (`Jr.`, `III`, `Ph.D.`, `M.A.`)."""
    pieces = text.replace("Ph. D", "PhD").replace("M. D", "MD").split()
    return bool(pieces) and all(map(_is_suffix_word, pieces))


def is_initials(text: str) -> bool:
    """Whether a text is nothing but initials (`J.R.R.`, `J R`, `JK`)."""
    pieces = text.split()
    return bool(pieces) and all(_INITIALS.fullmatch(piece) for piece in pieces)


def is_given(text: str) -> bool:
    """Whether a text is made of known given names and initials alone."""
    pieces = text.replace("-", " ").split()
    return bool(pieces) and all(folded(piece) in GIVEN_NAMES or is_initials(piece) for piece in pieces)


def is_ideographic(text: str) -> bool:
    """Whether a text has Chinese, Japanese or Korean letters, whose names are written family first and in one piece."""
    return _IDEOGRAPHIC.search(text) is not None


def without_suffix(text: str) -> tuple[str, tuple[str, ...]]:
    """A name without the suffixes at its end, and these."""
    pieces = text.split()
    suffixes: list[str] = []
    while len(pieces) > 1 and _is_suffix_word(pieces[-1]):
        short = folded(pieces[-1].replace(".", "")) in SHORT_DEGREES
        if short and len(pieces) < 3:
            break
        suffixes.insert(0, pieces.pop())
    return " ".join(pieces), tuple(suffixes)


@lru_cache(maxsize=50_000)
def natural_name(name: str) -> str:
    """One name with the given name first: `Tolkien, J.R.R.` is `J.R.R. Tolkien`; suffixes last, remarks gone."""
    bare = _BRACKETS.sub(" ", _REMARK.sub(" ", name[:LONGEST]))
    parts = [clean for part in tidy(bare).split(",") if (clean := tidy(part))]
    if not parts:
        return ""
    suffixes = [part for part in parts[1:] if is_suffix(part)]
    parts = [parts[0], *(part for part in parts[1:] if not is_suffix(part))]
    if len(parts) == 1:
        return " ".join([_initials_first(parts[0]), *suffixes])
    family, own_suffixes = without_suffix(parts[0])
    given, given_suffixes = without_suffix(" ".join(parts[1:]))
    return " ".join([given, family, *own_suffixes, *given_suffixes, *suffixes])


@lru_cache(maxsize=20_000)
def sort_name(name: str) -> str:
    """A name as catalogues sort it: `Van Dyck, Jennifer`; organisations and single names stay as they are."""
    whole, suffixes = without_suffix(natural_name(name))
    pieces = whole.split()
    cut = family_start(pieces)
    if cut == 0 or folded(pieces[-1]) in ORGANISATION or folded(pieces[0]) == "the" or is_ideographic(whole):
        return " ".join([*pieces, *suffixes])
    return ", ".join([" ".join(pieces[cut:]), " ".join(pieces[:cut]), *suffixes])


def family_start(pieces: list[str]) -> int:
    """Where the family name begins in a name whose given name is first; 0 when it is all there is."""
    cut = max(len(pieces) - 1, 0)
    while cut > 1 and folded(pieces[cut - 1]) in PARTICLES and "." not in pieces[cut - 1]:
        cut -= 1
    return cut


def _is_suffix_word(word: str) -> bool:
    plain = folded(word.replace(".", ""))
    return plain in GENERATIONS or plain in DEGREES or (plain in SHORT_DEGREES and word.isupper())


def _initials_first(name: str) -> str:
    """`Tolkien J.R.R.` is a surname before its initials; a letter without a dot is a name (`Malcolm X`)."""
    first, _, rest = name.partition(" ")
    misplaced = "." in rest and "." not in first and len(first) > 2 and is_initials(rest) and not is_suffix(rest)
    return f"{rest} {first}" if misplaced and not is_given(first) else name
