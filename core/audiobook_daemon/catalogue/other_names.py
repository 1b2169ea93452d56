"""Names that a series goes by in a library, learnt from where its books stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from audiobook_daemon.catalogue.copies import Copy
from audiobook_daemon.catalogue.evidence import Evidence
from audiobook_daemon.catalogue.naming import SeriesNames
from audiobook_daemon.catalogue.volumes import Volume
from audiobook_daemon.matching.numbers import read_positions
from audiobook_daemon.matching.works import series_key


def other_names(
    copies: Sequence[Copy], weighed: Sequence[Mapping[int, Evidence]], volumes: Sequence[Volume], names: SeriesNames
) -> tuple[str, ...]:
    """Names under which copies stand at the places that their titles have in the series, and never at others."""
    agreed: dict[tuple[str, str], str] = {}
    refused: set[tuple[str, str]] = set()
    for copy, found in zip(copies, weighed, strict=True):
        titled = {volumes[index].single for index, evidence in found.items() if evidence >= Evidence.TITLE}
        if not titled:
            continue
        for name, positions in _elsewhere(copy, names):
            if titled & positions:
                agreed[series_key(name)] = name
            else:
                refused.add(series_key(name))
    return tuple(name for key, name in agreed.items() if key not in refused)


def _elsewhere(copy: Copy, names: SeriesNames) -> Iterator[tuple[str, set[str]]]:
    for place in copy.item.book.series:
        if place.position and not names.holds(place):
            yield place.name, {one.first for one in read_positions(place.position)}
