"""Finds the numbers among the words of a title: in digits, words and Roman numerals, with the labels of volumes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from audiobook_daemon.matching.numbers import roman
from audiobook_daemon.matching.numbers.worded import CARDINALS, TENS, leading_number
from audiobook_daemon.matching.text import words
from audiobook_daemon.matching.titles.gaps import gap_in, is_close

_GLUED = re.compile(r"v(?:ol)?\d{1,3}", re.IGNORECASE)
_LABELS = frozenset(
    words("""
        book books bk volume volumes vol vols number no nr band bd buch tome tomo livre libro volumen deel boek bok bind
        folge episode книга том
    """)
)
_SPELLED = frozenset(CARDINALS) | frozenset(TENS)
_SMALL_ROMANS = frozenset({"ii", "iii", "iv", "vi", "vii", "viii", "ix"})
_BEFORE_PRONOUN = frozenset({"and", "or", "than", "as", "but", "&", "am", "do"})
_HIGHEST_ROMAN = 60
_ROMAN_LETTERS = frozenset("ivxlⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅺⅻ")


class Raw(NamedTuple):
    """A word or sign as it is written."""

    written: str
    start: int
    end: int


class Numeral(NamedTuple):
    """A number among words."""

    digits: str
    start: int
    end: int
    width: int
    """How many words and signs it takes."""
    marked: bool = False


@lru_cache(maxsize=50_000)
def may_be_numeral(written: str) -> bool:
    """Whether a word or sign can begin a number; most words cannot, which saves the reading."""
    plain = written.casefold()
    return (
        written[0].isdigit()
        or written in "#№"
        or plain in _LABELS
        or plain in _SPELLED
        or _ROMAN_LETTERS.issuperset(plain)
        or bool(_GLUED.fullmatch(written))
    )


def read_numeral(text: str, raw: Sequence[Raw], place: int) -> Numeral | None:
    """The number that begins at a place, with the label that says it is a volume's, or None."""
    item = raw[place]
    if item.written in "#№" or item.written.casefold() in _LABELS:
        found = _number(text, raw, place + 1, labelled=True)
        if found is None or not is_close(text[item.end : found.start]) or _is_year(found.digits):
            return None
        return Numeral(found.digits, item.start, found.end, found.width + 1, marked=True)
    return _number(text, raw, place, labelled=False)


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and digits.isdigit()


def _number(text: str, raw: Sequence[Raw], place: int, *, labelled: bool) -> Numeral | None:
    if place >= len(raw):
        return None
    written, start, end = raw[place]
    if labelled and written == "#":
        found = _number(text, raw, place + 1, labelled=True)
        return found and Numeral(found.digits, start, found.end, found.width + 1)
    if written[0].isdigit():
        digits = _plain(written)
        return Numeral(digits, start, end, 1) if digits else None
    if _GLUED.fullmatch(written):
        return Numeral(_plain(written.lstrip("vVoOlL")) or "0", start, end, 1, marked=True)
    if written.casefold() in _SPELLED and (begun := _spelled_number(_spelled(text, raw, place))):
        return Numeral(str(begun[0]), start, raw[place + begun[1] - 1].end, begun[1])
    if _is_roman(text, raw, place, labelled=labelled):
        return Numeral(str(roman(written)), start, end, 1)
    return None


def _spelled(text: str, raw: Sequence[Raw], place: int) -> list[str]:
    """The folded words from a place on, as long as no more than a hyphen parts them."""
    found: list[str] = []
    for index in range(place, min(place + 8, len(raw))):
        if found and not is_close(text[raw[index - 1].end : raw[index].start].replace("-", " ")):
            break
        found.append(raw[index].written.casefold())
    return found


def _spelled_number(spelled: Sequence[str]) -> tuple[int, int] | None:
    """The number at the beginning of words, and how many it takes; `nineteen eighty-four` is a year."""
    begun = leading_number(spelled)
    if begun and begun[1] == 1 and 10 <= begun[0] <= 20:
        rest = leading_number(spelled[1:])
        if rest and 10 <= rest[0] <= 99:
            return begun[0] * 100 + rest[0], 1 + rest[1]
    return begun


def _plain(written: str) -> str | None:
    """Digits without marks of thousands, leading zeros and empty decimals; None for other than digits."""
    if not written.isascii():
        return None
    last = written.rpartition(".")[2]
    if "," in written or written.count(".") > 1 or ("." in written and len(last) == 3):
        written = written.replace(",", "").replace(".", "")
    whole, _, decimals = written.partition(".")
    if not whole.isdigit() or (decimals and not decimals.isdigit()):
        return None
    whole, decimals = whole.lstrip("0") or "0", decimals.rstrip("0")
    return f"{whole}.{decimals}" if decimals else whole


def _is_roman(text: str, raw: Sequence[Raw], place: int, *, labelled: bool) -> bool:
    """Whether a word is a Roman numeral: one of several letters, or a single letter that ends a stretch."""
    written, _, end = raw[place]
    value = roman(written)
    if value is None or value > _HIGHEST_ROMAN:
        return False
    if len(written) > 1:
        return labelled or (written.isupper() and place > 0) or written in _SMALL_ROMANS
    if written not in "IVX" or place == 0:
        return False
    following = text[end : raw[place + 1].start] if place + 1 < len(raw) else " - "
    if labelled:
        return bool(gap_in(following)) or following.strip() in {".", "of"}
    before = raw[place - 1]
    apart = gap_in(text[before.end : raw[place].start]) or before.written.casefold() in _BEFORE_PRONOUN
    return bool(gap_in(following)) and not apart
