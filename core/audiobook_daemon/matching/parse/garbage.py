"""Tells names that were made by machines (hashes, random ids) from names that say something."""

from __future__ import annotations

import re

_SEPARATED = re.compile(r"[\s._\-+]+")
_HEX = re.compile(r"[0-9a-f]{16,}", re.IGNORECASE)
_SWITCHES = re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")
_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{5,}", re.IGNORECASE)
_NUMBERED_WORD = re.compile(r"\d{0,4}[^\W\d_]+\d{0,4}")
_LEAST = 10


def is_garbage(name: str) -> bool:
    """Whether a name (without extension) is nothing but a hash or a random id."""
    text = name.strip(" ()[]{}<>\"'")
    if not any(char.isalnum() for char in text):
        return True
    if re.fullmatch(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", text, re.IGNORECASE):
        return True
    pieces = _SEPARATED.split(text)
    if len(pieces) > 1:
        return False
    if len(text) < _LEAST or not text.isascii() or not text.isalnum():
        return False
    if _HEX.fullmatch(text) and (any(char.isdigit() for char in text) or len(text) >= 32):
        return True
    return _is_random(text)


def _is_random(text: str) -> bool:
    if text.isdigit():
        return len(text) > 13
    switches = len(_SWITCHES.findall(text))
    if switches >= 4 or (switches >= 2 and not _NUMBERED_WORD.fullmatch(text)):
        return True
    humps = len(_HUMPS.findall(text))
    short_humps = humps * 4 > len(text)
    return (len(text) >= 16 and short_humps) or (switches > 0 and bool(_CONSONANTS.search(text)))
