"""What people did for a book, as credits say it beside their names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from audiobook_daemon.matching.people.names import folded, tidy
from audiobook_daemon.matching.people.vocabulary import AUTHOR_ROLES, EDITOR_ROLES, OTHER_ROLES, SHARED_ROLES

_MARK = "\ue000"
"""Stands around a role that was in brackets; of private use, so no credit says it."""
_BRACKET = re.compile(r"[\[({<]([^\[\](){}<>]*)[\])}>]?")
_WIDE_BRACKETS = str.maketrans("（）［］【】〔〕", "()[][][]", _MARK)
_JOINS = re.compile(r"(?:with|w/|and|&|mit|und|avec|con|feat\.?|featuring)\s+", re.IGNORECASE)
_MARKED = re.compile(f"(?P<name>[^{_MARK}]*){_MARK}(?P<role>[^{_MARK}]*){_MARK}(?P<rest>[^{_MARK}]*)")
_TAIL = re.compile(r"(?P<name>.{2,}?)(?:\s[-–—]\s?|\s?:\s?)(?P<role>[^-–—:]{2,60})")
_HEAD = re.compile(r"(?P<role>[^:–—]{2,60}?)(?:\s[-–—]\s|\s?:\s?)(?P<name>.{2,})")
_IDEOGRAPHIC = re.compile(
    r"(?<=[\u3040-\u9fff\uac00-\ud7af])\s?(著者?|作者|原作|译者?|訳者?|翻訳|朗読|演播|播讲|編著?|지음|옮김|낭독)$"
)
_BY = frozenset({"by", "von", "par", "por", "da", "av", "af", "door", "przez", "durch"})
_WEAK_BY = frozenset({"di", "de", "del", "of", "mit"})
_OPENINGS = frozenset({"with", "mit", "avec", "con", "a"})
"""What may stand before the role of a heading: `with a foreword by`, `a cura di`."""
_FILLERS = frozenset({"by", "and", "et", "und", "y", "e", "with", "a", "an", "the", "einem", "einer", "une", "un", ""})
_LONGEST_HEADING = 6


_SINGULAR = AUTHOR_ROLES | EDITOR_ROLES | OTHER_ROLES
ROLES = _SINGULAR | {f"{role}s" for role in _SINGULAR}
"""All words that say what a person did, folded."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of credits under one heading (`narrated by ...`), or under none."""

    text: str
    role: str | None = None


def is_role(text: str) -> bool:
    """Whether a text names nothing but roles (`translator`, `Foreword and Afterword`)."""
    found = folded(text).split()
    if not found or not (found[-1] in ROLES or found[-1] in _BY):
        return False
    roles = [word for word in found if word not in _FILLERS and word not in _BY]
    return bool(roles) and ROLES.issuperset(roles)


def is_author_role(role: str) -> bool:
    """Whether a role text includes authorship."""
    return not AUTHOR_ROLES.isdisjoint(folded(role).split())


def is_editor_role(role: str) -> bool:
    """Whether a role text is that of an editor, who stands for the author of an anthology."""
    return not EDITOR_ROLES.isdisjoint(folded(role).split())


def is_shared_role(role: str) -> bool:
    """Whether a role text is a plural, which holds for several people before it (`A & B (editors)`)."""
    return not SHARED_ROLES.isdisjoint(folded(role).split())


def open_brackets(text: str) -> str:
    """Set roles in brackets apart, put bracketed people behind the others, and drop every other bracket."""
    return tidy(_BRACKET.sub(_opened, text.translate(_WIDE_BRACKETS)))


def segments(text: str) -> list[Segment]:
    """Cut credits before each heading such as `narrated by`, `Sprecher:` or `aus dem Englischen von`."""
    pieces = text.split()
    plain = [folded(piece) for piece in pieces]
    found: list[Segment] = []
    begun, role, index = 0, None, 0
    while index < len(pieces):
        end = _heading_end(pieces, plain, index)
        if end is None:
            index += 1
            continue
        found.append(Segment(" ".join(pieces[begun:index]), role))
        role = " ".join(plain[index:end])
        begun = index = end
    return [*found, Segment(" ".join(pieces[begun:]), role)]


def split_role(credit: str) -> tuple[str, str | None]:
    """The name and the role of one credit (`Jane Doe - Translator`, `Narrator - Jane Doe`); the role may be unsaid."""
    if marked := _MARKED.search(credit):
        return tidy(f"{marked['name']} {marked['rest']}"), marked["role"]
    if ideographic := _IDEOGRAPHIC.search(credit):
        return tidy(credit[: ideographic.start()]), ideographic[1]
    for form in (_TAIL, _HEAD):
        if (found := form.fullmatch(credit)) and is_role(found["role"]):
            return tidy(found["name"]), found["role"]
    return tidy(credit), None


def _opened(found: re.Match[str]) -> str:
    inside = found[1].strip()
    if is_role(inside):
        return f" {_MARK}{folded(inside)}{_MARK} "
    if joined := _JOINS.match(inside):
        return f" ; {inside[joined.end() :]} "
    pieces = inside.split()
    if pieces and _heading_end(pieces, [folded(piece) for piece in pieces], 0) is not None:
        return f" ; {inside} "
    return " "


def _heading_end(pieces: Sequence[str], plain: Sequence[str], start: int) -> int | None:
    """Where the heading that begins at a word ends, or None when none begins there."""
    if plain[start] == "aus" and "von" in plain[start + 2 : start + _LONGEST_HEADING]:
        return plain.index("von", start + 2) + 1
    if not (plain[start] in ROLES or plain[start] in _OPENINGS):
        return None
    last_role: int | None = None
    for index in range(start, min(start + _LONGEST_HEADING, len(pieces))):
        word = plain[index]
        if word in ROLES:
            last_role = index
            if pieces[index].endswith(":"):
                return index + 1
        elif last_role is not None and (word in _BY or (word in _WEAK_BY and len(plain[last_role]) > 3)):
            return index + 1
        elif word not in _FILLERS and word not in _OPENINGS:
            return None
    return None
