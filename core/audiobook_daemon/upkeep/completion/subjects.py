"""Which series and authors there are to complete: those owned, those followed, those known from before; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Generic, TypeVar

from audiobook_daemon.catalogue.series_names import OwnedAuthor, OwnedSeries
from audiobook_daemon.matching import author_key, compare_series
from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.models import Book, LibraryItem
from audiobook_daemon.store import AuthorStanding, Follow, MergeProposal, SeriesStanding, Standing
from audiobook_daemon.upkeep.completion.rules import FOLLOWED_RECHECK, Terms

S = TypeVar("S", bound=Standing)


@dataclass(frozen=True, slots=True)
class Subject(Generic[S]):
    """A series or an author: what is owned of it, what was known of it, who follows it."""

    key: str
    name: str
    authors: tuple[str, ...] = ()
    items: tuple[LibraryItem, ...] = ()
    """The owned books that bear its name."""
    shelf: tuple[LibraryItem, ...] = ()
    """Those, and the other books of its authors: a book may stand there without the series."""
    spellings: tuple[str, ...] = ()
    """Its other names among the owned books."""
    before: S | None = None
    follow: Follow | None = None

    @property
    def books(self) -> tuple[Book, ...]:
        """The owned books, those that an id names first."""
        books = (item.book for item in self.items)
        return tuple(sorted(books, key=lambda book: book.asin is None and book.isbn is None))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the owned books, that of most first."""
        counted = Counter(item.book.language for item in self.items if item.book.language)
        return tuple(language for language, _ in counted.most_common())

    @property
    def checked(self) -> datetime | None:
        """When the sources were last asked and answered."""
        return self.before.checked if self.before else None


def series_subjects(
    owned: Sequence[OwnedSeries],
    shelves: Mapping[str, OwnedAuthor],
    known: Sequence[SeriesStanding],
    follows: Sequence[Follow],
    merges: Sequence[MergeProposal],
) -> tuple[Subject[SeriesStanding], ...]:
    """The owned, written down and followed series, merged as people decided; each keeps the key it was first known by.

    `shelves` are the books of every author by the key of the name.
    """
    standings = {one.key: one for one in known}
    found: dict[str, Subject[SeriesStanding]] = {}
    for one in merged(keyed(owned, known), merges):
        before = standings.get(one.key)
        found[one.key] = Subject(one.key, one.name, one.authors, one.items, (), one.spellings, before)
    for written in _by_hand(known, found):
        found[written.key] = Subject(written.key, written.name, written.authors, before=written)
    for follow in follows:
        subject = _followed(follow, tuple(found.values())) or _anew(follow, standings.get(follow.key))
        found[subject.key] = replace(subject, follow=follow)
    return tuple(replace(one, shelf=_shelf(one, shelves)) for one in found.values())


def author_subjects(
    owned: Sequence[OwnedAuthor], known: Sequence[AuthorStanding], follows: Sequence[Follow]
) -> tuple[Subject[AuthorStanding], ...]:
    """The owned, the written down and the followed authors."""
    standings = {one.key: one for one in known}
    found: dict[str, Subject[AuthorStanding]] = {}
    for one in owned:
        before = standings.get(one.key)
        found[one.key] = Subject(one.key, one.name, (one.name,), one.items, one.items, one.spellings, before)
    for written in _by_hand(known, found):
        found[written.key] = Subject(written.key, written.name, (written.name,), before=written)
    for follow in follows:
        before = standings.get(follow.key)
        subject = found.get(follow.key) or Subject(follow.key, follow.name, (follow.name,), before=before)
        found[follow.key] = replace(subject, follow=follow)
    return tuple(found.values())


def _by_hand(known: Sequence[S], found: Mapping[str, Subject[S]]) -> list[S]:
    """Those that a person wrote down and of which nothing is owned."""
    return [one for one in known if one.stated.by_hand and one.key not in found]


