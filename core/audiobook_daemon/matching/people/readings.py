"""The ways in which a written name can be read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from audiobook_daemon.matching.people.names import natural_name, without_suffix
from audiobook_daemon.matching.people.spelling import is_latin, spread_umlauts
from audiobook_daemon.matching.people.vocabulary import COURTESY, GENERATIONS, PARTICLES
from audiobook_daemon.matching.text import words

_DOTTED = re.compile(r"(?<![^\W\d_])([^\W\d_])\.(?=[^\W\d_])")
_CAPITALS = re.compile(r"(?<![^\W_])[A-Z]{2,3}(?![^\W_])")
_CONSONANTS = re.compile(r"[b-df-hj-np-tv-xz]{2,3}")


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a name; everything folded, without courtesy titles and suffixes."""

    words: tuple[str, ...]
    """In the order of the reading, initials one by one."""
    given: tuple[str, ...]
    family: str
    """Without particles; a hyphenated name is one piece."""
    whole_family: str
    """With its particles, in one piece."""
    joined: str
    """All words in one piece."""
    latin: bool
    generation: str | None = None


@lru_cache(maxsize=100_000)
def readings(name: str) -> tuple[Reading, ...]:
    """How a name reads: as it folds, and with spread umlauts where it has some; nothing when it has no word."""
    whole, suffixes = without_suffix(natural_name(name))
    generation = next((GENERATIONS[word] for suffix in suffixes for word in words(suffix) if word in GENERATIONS), None)
    capitals = frozenset() if whole.isupper() else frozenset(run.casefold() for run in _CAPITALS.findall(whole))
    spread = spread_umlauts(whole)
    spellings = [whole] if spread == whole.casefold() else [whole, spread]
    pieces = (_pieces(spelling, capitals) for spelling in spellings)
    return tuple(_reading(found, generation) for found in pieces if found)


def _pieces(name: str, capitals: frozenset[str]) -> list[tuple[str, ...]]:
    """The folded words of each blank-separated piece; runs of initials fall apart."""
    written = _DOTTED.sub(r"\1. ", name).split()
    pieces: list[tuple[str, ...]] = []
    for place, piece in enumerate(written, start=1):
        found = words(piece)
        if not found or (not pieces and found[0] in COURTESY and place < len(written)):
            continue
        alone = found[0] if len(found) == 1 else ""
        if alone in capitals or (place < len(written) and _CONSONANTS.fullmatch(alone)):
            pieces.extend((letter,) for letter in alone)
        else:
            pieces.append(found)
    return pieces


def _reading(pieces: list[tuple[str, ...]], generation: str | None) -> Reading:
    cut = len(pieces) - 1
    while cut > 1 and "".join(pieces[cut - 1]) in PARTICLES:
        cut -= 1
    everything = _flat(pieces)
    joined = "".join(everything)
    return Reading(
        words=everything,
        given=_flat(pieces[:cut]),
        family="".join(pieces[-1]),
        whole_family="".join(_flat(pieces[cut:])),
        joined=joined,
        latin=is_latin(joined),
        generation=generation,
    )


def _flat(pieces: list[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(word for piece in pieces for word in piece)
