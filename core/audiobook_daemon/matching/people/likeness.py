"""Whether two names are one person's."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.lexicon.given_names import GIVEN_NAMES
from audiobook_daemon.matching.people.names import LONGEST
from audiobook_daemon.matching.people.placeholders import is_placeholder
from audiobook_daemon.matching.people.readings import Reading, readings
from audiobook_daemon.matching.people.short_forms import are_forms_of_one
from audiobook_daemon.matching.people.spelling import in_latin, is_close, is_slip
from audiobook_daemon.matching.people.splitting import split_people

_BEST_FIRST = (Likeness.SAME, Likeness.UNSURE, Likeness.DIFFERENT)


@lru_cache(maxsize=100_000)
def same_person(one: str, other: str) -> Likeness:
    """Whether two names are one person's: SAME, DIFFERENT, or UNSURE (`J. Smith` and `John Smith`).

    An empty name is nobody's. Pen names are not known here: give aliases to `person_among`.
    """
    mine, theirs = readings(one[:LONGEST]), readings(other[:LONGEST])
    if not mine or not theirs:
        return Likeness.SAME if one == other and not is_placeholder(one) else Likeness.DIFFERENT
    if is_placeholder(one) or is_placeholder(other):
        return Likeness.UNSURE
    if len({mine[0].generation, theirs[0].generation, None}) > 2:
        return Likeness.DIFFERENT
    if mine[0].latin != theirs[0].latin:
        return _across_alphabets(mine[0], theirs[0])
    return min((_compare(left, right) for left in mine for right in theirs), key=_BEST_FIRST.index)


def person_among(name: str, names: Iterable[str], aliases: Iterable[str] = ()) -> bool:
    """Whether a person, under the name or an alias, is surely one of the named (each may be a list of people)."""
    known = [name, *aliases]
    people = [person for text in names for person in (text, *split_people(text))]
    return any(same_person(mine, theirs) is Likeness.SAME for mine in known for theirs in people)


def _compare(one: Reading, other: Reading) -> Likeness:
    if one.joined == other.joined or _is_turned(one.words, other.words):
        return Likeness.SAME
    if one.family == other.family or one.whole_family == other.whole_family:
        return _given(one.given, other.given)
    for turned, natural in ((one, other), (other, one)):
        if turned.words[0] == natural.family and turned.words[0] not in GIVEN_NAMES:
            return _given(turned.words[1:], natural.given)
    return _other_family(one, other)


def _is_turned(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one order of the words becomes the other by moving the surname from the end to the front."""
    return (
        len(one) == len(other) and one[0] in other and any(one[cut:] + one[:cut] == other for cut in range(1, len(one)))
    )


def _given(one: tuple[str, ...], other: tuple[str, ...]) -> Likeness:
    """Compare the given names of one surname: one may miss at the end, an initial stands for what begins with it."""
    if not one or not other:
        return Likeness.UNSURE
    shorter, longer = sorted((one, other), key=len)
    if len(longer[0]) == 1 < len(shorter[0]) and shorter == longer[1:]:
        return Likeness.SAME
    verdict = Likeness.UNSURE
    initials = 0
    for mine, theirs in zip(one, other, strict=False):
        if (mine == theirs and len(mine) > 1) or is_slip(mine, theirs):
            verdict = Likeness.SAME
        elif mine == theirs or (min(len(mine), len(theirs)) == 1 and mine[0] == theirs[0]):
            initials += 1
        elif are_forms_of_one(mine, theirs) or is_close(mine, theirs):
            return Likeness.UNSURE
        else:
            return Likeness.DIFFERENT
    return Likeness.SAME if initials > 1 and len(one) == len(other) else verdict


def _other_family(one: Reading, other: Reading) -> Likeness:
    if one.given and other.given and _given(one.given, other.given) is Likeness.SAME:
        if is_slip(one.family, other.family):
            return Likeness.SAME
        if is_close(one.family, other.family) or _is_double_of(one.family, other.family):
            return Likeness.UNSURE
    contained = set(one.words) < set(other.words) or set(other.words) < set(one.words)
    return Likeness.UNSURE if contained else Likeness.DIFFERENT


def _is_double_of(one: str, other: str) -> bool:
    """Whether one surname is the other with a second one joined to it."""
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) > 3 and len(longer) > len(shorter) + 2 and longer.startswith(shorter)


def _across_alphabets(one: Reading, other: Reading) -> Likeness:
    """Compare by transliteration; names are too often translated for it to say DIFFERENT."""
    latin = [[in_latin(word) for word in name.words] for name in (one, other)]
    if len(latin[0]) != len(latin[1]):
        return Likeness.UNSURE
    for mine, theirs in zip(*latin, strict=True):
        if not mine or not theirs or not (mine == theirs or is_slip(mine, theirs)):
            return Likeness.UNSURE
    return Likeness.SAME
