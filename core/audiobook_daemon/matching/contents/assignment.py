"""Decides which group of files in a pack is which wished book."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.contents.packs import FileGroup
from audiobook_daemon.matching.numbers import Position, read_positions
from audiobook_daemon.matching.people import looks_like_person, same_person
from audiobook_daemon.matching.text import title_key, words
from audiobook_daemon.matching.titles import compare_titles
from audiobook_daemon.models import Book, SeriesPlace, Stance, Verdict, Wish

_RANGE = re.compile(
    r"[\s(\[,]{1,9}(?:books?|vols?\.?|volumes?)?\s?#?\d{1,4}(?:\.\d{1,2})?"
    r"\s?(?:-|–|to)\s?#?\d{1,4}(?:\.\d{1,2})?[)\]]?\s*$",
    re.IGNORECASE,
)
_SERIES_WORDS = frozenset(
    words("series serie saga trilogy trilogie duology quartet cycle zyklus reihe books novels collection universe")
)


class Fit(IntEnum):
    """How surely a group is a wished book; the higher, the surer."""

    OTHER = 0
    """Another book, or another recording than is wished."""
    UNSURE = 1
    """Too little is told, or title and place in the series speak against each other."""
    POSITION = 2
    """Author and place in the series are the wish's, and no title speaks against it."""
    TITLE = 3
    """Author and title."""
    BOTH = 4
    """Title and place in the series."""


@dataclass(frozen=True, slots=True)
class GroupMatch:
    """The group that is a wished book, or why there is none."""

    wish: Wish
    group: FileGroup | None
    verdict: Verdict
    """Code `group_found`; `no_group`, `unsure_group`, `several_groups`, `several_wishes` leave the wish without one."""


def match_groups(
    groups: Sequence[FileGroup], wishes: Sequence[Wish], *, authors: Sequence[str] = ()
) -> tuple[GroupMatch, ...]:
    """For every wish, in their order, the one group of a pack that is its book.

    A group goes to one wish at most. Where several groups fit a wish equally well, or several wishes a group, none is
    taken. `authors` are those of the whole release, for packs whose folders name none.
    """
    fits = {
        (place, number): fit
        for place, wish in enumerate(wishes)
        for number, group in enumerate(groups)
        if (fit := judge_group(group, wish, authors=authors)) is not Fit.OTHER
    }
    found: dict[int, GroupMatch] = {}
    taken: set[int] = set()
    for level in (Fit.BOTH, Fit.TITLE, Fit.POSITION):
        pairs = [pair for pair, fit in fits.items() if fit is level and pair[0] not in found and pair[1] not in taken]
        groups_of, wishes_of = _both_ways(pairs)
        for place, fitting in groups_of.items():
            found[place] = _decide(wishes[place], groups, fitting, wishes_of)
        taken |= set(wishes_of)
    unsure = {place for place, _ in fits}
    return tuple(found.get(place) or _none(wish, unsure=place in unsure) for place, wish in enumerate(wishes))


def judge_group(group: FileGroup, wish: Wish, *, authors: Sequence[str] = ()) -> Fit:
    """How surely a group of files is a wished book, by what its path claims."""
    claims, book = group.claims, wish.book
    places = _compare_places(claims.series, book.series)
    title = _compare_titles(group, book)
    people = _compare_people(group, book, authors)
    if _is_other_recording(group, wish) or people is Likeness.DIFFERENT:
        return Fit.OTHER
    if title is Likeness.DIFFERENT or places is Likeness.DIFFERENT:
        return Fit.UNSURE if Likeness.SAME in {title, places} else Fit.OTHER
    if claims.collection or (claims.part and not _is_part(book)):
        return Fit.UNSURE
    if title is Likeness.SAME and places is Likeness.SAME:
        return Fit.BOTH
    if people is not Likeness.SAME:
        return Fit.UNSURE
    if title is Likeness.SAME:
        return Fit.TITLE
    return Fit.POSITION if places is Likeness.SAME else Fit.UNSURE


def _both_ways(pairs: Iterable[tuple[int, int]]) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    groups_of: dict[int, list[int]] = defaultdict(list)
    wishes_of: dict[int, list[int]] = defaultdict(list)
    for place, number in pairs:
        groups_of[place].append(number)
        wishes_of[number].append(place)
    return groups_of, wishes_of


