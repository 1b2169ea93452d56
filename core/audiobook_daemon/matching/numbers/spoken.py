"""Numbers inside headings: digits, words and Roman numerals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from audiobook_daemon.matching.numbers.positions import canonical_number
from audiobook_daemon.matching.numbers.roman import roman
from audiobook_daemon.matching.numbers.worded import leading_number, number_word
from audiobook_daemon.matching.text import words

_LONGEST = 2_000
_LONGEST_NUMBER = 12
"""In words."""
_HIGHEST_ROMAN = 399
"""Beyond it Roman numerals are rather words: MIX, DIM, CD."""
_TOKEN = re.compile(r"\d{1,3}(?:,\d{3})+(?![\w,])|\d+(?:\.\d+)?[^\W_]*|[^\W\d_]+(?:['’][^\W\d_]+)*\d*")
_DIGITS = re.compile(r"\d{1,9}(?:\.\d{1,9})?")
_MARKERS = frozenset(
    words("""
        chapter chapters ch chap book bk part pt volume vol track disc disk cd section episode ep act number no letter
        canto scene kapitel kap teil buch band chapitre partie livre tome capitulo cap parte libro capitolo hoofdstuk
        deel boek kapittel глава часть книга том
    """)
)
_GLUED = re.compile(
    r"(?<![^\W_])(ch|chap|chapter|part|pt|book|bk|vol|track|disc|ep|kapitel|teil|band|tome)(\d)", re.IGNORECASE
)
_LETTERED_DIGITS = re.compile(r"(\d{1,4})[a-f]", re.IGNORECASE)
_CUT = re.compile(
    r"\s*(?:$|[.:;)\]–—-](?:\s|$)|[–—])|\s+(?:the|an?|der|die|das|ein|eine|le|la|les|el|los|il|de|het)\s", re.IGNORECASE
)
"""What cuts a number off from the words behind it: punctuation, or the article that a heading begins with."""
_TOTALS = re.compile(r"\s*(?:/|\b(?:of|von|de|sur|van|out of)\b)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Found:
    value: str
    taken: int
    """How many tokens."""
    is_roman: bool = False


def spoken_numbers(text: str, *, only_marked: bool = False) -> tuple[str, ...]:
    """The cardinal numbers of a heading in their order, as plain digits; how many there are in all is none of them.

    With `only_marked` only those which mark a chapter or volume: after a marker word (`Chapter Twelve`), at the start
    and cut off (`1. The Letter`, `Two: What`, `Two the Start`), or the whole text.
    """
    text = _GLUED.sub(r"\1 \2", text[:_LONGEST])
    tokens = list(_TOKEN.finditer(text))
    numbers: list[str] = []
    index, end_of_last = 0, None
    while index < len(tokens):
        after_marker = index > 0 and tokens[index - 1].group().casefold() in _MARKERS
        begins = index == 0 and _CUT.match(text, tokens[0].end()) is not None
        following = [token.group() for token in tokens[index : index + _LONGEST_NUMBER]]
        found = _number_at(following, after_marker=after_marker, begins=begins)
        if found is None:
            index += 1
            continue
        start, end = tokens[index].start(), tokens[index + found.taken - 1].end()
        is_total = end_of_last is not None and _TOTALS.fullmatch(text, end_of_last, start)
        is_marked = after_marker or (index == 0 and _CUT.match(text, end) is not None)
        if not is_total and (is_marked or not (only_marked or found.is_roman)):
            numbers.append(found.value)
            end_of_last = end
        index += found.taken
    return tuple(numbers)


def _number_at(tokens: Sequence[str], *, after_marker: bool, begins: bool) -> _Found | None:
    token = tokens[0].replace(",", "")
    if _DIGITS.fullmatch(token):
        return _Found(canonical_number(token), 1)
    if after_marker and (lettered := _LETTERED_DIGITS.fullmatch(token)):
        return _Found(canonical_number(lettered[1]), 1)
    if spelled := _spelled(tokens):
        return spelled
    value = roman(token) if token.isupper() or after_marker or begins else None
    if value is not None and value <= _HIGHEST_ROMAN:
        return _Found(str(value), 1, is_roman=True)
    foreign = number_word(token, ordinals=False) if after_marker else None
    return None if foreign is None else _Found(str(foreign), 1)


def _spelled(tokens: Sequence[str]) -> _Found | None:
    """A number in English words; two of two digits are a year (`Nineteen Eighty-Four`)."""
    plain: list[str] = []
    for token in tokens:
        folded = words(token)
        if len(folded) != 1:
            break
        plain.append(folded[0])
    begun = leading_number(plain)
    if begun is None:
        return None
    value, taken = begun
    after = leading_number(plain[taken:])
    if after and 10 <= value <= 99 and 10 <= after[0] <= 99:
        return _Found(str(100 * value + after[0]), taken + after[1])
    return _Found(str(value), taken)
