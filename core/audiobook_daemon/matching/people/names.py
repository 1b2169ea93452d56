"""One person's name: its words, its order, its form for sorting."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from audiobook_daemon.matching.people.given_names import GIVEN_NAMES
from audiobook_daemon.matching.people.vocabulary import DEGREES, GENERATIONS, ORGANISATION, PARTICLES
from audiobook_daemon.matching.text import words

_BLANKS = re.compile(r"[\s_\u200b-\u200f\u2060\ufeff]+")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[ -]?){1,5}\.?")
_TIGHT_INITIALS = re.compile(r"[A-ZÀ-ÞĀ-ŽА-Я]{2,4}|(?:[^\W\d_]\.-?){1,5}[^\W\d_]?\.?|[^\W\d_]")
_SUFFIX_SPLIT = re.compile(r"\s*,\s*")


@lru_cache(maxsize=50_000)
def tidy(text: str) -> str:
    """A text with single plain blanks, composed letters and no dirt at its ends."""
    return _BLANKS.sub(" ", unicodedata.normalize("NFC", text)).strip(' ,;:/|&+-–—"“”')


def folded(text: str) -> str:
    """A text as its folded words, one blank between them."""
    return " ".join(words(text))


def is_suffix(text: str) -> bool:
    """Whether a text is nothing but suffixes of a name (`Jr.`, `III`, `Ph.D.`)."""
    found = [folded(word.replace(".", "")) for word in text.split()]
    return bool(found) and all(word in GENERATIONS or word in DEGREES for word in found)


def is_initials(text: str) -> bool:
    """Whether a text is nothing but initials (`J.R.R.`, `J R`, `JK`)."""
    return bool(text) and all(_TIGHT_INITIALS.fullmatch(word) for word in text.split())


def is_given(text: str) -> bool:
    """Whether a text is made of known given names and initials alone."""
    pieces = text.replace("-", " ").split()
    return bool(pieces) and all(folded(piece) in GIVEN_NAMES or is_initials(piece) for piece in pieces)


@lru_cache(maxsize=50_000)
def natural_name(name: str) -> str:
    """One name with the given name first: `Tolkien, J.R.R.` is `J.R.R. Tolkien`; suffixes stay last."""
    parts = [part for part in _SUFFIX_SPLIT.split(tidy(name)) if part]
    if len(parts) < 2:
        return _trailing_initials_first(parts[0]) if parts else ""
    suffixes = [part for part in parts[1:] if is_suffix(part)]
    rest = [parts[0], *(part for part in parts[1:] if not is_suffix(part))]
    family, own_suffix = _without_suffix(rest[0])
    if len(rest) == 1:
        return " ".join([*rest, *suffixes])
    return " ".join([*rest[1:], family, *own_suffix, *suffixes])


@lru_cache(maxsize=20_000)
def sort_name(name: str) -> str:
    """A name as catalogues sort it: `Van Dyck, Jennifer`; organisations and single names stay as they are."""
    text = tidy(name)
    if "," in text and not is_suffix(text.rsplit(",", 1)[1]):
        text = natural_name(text)
    text = text.replace(",", " ")
    pieces = text.split()
    if len(pieces) < 2 or folded(pieces[-1]) in ORGANISATION or folded(pieces[0]) == "the" or any(map(_is_cjk, pieces)):
        return " ".join(pieces)
    bare, suffixes = _without_suffix(" ".join(pieces))
    pieces = bare.split()
    cut = _family_start(pieces)
    if cut == 0:
        return " ".join([*pieces, *suffixes])
    return ", ".join([" ".join(pieces[cut:]), " ".join(pieces[:cut]), *suffixes])


def _family_start(pieces: list[str]) -> int:
    cut = len(pieces) - 1
    while cut > 1 and folded(pieces[cut - 1]) in PARTICLES and not pieces[cut - 1].endswith("."):
        cut -= 1
    return cut


def _without_suffix(text: str) -> tuple[str, list[str]]:
    pieces = text.split()
    suffixes: list[str] = []
    while len(pieces) > 2 and is_suffix(pieces[-1]):
        suffixes.insert(0, pieces.pop())
    if len(pieces) == 2 and is_suffix(pieces[-1]) and folded(pieces[-1].replace(".", "")) in GENERATIONS:
        suffixes.insert(0, pieces.pop())
    return " ".join(pieces), suffixes


def _trailing_initials_first(name: str) -> str:
    """`Tolkien J.R.R.` is a surname before its initials; a letter without a dot is a name (`Malcolm X`)."""
    first, _, rest = name.partition(" ")
    if rest and "." in rest and len(first) > 2 and "." not in first and not is_given(first) and is_initials(rest):
        return name if is_suffix(rest) else f"{rest} {first}"
    return name


def _is_cjk(text: str) -> bool:
    return any("\u3040" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7af" for char in text)
