"""Whether two titles are those of one work, by their words alone."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.titles.reading import Stretch, TitleReading, read_title

_DOUBLED = re.compile(r"([^\W\d])\1")
_LONG = 12
"""How many letters a title needs so that a doubled letter does not make it another one."""


@lru_cache(maxsize=50_000)
def compare_titles(one: str, other: str) -> Likeness:
    """Whether two titles are one work's: SAME, DIFFERENT, or UNSURE where one says more than the other."""
    left, right = read_title(one), read_title(other)
    if not left.names and not right.names and not left.whole and not right.whole:
        return _compare_signs(one, other)
    return compare_readings(left, right)


def _compare_signs(one: str, other: str) -> Likeness:
    """Titles of signs alone (`+`); blank ones are nobody's."""
    if not one.strip() or not other.strip():
        return Likeness.UNSURE
    return Likeness.SAME if one.strip() == other.strip() else Likeness.DIFFERENT


def compare_readings(left: TitleReading, right: TitleReading) -> Likeness:
    """As `compare_titles`, of titles that were taken apart already."""
    if left.part and right.part and left.part != right.part:
        return Likeness.DIFFERENT
    if left.collection != right.collection:
        return Likeness.DIFFERENT
    verdict = Likeness.SAME if left.whole == right.whole else _compare_names(left, right)
    if verdict is Likeness.SAME and left.part != right.part:
        return Likeness.UNSURE
    return verdict


def _compare_names(left: TitleReading, right: TitleReading) -> Likeness:
    if not left.names or not right.names:
        return Likeness.DIFFERENT
    placed = {item.key for item in (*left.places, *right.places)}
    mine, theirs = _telling(left, placed), _telling(right, placed)
    shared = _shared(mine, theirs)
    if shared is Likeness.DIFFERENT:
        return shared
    width = min(len(mine), len(theirs))
    if _keys(mine[:width]) != _keys(theirs[:width]):
        left, right = (_led(title, named[-width:]) for title, named in ((left, mine), (right, theirs)))
    numbers = _compare_numbers(left, right)
    return shared if numbers is Likeness.SAME else numbers


def _shared(mine: list[Stretch], theirs: list[Stretch]) -> Likeness:
    """How the names stand to each other when numbers are left aside."""
    one, other = "".join(_keys(mine)), "".join(_keys(theirs))
    if one == other or (len(one) >= _LONG and _DOUBLED.sub(r"\1", one) == _DOUBLED.sub(r"\1", other)):
        return Likeness.SAME
    shorter, longer = sorted((mine, theirs), key=len)
    if len(shorter) == len(longer):
        return Likeness.DIFFERENT
    if _keys(longer[: len(shorter)]) == _keys(shorter):
        rest = longer[len(shorter) :]
        return Likeness.SAME if all(item.descriptive or item.bracket for item in rest) else Likeness.UNSURE
    if _keys(longer[-len(shorter) :]) == _keys(shorter):
        numbered = any(item.numbers for item in longer[: -len(shorter)])
        return Likeness.SAME if numbered or sum(item.size for item in shorter) > 1 else Likeness.UNSURE
    return Likeness.DIFFERENT


def _keys(stretches: list[Stretch]) -> list[str]:
    return [item.key for item in stretches]


def _led(title: TitleReading, named: list[Stretch]) -> TitleReading:
    """The title with what precedes its name (a series, most likely) among its places."""
    before = tuple(item for item in title.names if not any(item is name for name in named))
    return replace(title, names=tuple(named), places=(*title.places, *before))


def _telling(title: TitleReading, placed: set[str]) -> list[Stretch]:
    """The stretches that name the book: no series, and no mere description but for the first."""
    first, *rest = title.names
    rest = [item for item in rest if item.key not in placed]
    if first.key in placed and first.numbers and any(item.size > 1 or not item.descriptive for item in rest):
        return rest
    others = [item for item in rest if not (item.descriptive and item.size <= 3)]
    if others and (first.key == others[0].key or (first.key in placed and not others[0].descriptive)):
        return others
    return [first, *others]


def _compare_numbers(left: TitleReading, right: TitleReading) -> Likeness:
    """How the numbers of volumes stand to each other; those of different series cannot be compared."""
    one, other = left.numbers, right.numbers
    shared = [name for name in one if name in other]
    if any(one[name] != other[name] for name in shared):
        return Likeness.DIFFERENT
    if shared or ("" not in one and "" not in other):
        return Likeness.SAME
    mine, theirs = (one, other) if "" in one else (other, one)
    if mine[""] in {left.part, right.part}:
        return Likeness.SAME
    if theirs:
        return Likeness.SAME if mine[""] in theirs.values() else Likeness.UNSURE
    if (left if "" in one else right).led_by_number:
        return Likeness.SAME
    if mine[""] == "1" and any(place.key and place.series for place in (left if "" in one else right).places):
        return Likeness.SAME
    return Likeness.UNSURE if mine[""] in {"0", "1"} else Likeness.DIFFERENT
