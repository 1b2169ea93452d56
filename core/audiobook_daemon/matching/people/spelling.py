"""Words that differ by a slip of the pen, by their spelling, or by their alphabet."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_CYRILLIC = dict(zip("абвгдезиклмнопрстуфхыэйєіїґў", "abvgdeziklmnoprstufhieieiigu", strict=True))
_CYRILLIC_GROUPS = {"ь": "", "ъ": "", "ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ю": "iu", "я": "ia"}
_GREEK = dict(zip("αβγδεζηικλμνξοπρστυφωςχ", "avgdeziiklmnxoprstifosh", strict=True))
_TRANSLITERATION = str.maketrans(_CYRILLIC | _CYRILLIC_GROUPS | _GREEK | {"θ": "th", "ψ": "ps"})
_SPELLINGS = (
    (re.compile(r"ks|cks"), "x"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"sch|shch"), "sh"),
    (re.compile(r"kh|x(?=$)"), "h"),
    (re.compile(r"yo|jo|io(?!n)"), "e"),
    (re.compile(r"yu|ju"), "iu"),
    (re.compile(r"ya|ja"), "ia"),
    (re.compile(r"w"), "v"),
    (re.compile(r"[yj]"), "i"),
    (re.compile(r"(\w)\1+"), r"\1"),
)
_LATIN_EXPANSIONS = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"}


def is_latin(text: str) -> bool:
    """Whether the letters of a text are Latin."""
    return text.isascii() or all(unicodedata.name(char, "").startswith("LATIN") for char in text if char.isalpha())


def in_latin(word: str) -> str | None:
    """A folded Cyrillic or Greek word in Latin letters; None for other alphabets."""
    latin = word.translate(_TRANSLITERATION)
    return latin if is_latin(latin) else None


def spread_umlauts(text: str) -> str:
    """A text in small letters with `ue` for `ü` and the like."""
    if text.isascii():
        return text.casefold()
    composed = unicodedata.normalize("NFC", text.casefold())
    return "".join(_LATIN_EXPANSIONS.get(char, char) for char in composed)


@lru_cache(maxsize=20_000)
def skeleton(word: str) -> str:
    """A folded word in which the usual spellings of Slavic names are one: `Sergei` and `Sergey`."""
    for found, plain in _SPELLINGS:
        word = found.sub(plain, word)
    return word


def distance(one: str, other: str, most: int) -> int:
    """How many letters were missed, added, changed or swapped with their neighbour; `most` + 1 when there are more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        current = [row]
        for column, theirs in enumerate(other, start=1):
            cost = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (letter != theirs))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == theirs:
                cost = min(cost, before_last[column - 2] + 1)
            current.append(cost)
        if min(current) > most:
            return most + 1
        before_last, last = last, current
    return min(last[-1], most + 1)


def is_slip(one: str, other: str) -> bool:
    """Whether two folded words are one, written once with a slip; only long words can tell."""
    length = min(len(one), len(other))
    if length < 7:
        return length >= 6 and skeleton(one) == skeleton(other)
    most = 2 if length >= 11 else 1
    return skeleton(one) == skeleton(other) or distance(one, other, most) <= most


def is_close(one: str, other: str) -> bool:
    """Whether two folded words are so close that they might be one."""
    length = min(len(one), len(other))
    if length < 4:
        return False
    swapped = len(one) == len(other) and sorted(one) == sorted(other)
    return (length >= 6 or swapped) and distance(one, other, 1) <= 1
