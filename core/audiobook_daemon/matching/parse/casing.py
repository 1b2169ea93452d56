"""Titles in the forms for sorting and for headings."""

from __future__ import annotations

import re

from audiobook_daemon.matching.numbers import roman

_ARTICLES = {
    "en": frozenset({"the", "a", "an"}),
    "de": frozenset({"der", "die", "das", "ein", "eine", "einer", "eines"}),
    "fr": frozenset({"le", "la", "les", "un", "une"}),
    "es": frozenset({"el", "la", "los", "las", "un", "una"}),
    "it": frozenset({"il", "lo", "la", "i", "gli", "le", "un", "uno", "una"}),
    "nl": frozenset({"de", "het", "een"}),
}
_FIRST_WORD = re.compile(r"(\w+)\s+(\S.*)", re.DOTALL)
_TRAILING_BRACKET = re.compile(r"\s{0,3}[(\[][^()\[\]]{0,200}[)\]]$")
_SMALL_WORDS = "a an and as at but by en for if in nor of on or per the to via vs"
_SMALL = frozenset(_SMALL_WORDS.split())
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_BEGINS_ANEW = re.compile(r"[:.!?;–—(\[\"“/]\s*$|\s-\s*$")
_NUMERAL = re.compile(r"[ivxl]+", re.IGNORECASE)


def sort_title(title: str, language: str | None = None) -> str:
    """A title for sorting: its leading article goes behind it, before a bracket (`Flash, The (2010)`)."""
    text = title.strip()
    found = _FIRST_WORD.fullmatch(text)
    if not found or found[1].lower() not in _ARTICLES.get(language or "en", frozenset()):
        return text
    bracket = _TRAILING_BRACKET.search(found[2])
    body, rest = (found[2][: bracket.start()], found[2][bracket.start() :]) if bracket else (found[2], "")
    return f"{body}, {found[1]}{rest}" if body else text


def title_case(text: str) -> str:
    """A text in title case: small words stay small inside, Roman numerals large; mixed case within a word is kept."""
    shouted = not any(char.islower() for char in text)
    found = list(_WORD.finditer(text))
    pieces: list[str] = []
    end = 0
    for place, word in enumerate(found):
        before = text[end : word.start()]
        pieces.append(before)
        inside = 0 < place < len(found) - 1 and not _BEGINS_ANEW.search(before) and not _ends_clause(text, word.end())
        pieces.append(_cased(word[0], inside=inside and before != "-", shouted=shouted))
        end = word.end()
    pieces.append(text[end:])
    return "".join(pieces)


def _cased(word: str, *, inside: bool, shouted: bool) -> str:
    if inside and word.lower() in _SMALL:
        return word.lower()
    if _NUMERAL.fullmatch(word) and (roman(word.upper()) or 0) > 0 and (word.isupper() or word.islower()):
        return word.upper()
    if not shouted and any(char.isupper() for char in word[1:]):
        return word
    small = word[:1].upper() + word[1:].lower()
    prefixed = len(word) > 3 and word[1] in "'’" and word[0] in "OoDdLl"
    return small[:2] + small[2].upper() + small[3:] if prefixed else small


def _ends_clause(text: str, end: int) -> bool:
    return text[end : end + 1] in {":", "."}
