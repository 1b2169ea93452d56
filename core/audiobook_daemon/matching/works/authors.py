"""Whether two records name the same people."""

from __future__ import annotations

from collections.abc import Sequence

from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.people import is_placeholder, same_person, split_people
from audiobook_daemon.matching.people.spelling import distance
from audiobook_daemon.matching.text import words


def agreement(one: Sequence[str], other: Sequence[str]) -> Likeness | None:
    """Whether two lists share a person: SAME, DIFFERENT, UNSURE (`J. Smith`), or None when one names nobody.

    One person in common is enough: records list co-authors in any order and number.
    """
    mine, theirs = _named(one), _named(other)
    if not mine or not theirs:
        return Likeness.SAME if one and other and _spoken(one) & _spoken(other) else None
    found = {same_person(name, listed) for name in mine for listed in theirs}
    for likeness in (Likeness.SAME, Likeness.UNSURE):
        if likeness in found:
            return likeness
    return Likeness.DIFFERENT


def choose_person(name: str, candidates: Sequence[str]) -> int | None:
    """The index of the only candidate that is surely this person, or None."""
    wanted = split_people(name) or (name,)
    found = [index for index, candidate in enumerate(candidates) if any(_is_person(one, candidate) for one in wanted)]
    return found[0] if len(found) == 1 else None


def _is_person(one: str, other: str) -> bool:
    """As people are the same; a group (`The Black Keys`) only under its whole name."""
    if "the" in {*words(one)[:1], *words(other)[:1]}:
        return distance("".join(words(one)), "".join(words(other)), 1) <= 1
    return same_person(one, other) is Likeness.SAME


def _named(names: Sequence[str]) -> tuple[str, ...]:
    """The people of a list, whose entries may be lists of people themselves."""
    return tuple(name for entry in names if not is_placeholder(entry) for name in (split_people(entry) or (entry,)))


def _spoken(names: Sequence[str]) -> set[tuple[str, ...]]:
    return {words(name) for name in names}