def keyed(owned: Sequence[OwnedSeries], known: Sequence[SeriesStanding]) -> tuple[OwnedSeries, ...]:
    """The owned series under the keys they are known by: a key names an author, and the first may be another now."""
    taken = {one.key for one in owned}
    orphans = [one for one in known if one.key not in taken]
    names = {one.key for one in known}
    found = []
    for one in owned:
        before = None if one.key in names else _known_as(one, orphans)
        if before:
            orphans.remove(before)
        found.append(replace(one, key=before.key) if before else one)
    return tuple(found)


def merged(owned: Sequence[OwnedSeries], merges: Sequence[MergeProposal]) -> tuple[OwnedSeries, ...]:
    """The owned series, those that are one after the word of a person being one."""
    into = {one.other: one for one in merges}
    found: dict[str, OwnedSeries] = {}
    for one in owned:
        key, name = _end(one.key, one.name, into)
        there = found.get(key)
        items = {(item.library, item.id): item for item in (*(there.items if there else ()), *one.items)}
        spellings = tuple(dict.fromkeys((*(there.spellings if there else ()), one.name, *one.spellings)))
        authors = tuple(dict.fromkeys((*(there.authors if there else ()), *one.authors)))
        others = tuple(spelling for spelling in spellings if spelling != name)
        found[key] = OwnedSeries(key, name, authors, tuple(items.values()), others)
    return tuple(found.values())


def due(subjects: Sequence[Subject[S]], terms: Terms, now: datetime, *, most_owned_first: bool) -> list[Subject[S]]:
    """The subjects to look up now: the longest unchecked first, or the most owned, at most as many as the terms say."""
    candidates = [one for one in subjects if _is_due(one, terms, now)]
    oldest = datetime.min.replace(tzinfo=now.tzinfo)

    def order(one: Subject[S]) -> tuple[object, ...]:
        rest = (one.checked or oldest, -len(one.items), one.key)
        return (one.follow is None, -len(one.items), *rest) if most_owned_first else rest

    return sorted(candidates, key=order)[: terms.most_asked]


def looked_after(subject: Subject[S], terms: Terms) -> bool:
    """Whether so much is owned of it, or somebody follows it, that it is completed."""
    return subject.follow is not None or len(subject.items) >= terms.least_owned


def _is_due(subject: Subject[S], terms: Terms, now: datetime) -> bool:
    recheck = min(terms.recheck, FOLLOWED_RECHECK) if subject.follow else terms.recheck
    return looked_after(subject, terms) and (subject.checked is None or now - subject.checked >= recheck)


def _shelf(subject: Subject[SeriesStanding], shelves: Mapping[str, OwnedAuthor]) -> tuple[LibraryItem, ...]:
    authors = (shelves.get(author_key(name)) for name in subject.authors)
    items = (*subject.items, *(item for author in authors if author for item in author.items))
    return tuple({(item.library, item.id): item for item in items}.values())


def _known_as(owned: OwnedSeries, orphans: Sequence[SeriesStanding]) -> SeriesStanding | None:
    mine = {author_key(name) for name in owned.authors}
    for orphan in orphans:
        theirs = {author_key(name) for name in orphan.authors}
        meant = mine & theirs or (orphan.stated.by_hand and not theirs)
        if meant and compare_series(owned.name, orphan.name) is Likeness.SAME:
            return orphan
    return None


def _end(key: str, name: str, into: Mapping[str, MergeProposal]) -> tuple[str, str]:
    seen = {key}
    while (merge := into.get(key)) and merge.one not in seen:
        key, name = merge.one, merge.canonical
        seen.add(key)
    kept = next((merge.canonical for merge in into.values() if merge.one == key), name)
    return key, kept


def _followed(follow: Follow, subjects: Sequence[Subject[SeriesStanding]]) -> Subject[SeriesStanding] | None:
    """The owned series that is meant, the one with most books if no author is named."""
    authors = (follow.author,) if follow.author else ()
    same = [
        one
        for one in subjects
        if compare_series(follow.name, one.name, authors=(authors, one.authors if authors else ())) is Likeness.SAME
    ]
    return max(same, key=lambda one: len(one.items), default=None)


def _anew(follow: Follow, before: SeriesStanding | None) -> Subject[SeriesStanding]:
    authors = (follow.author,) if follow.author else ()
    return Subject(follow.key, follow.name, authors, before=before)
