"""Reads from the name of a file which work it is of and which piece of that work."""

from __future__ import annotations

import re
from dataclasses import dataclass

from audiobook_daemon.matching.contents.folders import PIECE_KINDS
from audiobook_daemon.matching.contents.marks import Kind
from audiobook_daemon.matching.contents.tokens import Token, Tokens, tokenise

_REMARK = re.compile(r"\s*[(\[{](?P<inside>[^()\[\]{}]{1,80})[)\]}]\s*$")
_NUMBER_INSIDE = re.compile(r"\s*#?\d{1,3}\s*(?:[-/]\s*\d{1,3}|of\s*\d{1,3})?\s*")


@dataclass(frozen=True, slots=True)
class Shape:
    """A name cut at the number that counts the pieces."""

    base: tuple[str, ...]
    """The words of the work; empty for names like `01` and `Chapter 3`."""
    numbers: tuple[int, ...] = ()
    tail: tuple[str, ...] = ()
    """What follows the number: the title of a chapter, or of a book."""
    marked: bool = False
    """Whether a word says that it is a piece (`Part 2`, `Track 7`)."""


def read_shape(name: str) -> Shape:
    """Cut a name at its piece marks, else at the number at its end, its beginning, or in it."""
    tokens = _volumes_as_words(tokenise(without_remarks(name)))
    lead, rest = _leading(tokens)
    marks = [place for place, token in enumerate(rest) if token.mark in PIECE_KINDS]
    if marks:
        before = rest[: marks[0]]
        if before and all(token.value is not None for token in before):
            lead, before = (*lead, *_values(before)), ()
        after = rest[marks[0] :]
        return Shape(_words(before), (*lead, *_values(after)), _titles(after), marked=True)
    ending = _trailing(rest)
    if ending:
        return Shape(_words(rest[: len(rest) - len(ending)]), (*lead, *_values(ending)))
    if lead:
        return Shape((), lead, _words(rest))
    inner = next((place for place, token in enumerate(rest) if token.value is not None), len(rest))
    return Shape(_words(rest[:inner]), _values(rest[inner:]), _titles(rest[inner:]))


def read_counted(name: str) -> Shape | None:
    """Cut a name at the number that it begins with, whatever else follows; None if it begins with none."""
    tokens = _volumes_as_words(tokenise(without_remarks(name)))
    if not tokens or tokens[0].value is None or tokens[0].mark is not None:
        return None
    marked = any(token.mark in PIECE_KINDS for token in tokens)
    return Shape((), (tokens[0].value,), _titles(tokens[1:]), marked=marked)


def without_remarks(name: str) -> str:
    """A name without the bracketed remarks at its end, unless they number it."""
    for _ in range(4):
        found = _REMARK.search(name[-120:])
        if not found or _NUMBER_INSIDE.fullmatch(found["inside"]) or tokenise(found["inside"])[:1] == ():
            break
        if any(token.mark in PIECE_KINDS for token in tokenise(found["inside"])):
            break
        shorter = name[: max(0, len(name) - 120) + found.start()]
        if not shorter.strip():
            break
        name = shorter
    return name


def _volumes_as_words(tokens: Tokens) -> Tokens:
    """The number of a volume belongs to its title: it tells works apart and counts no pieces."""
    return tuple(
        Token(f"volume {token.text}", None, Kind.BOOK) if token.mark is Kind.BOOK and token.value is not None else token
        for place, token in enumerate(tokens)
        if not (token.mark is Kind.BOOK and token.value is None and place + 1 < len(tokens))
    )


def _leading(tokens: Tokens) -> tuple[tuple[int, ...], Tokens]:
    width = 0
    while width < min(3, len(tokens)) and tokens[width].value is not None and tokens[width].mark is None:
        width += 1
    lead = _values(tokens[:width])
    if lead and width < len(tokens) and len(tokens[width].text) == 1 and tokens[width].text.isalpha():
        return (*lead, ord(tokens[width].text)), tokens[width + 1 :]  # 01a, 01b
    return lead, tokens[width:]


def _trailing(tokens: Tokens) -> Tokens:
    width = 0
    while width < min(3, len(tokens)) and (value := tokens[-1 - width].value) is not None:
        if 1800 <= value <= 2099:
            break
        width += 1
    return tokens[len(tokens) - width :] if width < len(tokens) else ()


def _values(tokens: Tokens) -> tuple[int, ...]:
    return tuple(token.value for token in tokens if token.value is not None)


def _words(tokens: Tokens) -> tuple[str, ...]:
    return tuple(token.text for token in tokens)


def _titles(tokens: Tokens) -> tuple[str, ...]:
    return tuple(
        token.text for token in tokens if token.value is None and (token.mark is None or token.mark is Kind.BOOK)
    )
