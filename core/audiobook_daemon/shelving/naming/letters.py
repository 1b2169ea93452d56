"""What people see as one letter, and where a text may be cut: never between a letter and its marks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_JOINER = "\u200d"
_NON_JOINER = "\u200c"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and symbols by their category, and yet nothing is seen of them."""


def cut(text: str, most_bytes: int) -> str:
    """The longest beginning of a text that ends between two letters and takes at most so many bytes of UTF-8.

    Where a single letter with its marks is longer than that, its last marks go.
    """
    if len(text.encode()) <= most_bytes:
        return text
    kept, room = "", most_bytes
    for letter in letters(text):
        room -= len(letter.encode())
        if room < 0:
            break
        kept += letter
    return kept or text.encode()[:most_bytes].decode("utf-8", "ignore")


def is_visible(text: str) -> bool:
    """Whether there is anything to see."""
    return any(unicodedata.category(char)[0] in "LNPS" and char not in _BLANK for char in text)


def letters(text: str) -> Iterator[str]:
    """Divide a text into letters with their accents, emoji with all that they are joined from, and flags."""
    letter = ""
    for char in text:
        if letter and not _belongs(char, letter):
            yield letter
            letter = ""
        letter += char
    if letter:
        yield letter


def _belongs(char: str, letter: str) -> bool:
    code = ord(char)
    if char in {_JOINER, _NON_JOINER} or code in _SKIN_TONES or unicodedata.category(char)[0] == "M":
        return True
    if letter[-1] == _JOINER:
        return True
    return code in _FLAG_LETTERS and len(letter) == 1 and ord(letter) in _FLAG_LETTERS
