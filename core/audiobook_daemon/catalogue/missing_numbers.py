"""Positions that must exist although nobody lists them."""

from __future__ import annotations

from collections.abc import Sequence

from audiobook_daemon.catalogue.holding import Holdings
from audiobook_daemon.catalogue.volumes import Volume

_MOST = 200
"""A series is no longer; a higher number is a year or a mistake."""


def missing_numbers(volumes: Sequence[Volume], holdings: Holdings) -> tuple[str, ...]:
    """Whole numbers up to the highest owned one that neither a copy nor a listed work has."""
    claimed: set[int] = set()
    owned: set[int] = set()
    for copy in holdings.copies:
        for place in copy.positions if copy.inside else ():
            owned |= _whole_numbers(place.first, place.last)
    for index, volume in enumerate(volumes):
        for place in volume.positions:
            numbers = _whole_numbers(place.first, place.last)
            claimed |= numbers
            owned |= numbers if index in holdings.held else set()
    highest = max(owned, default=0)
    if highest > _MOST:
        return ()
    return tuple(str(number) for number in range(1, highest + 1) if number not in owned | claimed)


def _whole_numbers(first: str, last: str | None) -> set[int]:
    if not first.isdigit() or not (last or first).isdigit() or int(last or first) - int(first) > _MOST:
        return set()
    return set(range(int(first), int(last or first) + 1))
