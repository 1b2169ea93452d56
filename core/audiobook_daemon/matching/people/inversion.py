"""Which comma stands inside a name (`Tolkien, J.R.R.`), and which between two names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audiobook_daemon.matching.lexicon.given_names import GIVEN_NAMES
from audiobook_daemon.matching.lexicon.mononyms import MONONYMS
from audiobook_daemon.matching.lexicon.surnames import is_surname_like
from audiobook_daemon.matching.people.names import folded, is_given, is_ideographic, is_initials, without_suffix
from audiobook_daemon.matching.people.placeholders import is_placeholder
from audiobook_daemon.matching.people.vocabulary import COURTESY, PARTICLES

_CAMEL_CASE = re.compile(r"(?!Ma?c|D[aeiu]|L[aeo]|St|V[ao]n|Fitz)[A-Z][a-z]+[A-Z]\w+")


def inverted(parts: Sequence[str], *, alone: bool) -> frozenset[int]:
    """The indexes of the parts that are surnames of the given names behind them.

    `alone` says that the parts are all there is, so that two unknown words are one name rather than two.
    """
    if len(parts) == 2:
        return frozenset({0} if _is_pair(*parts, alone=alone) else ())
    evens = range(0, len(parts) - 1, 2)
    if len(parts) % 2 == 0 and _are_pairs([(parts[index], parts[index + 1]) for index in evens]):
        return frozenset(evens)
    found: set[int] = set()
    index = 0
    while index < len(parts) - 1:
        if _is_sure_pair(parts[index], parts[index + 1]):
            found.add(index)
            index += 1
        index += 1
    return frozenset(found)


def _is_pair(one: str, other: str, *, alone: bool) -> bool:
    if not _may_be_family(one) or is_ideographic(other):
        return False
    family, given = without_suffix(one)[0].split(), other.split()
    if len(given) > 1 and folded(given[0]) in COURTESY:
        given = given[1:]
    while len(given) > 1 and given[-1].islower() and folded(given[-1]) in PARTICLES:
        given = given[:-1]
    if is_given(" ".join(given)) and (len(given) == 1 or len(family) == 1 or _is_dotted(other)):
        return True
    if len(family) == 1:
        return alone if len(given) == 1 else _opens_given(given) and not _is_first_name(family[0])
    if _opens_with_particle(family):
        return len(given) == 1 or (_opens_given(given) and not is_surname_like(folded(given[-1])))
    if folded(family[0]) in GIVEN_NAMES:
        return False
    return len(given) > 1 and is_given(other) and not is_surname_like(folded(given[-1]))


def _are_pairs(pairs: Sequence[tuple[str, str]]) -> bool:
    if not all(_may_be_family(one) and (len(other.split()) == 1 or is_given(other)) for one, other in pairs):
        return False
    likely = [is_given(other) and not _is_first_name(one) for one, other in pairs]
    if not any(map(_is_first_name, (part for pair in pairs for part in pair))):
        return all(len(part.split()) == 1 for pair in pairs for part in pair)
    return sum(likely) * 2 >= len(pairs) and not any(
        len(one.split()) > 1 and not sure for (one, _), sure in zip(pairs, likely, strict=True)
    )


def _is_sure_pair(one: str, other: str) -> bool:
    return _may_be_family(one) and is_given(other) and not _is_first_name(one.split(maxsplit=1)[0])


def _may_be_family(text: str) -> bool:
    pieces = without_suffix(text)[0].split()
    if is_ideographic(text) or any(map(is_initials, pieces)) or is_placeholder(text) or _is_made_up(text):
        return False
    return len(pieces) <= 2 or _opens_with_particle(pieces)


def _is_made_up(text: str) -> bool:
    """Whether a single word is known as a whole name, or written like a user's (`TheFirstDefier`)."""
    return folded(text) in MONONYMS or _CAMEL_CASE.fullmatch(text) is not None


def _opens_with_particle(pieces: Sequence[str]) -> bool:
    return len(pieces) > 1 and folded(pieces[0]) in PARTICLES and (len(pieces) > 2 or not _is_first_name(pieces[0]))


def _opens_given(pieces: Sequence[str]) -> bool:
    return _is_first_name(pieces[0]) or is_initials(pieces[0])


def _is_first_name(word: str) -> bool:
    return folded(word) in GIVEN_NAMES


def _is_dotted(text: str) -> bool:
    return "." in text and is_initials(text)
