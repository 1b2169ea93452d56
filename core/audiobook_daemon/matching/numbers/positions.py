"""Positions in a series as catalogues, trackers and people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from audiobook_daemon.matching.numbers.roman import roman
from audiobook_daemon.matching.numbers.worded import number_word

_FRACTIONS = {"½": ".5", "¼": ".25", "¾": ".75"}
_DASHES = re.compile(r"\s*(?:[-‐‑‒–—―−~]|\b(?:to|through|thru|bis|until)\b|\.{2,3}|…)\s*")
_LABEL = re.compile(
    r"(?:the\s+|series\s+)?(?:books?|bks?|volumes?|vols?|v|numbers?|num|no|nos|nr|parts?|pts?|episodes?|ep|instal+ments?"
    r"|entry|entries|novels?|cycle|seasons?|issues?|bande?|band|bd|buch|teile?|folgen?|nummer|tomes?|t|livres?|libros?"
    r"|tomos?|volumen|volumes|n|no|deel|boek|del|bok|bind|kniga|книга|том|часть|第)\s*[.:#№º°]?\s*(?=\S)",
    re.IGNORECASE,
)
_NUMBER = r"(?:\d{1,9}\.?\d{0,9}|\.\d{1,9})"
_ENTRY = re.compile(
    rf"[#№]?\s*(?P<first>{_NUMBER})(?:st|nd|rd|th)?(?:-#?\s*(?P<last>{_NUMBER}))?"
    rf"(?:\s*(?:p|pt|part|teil|partie|parte)\.?\s*(?P<part>{_NUMBER}))?"
    r"(?:\s*(?:of|von|de|sur|/)\s*\d{1,9})?\s*[巻卷권集]?\s*\.?",
    re.IGNORECASE,
)
_LONGEST = 200
_SEPARATOR = re.compile(r"\s*(?:[,;&+]|\band\b|\bund\b|\bet\b)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Position:
    """One place in a series, or a range of places; texts in canonical form (`1`, `0.5`)."""

    first: str
    last: str | None = None
    """The end of a range."""
    part: str | None = None
    """Which part of a book that was cut into several."""

    def __str__(self) -> str:
        return f"{self.first}-{self.last}" if self.last else self.first


def read_positions(text: str) -> tuple[Position, ...]:
    """Read a whole position field (`1`, `#12`, `Book One`, `Vol. II`, `1,1p2,1-2`, `01.-3.52`).

    Nothing is read out of a text that says anything else beside the position.
    """
    plain = _plain(text) if len(text) <= _LONGEST else ""
    if not plain:
        return ()
    found = []
    for piece in _SEPARATOR.split(plain):
        position = _one(piece)
        if position is None:
            whole = _one(plain)
            return (whole,) if whole else ()
        found.append(position)
    return tuple(found)


def same_position(one: str, other: str) -> bool:
    """Whether two position fields name the same place (`01` is `1.0`, `Book One` is `1`; `1` is not in `10`)."""
    left, right = read_positions(one), read_positions(other)
    if left or right:
        return left == right
    return bool(one.strip()) and one.strip().casefold() == other.strip().casefold()


def expand(text: str) -> tuple[str, ...]:
    """Every number of a list with ranges, in its order: `1,3-5` is 1, 3, 4, 5; a range of more than 1000 stays out."""
    found: list[str] = []
    for position in read_positions(text):
        if position.last is None:
            found.append(position.first)
        elif position.first.isdigit() and position.last.isdigit() and int(position.last) - int(position.first) <= 1000:
            found += [str(number) for number in range(int(position.first), int(position.last) + 1)]
        else:
            found += [position.first, position.last]
    return tuple(dict.fromkeys(found))


def canonical_number(text: str) -> str:
    """Digits without leading zeros and empty decimals: `01.50` is `1.5`, `.5` is `0.5`."""
    whole, _, decimals = text.partition(".")
    whole, decimals = whole.lstrip("0") or "0", decimals.rstrip("0")
    return f"{whole}.{decimals}" if decimals else whole


def _plain(text: str) -> str:
    for sign, decimals in _FRACTIONS.items():
        text = text.replace(sign, decimals)
    text = text.strip().strip("()[]{}")
    return _DASHES.sub("-", text).strip()


def _one(text: str) -> Position | None:
    bare = text
    label = _LABEL.match(text)
    if label and label.end():
        bare = text[label.end() :]
    for candidate in dict.fromkeys((bare, text)):
        found = _ENTRY.fullmatch(candidate.strip())
        if found:
            last, part = found["last"], found["part"]
            return Position(
                canonical_number(found["first"]),
                canonical_number(last) if last else None,
                canonical_number(part) if part else None,
            )
        value = number_word(candidate)
        if value is None:
            value = roman(candidate.strip(" .#"))
        if value is not None:
            return Position(str(value))
    return None
