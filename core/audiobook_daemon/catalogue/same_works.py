"""Which listed works are one, over sources, regions and recordings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from audiobook_daemon.catalogue.naming import SeriesNames
from audiobook_daemon.catalogue.title_forms import TitleForm, compare_forms, title_forms
from audiobook_daemon.catalogue.volumes import ids_of
from audiobook_daemon.catalogue.work_kinds import kind_of
from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.numbers import Position, read_positions
from audiobook_daemon.matching.works import agreement, series_key
from audiobook_daemon.models import Work, WorkKind

_APART = frozenset({WorkKind.DRAMATISATION, WorkKind.OMNIBUS, WorkKind.COMPANION, WorkKind.OTHER, WorkKind.ANTHOLOGY})
"""Kinds that are never one work with another kind."""


def same_works(
    works: Sequence[Work], *, one_per_position: bool, language: str | None = None
) -> tuple[tuple[Work, ...], ...]:
    """Group works by their ids, or by title and author where their positions do not contradict.

    Never by the title alone at different positions. With `one_per_position`, works of one author at one whole number
    are one work, whatever their titles: titles of other regions, and pieces of a book. What is of an unknown language
    counts as of `language`, or else of the language of most works.
    """
    spoken = Counter(work.book.language for work in works if work.book.language)
    usual = language or max(spoken, key=lambda one: spoken[one], default=None)
    groups: list[list[_Listed]] = []
    index: defaultdict[str, list[list[_Listed]]] = defaultdict(list)
    names = SeriesNames.of(place.name for work in works for place in work.book.series)
    for work in works:
        listed = _Listed(work, names, usual)
        group = next((one for one in _near(listed, index) if _belongs(listed, one, one_per_position)), None)
        if group is None:
            group = []
            groups.append(group)
        group.append(listed)
        for key in listed.keys:
            if not any(group is one for one in index[key]):
                index[key].append(group)
    return tuple(tuple(listed.work for listed in group) for group in groups)


class _Listed:
    """A listed work with what is compared of it."""

    __slots__ = ("forms", "ids", "keys", "kind", "language", "places", "work")

    def __init__(self, work: Work, names: SeriesNames, usual: str | None) -> None:
        self.work = work
        self.language = work.book.language or usual
        self.kind = kind_of(work)
        self.ids = ids_of(work.book)
        self.forms: tuple[TitleForm, ...] = title_forms(work.book, names)
        self.places = dict(_places(work))
        self.keys = {
            *self.ids,
            *(form.core for form in self.forms),
            *(f"{name}#{place}" for name, place in self.places.items()),
        }


def _places(work: Work) -> Iterator[tuple[str, Position]]:
    for place in reversed(work.book.series):
        for position in read_positions(place.position or "")[:1]:
            yield series_key(place.name)[0], position


def _near(listed: _Listed, index: defaultdict[str, list[list[_Listed]]]) -> Iterator[list[_Listed]]:
    seen: set[int] = set()
    for key in sorted(listed.keys, key=lambda one: (one not in listed.ids, one)):
        for group in index.get(key, ()):
            if id(group) not in seen:
                seen.add(id(group))
                yield group


def _belongs(listed: _Listed, group: Sequence[_Listed], one_per_position: bool) -> bool:
    return any(_is_one(listed, other, one_per_position) for other in group) and not any(
        _contradict(listed, other) for other in group
    )


def _contradict(one: _Listed, other: _Listed) -> bool:
    mine, theirs = one.work.book.language, other.work.book.language
    if mine and theirs and mine != theirs:
        return True
    if one.kind is not other.kind and (one.kind in _APART or other.kind in _APART):
        return True
    return bool(one.work.abridged) != bool(other.work.abridged) and not one.ids & other.ids


def _is_one(one: _Listed, other: _Listed, one_per_position: bool) -> bool:
    if one.ids & other.ids:
        return True
    if agreement(one.work.book.authors, other.work.book.authors) is Likeness.DIFFERENT:
        return False
    shared = one.places.keys() & other.places.keys()
    if any(one.places[name] != other.places[name] for name in shared):
        return False
    titles = compare_forms(one.forms, other.forms)
    if titles is Likeness.SAME:
        return True
    if not shared or one.language != other.language:
        return False
    whole = any(one.places[name].first.isdigit() for name in shared)
    return titles is Likeness.UNSURE or (one_per_position and whole and one.kind is not WorkKind.OMNIBUS)
