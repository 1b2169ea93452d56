"""A series place by place: what is owned, missing, wanted, or not out yet."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

from audiobook_daemon.matching.numbers import Position, read_positions
from audiobook_daemon.store import SeriesStanding
from audiobook_daemon.upkeep.completion.alone import Alone
from audiobook_daemon.upkeep.completion.volumes import Volume, volumes_alone
from audiobook_daemon.web.answers import Answered
from audiobook_daemon.web.desk import Desk

_MOST_HOLES = 200
"""A person who states more than so many books is not told of each place without one."""
PlaceState = Literal["owned", "missing", "wanted", "unreleased", "ignored", "filled", "left_out"]
_STATES: dict[str, PlaceState] = {
    "owned": "owned",
    "found": "missing",
    "gradual": "missing",
    "wanted": "wanted",
    "unreleased": "unreleased",
    "ignored": "ignored",
    "filled": "filled",
    "left_out": "left_out",
}


class PositionTold(Answered):
    """A work of a series."""

    position: str | None
    """Its place, as text: `2.5` and `1-3` are places too."""
    title: str | None
    """Null where a person says that there is a book, and no source which."""
    state: PlaceState
    """`filled` has come and is not in the library yet; `left_out` counts neither as missing nor as there."""
    released: str | None
    """A year, a month or a day."""
    note: str | None
    """Why it is ignored or left out."""
    book_id: int | None
    """The owned copy."""
    gap_id: int | None
    """The missing book, for `/api/gaps`."""
    want_id: int | None


async def positions_of(desk: Desk, standing: SeriesStanding, alone: Alone[SeriesStanding]) -> list[PositionTold]:
    """Return every work of a series that is known, in their order."""
    configuration = desk.lent.configuration()
    today = desk.lent.now().astimezone(configuration.timezone).date()
    languages = configuration.choose.languages
    volumes = await volumes_alone(desk.database, standing, alone, configuration.series, languages, today)
    holes = [] if standing.works else _holes(volumes, standing.stated.total or 0)
    return sorted([*map(_told, volumes), *holes], key=lambda one: place_order(one.position, one.title or ""))


def place_order(position: str | None, title: str) -> tuple[bool, float, str]:
    """Return what to sort works of a series by; those without a number come last."""
    numbers = read_positions(position or "")
    return not numbers, float(numbers[0].first) if numbers else 0.0, title


def _holes(volumes: Sequence[Volume], total: int) -> list[PositionTold]:
    """The places from 1 to a stated total that nothing stands in."""
    if total > _MOST_HOLES:
        return []
    taken = {
        number
        for volume in volumes
        for place in read_positions(volume.position or "")
        for number in _numbers(place, total)
    }
    return [
        PositionTold(
            position=str(number), title=None, state="missing", released=None, note=None,
            book_id=None, gap_id=None, want_id=None,
        )
        for number in range(1, total + 1)
        if number not in taken
    ]  # fmt: skip


def _numbers(place: Position, total: int) -> range:
    """The whole numbers in a place, none of them higher than the total: `2.5` is none, and `1-9999` is all."""
    first, last = float(place.first), float(place.last or place.first)
    return range(math.ceil(first), min(math.floor(last), total) + 1)


def _told(volume: Volume) -> PositionTold:
    return PositionTold(
        position=volume.position,
        title=volume.title,
        state=_STATES[volume.state],
        released=volume.released,
        note=None if volume.state == "owned" else volume.note,
        book_id=volume.book,
        gap_id=volume.gap,
        want_id=volume.want,
    )
