"""Which owned books form a series, whatever spellings of its name they bear."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audiobook_daemon.catalogue.author_names import OwnedAuthor, group_authors
from audiobook_daemon.catalogue.series_merging import MergeCandidate, merge_candidates
from audiobook_daemon.matching import author_key
from audiobook_daemon.matching.people import is_placeholder
from audiobook_daemon.matching.works import series_key
from audiobook_daemon.models import LibraryItem

__all__ = [
    "MergeCandidate",
    "OwnedAuthor",
    "OwnedSeries",
    "group_authors",
    "group_series",
    "merge_candidates",
    "series_owner",
]
_MANY_AUTHORS = 3
"""From so many authors on, none of whom wrote half of it, a series is a universe that many write in."""


@dataclass(frozen=True, slots=True)
class OwnedSeries:
    """The owned books of one series."""

    key: str
    """As in `series_owner`."""
    name: str
    """The canonical name: the spelling of most books."""
    authors: tuple[str, ...]
    """Its authors, the one of most books first; empty for a universe that many write in."""
    items: tuple[LibraryItem, ...]
    spellings: tuple[str, ...] = ()
    """The other spellings among the books."""


def series_owner(name: str, authors: Sequence[str] = ()) -> str:
    """The key of a series: its name, with the first author's for namesakes (`foundation|asimov isaac`)."""
    key, note = series_key(name)
    return f"{key}{f' ({note})' if note else ''}|{author_key(authors[0]) if authors else ''}"


def group_series(items: Iterable[LibraryItem]) -> tuple[OwnedSeries, ...]:
    """The series of owned books, in the order of their names; a book may stand in several.

    Spellings of one name are one series. Namesakes by different authors are not, unless many authors fill the
    positions of a series without two of them claiming one.
    """
    named: defaultdict[tuple[str, str], list[tuple[str, LibraryItem]]] = defaultdict(list)
    for item in items:
        for name in dict.fromkeys(place.name.strip() for place in item.book.series):
            key = series_key(name)
            if key[0]:
                named[key].append((name, item))
    found = [_owned(group) for entries in named.values() for group in _namesakes(entries)]
    return tuple(sorted(found, key=lambda series: (series.name.casefold(), series.key)))


def _namesakes(entries: list[tuple[str, LibraryItem]]) -> list[list[tuple[str, LibraryItem]]]:
    """The entries of one name parted by their authors; books of nobody go with the largest group."""
    if len({item.book.authors for _, item in entries}) == 1:
        return [entries]
    groups: list[tuple[set[str], list[tuple[str, LibraryItem]]]] = []
    nobodys: list[tuple[str, LibraryItem]] = []
    for entry in entries:
        people = {author_key(name) for name in entry[1].book.authors if not is_placeholder(name)} - {""}
        if not people:
            nobodys.append(entry)
            continue
        related = [group for group in groups if group[0] & people]
        merged = (people.union(*(group[0] for group in related)), [one for group in related for one in group[1]])
        merged[1].append(entry)
        groups = [group for group in groups if not any(group is one for one in related)] + [merged]
    parted = [group[1] for group in groups]
    if len(parted) >= _MANY_AUTHORS and _complement(parted):
        parted = [[entry for group in parted for entry in group]]
    if not parted:
        return [nobodys]
    max(parted, key=len).extend(nobodys)
    return parted


def _complement(groups: list[list[tuple[str, LibraryItem]]]) -> bool:
    """Whether no position is claimed by two of the groups, and each claims one."""
    places = [
        {place.position for name, item in group for place in item.book.series if place.name == name} for group in groups
    ]
    claimed = Counter(position for positions in places for position in positions if position)
    return all(any(positions) for positions in places) and max(claimed.values(), default=0) == 1


def _owned(entries: list[tuple[str, LibraryItem]]) -> OwnedSeries:
    items = tuple({(item.library, item.id): item for _, item in entries}.values())
    spellings = Counter(name for name, _ in entries)
    name = min(spellings, key=lambda one: (-spellings[one], bool(series_key(one)[1]), len(one), one))
    authors = _authors(items)
    others = tuple(sorted(spelling for spelling in spellings if spelling != name))
    return OwnedSeries(series_owner(name, authors), name, authors, items, others)


def _authors(items: Sequence[LibraryItem]) -> tuple[str, ...]:
    if len({item.book.authors for item in items}) == 1:
        return tuple(sorted(dict.fromkeys(filter(author_key, items[0].book.authors)), key=author_key))
    written = Counter(author_key(name) for item in items for name in dict.fromkeys(item.book.authors))
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    for item in items:
        for name in item.book.authors:
            spelled[author_key(name)][name] += 1
    ranked = sorted((key for key in written if key), key=lambda key: (-written[key], key))
    if len(ranked) >= _MANY_AUTHORS and written[ranked[0]] * 2 < len(items):
        return ()
    return tuple(min(spelled[key], key=lambda name: (-spelled[key][name], name)) for key in ranked)
