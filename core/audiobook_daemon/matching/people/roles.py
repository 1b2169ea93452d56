"""What a person did for a book, as credits say it beside the name."""

from __future__ import annotations

import re

from audiobook_daemon.matching.people.names import folded, tidy
from audiobook_daemon.matching.people.vocabulary import AUTHOR_ROLES, OTHER_ROLES

_BRACKET = re.compile(r"\s*[\[({]([^\[\](){}]*)[\])}]\s*")
_TAIL = re.compile(r"^(.{2,}?)\s*(?:\s[-–—]\s*|:\s*)([^-–—:]{2,60})$")
_HEAD = re.compile(r"^([^:–—]{2,60}?)\s*(?:\s[-–—]\s|:)\s*(.{2,})$")
_BY = re.compile(
    r"^(?P<role>[^\W\d_]+(?:\s(?:and|und|et|y|&)\s[^\W\d_]+)?)\s+(?:by|von|par|por|da|av|af|door)\s+(?P<name>.+)$",
    re.IGNORECASE,
)
_LEADING_BY = re.compile(r"^(?:by|von|par|por)\s*:?\s+(?=\S)", re.IGNORECASE)
_FILLERS = frozenset({"by", "and", "von", "par", "por", "und", "et", "the", "of", "with", "a", "an", "as", "to"})


def is_role(text: str) -> bool:
    """Whether a text names nothing but roles (`translator`, `Foreword and Afterword`)."""
    found = [word for word in folded(text).split() if word not in _FILLERS]
    return bool(found) and all(word in OTHER_ROLES or word in AUTHOR_ROLES for word in found)


def is_author_role(text: str) -> bool:
    """Whether a role text includes authorship."""
    return any(word in AUTHOR_ROLES for word in folded(text).split())


def split_role(credit: str) -> tuple[str, str | None]:
    """The name and the role of one credit (`Jane Doe (Translator)`, `Narrated by Jane Doe`); the role may be unsaid."""
    role: str | None = None

    def bracket(found: re.Match[str]) -> str:
        nonlocal role
        if is_role(found[1]):
            role = found[1]
        return " "

    name = tidy(_BRACKET.sub(bracket, credit))
    if (tail := _TAIL.match(name)) and is_role(tail[2]):
        return tidy(tail[1]), role or tail[2]
    if (head := _HEAD.match(name)) and is_role(head[1]):
        return tidy(head[2]), role or head[1]
    if (by := _BY.match(name)) and is_role(by["role"]):
        return tidy(by["name"]), role or by["role"]
    return tidy(_LEADING_BY.sub("", name)), role
