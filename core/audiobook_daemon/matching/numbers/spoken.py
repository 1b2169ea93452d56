"""Numbers inside headings: digits, words and Roman numerals."""

from __future__ import annotations

import re

from audiobook_daemon.matching.numbers.positions import canonical_number
from audiobook_daemon.matching.numbers.roman import roman
from audiobook_daemon.matching.numbers.worded import leading_number
from audiobook_daemon.matching.text import words

_TOKEN = re.compile(r"\d+(?:\.\d+)?[^\W_]*|[^\W\d_]+(?:['’][^\W\d_]+)*\d*")
_PLAIN_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,9})?")
_MARKERS = frozenset(
    words("""
        chapter chapters ch chap book bk part pt volume vol track disc disk cd section episode ep act number no letter
        kapitel teil buch band chapitre partie livre tome capitulo parte libro capitolo hoofdstuk deel boek
    """)
)
_ENDS = re.compile(r"\s*(?:$|[.:;)\]–—-](?:\s|$)|[–—])")
_OF = frozenset({"of", "von", "de", "sur", "van"})


def spoken_numbers(text: str, *, only_marked: bool = False) -> tuple[str, ...]:
    """The cardinal numbers of a heading in their order, as plain digits.

    With `only_marked` only those which mark a chapter or volume: after a marker word (`Chapter Twelve`), at the start
    and cut off (`1. The Letter`, `Two: What`), or the whole text.
    """
    tokens = [(found.group(), found.start(), found.end()) for found in _TOKEN.finditer(text[:2000])]
    found_numbers: list[str] = []
    index = 0
    after_number = False
    while index < len(tokens):
        value, taken = _number_at(tokens, index)
        if not taken:
            after_number = after_number and tokens[index][0].casefold() in _OF
            index += 1
            continue
        end = tokens[index + taken - 1][2]
        marked = index > 0 and tokens[index - 1][0].casefold() in _MARKERS
        begins = index == 0 and bool(_ENDS.match(text, end))
        is_total = after_number and index > 0 and tokens[index - 1][0].casefold() in _OF
        counts = marked or begins if only_marked or _is_roman(tokens[index][0]) else True
        if counts and not is_total:
            found_numbers.append(value)
        after_number = counts
        index += taken
    return tuple(found_numbers)


def _number_at(tokens: list[tuple[str, int, int]], index: int) -> tuple[str, int]:
    token = tokens[index][0]
    if _PLAIN_NUMBER.fullmatch(token):
        return canonical_number(token), 1
    spelled: list[str] = []
    for word, _, _ in tokens[index : index + 12]:
        folded = words(word)
        if len(folded) != 1:
            break
        spelled.append(folded[0])
    begun = leading_number(spelled)
    if begun:
        return str(begun[0]), begun[1]
    if _is_roman(token):
        return str(roman(token)), 1
    return "", 0


def _is_roman(token: str) -> bool:
    return token.isupper() and roman(token) is not None
