"""Owned books as series lists need them: where they say that they stand, and what of a work they hold."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from audiobook_daemon.catalogue.naming import SeriesNames
from audiobook_daemon.catalogue.title_forms import TitleForm, title_forms
from audiobook_daemon.catalogue.volumes import ids_of
from audiobook_daemon.matching.numbers import Position, read_positions
from audiobook_daemon.matching.text import words
from audiobook_daemon.models import LibraryItem

_DRAMATISERS = (("graphicaudio",), ("graphic",))
"""First words of the publishers that do nothing else."""


@dataclass(frozen=True, slots=True)
class Copy:
    """An owned book, seen from one series."""

    item: LibraryItem
    forms: tuple[TitleForm, ...]
    inside: bool
    """Whether it says that it belongs to the series."""
    positions: frozenset[Position]
    """Where it says that it stands in the series, in its metadata or else in its title."""
    placed: bool
    """Whether its metadata says so."""
    ids: frozenset[str]
    part: str | None
    """Which part of a work it is."""
    part_count: str | None
    dramatised: bool
    abridged: bool
    collection: bool
    """Whether it says that it holds several books."""
    range: tuple[str, str] | None
    """The first and last volume that it holds."""


@lru_cache(maxsize=5_000)
def dramatises(publisher: str | None) -> bool:
    """Whether a publisher makes nothing but dramatisations."""
    return bool(publisher) and words(publisher or "")[:1] in _DRAMATISERS


def copy_of(item: LibraryItem, names: SeriesNames) -> Copy:
    """An owned book as it looks from a series of these names."""
    forms = title_forms(item.book, names)
    reading = forms[0].reading
    positions = frozenset(names.positions(item.book))
    placed = bool(positions)
    if not placed:
        positions = frozenset(place for form in forms if form.position for place in read_positions(form.position))
    ranged = next(((place.first, place.last) for place in positions if place.last), None)
    parts = sorted(place.part for place in positions if place.part)
    return Copy(
        item,
        forms,
        any(names.holds(place) for place in item.book.series),
        positions,
        placed,
        ids_of(item.book),
        reading.part or (parts[0] if parts else None),
        reading.claims.part_count,
        bool(reading.claims.dramatised) or dramatises(item.publisher),
        bool(item.abridged or reading.claims.abridged),
        reading.collection,
        ranged or forms[0].range,
    )
