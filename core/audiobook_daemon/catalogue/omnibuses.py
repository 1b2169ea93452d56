"""What collections hold of a series."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from audiobook_daemon.catalogue.copies import Copy
from audiobook_daemon.catalogue.naming import NAMELESS
from audiobook_daemon.catalogue.title_forms import compare_forms, title_forms
from audiobook_daemon.catalogue.volumes import Volume
from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.models import Book, LibraryItem, WorkKind

Opened = tuple[LibraryItem, set[int], set[int]]
_WHOLE_ONLY = frozenset({WorkKind.OMNIBUS, WorkKind.DRAMATISATION, WorkKind.COMPANION})
"""What no collection of books is said to hold."""


def opened(volumes: Sequence[Volume], copies: Sequence[Copy], held: Mapping[int, LibraryItem]) -> Iterator[Opened]:
    """For each collection that is there the volumes that it holds, and those that it may hold.

    It holds the whole numbers of the range that it or its listing names, and the titles that its listing names; it may
    hold the novellas between those numbers, or anything if it does not say what it holds.
    """
    for copy in copies:
        if copy.range:
            yield copy.item, *_in_range(copy.range, volumes)
        elif copy.collection and copy.inside and not any(item is copy.item for item in held.values()):
            yield copy.item, set(), set(range(len(volumes)))
    for index, item in held.items():
        for place in volumes[index].positions:
            if place.last:
                yield item, *_in_range((place.first, place.last), volumes)
        for work in volumes[index].works:
            yield item, {found for title in work.contains for found in _titled(title, volumes)}, set()


def _in_range(span: tuple[str, str], volumes: Sequence[Volume]) -> tuple[set[int], set[int]]:
    first, last = float(span[0]), float(span[1])
    inside = {
        index: volume.single
        for index, volume in enumerate(volumes)
        if volume.single and volume.kind not in _WHOLE_ONLY and first <= float(volume.single) <= last
    }
    sure = {index for index, single in inside.items() if single.isdigit()}
    return sure, inside.keys() - sure


def _titled(title: str, volumes: Sequence[Volume]) -> Iterator[int]:
    forms = title_forms(Book(title), NAMELESS)
    for index, volume in enumerate(volumes):
        if volume.kind not in _WHOLE_ONLY and compare_forms(forms, volume.forms) is Likeness.SAME:
            yield index
