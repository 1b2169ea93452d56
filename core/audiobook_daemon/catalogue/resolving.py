"""Lets the statements vote: equal values add up, and the best supported one stands for what the sources say."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from math import prod
from typing import Final

from audiobook_daemon.catalogue.fields import comparable
from audiobook_daemon.models import FieldValue, Statement

BY_ID: Final = 0.9
"""From this weight on a single statement is as good as two: it comes from a record known by its id."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One value of a field, and how it is supported."""

    value: FieldValue
    support: float
    """0 to 1: the chance that not all who say so are wrong, their weights taken as chances."""
    sources: tuple[str, ...]
    """The weightiest first."""
    weightiest: float

    @property
    def agreed(self) -> bool:
        """Whether it is more than the word of one source that only knows the title."""
        return len(self.sources) > 1 or self.weightiest >= BY_ID


def standings(statements: Iterable[Statement]) -> tuple[Standing, ...]:
    """The values that are stated for one field, the best supported first; equal support goes to the weightiest."""
    groups: dict[Hashable, list[Statement]] = {}
    for one in statements:
        groups.setdefault(comparable(one.field, one.value), []).append(one)
    found = [_standing(group) for group in groups.values()]
    return tuple(sorted(found, key=lambda one: (-one.support, -one.weightiest, one.sources)))


def _standing(group: list[Statement]) -> Standing:
    voices = sorted(group, key=lambda one: (-one.weight, one.source))
    support = 1 - prod(1 - min(max(one.weight, 0.0), 1.0) for one in voices)
    sources = tuple(dict.fromkeys(one.source for one in voices))
    return Standing(voices[0].value, round(support, 3), sources, voices[0].weight)
