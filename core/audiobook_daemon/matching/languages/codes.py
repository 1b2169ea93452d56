"""Language codes out of tags, names and the brackets of release titles."""

from __future__ import annotations

import re
from functools import lru_cache

from audiobook_daemon.matching.languages.table import CODES, NAMES
from audiobook_daemon.matching.text import words

_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|\d{3}))?")
_BRACKETED = re.compile(r"[\[({]([^\[\](){}]{1,80})[\])}]")
_PIECES = re.compile(r"[\s/|,;+&·._-]+")
_CAPITALS = re.compile(r"(?<![^\W_])[A-Z]{4,}(?![^\W_])")


@lru_cache(maxsize=2_000)
def language_code(text: str) -> str | None:
    """The ISO 639-1 code of a language's code (`ger`, `en-US`), English name or own name; None when it is none."""
    stripped = text.strip().strip("[](){}").strip()
    tag = _TAG.fullmatch(stripped)
    if tag and (code := CODES.get(tag[1].casefold())):
        return code
    return NAMES.get(" ".join(words(stripped)))


def find_language(text: str) -> str | None:
    """The language that a release title states in brackets (`[ENG / M4B]`) or in capitals (`Le.Livre.FRENCH.epub`).

    Ordinary words are no statement: `The German Girl` is in no stated language.
    """
    if code := language_code(text):
        return code
    for bracketed in _BRACKETED.findall(text):
        if code := _stated(bracketed):
            return code
    if text != text.upper():
        for word in _CAPITALS.findall(text):
            if code := NAMES.get(word.casefold()):
                return code
    return None


def _stated(bracketed: str) -> str | None:
    if code := NAMES.get(" ".join(words(bracketed))):
        return code
    for piece in _PIECES.split(bracketed):
        if len(piece) > 3 and (code := NAMES.get(" ".join(words(piece)))):
            return code
        if len(piece) in {2, 3} and piece.isupper() and (code := CODES.get(piece.casefold())):
            return code
    return None
