"""Lays the places of each series out: what is owned, what is missing, what is still to come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from audiobook_daemon.catalogue.holes import OwnedPlaces, holes, in_order, places_of
from audiobook_daemon.matching.works import series_key
from audiobook_daemon.store import GapLine, SeriesLine
from audiobook_daemon.upkeep.report.model import Place, SeriesBar, SeriesPlaceLine

_SERIES_GAP = "series_gap"


def series_bars(
    owned: Mapping[str, OwnedPlaces], lines: Sequence[SeriesLine], gaps: Sequence[GapLine]
) -> tuple[SeriesBar, ...]:
    """Return every owned or followed series: those with gaps first, the nearest to complete before others.

    Where no bibliography has told what there is, the numbers of the owned volumes tell it.
    """
    known = {series_key(line.name)[0] for line in lines}
    missing: dict[str, list[GapLine]] = {}
    for gap in gaps:
        if gap.kind == _SERIES_GAP:
            missing.setdefault(series_key(gap.of)[0], []).append(gap)
    # Of a series that is followed nothing may be owned yet.
    followed = {key: OwnedPlaces(lines[0].of) for key, lines in missing.items() if key not in owned}
    bars = [_bar(places, missing.get(key), key in known) for key, places in (*owned.items(), *followed.items())]
    return tuple(sorted(bars, key=_order))


def _bar(places: OwnedPlaces, gaps: Sequence[GapLine] | None, known: bool) -> SeriesBar:
    lines = {position: SeriesPlaceLine(position, Place.OWNED, title) for position, title in places.titles.items()}
    lines |= _of_gaps(gaps, lines) if known or gaps else _of_numbers(places)
    ordered = sorted(lines.values(), key=lambda line: in_order(line.position))
    count = {state: sum(line.state is state for line in ordered) for state in Place}
    return SeriesBar(
        places.name,
        tuple(places.authors),
        tuple(ordered),
        places.books,
        count[Place.MISSING],
        count[Place.UNRELEASED],
        places.placeless,
        known,
    )


def _of_gaps(gaps: Iterable[GapLine] | None, owned: Mapping[str, object]) -> dict[str, SeriesPlaceLine]:
    found: dict[str, SeriesPlaceLine] = {}
    for gap in gaps or ():
        state = Place.UNRELEASED if gap.state == "unreleased" else Place.MISSING
        # A work without a place stands at the end of its series under its title.
        for position in places_of(gap.position) or (f"? {gap.title}",):
            if position not in owned:
                found.setdefault(position, SeriesPlaceLine(position, state, gap.title, gap.released))
    return found


def _of_numbers(places: OwnedPlaces) -> dict[str, SeriesPlaceLine]:
    return {position: SeriesPlaceLine(position, Place.MISSING) for position in holes(places)}


def _order(bar: SeriesBar) -> tuple[bool, float, int, str]:
    places = bar.owned + bar.missing
    return (not bar.missing, bar.missing / places if places else 0.0, -bar.owned, bar.name.casefold())
