"""Splits a text of credits into the names of people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from audiobook_daemon.matching.people.inversion import inverted
from audiobook_daemon.matching.people.names import family_start, folded, is_given, is_suffix, natural_name, tidy
from audiobook_daemon.matching.people.oeuvre import WORK_WORDS, without_works
from audiobook_daemon.matching.people.placeholders import is_placeholder
from audiobook_daemon.matching.people.roles import (
    ROLES,
    is_author_role,
    is_editor_role,
    is_role,
    is_shared_role,
    open_brackets,
    segments,
    split_role,
)
from audiobook_daemon.matching.text import words

_LONGEST = 2_000
_ENDS = re.compile(
    r"(?:\bet al\b\.?|\b(?:and|et) (?:others|autres)\b|\bu\.\s?(?:v\.\s?)?a\.)[\s)]*$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"(?:and )?(?:\d+ )?(?:more|others?|weitere|autres|another)(?: (?:authors?|narrators?))?", re.IGNORECASE
)
_CAST = re.compile(r"(?:an? )?(?:full|ensemble|multi|supporting)[ -]cast", re.IGNORECASE)
_PLAIN = re.compile(r"[A-Z][\w.'’-]* (?:[A-Z][\w.'’]* ){0,2}[A-Z][\w'’]{2,}", re.ASCII)
_JOINING = frozenset(
    words("""
        and und et og och with mit feat featuring ft aka writing told y e i en ja con ve by von par por av af door more
        others another al autres weitere cast full multi
    """)
)
_CREDIT_WORDS = ROLES | WORK_WORDS | _JOINING
_LINES = re.compile(r"[\n\r|]+|\s[•·]\s")
_STRONG = re.compile(
    r"(?P<hard>[;/\\、，；]|\b(?:with|w/|feat\.?|featuring|ft\.|as told to|writing as|a\.?k\.?a\.?)(?=\s))"
    r"|(?P<soft>[&+＆]|\b(?:and|und|et|og|och)\b(?=\s))",
    re.IGNORECASE,
)
_WEAK = re.compile(r"\s(?:y|e|i|en|и|ja|con|ve)\s", re.IGNORECASE)
_YEARS = re.compile(r",? ?\(?\b(?:b\. ?|born |c\. ?|ca\. ?)?\d{3,4}\??(?: ?[-–] ?(?:\d{3,4})?\??)?\)?$")
_LEADING_BY = re.compile(r"(?:by|von|par|por|av|af|door)\b:? ?(?=\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Credit:
    name: str
    role: str | None
    was_inverted: bool = False


@lru_cache(maxsize=50_000)
def split_people(text: str, *, keep_roles: bool = False) -> tuple[str, ...]:
    """The names in a text of credits, given name first, in their order, each once.

    People with another role than author (translators, narrators ...) are left out unless `keep_roles`. Editors are
    authors where nobody else is; and where nobody has to do with the writing, as in a list of narrators, all are named.
    """
    if _is_one_plain_name(text):
        return (natural_name(text),)
    listed = [credit for line in _LINES.split(text[:_LONGEST]) for credit in _line(line)]
    listed = [credit for credit in listed if not is_placeholder(credit.name)] or listed
    chosen = listed
    if not keep_roles:
        chosen = [credit for credit in listed if credit.role is None or is_author_role(credit.role)]
        chosen = chosen or [credit for credit in listed if credit.role and is_editor_role(credit.role)] or listed
    names: dict[str, str] = {}
    for credit in chosen:
        if key := folded(credit.name):
            names.setdefault(key, credit.name)
    return tuple(names.values())


def _is_one_plain_name(text: str) -> bool:
    """Whether a text is but a few capitalised words, none of which plays a part in credits: nearly all names are."""
    return _PLAIN.fullmatch(text) is not None and _CREDIT_WORDS.isdisjoint(text.casefold().replace(".", "").split())


def _line(line: str) -> list[_Credit]:
    found: list[_Credit] = []
    for segment in segments(open_brackets(_ENDS.sub("", line))):
        found += _with_shared_role(list(_segment(segment.text, segment.role)))
    return found


def _segment(text: str, role: str | None) -> Iterator[_Credit]:
    chunks = list(_chunks(text))
    alone = len(chunks) == 1 or all("," in chunk for chunk, _ in chunks)
    before: _Credit | None = None
    for place, (chunk, joined) in enumerate(chunks):
        following = chunks[1][0] if place == 0 and len(chunks) == 2 and chunks[1][1] else None
        for credit in _chunk(chunk, alone=alone):
            name = credit.name
            if name == chunk and _is_lone_given(name):
                name = _with_family(name, before if joined else None, following)
            before = replace(credit, name=name, role=credit.role or role)
            yield before


def _chunks(text: str) -> Iterator[tuple[str, bool]]:
    """The stretches between strong separators, each with whether an `and` stands before it."""
    start, joined = 0, False
    for found in [*_STRONG.finditer(text), None]:
        piece = text[start : found.start() if found else len(text)]
        halves = _WEAK.split(piece)
        whole = len(halves) < 2 or not all("," in half or len(half.split()) > 1 for half in halves)
        for place, part in enumerate([piece] if whole else halves):
            if clean := tidy(part):
                yield clean, joined or place > 0
        if found:
            start, joined = found.end(), found["soft"] is not None


def _chunk(chunk: str, *, alone: bool) -> Iterator[_Credit]:
    parts: list[tuple[str, str | None]] = []
    for part in map(tidy, _YEARS.sub("", chunk).split(",")):
        if not part or _MORE.fullmatch(part):
            continue
        if parts and is_role(part) and (" " in parts[-1][0] or len(part) > 5 or part.endswith(".")):
            parts[-1] = (parts[-1][0], f"{parts[-1][1] or ''} {part}")
        elif parts and is_suffix(part) and (" " in parts[-1][0] or len(parts) > 1 or not part.isupper()):
            parts[-1] = (f"{parts[-1][0]} {part}", parts[-1][1])
        else:
            name, role = (part, "cast") if _CAST.fullmatch(part) else split_role(part)
            if len(name) < 4 or not is_role(name):
                parts.append((_without_by(name), role))
    yield from _joined([part for part in parts if part[0]], alone=alone)


def _joined(parts: list[tuple[str, str | None]], *, alone: bool) -> Iterator[_Credit]:
    surnames = inverted([name for name, _ in parts], alone=alone)
    index = 0
    while index < len(parts):
        name, role = parts[index]
        if index in surnames:
            given, given_role = parts[index + 1]
            yield _Credit(natural_name(f"{name}, {given}"), given_role or role, was_inverted=True)
            index += 1
        else:
            yield _Credit(natural_name(without_works(name)), role)
        index += 1


def _with_shared_role(listed: list[_Credit]) -> list[_Credit]:
    """Give a role in the plural to all who stand before it without one."""
    role: str | None = None
    found: list[_Credit] = []
    for credit in reversed(listed):
        if credit.role:
            role = credit.role if is_shared_role(credit.role) else None
        found.append(replace(credit, role=credit.role or role))
    return found[::-1]


def _without_by(name: str) -> str:
    found = _LEADING_BY.match(name)
    if found and (name[:2].casefold() == "by" or is_given(name[found.end() :].split(" ", 1)[0])):
        return name[found.end() :]
    return name


def _is_lone_given(name: str) -> bool:
    return " " not in name and len(name) > 1 and is_given(name)


def _with_family(given: str, before: _Credit | None, following: str | None) -> str:
    """A lone given name shares the surname across an `and`: `Eddings, David & Leigh`, `David & Leigh Eddings`."""
    if before and before.was_inverted:
        pieces = before.name.split()
        return " ".join([given, *pieces[family_start(pieces) :]])
    pieces = (following or "").split()
    shares = len(pieces) == 2 and "," not in pieces[0] and is_given(pieces[0])
    return f"{given} {pieces[1]}" if shares else given
