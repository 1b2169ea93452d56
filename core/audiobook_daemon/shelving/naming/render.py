"""Fills a template with values, so that what is not known takes its separators and brackets with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from audiobook_daemon.config.templates import Field, Group, Level, Template
from audiobook_daemon.shelving.naming.letters import cut
from audiobook_daemon.shelving.naming.safe import clean, safe_name

_GAP = "\0"
"""Stands between texts where a value is not known; no template has it."""
_BRACKETS = (
    (re.compile(r"([(\[{])[^\w()\[\]{}]*\0[^\w()\[\]{}]*"), rf"\1{_GAP}"),
    (re.compile(r"[^\w()\[\]{}]*\0[^\w()\[\]{}]*([)\]}])"), rf"{_GAP}\1"),
    (re.compile(r"\(\0\)|\[\0\]|\{\0\}"), _GAP),
)
"""Within brackets the separators around a gap go, and brackets with nothing else in them go too."""
_SHORTEST = 8
"""Bytes that are left of a value that has to give way."""


@dataclass(frozen=True, slots=True)
class _Value:
    text: str


_Piece: TypeAlias = _Value | str | None
"""A value, text that was written, or None where a value is not known."""


def render(template: Template, values: Mapping[str, str], longest: int, mark: str = "") -> tuple[str, ...]:
    """Name each level of a template in at most `longest` bytes; levels without anything known are left out.

    Where a name is too long, its longest value gives way. `mark` is put behind the last name and never cut.
    """
    last = len(template.levels) - 1
    names = [
        _name(level, values, longest, mark if place == last else "") for place, level in enumerate(template.levels)
    ]
    return tuple(name for name in names if name)


def _name(level: Level, values: Mapping[str, str], longest: int, mark: str = "") -> str:
    pieces = [piece for group in level for piece in _pieces(group, values)]
    known = any(isinstance(piece, _Value) for piece in pieces)
    if not known and None in pieces:
        return ""
    suffix = f" {mark}" if mark else ""
    pieces = _fitting(pieces, longest - len(suffix.encode()))
    return safe_name(f"{clean(_joined(pieces))}{suffix}", "", longest)


def _pieces(group: Group | str, values: Mapping[str, str]) -> Iterator[_Piece]:
    if isinstance(group, str):
        yield group
    elif all(part.name in values for part in group if isinstance(part, Field)):
        for part in group:
            yield _Value(_padded(values[part.name], part.digits)) if isinstance(part, Field) else part
    else:
        yield None


def _padded(number: str, digits: int) -> str:
    whole, point, rest = number.partition(".")
    return f"{whole.zfill(digits)}{point}{rest}" if digits else number


def _fitting(pieces: Sequence[_Piece], most: int) -> list[_Piece]:
    """Shorten the longest value again and again, until the name fits or nothing is left to shorten."""
    found = list(pieces)
    while (excess := len(clean(_joined(found)).encode()) - most) > 0:
        sizes = [len(piece.text.encode()) if isinstance(piece, _Value) else 0 for piece in found]
        size = max(sizes, default=0)
        if size <= _SHORTEST:
            break
        place = sizes.index(size)
        piece = found[place]
        if isinstance(piece, _Value):
            shorter = cut(piece.text, max(_SHORTEST, size - excess)).rstrip()
            found[place] = replace(piece, text=shorter)
    return found


def _joined(pieces: Sequence[_Piece]) -> str:
    text, between, begun = "", [""], False
    for piece in pieces:
        if isinstance(piece, _Value):
            text += _between(between, at_edge=not begun) + piece.text
            between, begun = [""], True
        elif piece is None:
            between.append("")
        else:
            between[-1] += piece
    return text + _between(between, at_edge=True)


def _between(parts: Sequence[str], *, at_edge: bool) -> str:
    """Join the written text around values that are not known: brackets with nothing in them go, separators once."""
    if len(parts) == 1:
        return parts[0]
    text = _GAP.join(parts)
    for pattern, kept in _BRACKETS:
        text = pattern.sub(kept, text)
    left = text.split(_GAP)
    if any(char.isalnum() or char in "()[]{}" for part in left for char in part):
        return "".join(left)
    return "" if at_edge else max(left, key=lambda part: (len(part.strip()), len(part)))
