"""Brings words into the form in which spellings of one word are equal."""

from __future__ import annotations

import html
import re
from functools import lru_cache

from audiobook_daemon.matching.text import words

_HIDDEN_LETTERS = re.compile(r"(?<=[^\W\d_])[@*$!#%]{1,4}(?=[^\W\d_])")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e]")
_BROKEN = re.compile("Ã.|â€|Â[^\\w\\s]|Å[\x80-\xbf]")
_DIGRAPHS = re.compile("([aou])e+")
_RUN_TOGETHER = re.compile(r"(?<![^\W_])(?:[A-Z][a-z]{1,30}){2,8}(?![^\W_])")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LONGEST = 1_000
"""No title is longer; what is longer is a whole description."""
_AND = "and und et"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
_VARIANTS = """
    dr=doctor mr=mister st=saint mt=mount vs=versus colour=color colours=colors grey=gray honour=honor harbour=harbor
    armour=armor theatre=theater centre=center favourite=favorite neighbour=neighbor neighbours=neighbors parlour=parlor
    labour=labor rumour=rumor rumours=rumors saviour=savior odour=odor vapour=vapor travellers=travelers
    traveller=traveler jewellery=jewelry
"""
"""Abbreviations, and spellings of the two sides of the ocean."""
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_ONE_FORM = {
    **dict(pair.split("=") for pair in _VARIANTS.split()),
    **{word: f"{place}{_ENDINGS.get(place, 'th')}" for place, word in enumerate(_ORDINALS.split(), start=1)},
    **dict.fromkeys(_AND.split(), "and"),
}


def spread(text: str) -> str:
    """A text with blanks in words that were run together (`TheCorrespondent`)."""
    return _RUN_TOGETHER.sub(lambda found: _HUMP.sub(" ", found[0]), text)


def tidied(text: str) -> str:
    """A title without entities, invisible signs, broken encodings and letters that prudes replaced by signs."""
    text = text[:_LONGEST]
    if "&" in text:
        text = html.unescape(text)
    if _BROKEN.search(text):
        text = _repaired(text)
    return _HIDDEN_LETTERS.sub("", _INVISIBLE.sub("", text))


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """One word in one form: `ae` is `ä`, which is `a`; `first` is `1st`, `Dr` is `doctor`."""
    key = _DIGRAPHS.sub(r"\1", "".join(words(word)))
    return _ONE_FORM.get(key, key)


def _repaired(text: str) -> str:
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text
