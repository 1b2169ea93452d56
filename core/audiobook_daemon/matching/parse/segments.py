"""Cuts the text of a release into segments between dashes, and reads the brackets that hang on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from audiobook_daemon.matching.claims import Claims
from audiobook_daemon.matching.parse.bracketed import read_bracketed
from audiobook_daemon.matching.parse.brackets import Piece, cut_brackets
from audiobook_daemon.matching.parse.claiming import NOTHING, merged
from audiobook_daemon.matching.parse.remarks import read_remark
from audiobook_daemon.matching.people.roles import is_role

_DASH = re.compile(
    r"\s+[-‐‑‒–—―]+\s*|(?<=[^\W_])[-‐‑‒–—―]+\s+(?!(?:and|or|und|oder|to|et)\s)"
    r"|\s+[~•·»]+\s+|\s*\|\s*|\s+//\s+|^[-–—|]+\s*"
)
_EDGES = " \t\n,;_/"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of plain words."""

    text: str
    dash: bool = True
    """Whether it begins the text or stands behind a dash; otherwise only a bracket parts it from the one before."""
    titled: bool = False
    """Whether a bracket with a series or a remark hangs on it, as on titles more than on names."""
    stamped: bool = False
    """Whether a tracker's stamp of language and format (`[ENG / M4B]`) follows it."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A text in segments, with what its brackets claim and the brackets that claim nothing known."""

    segments: tuple[Segment, ...]
    claims: Claims
    leading: tuple[Piece, ...]
    """Unknown brackets before all words."""
    asides: tuple[Piece, ...]
    """Unknown brackets behind words."""


@dataclass(slots=True)
class _Open:
    """The segments that were found up to a place in the text."""

    segments: list[Segment] = field(default_factory=list)
    claims: Claims = field(default_factory=Claims)
    leading: list[Piece] = field(default_factory=list)
    asides: list[Piece] = field(default_factory=list)
    text: str = ""
    dash: bool = True
    titled: bool = False
    remarked: bool = False
    stamped: bool = False
    closed: bool = False
    waiting: Piece | None = None

    def close(self, *, dash: bool, last: bool = False) -> None:
        """End the segment; the next one begins behind a dash or not. Remarks behind the last are of the whole text."""
        if self.waiting:
            self.asides.append(self.waiting)
        if text := self.text.strip(_EDGES):
            titled = self.titled or (self.remarked and not last)
            self.segments.append(Segment(text, self.dash, titled, self.stamped))
            self.titled = False
        self.text, self.dash, self.remarked, self.stamped, self.closed, self.waiting = (
            "",
            dash,
            False,
            False,
            False,
            None,
        )

    def add_text(self, text: str) -> None:
        """Add plain words; remarks behind a bracket are no words of the segment."""
        begun = bool(self.text.strip(_EDGES))
        if begun and (self.closed or self.waiting) and (claims := read_remark(text)) is not None:
            self.claims = merged(self.claims, claims)
            self.closed = True
            return
        if self.closed and begun:
            self.close(dash=False)
        if self.waiting and self.text.strip(_EDGES):
            # Brackets amid the words of one segment are words of it, round ones at least.
            if self.waiting.bracket in "(（「":
                self.text = f"{self.text} {self.waiting.whole} "
                self.waiting = None
            else:
                self.close(dash=False)
        self.text += text

    def add_bracket(self, piece: Piece) -> None:
        """Add a bracket: what it claims, or something that waits for what follows it."""
        claims = read_bracketed(piece)
        if claims is None and self.text.strip(_EDGES) and is_role(piece.text):
            self.text += piece.whole
            return
        if claims is None and not self.segments and not self.text.strip(_EDGES):
            self.leading.append(piece)
            return
        if claims is None:
            if self.waiting:
                self.asides.append(self.waiting)
            self.waiting = piece
            return
        self.claims = merged(self.claims, claims)
        if self.waiting:
            self.asides.append(self.waiting)
            self.waiting = None
        begun = bool(self.text.strip(_EDGES))
        self.titled = self.titled or bool(claims.series) or claims.part is not None
        self.remarked = self.remarked or (begun and claims != NOTHING and not claims.narrators)
        self.stamped = self.stamped or bool(claims.language and claims.formats)
        self.closed = self.closed or begun


def cut_segments(text: str) -> Cut:
    """Cut a spaced text at its dashes; brackets are read, and taken out unless they stand amid words."""
    state = _Open()
    for item in _items(text):
        if item is None:
            state.close(dash=True)
        elif item.bracket:
            state.add_bracket(item)
        else:
            state.add_text(item.text)
    state.close(dash=True, last=True)
    return Cut(tuple(state.segments), state.claims, tuple(state.leading), tuple(state.asides))


def _items(text: str) -> Iterator[Piece | None]:
    """The pieces of a text, None for each dash between them."""
    for piece in cut_brackets(text):
        if piece.bracket:
            yield piece
            continue
        begin = 0
        for found in _DASH.finditer(piece.text):
            if piece.text[begin : found.start()].strip():
                yield Piece(piece.text[begin : found.start()])
            yield None
            begin = found.end()
        if piece.text[begin:].strip():
            yield Piece(piece.text[begin:])
