"""Cuts a title into tokens in which equal words and equal numbers are equal, however they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from audiobook_daemon.matching.titles.gaps import gap_in
from audiobook_daemon.matching.titles.numerals import Raw, may_be_numeral, read_numeral
from audiobook_daemon.matching.titles.spelling import fold

_RAW = re.compile(
    r"\d{1,3}(?:[.,]\d{3})+(?![\d.,]*\d)|\d+\.\d+(?![^\W_])|[^\W_]+(?:['’`ʼ´][^\W_]+)*['’`ʼ´]?|&|(?<=\d)\s?%|[#№]"
)
_SIGNS = {"&": "and", "%": "percent"}
_LIGHT = frozenset({"the", "a", "an", "and"})


class Token(NamedTuple):
    """A word or number of a title."""

    key: str
    """The folded word; a number in digits, however it is written."""
    start: int
    end: int
    gap: str
    """What parts it from the token before: `(` a bracket, `-` a dash, `:`, `;`, `,` or nothing."""
    number: bool = False
    marked: bool = False
    """Whether a word or sign says that it is the number of a volume; the label is part of the token."""
    light: bool = False
    """Whether it is an article or `and`, which titles often go without."""


@lru_cache(maxsize=50_000)
def tokenise(text: str) -> tuple[Token, ...]:
    """The tokens of a text in their order."""
    raw = [Raw(found[0], found.start(), found.end()) for found in _RAW.finditer(text)]
    tokens: list[Token] = []
    place, end = 0, 0
    while place < len(raw):
        written, start, stop = raw[place]
        gap = gap_in(text[end:start])
        if may_be_numeral(written) and (numeral := read_numeral(text, raw, place)):
            tokens.append(Token(numeral.digits, numeral.start, numeral.end, gap, number=True, marked=numeral.marked))
            place += numeral.width
        else:
            if key := _SIGNS.get(written.strip()) or fold(written):
                tokens.append(Token(key, start, stop, gap, light=_is_light(key, text, raw, place, gap)))
            place += 1
        end = tokens[-1].end if tokens else 0
    return tuple(tokens)


def significant(tokens: Iterable[Token]) -> list[Token]:
    """The tokens without articles and the like, or all if there is nothing else."""
    listed = list(tokens)
    return [token for token in listed if not token.light] or listed


def joined(tokens: Iterable[Token]) -> str:
    """The keys of the significant tokens in one, so that `Sea Birds` is `Seabirds`; numbers stay apart."""
    return "".join([f"\x1f{token.key}\x1f" if token.number else token.key for token in significant(tokens)])


def _is_light(key: str, text: str, raw: Sequence[Raw], place: int, gap: str) -> bool:
    """Whether a word is an article or `and`; `a` is none where a stretch ends (`Vitamin A`)."""
    if key != "a":
        return key in _LIGHT
    if place + 1 == len(raw):
        return gap == ","
    return not gap_in(text[raw[place].end : raw[place + 1].start])
