"""Cuts names of files and folders into words and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from audiobook_daemon.matching.contents.marks import Kind, find_marks
from audiobook_daemon.matching.numbers import number_word, roman
from audiobook_daemon.matching.text import words

_PIECES = re.compile(r"\d{1,18}|\D+")
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Token:
    """A folded word, or a number; both know the mark that they belong to."""

    text: str
    value: int | None = None
    mark: Kind | None = None
    total: int | None = None

    @property
    def natural(self) -> tuple[int, int, str]:
        """A sort key in which numbers go by their value and before words."""
        return (1, 0, self.text) if self.value is None else (0, self.value, "")


Tokens = tuple[Token, ...]


@lru_cache(maxsize=20_000)
def tokenise(name: str) -> Tokens:
    """The tokens of a name; a mark becomes the word of its kind and its number (`CD2` is `disc`, 2)."""
    name = name[:_LONGEST]
    found: list[Token] = []
    done = 0
    for mark in find_marks(name):
        found.extend(_plain(name[done : mark.start]))
        found.append(Token(mark.kind.value, None, mark.kind))
        found.append(Token(str(mark.number), mark.number, mark.kind, mark.total))
        done = mark.end
    found.extend(_plain(name[done:]))
    return tuple(found)


def common_beginning(names: Sequence[Tokens]) -> int:
    """How many tokens all names begin with in common."""
    if not names:
        return 0
    width = 0
    for column in zip(*names, strict=False):
        if any(token.natural != column[0].natural for token in column):
            break
        width += 1
    return width


def begins_with_number(tokens: Tokens) -> tuple[int, int] | None:
    """The number that tokens begin with in words or as a Roman numeral, and how many tokens it takes."""
    spelled = [token.text for token in tokens[:4] if token.value is None]
    for width in range(len(spelled), 0, -1):
        if (value := number_word(" ".join(spelled[:width]))) is not None:
            return value, width
    value = roman(spelled[0]) if spelled and len(spelled[0]) < 7 else None
    return None if value is None else (value, 1)


def _plain(text: str) -> Iterator[Token]:
    for word in words(text):
        for piece in _PIECES.findall(word):
            yield Token(piece, int(piece)) if piece.isdecimal() else Token(piece)
