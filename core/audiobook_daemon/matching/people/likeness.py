"""Whether two names are one person's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.people.names import natural_name
from audiobook_daemon.matching.people.placeholders import is_placeholder
from audiobook_daemon.matching.people.splitting import split_people
from audiobook_daemon.matching.people.vocabulary import COURTESY, DEGREES, GENERATIONS, PARTICLES
from audiobook_daemon.matching.text import words

_TIGHT = re.compile(r"(?<![^\W\d_])([^\W\d_])\.(?=[^\W\d_])")
_CAPITALS = re.compile(r"(?<![^\W_])([A-Z]{2,3})(?![^\W_])")


@lru_cache(maxsize=100_000)
def same_person(one: str, other: str) -> Likeness:
    """Whether two names are one person's: SAME, DIFFERENT, or UNSURE (`J. Smith` and `John Smith`).

    An empty name is nobody's. Pen names are not known here: give aliases to `person_among`.
    """
    left, right = _name(one), _name(other)
    if not left[0] or not right[0]:
        return Likeness.DIFFERENT
    if is_placeholder(one) or is_placeholder(other):
        return Likeness.UNSURE
    if left[1] and right[1] and left[1] != right[1]:
        return Likeness.DIFFERENT
    return _compare(left[0], right[0])


def person_among(name: str, names: Iterable[str], aliases: Iterable[str] = ()) -> bool:
    """Whether a person, under the name or an alias, is surely one of the named (each may be a list of people)."""
    known = [name, *aliases]
    people = [person for text in names for person in (text, *split_people(text))]
    return any(same_person(mine, theirs) is Likeness.SAME for mine in known for theirs in people)


@lru_cache(maxsize=100_000)
def _name(text: str) -> tuple[tuple[str, ...], str | None]:
    natural = natural_name(text)
    capitals = set() if natural.isupper() else {found.casefold() for found in _CAPITALS.findall(natural)}
    generation: str | None = None
    found: list[str] = []
    for word in words(_TIGHT.sub(r"\1. ", natural.replace("Ph.D", "PhD").replace("M.D.", "MD"))):
        if found and word in GENERATIONS:
            generation = GENERATIONS[word]
        elif word in DEGREES or (word in COURTESY and not found):
            continue
        elif word in capitals:
            found.extend(word)
        else:
            found.append(word)
    return tuple(found), generation


def _compare(one: tuple[str, ...], other: tuple[str, ...]) -> Likeness:
    if one == other or sorted(one) == sorted(other) or "".join(one) == "".join(other):
        return Likeness.SAME
    (given, family), (other_given, other_family) = _parted(one), _parted(other)
    if family == other_family:
        return _given(given, other_given)
    if _near(family, other_family) and given and _given(given, other_given) is Likeness.SAME:
        return Likeness.SAME
    if set(one) < set(other) or set(other) < set(one):
        return Likeness.UNSURE
    return Likeness.DIFFERENT


def _parted(name: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    cut = len(name) - 1
    while cut > 1 and name[cut - 1] in PARTICLES and len(name[cut - 1]) > 1:
        cut -= 1
    return name[:cut], "".join(name[cut:])


def _given(one: tuple[str, ...], other: tuple[str, ...]) -> Likeness:
    if not one or not other:
        return Likeness.UNSURE
    shared = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine == theirs:
            shared += len(mine) > 1 or len(one) > 1
        elif min(len(mine), len(theirs)) == 1 and mine[0] == theirs[0]:
            continue
        elif _near(mine, theirs):
            shared += 1
        else:
            return Likeness.DIFFERENT
    full_match = len(one) == len(other) > 1
    return Likeness.SAME if shared or full_match else Likeness.UNSURE


def _near(one: str, other: str) -> bool:
    """Equal but for one slip of the pen, in words long enough that it is no other word."""
    if min(len(one), len(other)) < 7 or abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other):
        differing = [place for place in range(len(one)) if one[place] != other[place]]
        if len(differing) == 2 and differing[1] == differing[0] + 1:
            first, second = differing
            return one[first] == other[second] and one[second] == other[first]
        return len(differing) == 1
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    start = next((place for place in range(len(shorter)) if longer[place] != shorter[place]), len(shorter))
    return longer[start + 1 :] == shorter[start:]
