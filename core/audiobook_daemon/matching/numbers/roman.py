"""Roman numerals."""

from __future__ import annotations

import re
import unicodedata

_ROMAN = re.compile(r"(M{0,3})(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def roman(text: str) -> int | None:
    """The value of a well-formed Roman numeral in one case (`XIV`, `xiv`, `Ⅻ`), or None."""
    plain = unicodedata.normalize("NFKC", text.strip())
    if not plain or len(plain) > 15 or plain not in {plain.upper(), plain.lower()}:
        return None
    letters = plain.upper()
    if not _ROMAN.fullmatch(letters):
        return None
    values = [_VALUES[letter] for letter in letters]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))
