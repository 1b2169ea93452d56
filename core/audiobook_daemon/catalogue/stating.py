"""Turns the records of the sources into statements about single fields.

A statement weighs how surely the record is about the book times what such a record is worth for the field. That worth
decides where sources differ: the catalogue of recordings before the printed one, and for what is heard (readers, cuts)
also the tracker whose files lie in the library. What the library says itself comes last, and a person before all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from audiobook_daemon.catalogue.edition_times import stated_runtime
from audiobook_daemon.catalogue.identifying import (
    Identified,
    Recorded,
    Surely,
    identify,
    names_in,
)
from audiobook_daemon.catalogue.soundness import sound_values
from audiobook_daemon.catalogue.standardising import Forms, standardised
from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.works import agreement
from audiobook_daemon.models import Facts, LibraryItem, Release, Statement

OF_RECORDING: Final = frozenset({"narrators", "publisher", "published", "asin", "abridged"})
"""Fields of a recording, not of the work."""
_OF_AUDIO: Final[Mapping[str, float]] = {"isbn": 0.8, "year": 0.9, "genres": 0.9, "tags": 0.5}
"""What a record of recordings is worth, where that is not all."""
_OF_PRINT: Final[Mapping[str, float]] = {"series": 0.8, "subtitle": 0.9, "language": 0.8, "tags": 0.5, "cover": 0.8}
_OF_TRACKER: Final[Mapping[str, float]] = {
    "narrators": 1.0,
    "abridged": 1.0,
    "language": 0.9,
    "asin": 0.9,
    "series": 0.6,
}
"""What a release says of the book whose files it brought; nothing else of it counts."""
_WHATEVER_THE_LANGUAGE: Final = frozenset({"authors"})


def statements(
    item: LibraryItem, records: Iterable[Facts], forms: Forms, *, trust: Mapping[str, float], tolerance: float
) -> tuple[Statement, ...]:
    """What the records that are surely about this book state, the weightiest of each source for each field.

    `trust` is what a source is worth, 0 to 1, where that is not 1.
    """
    found = [known for facts in records if (known := identify(item, facts, tolerance=tolerance)) is not None]
    by_length = _of_one_recording([known for known in found if known.recorded is Recorded.BY_LENGTH])
    best: dict[tuple[str, str], Statement] = {}
    for known in found:
        worth = trust.get(known.facts.source, 1.0)
        stated = [*_stated(known, forms, worth, by_length=by_length)]
        if (length := stated_runtime(item, known, known.surely.value * min(max(worth, 0.0), 1.0))) and length.weight:
            stated.append(length)
        for one in stated:
            before = best.get((one.source, one.field))
            if before is None or one.weight > before.weight:
                best[one.source, one.field] = one
    return tuple(best.values())


def statements_of_release(release: Release, forms: Forms, *, trust: Mapping[str, float]) -> tuple[Statement, ...]:
    """What the tracker said of the release that became this item."""
    facts = Facts(
        release.source,
        narrators=release.narrators or None,
        series=release.series or None,
        language=release.language,
        asin=release.asin,
        abridged=release.abridged,
    )
    values = standardised(sound_values(facts), forms)
    worth = trust.get(release.source, 1.0)
    return tuple(
        Statement(field, release.source, values[field], round(worth * least, 3), release.key)
        for field, least in _OF_TRACKER.items()
        if field in values and worth > 0
    )


def _stated(known: Identified, forms: Forms, trust: float, *, by_length: bool) -> Iterator[Statement]:
    worth = _OF_AUDIO if known.audio else _OF_PRINT
    this = known.recorded is Recorded.THIS or (known.recorded is Recorded.BY_LENGTH and by_length)
    for field, value in standardised(known.values, forms).items():
        if field in OF_RECORDING and not this:
            continue
        if known.surely is Surely.INFERRED and field not in _WHATEVER_THE_LANGUAGE:
            continue
        weight = known.surely.value * worth.get(field, 1.0) * min(max(trust, 0.0), 1.0)
        if weight > 0:
            yield Statement(field, known.facts.source, value, round(weight, 3), known.facts.key)


def _of_one_recording(records: Sequence[Identified]) -> bool:
    """Whether records of the same length all name the same readers; else nobody can tell which one is meant."""
    readers = [names for known in records if (names := names_in(known.values, "narrators"))]
    return all(agreement(one, other) is Likeness.SAME for one, other in pairwise(readers))
