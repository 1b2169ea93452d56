"""Finds what is missing from an author."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from audiobook_daemon.catalogue.bibliography import merge_works
from audiobook_daemon.catalogue.gap_rules import GapRules, Gaps, LeftOut
from audiobook_daemon.catalogue.naming import SeriesNames
from audiobook_daemon.catalogue.releasing import is_unreleased
from audiobook_daemon.catalogue.title_forms import title_forms
from audiobook_daemon.catalogue.volumes import ids_of
from audiobook_daemon.catalogue.work_kinds import PIECES, kind_of
from audiobook_daemon.matching import compare_books
from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.languages import foreign_title
from audiobook_daemon.matching.numbers import read_positions
from audiobook_daemon.matching.people import about_author
from audiobook_daemon.matching.works import SURE, agreement, series_key
from audiobook_daemon.models import Book, LibraryItem, Work


def author_gaps(name: str, owned: Sequence[LibraryItem], works: Sequence[Work], rules: GapRules, today: date) -> Gaps:
    """Compare what is owned with what is listed of an author.

    Only works that some source knows a recording of are missing, in the wanted languages, each once. Books about the
    author, summaries and the works of namesakes are left out; so is what may be there under a similar title.
    """
    shelf = _Shelf(owned)
    languages = rules.languages or tuple(Counter(item.book.language for item in owned if item.book.language))
    missing, unreleased, left_out, there = [], [], [], []
    for work in merge_works(works):
        reason = _why_not(name, work, languages, rules)
        item, sure = shelf.find(work.book, rules)
        if item is not None and sure:
            there.append((work, item, reason is None))
        elif reason:
            left_out.append(LeftOut(work, reason))
        elif item is not None:
            left_out.append(LeftOut(work, f"it may be there as {item.book.title!r}"))
        elif is_unreleased((work,), today):
            unreleased.append(work)
        else:
            missing.append(work)
    have = sum(counts for _, _, counts in there)
    owned_pairs = tuple((work, item) for work, item, _ in there)
    return Gaps(name, tuple(missing), tuple(unreleased), owned_pairs, tuple(left_out), (), len(missing) + have, have)


def _why_not(name: str, work: Work, languages: tuple[str, ...], rules: GapRules) -> str | None:
    """Why a work does not count, or None."""
    kind, book = kind_of(work), work.book
    if kind in rules.skip:
        return f"it is of a kind that is left out: {kind}"
    if kind in PIECES:
        return "it is no whole book"
    if agreement((name,), book.authors) is not Likeness.SAME:
        return f"it is by {', '.join(book.authors) or 'nobody who is named'}"
    if about_author(book.title, (), name):
        return "it is about the author"
    if book.language and languages and book.language not in languages:
        return f"its language is {book.language}"
    if not book.language and languages and all(foreign_title(book.title, language) for language in languages):
        return "its title is in another language"
    if rules.unabridged_only and work.abridged:
        return "it is abridged"
    if rules.recorded_only and not _is_recorded(work):
        return "no recording of it is known"
    if rules.readers and ", " not in work.source and (work.readers or 0) < rules.readers:
        return f"{work.source or 'one source'} alone lists it, and fewer than {rules.readers} readers have it"
    return None


def _is_recorded(work: Work) -> bool:
    if work.audiobook is not None:
        return work.audiobook
    return bool(work.narrators or work.runtime)


class _Shelf:
    """The owned books of an author, found by their ids, titles and places in series."""

    def __init__(self, owned: Iterable[LibraryItem]) -> None:
        self._items = tuple(owned)
        self._found: defaultdict[str, list[LibraryItem]] = defaultdict(list)
        for item in self._items:
            for key in _keys(item.book):
                self._found[key].append(item)

    def find(self, book: Book, rules: GapRules) -> tuple[LibraryItem | None, bool]:
        """The copy of a work and whether it surely is one."""
        keys = _keys(book)
        near = [item for key in keys for item in self._found.get(key, ())]
        doubtful: LibraryItem | None = None
        for item in {(item.library, item.id): item for item in (*near, *self._items)}.values():
            if not _may_be(item, book, rules):
                continue
            likeness = compare_books(item.book, book)
            titled = likeness is Likeness.UNSURE and keys & _titles(item.book)
            if likeness in SURE or titled:  # these are books of the author, however the name is written
                return item, True
            if likeness is Likeness.UNSURE and doubtful is None:
                doubtful = item
        return doubtful, False


def _may_be(item: LibraryItem, book: Book, rules: GapRules) -> bool:
    if rules.unabridged_only and item.abridged:
        return False
    mine, theirs = item.book.language, book.language
    return not mine or not theirs or mine == theirs or rules.translations


def _keys(book: Book) -> frozenset[str]:
    """What equal books have in common: an id, a title, or a place in a series."""
    places = ((series_key(place.name)[0], read_positions(place.position or "")) for place in book.series)
    placed = {f"{name}#{position}" for name, positions in places for position in positions}
    return ids_of(book) | _titles(book) | placed


def _titles(book: Book) -> frozenset[str]:
    names = SeriesNames.of(place.name for place in book.series)
    return frozenset(form.core for form in title_forms(book, names))
