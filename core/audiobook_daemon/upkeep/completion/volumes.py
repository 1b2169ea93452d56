"""A series volume by volume, for people: what is owned, missing, to come, ignored or left out; reads only."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from audiobook_daemon.config import SeriesSettings
from audiobook_daemon.matching.numbers import read_positions
from audiobook_daemon.models import LibraryItem, Work
from audiobook_daemon.store import Database, Gap, GapKind, GapState, SeriesStanding
from audiobook_daemon.upkeep.completion.alone import Alone, series_alone
from audiobook_daemon.upkeep.completion.evaluating import is_work
from audiobook_daemon.upkeep.completion.kinds import gaps_in_series, place_in
from audiobook_daemon.upkeep.completion.rules import Terms
from audiobook_daemon.upkeep.completion.subjects import Subject


@dataclass(frozen=True, slots=True)
class Volume:
    """One volume of a series."""

    position: str | None
    title: str
    state: str
    """`owned`, `left_out`, or the state of its gap."""
    released: str | None = None
    note: str | None = None
    """Where the owned copy lies, or why it is ignored or left out."""
    gap: int | None = None
    want: int | None = None
    book: int | None = None
    """The id of the owned copy's row."""


async def volumes_of(
    database: Database, standing: SeriesStanding, settings: SeriesSettings, languages: tuple[str, ...], today: date
) -> tuple[Volume, ...]:
    """The volumes of a series in their order; `standing` with its works."""
    alone = await series_alone(database, standing)
    return await volumes_alone(database, standing, alone, settings, languages, today)


async def volumes_alone(
    database: Database,
    standing: SeriesStanding,
    alone: Alone[SeriesStanding],
    settings: SeriesSettings,
    languages: tuple[str, ...],
    today: date,
) -> tuple[Volume, ...]:
    """The volumes of a series whose books have been found already."""
    known = await database.gaps.all(GapKind.SERIES, standing.key)
    terms = Terms.of_series(settings)
    return await asyncio.to_thread(_listed, standing, alone, terms, languages, today, known)


def _listed(
    standing: SeriesStanding,
    alone: Alone[SeriesStanding],
    terms: Terms,
    languages: tuple[str, ...],
    today: date,
    known: Sequence[Gap],
) -> tuple[Volume, ...]:
    subject = alone.subject
    if not standing.works:
        return tuple(sorted((_shelved(subject, item, alone) for item in subject.items), key=_order))
    found = gaps_in_series(subject, standing.works, terms, languages, today)
    volumes = [_owned(subject, work, item, alone) for work, item in found.owned]
    for work in (*found.missing, *found.unreleased):
        gap = next((one for one in known if is_work(one, work)), None)
        state = gap.state if gap else GapState.UNRELEASED if work in found.unreleased else GapState.FOUND
        place, title = place_in(subject, work), work.book.title
        volumes.append(Volume(place, title, state.value, work.released, _note(gap), _id(gap), _want(gap)))
    for left in found.left_out:
        work = left.work
        volumes.append(Volume(place_in(subject, work), work.book.title, "left_out", work.released, left.reason))
    return tuple(sorted(volumes, key=_order))


def _owned(subject: Subject[SeriesStanding], work: Work, item: LibraryItem, alone: Alone[SeriesStanding]) -> Volume:
    place, book = place_in(subject, work), alone.row(item)
    return Volume(place, work.book.title, "owned", work.released, item.path, book=book)


def _shelved(subject: Subject[SeriesStanding], item: LibraryItem, alone: Alone[SeriesStanding]) -> Volume:
    """An owned book of a series that no source has told of."""
    place, book = place_in(subject, Work(item.book)), alone.row(item)
    return Volume(place, item.book.title, "owned", item.published, item.path, book=book)


def _note(gap: Gap | None) -> str | None:
    return gap.reason if gap else None


def _id(gap: Gap | None) -> int | None:
    return gap.id if gap else None


def _want(gap: Gap | None) -> int | None:
    return gap.want_id if gap else None


def _order(volume: Volume) -> tuple[bool, float, str]:
    positions = read_positions(volume.position or "")
    return not positions, float(positions[0].first) if positions else 0.0, volume.title
