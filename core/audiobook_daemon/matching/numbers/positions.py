"""Positions in a series as catalogues, trackers and people write them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from audiobook_daemon.matching.numbers.roman import roman
from audiobook_daemon.matching.numbers.worded import number_word

_LONGEST = 200
_HIGHEST_ROMAN = 89
"""Beyond it Roman numerals hold C, D and M, which are rather words and letters than positions."""
_FRACTIONS = {"½": ".5", "¼": ".25", "¾": ".75"}
_BRACKETS = str.maketrans("()[]{}", "      ")
_UNDERSCORED = re.compile(r"(\d)_(?=\d)")
"""`vol_01_02` is part 2 of volume 1."""
_DASHES = re.compile(r" ?(?:[-‐‑‒–—―−~〜]|\b(?:to|through|thru|bis|until|till)\b|\.{2,3}) ?")
_KIND = (
    r"(?:books?|bks?|volumes?|vols?|numbers?|num|nos?|nr|parts?|pts?|episodes?|ep|instal+ments?|entry|entries|novels?"
    r"|cycles?|seasons?|issues?|bände|band|bd|buch|bücher|teile?|folgen?|nummer|tomes?|livres?|libros?|libri|tomos?"
    r"|volumen|volúmenes|deel|delen|boek|del|bok|bind|bog|osa|kirja|tom|księga|díl|kniha|kötet|книга|том|часть"
    r"|[vnt](?=[. ]{0,2}\d))"
)
_LABEL = re.compile(rf"(?:(?:(?:the|series) )?{_KIND}(?:[.:#№º°]| the)*|[#№:]) ?", re.IGNORECASE)
_KIND_BEHIND = re.compile(rf"(?P<number>\S+) {_KIND}", re.IGNORECASE)
_MARKED = re.compile(rf"(?:\b{_KIND}(?:[.:] ?#?| #?)|#)(?P<number>\d{{1,4}}(?:\.\d{{1,3}})?)(?![\w.-])", re.IGNORECASE)
_NUMBER = r"(?:\d{1,9}\.?\d{0,9}|\.\d{1,9})"
_ENTRY = re.compile(
    rf"第?[#№]? ?(?P<first>{_NUMBER})(?:st|nd|rd|th|\. ?(?=p))?(?:-[#№]? ?(?P<last>{_NUMBER}))?"
    rf"(?: ?(?:p|pt|part|teil|partie|parte|deel|del)\.? ?(?P<part>{_NUMBER})|(?P<letter>[a-f]))?"
    r"(?: ?(?:of|von|de|sur|van|/) ?\d{1,9})? ?[巻卷册冊권集]?\.?",
    re.IGNORECASE,
)
_PART_ALONE = re.compile(rf"(?:p|pt|part|teil|partie|parte|deel|del)\.? ?(?P<part>{_NUMBER})", re.IGNORECASE)
_SEPARATOR = re.compile(r" ?(?:[,;&+]|\b(?:and|und|et|y|en|og|och)\b) ?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Position:
    """One place in a series, or a range of places; texts in canonical form (`1`, `0.5`)."""

    first: str
    last: str | None = None
    """The end of a range."""
    part: str | None = None
    """Which part of a book that was cut into several: a number, or the letter of `1a`."""

    def __str__(self) -> str:
        return f"{self.first}-{self.last}" if self.last else self.first


@lru_cache(maxsize=20_000)
def read_positions(text: str) -> tuple[Position, ...]:
    """Read a whole position field (`1`, `#12`, `Book One`, `Vol. II`, `1,1p2,1-2`, `01.-3.52`).

    Out of a text that says more, only a single marked number is read (`Foundation, Book 4`).
    """
    plain = _plain(text) if len(text) <= _LONGEST else ""
    if not plain:
        return ()
    found: list[Position] = []
    for piece in _SEPARATOR.split(plain):
        position = _one(piece)
        if found and found[-1].part is None and (part := _PART_ALONE.fullmatch(piece)):
            found[-1] = replace(found[-1], part=canonical_number(part["part"]))
        elif position is not None:
            found.append(position)
        else:
            return _single(plain)
    return tuple(found)


def same_position(one: str, other: str) -> bool:
    """Whether two position fields name the same place (`01` is `1.0`, `Book One` is `1`; `1` is not in `10`)."""
    left, right = read_positions(one), read_positions(other)
    if left or right:
        return left == right
    return bool(one.strip()) and one.strip().casefold() == other.strip().casefold()


def expand(text: str) -> tuple[str, ...]:
    """Every number of a list with ranges, in its order: `1,3-5` is 1, 3, 4, 5; a range of more than 1000 stays out."""
    found: list[str] = []
    for position in read_positions(text):
        if position.last is None:
            found.append(position.first)
        elif position.first.isdigit() and position.last.isdigit():
            first, last = int(position.first), int(position.last)
            found += [str(number) for number in range(first, last + 1)] if last - first <= 1000 else []
        else:
            found += [position.first, position.last]
    return tuple(dict.fromkeys(found))


def canonical_number(text: str) -> str:
    """Digits without leading zeros and empty decimals: `01.50` is `1.5`, `.5` is `0.5`."""
    whole, _, decimals = text.partition(".")
    whole, decimals = whole.lstrip("0") or "0", decimals.rstrip("0")
    return f"{whole}.{decimals}" if decimals else whole


def _plain(text: str) -> str:
    for sign, decimals in _FRACTIONS.items():
        text = text.replace(sign, decimals)
    text = unicodedata.normalize("NFKC", text).translate(_BRACKETS)
    return _DASHES.sub("-", " ".join(_UNDERSCORED.sub(r"\1 p", text).replace("_", " ").split()))


def _single(plain: str) -> tuple[Position, ...]:
    whole = _one(plain)
    if whole is not None:
        return (whole,)
    marked = {canonical_number(found["number"]) for found in _MARKED.finditer(plain)}
    return (Position(marked.pop()),) if len(marked) == 1 else ()


def _one(text: str) -> Position | None:
    label = _LABEL.match(text)
    behind = _KIND_BEHIND.fullmatch(text)
    candidates = [text[label.end() :] if label else text, text, *([behind["number"]] if behind else [])]
    for candidate in dict.fromkeys(candidates):
        if found := _ENTRY.fullmatch(candidate):
            return _entry(found, labelled=candidate != text)
        ends = [_worded(end) for end in candidate.split("-")]
        whole = _worded(candidate)
        if whole is not None:
            return Position(str(whole))
        if len(ends) == 2 and None not in ends:
            return Position(str(ends[0]), str(ends[1]))
    return None


def _entry(found: re.Match[str], *, labelled: bool) -> Position:
    first, last, part = (found[name] and canonical_number(found[name]) for name in ("first", "last", "part"))
    if labelled and last and not part and first.isdigit() and last.isdigit() and int(last) <= int(first):
        last, part = None, last  # a range of volumes goes up
    return Position(first, last, part or (found["letter"] or "").casefold() or None)


def _worded(text: str) -> int | None:
    bare = text.strip(" .#")
    value = number_word(bare)
    if value is None:
        value = roman(bare.upper())
        value = value if value is not None and value <= _HIGHEST_ROMAN else None
    return value
