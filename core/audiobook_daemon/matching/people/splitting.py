"""Splits a text of credits into the names of people."""

from __future__ import annotations

import re
from functools import lru_cache

from audiobook_daemon.matching.people.given_names import GIVEN_NAMES
from audiobook_daemon.matching.people.names import folded, is_given, is_initials, is_suffix, natural_name, tidy
from audiobook_daemon.matching.people.roles import is_author_role, is_role, split_role
from audiobook_daemon.matching.people.vocabulary import PARTICLES

_STRONG = re.compile(
    r"\s*(?:[;/|\\\n、，；&+]|\b(?:and|und|et|og|och|with|feat\.?|featuring|ft\.|as told to)\b(?=\s))\s*", re.IGNORECASE
)
_WEAK = re.compile(r"\s+(?:y|e|i|en|и|ja|mit|avec|con|ve)\s+", re.IGNORECASE)
_MORE = re.compile(
    r"(?:and\s+)?(?:\d+\s+(?:more|others?|weitere)|others|more|et al\.?|al\.?|u\.?\s?a\.?|various others|et autres"
    r"|weitere)",
    re.IGNORECASE,
)
_YEARS = re.compile(r"[\s,]*\(?\b(?:b\.\s*|c\.\s*|ca\.\s*)?\d{3,4}\??(?:\s*[-–]\s*(?:\d{3,4})?\??)?\)?\s*$")
_FLAT_BRACKETS = re.compile(r"[\[({][^\[\](){}]*[\])}]")


@lru_cache(maxsize=50_000)
def split_people(text: str, *, keep_roles: bool = False) -> tuple[str, ...]:
    """The names in a text of credits, given name first, in their order, each once.

    People with another role than author (translators, narrators, editors ...) are left out unless `keep_roles`.
    """
    found: list[str] = []
    role_of_all: str | None = None
    for chunk in _chunks(text[:5_000]):
        listed, heading = _credits(chunk)
        role_of_all = heading or role_of_all
        for name, role in listed:
            role_here = role or (role_of_all if heading or role_of_all else None)
            if keep_roles or role_here is None or is_author_role(role_here):
                found.append(name)
    return tuple({folded(name) or name: name for name in reversed(found) if name}.values())[::-1]


def _chunks(text: str) -> list[str]:
    pieces = _STRONG.split(text)
    chunks: list[str] = []
    for piece in pieces:
        halves = _WEAK.split(piece)
        if len(halves) > 1 and all("," in half or len(half.split()) > 1 for half in halves):
            chunks += halves
        else:
            chunks.append(piece)
    return [chunk for chunk in chunks if tidy(chunk)]


def _credits(chunk: str) -> tuple[list[tuple[str, str | None]], str | None]:
    """The (name, role) pairs of a chunk without strong separators, and the role that it heads a list with."""
    parts = [tidy(part) for part in _YEARS.sub("", tidy(chunk)).split(",")]
    parts = [part for part in parts if part and not _MORE.fullmatch(part)]
    heading: str | None = None
    people: list[tuple[list[str], str | None]] = []
    for part in parts:
        if people and is_role(part):
            people[-1] = (people[-1][0], part)
        elif people and is_suffix(part):
            people[-1][0].append(part)
        else:
            name, role = split_role(part)
            if name:
                people.append(([name], role))
                if len(people) == 1 and role and part.casefold().startswith(role.casefold()):
                    heading = role
    return _joined(people), heading


def _joined(people: list[tuple[list[str], str | None]]) -> list[tuple[str, str | None]]:
    """Put surnames and given names that a comma parted together again."""
    names = [name[0] for name, _ in people]
    inverted = _inverted(names)
    found: list[tuple[str, str | None]] = []
    index = 0
    while index < len(people):
        name, role = people[index]
        if index in inverted:
            given, given_role = people[index + 1]
            found.append((natural_name(", ".join([name[0], given[0], *name[1:], *given[1:]])), given_role or role))
            index += 2
        else:
            found.append((natural_name(", ".join(name)), role))
            index += 1
    return found


def _inverted(names: list[str]) -> set[int]:
    """Which parts are surnames whose given names are the following part."""
    singles = [_may_be_family(name) for name in names]
    if len(names) == 2 and singles[0] and _may_be_given(names[1]):
        return {0}
    pairs = range(0, len(names) - 1, 2)
    if len(names) % 2 == 0 and all(
        singles[i] and _may_be_given(names[i + 1]) and len(names[i]) > 1 and not _is_first_name(names[i]) for i in pairs
    ):
        return set(pairs)
    found: set[int] = set()
    index = 0
    while index < len(names) - 1:
        if singles[index] and is_given(names[index + 1]) and not _is_first_name(names[index]):
            found.add(index)
            index += 1
        index += 1
    return found


def _may_be_family(name: str) -> bool:
    pieces = name.split()
    if len(pieces) == 1:
        return len(name) > 1 and "." not in name and not _is_cjk(name)
    if folded(pieces[0]) in PARTICLES:
        return True
    if is_suffix(pieces[-1]) and len(pieces) == 2:
        return True
    return len(pieces) == 2 and not any(map(is_initials, pieces)) and folded(pieces[0]) not in GIVEN_NAMES


def _may_be_given(name: str) -> bool:
    pieces = name.split()
    return len(pieces) == 1 or is_given(name) or all(is_initials(piece) for piece in pieces[1:])


def _is_first_name(name: str) -> bool:
    return folded(name) in GIVEN_NAMES


def _is_cjk(text: str) -> bool:
    return any("\u3040" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7af" for char in text)