def _decide(
    wish: Wish, groups: Sequence[FileGroup], fitting: Sequence[int], wishes_of: dict[int, list[int]]
) -> GroupMatch:
    if len(fitting) > 1:
        named = " and ".join(sorted(_where(groups[number]) for number in fitting))
        return GroupMatch(wish, None, Verdict("several_groups", Stance.DOUBT, f"{named} fit equally well"))
    group = groups[fitting[0]]
    if len(wishes_of[fitting[0]]) > 1:
        reason = f"{_where(group)} fits several wished books equally well"
        return GroupMatch(wish, None, Verdict("several_wishes", Stance.DOUBT, reason))
    return GroupMatch(wish, group, Verdict("group_found", Stance.SUPPORT, f"it is in {_where(group)}"))


def _none(wish: Wish, *, unsure: bool) -> GroupMatch:
    if unsure:
        return GroupMatch(wish, None, Verdict("unsure_group", Stance.DOUBT, "no group of files is surely this book"))
    return GroupMatch(wish, None, Verdict("no_group", Stance.VETO, "no group of files is this book"))


def _where(group: FileGroup) -> str:
    return repr(group.paths[0] if len(group.paths) == 1 else group.folder or group.paths[0])


def _compare_titles(group: FileGroup, book: Book) -> Likeness | None:
    """The best likeness of the claimed title to any name of the book; None if no title is claimed."""
    claims = group.claims
    if not claims.title:
        return None
    mine = [claims.title, *([f"{claims.title}: {claims.subtitle}"] if claims.subtitle else [])]
    theirs = [book.title, *([f"{book.title}: {book.subtitle}"] if book.subtitle else []), *book.aliases]
    found = {compare_titles(one, other) for one in mine for other in theirs}
    return next((best for best in (Likeness.SAME, Likeness.UNSURE) if best in found), Likeness.DIFFERENT)


def _compare_places(claimed: Sequence[SeriesPlace], wished: Sequence[SeriesPlace]) -> Likeness:
    """SAME for one place in one series, DIFFERENT for another place in it, UNSURE where they do not meet."""
    found = set()
    for place in claimed:
        for own in wished:
            mine, theirs = _single(place.position), _single(own.position)
            if mine and theirs and _is_same_series(place.name, own.name):
                found.add(mine == theirs)
    if not found:
        return Likeness.UNSURE
    return Likeness.SAME if found == {True} else Likeness.DIFFERENT if found == {False} else Likeness.UNSURE


def _single(position: str | None) -> Position | None:
    read = read_positions(position) if position else ()
    return read[0] if len(read) == 1 and read[0].last is None else None


def _is_same_series(one: str, other: str) -> bool:
    return bool(one and other) and _series_key(one) == _series_key(other)


def _series_key(name: str) -> str:
    found = title_key(_RANGE.sub("", name) or name).split()
    while len(found) > 1 and found[-1] in _SERIES_WORDS:
        found.pop()
    return " ".join(found)


def _compare_people(group: FileGroup, book: Book, authors: Sequence[str]) -> Likeness:
    """DIFFERENT only where surely another person is named: a folder that is no name names nobody."""
    if not book.authors:
        return Likeness.UNSURE
    said = set(words(group.paths[0]))
    if any(set(words(name)) <= said for name in book.authors):
        return Likeness.SAME
    named = [name for name in group.claims.authors if looks_like_person(name)] or list(authors)
    verdicts = {same_person(one, other) for one in named for other in book.authors}
    if not verdicts or Likeness.UNSURE in verdicts:
        return Likeness.UNSURE
    return Likeness.SAME if Likeness.SAME in verdicts else Likeness.DIFFERENT


def _is_other_recording(group: FileGroup, wish: Wish) -> bool:
    claims, book = group.claims, wish.book
    accepted = wish.languages or ((book.language,) if book.language else ())
    if claims.language and accepted and claims.language not in accepted:
        return True
    return bool((claims.abridged and not wish.abridged) or (claims.dramatised and not wish.dramatised))


def _is_part(book: Book) -> bool:
    return bool(re.search(r"\bpart\b|\d\s*of\s*\d", f"{book.title} {book.subtitle or ''}", re.IGNORECASE))
