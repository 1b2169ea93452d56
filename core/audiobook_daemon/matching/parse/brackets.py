"""Cuts a text into what stands in brackets and what stands outside of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PAIRS = {
    "(": ")",
    "[": "]",
    "{": "}",
    "<": ">",
    "【": "】",
    "［": "］",
    "（": "）",
    "「": "」",
    "『": "』",
    "〈": "〉",
    "《": "》",
}
_MARKS = re.compile(f"[{re.escape(''.join(_PAIRS) + ''.join(_PAIRS.values()))}]")
_TAG_BREAK = re.compile(r"\s*[/|]\s*")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; `bracket` is the opening mark that it stood behind, or empty outside of brackets."""

    text: str
    bracket: str = ""

    @property
    def whole(self) -> str:
        """The stretch with its brackets."""
        return f"{self.bracket}{self.text}{_PAIRS[self.bracket]}" if self.bracket else self.text


def cut_brackets(text: str) -> tuple[Piece, ...]:
    """The pieces of a text in their order; inner brackets stay in the outer one, unpaired marks stay text."""
    pieces: list[Piece] = []
    begin = 0
    for opened, closed in _outer_pairs(text):
        if text[begin:opened].strip():
            pieces.append(Piece(text[begin:opened]))
        if inside := text[opened + 1 : closed].strip():
            pieces.append(Piece(inside, text[opened]))
        begin = closed + 1
    if text[begin:].strip():
        pieces.append(Piece(text[begin:]))
    return tuple(pieces)


def bracket_tags(text: str) -> tuple[str, tuple[str, ...]]:
    """A title without its square brackets, and their remarks (`[a/b]` is two), each once."""
    title: list[str] = []
    tags: dict[str, str] = {}
    for piece in cut_brackets(text):
        if piece.bracket not in {"[", "【", "［"}:
            title.append(piece.whole)
            continue
        for tag in _TAG_BREAK.split(piece.text):
            if tag:
                tags.setdefault(tag.casefold(), tag)
    return _BLANKS.sub(" ", " ".join(title)).strip(), tuple(tags.values())


def _outer_pairs(text: str) -> list[tuple[int, int]]:
    """Where the outermost brackets open and close."""
    open_marks: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    waiting = dict.fromkeys(_PAIRS.values(), 0)
    for found in _MARKS.finditer(text):
        mark, place = found[0], found.start()
        if mark in _PAIRS:
            open_marks.append((mark, place))
            waiting[_PAIRS[mark]] += 1
        elif waiting[mark]:
            # What was opened inside of this pair and never closed is text.
            while True:
                opened, begin = open_marks.pop()
                waiting[_PAIRS[opened]] -= 1
                if _PAIRS[opened] == mark:
                    break
            while pairs and pairs[-1][0] > begin:
                pairs.pop()
            pairs.append((begin, place))
    return pairs
