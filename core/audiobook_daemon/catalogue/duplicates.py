"""Which books are owned more than once: the same recording, the same work, or a book and an omnibus that holds it.

Books are compared only where they share a key, so that a hundred thousand take about a second: `candidates` finds the
pairs from outlines, `duplicates` judges them with the whole books at hand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from audiobook_daemon.catalogue.blocks import candidates
from audiobook_daemon.catalogue.copy_likeness import Copies, compare_copies
from audiobook_daemon.catalogue.keepers import suggest_keeper
from audiobook_daemon.matching import book_key
from audiobook_daemon.matching.numbers import read_positions
from audiobook_daemon.matching.works import series_key
from audiobook_daemon.models import BookOutline, LibraryItem

__all__ = ["DuplicateGroup", "Kind", "candidates", "duplicates", "find_duplicates", "outline"]


class Kind(StrEnum):
    """How surely books are owned twice."""

    EXACT = "exact"
    LIKELY = "likely"
    CONTAINED = "contained"
    """An omnibus and books that it holds: no duplicates, but worth knowing."""


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Books that are one; `books` are row ids in order."""

    kind: Kind
    books: tuple[int, ...]
    keeper: int | None
    """The copy to keep; None where nothing is to be given up."""
    reason: str
    """Sentences for people: why they count as one, and why this one should stay."""


def outline(number: int, item: LibraryItem) -> BookOutline:
    """Describe a book in few words."""
    keys = [series_key(place.name)[0] for place in item.book.series]
    return BookOutline(
        number,
        book_key(item.book),
        f"|{'|'.join(keys)}|" if keys else None,
        item.book.asin,
        item.book.isbn,
        item.path,
        item.size,
        item.runtime,
    )


def find_duplicates(items: Mapping[int, LibraryItem]) -> tuple[DuplicateGroup, ...]:
    """Find what is double among books, by their row ids, that all fit into memory."""
    return duplicates(candidates([outline(number, item) for number, item in items.items()]), items)


def duplicates(pairs: Iterable[tuple[int, int]], items: Mapping[int, LibraryItem]) -> tuple[DuplicateGroup, ...]:
    """Judge pairs that share a key; books that are not among `items` (gone meanwhile) are left out."""
    found: list[tuple[int, int, Copies]] = []
    contained: dict[int, set[int]] = {}
    for one, other in sorted(set(pairs)):
        if one not in items or other not in items:
            continue
        if (whole := _omnibus(one, other, items)) is not None:
            contained.setdefault(whole, set()).add(other if whole == one else one)
        elif copies := compare_copies(items[one], items[other]):
            found.append((one, other, copies))
    groups = [_group(members, items) for members in _joined(found, items)]
    return (*sorted(groups, key=lambda group: (group.kind is not Kind.EXACT, group.books)), *_holding(contained, items))


def _joined(
    found: Sequence[tuple[int, int, Copies]], items: Mapping[int, LibraryItem]
) -> Iterator[Mapping[tuple[int, int], Copies]]:
    """Join pairs into groups, the sure ones first; two groups stay apart where any two of their books are no copies."""
    group_of: dict[int, set[int]] = {}
    known = {(one, other): copies for one, other, copies in found}
    for one, other, _ in sorted(found, key=lambda pair: not pair[2].exact):
        mine, theirs = group_of.get(one, {one}), group_of.get(other, {other})
        if mine is theirs or not _all_copies(mine, theirs, known, items):
            continue
        mine |= theirs
        group_of |= dict.fromkeys(mine, mine)
    for members in {id(group): group for group in group_of.values()}.values():
        yield {pair: copies for pair, copies in known.items() if members.issuperset(pair)}


def _all_copies(
    mine: Collection[int],
    theirs: Collection[int],
    known: dict[tuple[int, int], Copies],
    items: Mapping[int, LibraryItem],
) -> bool:
    for one in mine:
        for other in theirs:
            pair = (min(one, other), max(one, other))
            if pair not in known:
                copies = compare_copies(items[pair[0]], items[pair[1]])
                if copies is None:
                    return False
                known[pair] = copies
    return True


def _group(members: Mapping[tuple[int, int], Copies], items: Mapping[int, LibraryItem]) -> DuplicateGroup:
    books = tuple(sorted({number for pair in members for number in pair}))
    keeper = suggest_keeper({number: items[number] for number in books})
    # A group is only as sure as its least sure pair, and that one tells why.
    weakest = min(members.values(), key=lambda copies: copies.exact)
    kind = Kind.EXACT if weakest.exact else Kind.LIKELY
    return DuplicateGroup(kind, books, keeper.id, f"{weakest.reason} Keep this one: {keeper.reason}.")


def _omnibus(one: int, other: int, items: Mapping[int, LibraryItem]) -> int | None:
    """Which of the two is an omnibus that holds the other one, by their places in a series."""
    for whole, part in ((one, other), (other, one)):
        for outer in items[whole].book.series:
            for inner in items[part].book.series:
                if series_key(outer.name) == series_key(inner.name) and _holds(outer.position, inner.position):
                    return whole
    return None


def _holds(outer: str | None, inner: str | None) -> bool:
    if not outer or not inner:
        return False
    wide, narrow = read_positions(outer), read_positions(inner)
    if len(wide) != 1 or len(narrow) != 1 or wide[0].last is None or narrow[0].last is not None:
        return False
    try:
        return float(wide[0].first) <= float(narrow[0].first) <= float(wide[0].last)
    except ValueError:
        return False


def _holding(contained: Mapping[int, Collection[int]], items: Mapping[int, LibraryItem]) -> Iterator[DuplicateGroup]:
    for whole, parts in sorted(contained.items()):
        title = items[whole].book.title
        count = "a book that is" if len(parts) == 1 else f"{len(parts)} books that are"
        yield DuplicateGroup(
            Kind.CONTAINED, tuple(sorted((whole, *parts))), None, f"{title} holds {count} also there alone."
        )
