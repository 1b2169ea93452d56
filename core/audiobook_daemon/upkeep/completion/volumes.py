"""A series volume by volume, for people: what is owned, missing, to come, ignored or left out; reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from audiobook_daemon.catalogue.series_names import group_authors, group_series
from audiobook_daemon.config import SeriesSettings
from audiobook_daemon.matching.numbers import read_positions
from audiobook_daemon.store import Database, Gap, GapKind, GapState, ProposalState, SeriesStanding
from audiobook_daemon.upkeep.completion.evaluating import is_work
from audiobook_daemon.upkeep.completion.kinds import gaps_in_series, place_in
from audiobook_daemon.upkeep.completion.rounds import all_items
from audiobook_daemon.upkeep.completion.rules import Terms
from audiobook_daemon.upkeep.completion.subjects import Subject, series_subjects


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


async def volumes_of(
    database: Database, standing: SeriesStanding, settings: SeriesSettings, languages: tuple[str, ...], today: date
) -> tuple[Volume, ...]:
    """The volumes of a series in their order; `standing` with its works."""
    subject = await _subject(database, standing)
    found = gaps_in_series(subject, standing.works, Terms.of_series(settings), languages, today)
    known = await database.gaps.all(GapKind.SERIES, standing.key)
    volumes = [
        Volume(place_in(subject, work), work.book.title, "owned", work.released, item.path)
        for work, item in found.owned
    ]
    for work in (*found.missing, *found.unreleased):
        gap = next((one for one in known if is_work(one, work)), None)
        state = gap.state if gap else GapState.UNRELEASED if work in found.unreleased else GapState.FOUND
        place, title = place_in(subject, work), work.book.title
        volumes.append(Volume(place, title, state.value, work.released, _note(gap), _id(gap), _want(gap)))
    for left in found.left_out:
        work = left.work
        volumes.append(Volume(place_in(subject, work), work.book.title, "left_out", work.released, left.reason))
    return tuple(sorted(volumes, key=_order))


async def _subject(database: Database, standing: SeriesStanding) -> Subject[SeriesStanding]:
    items = await all_items(database)
    shelves = {author.key: author for author in group_authors(items)}
    merges = await database.merges.list(ProposalState.ACCEPTED, "series")
    follows = [one for one in await database.follows.all() if one.kind == "series"]
    subjects = series_subjects(group_series(items), shelves, await database.series.all(), follows, merges)
    missing = Subject(standing.key, standing.name, standing.authors, before=standing)
    return next((one for one in subjects if one.key == standing.key), missing)


def _note(gap: Gap | None) -> str | None:
    return gap.reason if gap else None


def _id(gap: Gap | None) -> int | None:
    return gap.id if gap else None


def _want(gap: Gap | None) -> int | None:
    return gap.want_id if gap else None


def _order(volume: Volume) -> tuple[bool, float, str]:
    positions = read_positions(volume.position or "")
    return not positions, float(positions[0].first) if positions else 0.0, volume.title
