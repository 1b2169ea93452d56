"""Places the names of one folder in their reading order."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from audiobook_daemon.matching.contents.marks import Kind
from audiobook_daemon.matching.contents.matter import matter_rank
from audiobook_daemon.matching.contents.tokens import Token, Tokens, begins_with_number, common_beginning, tokenise

_DISCS = frozenset({Kind.DISC, Kind.SIDE})
_ABOVE_DISCS = frozenset({Kind.BOOK, Kind.PART})
_PIECES = frozenset({Kind.PART, Kind.TRACK})
_ENOUGH = 0.6
"""The share of names that must have a number before it is taken for their count."""
_UNLIKE = 0.8
"""The share of these numbers that must differ; a few may be there twice."""


@dataclass(frozen=True, slots=True)
class NamePlace:
    """Where one name stands among its siblings."""

    matter: int
    """Negative for what comes before the first chapter, positive for what follows the last."""
    disc: tuple[int, ...] = ()
    number: int | None = None
    """The number that counts the pieces, if there is one."""
    total: int | None = None
    natural: tuple[tuple[int, int, str], ...] = ()
    counted: bool = False
    """Whether the siblings have such a number."""

    @property
    def key(self) -> tuple[int, tuple[int, ...], float, tuple[tuple[int, int, str], ...]]:
        """The sort key."""
        number: float = 0 if not self.counted or not self.natural else math.inf
        return (self.matter, self.disc, number if self.number is None else self.number, self.natural)


def place_names(names: Sequence[str]) -> tuple[NamePlace, ...]:
    """The places of names that lie side by side (files without their endings, and folders).

    Discs come first wherever they are named, then the number that counts the pieces, then the natural order of
    the rest. The answer for a name does not depend on the order of the names.
    """
    hoisted = [_hoist_discs(tokenise(name)) for name in names]
    discs = [disc for disc, _ in hoisted]
    matters = [0 if disc else matter_rank(tokens) for disc, tokens in hoisted]
    width = common_beginning([tokens for (_, tokens), matter in zip(hoisted, matters, strict=True) if not matter])
    rests = [tokens if matter else tokens[width:] for (_, tokens), matter in zip(hoisted, matters, strict=True)]
    matters = [matter or matter_rank(rest) for rest, matter in zip(rests, matters, strict=True)]
    body = [place for place, matter in enumerate(matters) if not matter]
    for place, rest in _read_spelled({place: rests[place] for place in body}, discs).items():
        rests[place] = rest
    column = _column({place: rests[place] for place in body}, discs)
    return tuple(
        NamePlace(
            matter=matters[place],
            disc=discs[place],
            number=column[place].value if place in column else None,
            total=column[place].total if place in column else None,
            natural=tuple(token.natural for token in rest),
            counted=bool(column),
        )
        for place, rest in enumerate(rests)
    )


def _hoist_discs(tokens: Tokens) -> tuple[tuple[int, ...], Tokens]:
    """Take out the numbers of disc and side, with those of the parts and books above them."""
    numbers = [place for place, token in enumerate(tokens) if token.value is not None]
    discs = [place for place in numbers if tokens[place].mark is Kind.DISC]
    if not discs and numbers and tokens[numbers[0]].mark is Kind.SIDE:
        discs = numbers[:1]  # a side without a disc or tape counts only where nothing else is counted before it
    if not discs:
        return (), tokens
    last = max(place for place in numbers if tokens[place].mark in _DISCS)
    taken = [place for place in range(last + 1) if tokens[place].mark in _DISCS | _ABOVE_DISCS]
    disc = tuple(value for place in taken if (value := tokens[place].value) is not None)
    return disc, tuple(token for place, token in enumerate(tokens) if place not in taken)


def _read_spelled(rests: Mapping[int, Tokens], discs: Sequence[tuple[int, ...]]) -> dict[int, Tokens]:
    """Read words and Roman numerals as numbers where every name has one in the same place (`One`, `Two`, `Three`)."""
    begun = {place: begins_with_number(rest) for place, rest in rests.items()}
    values = {(discs[place], number[0]) for place, number in begun.items() if number}
    highest = max((value for _, value in values), default=0)
    if len(begun) < 2 or len(values) < len(begun) or highest > 3 * len(begun) + 10:
        return {}
    return {
        place: (Token(str(number[0]), number[0]), *rests[place][number[1] :])
        for place, number in begun.items()
        if number
    }


def _column(rests: Mapping[int, Tokens], discs: Sequence[tuple[int, ...]]) -> dict[int, Token]:
    """The number that counts the names: where it stands at the beginning, else where it is unlike and without gaps."""
    leading = _numbers(rests, _first)
    if rests and len(leading) == len(rests):
        return leading if _is_unlike(leading, discs) else {}
    if _is_count(leading, rests, discs):
        return leading
    for find in (_marked, _last, _any):
        found = _numbers(rests, find)
        if _is_count(found, rests, discs) and _is_dense(found):
            return found
    return {}


def _numbers(rests: Mapping[int, Tokens], find: Callable[[Tokens], Token | None]) -> dict[int, Token]:
    return {place: token for place, rest in rests.items() if (token := find(rest))}


def _first(rest: Tokens) -> Token | None:
    for token in rest[:2]:
        if token.value is not None:
            return token
        if token.mark is None:
            return None
    return None


def _marked(rest: Tokens) -> Token | None:
    return next((token for token in rest if token.mark in _PIECES and token.value is not None), None)


def _last(rest: Tokens) -> Token | None:
    return next((token for token in reversed(rest) if token.value is not None), None)


def _any(rest: Tokens) -> Token | None:
    return next((token for token in rest if token.value is not None), None)


def _is_count(found: Mapping[int, Token], rests: Mapping[int, Tokens], discs: Sequence[tuple[int, ...]]) -> bool:
    return len(found) > 1 and len(found) >= _ENOUGH * len(rests) and _is_unlike(found, discs)


def _is_unlike(found: Mapping[int, Token], discs: Sequence[tuple[int, ...]]) -> bool:
    return len({(discs[place], token.value) for place, token in found.items()}) >= _UNLIKE * len(found)


def _is_dense(found: Mapping[int, Token]) -> bool:
    values = [token.value for token in found.values() if token.value is not None]
    return max(values) - min(values) < 2 * len(values) + 3
