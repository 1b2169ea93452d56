"""A release title as a line of tokens, in which names can be found however their words are joined."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from audiobook_daemon.matching.parse.filenames import spaced, without_extension
from audiobook_daemon.matching.titles import Token, joined, tidied, tokenise
from audiobook_daemon.matching.titles.spelling import spread

_STRETCH_ENDS = frozenset({"(", "-", ":", ";"})


@dataclass(frozen=True, slots=True)
class Line:
    """The tokens of a text, with an index of where each begins and ends among the joined keys."""

    text: str
    tokens: tuple[Token, ...]
    stretches: tuple[int, ...]
    """For each token the number of the stretch it stands in; brackets, dashes and colons part stretches."""
    keys: str
    starts: dict[int, int]
    ends: dict[int, int]

    def find(self, key: str) -> Iterator[tuple[int, int]]:
        """Where a joined key stands: index of the first token and of the one after the last."""
        place = self.keys.find(key) if key else -1
        while place >= 0:
            begin, end = self.starts.get(place), self.ends.get(place + len(key))
            if begin is not None and end is not None:
                yield begin, end
            place = self.keys.find(key, place + 1)

    def written(self, begin: int, end: int) -> str:
        """The text of tokens as it was written."""
        return self.text[self.tokens[begin].start : self.tokens[end - 1].end]

    def stretch(self, number: int) -> tuple[int, int]:
        """The tokens of a stretch: index of the first and of the one after the last."""
        begin = self.stretches.index(number)
        return begin, begin + self.stretches.count(number)


@lru_cache(maxsize=20_000)
def line_of(title: str) -> Line:
    """The line of a release title; dots and underscores that stand for blanks are blanks."""
    text = spread(spaced(without_extension(tidied(title))[0]))
    tokens = tokenise(text)
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    keys: list[str] = []
    length, stretch = 0, 0
    stretches: list[int] = []
    for index, token in enumerate(tokens):
        stretch += index > 0 and token.gap in _STRETCH_ENDS
        stretches.append(stretch)
        if token.light:
            continue
        key = joined((token,))
        starts[length] = index
        length += len(key)
        ends[length] = index + 1
        keys.append(key)
    return Line(text, tokens, tuple(stretches), "".join(keys), starts, ends)
