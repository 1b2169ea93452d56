"""Which books of a large library are worth comparing: those that share an id, a folder, a title or a place."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import combinations

from audiobook_daemon.models import BookOutline

_LARGEST = 30
"""More books than these under one key have something else in common than being one."""
_Key = Callable[[BookOutline], Hashable | None]


def candidates(outlines: Sequence[BookOutline]) -> set[tuple[int, int]]:
    """Return the pairs of row ids, the lower one first, that are worth a closer look."""
    found: set[tuple[int, int]] = set()
    for key in (_asin, _isbn, _path, _files, _slot):
        for block in _blocks(outlines, key):
            if len(block) <= _LARGEST:
                found |= _pairs(block)
    for block in _blocks(outlines, _title):
        # Books of the same title by many people: only those by the same one.
        narrower = [block] if len(block) <= _LARGEST else list(_blocks(block, _title_and_author))
        for books in narrower:
            if len(books) <= _LARGEST:
                found |= _pairs(books)
    for block in _blocks(outlines, _author):
        found |= set(_begun(block))
    for block in _blocks(outlines, _series):
        found |= set(_with_omnibus(block))
    return found


def _blocks(outlines: Iterable[BookOutline], key: _Key) -> Iterator[list[BookOutline]]:
    """The books that share a key, for each that at least two share; one key at a time needs little memory."""
    first: dict[Hashable, BookOutline] = {}
    several: dict[Hashable, list[BookOutline]] = {}
    for one in outlines:
        value = key(one)
        if value is None:
            continue
        if (earlier := first.setdefault(value, one)) is not one:
            several.setdefault(value, [earlier]).append(one)
    yield from several.values()


def _pairs(block: Sequence[BookOutline]) -> set[tuple[int, int]]:
    return {_pair(one, other) for one, other in combinations(block, 2)}


def _pair(one: BookOutline, other: BookOutline) -> tuple[int, int]:
    return (one.id, other.id) if one.id < other.id else (other.id, one.id)


def _asin(book: BookOutline) -> Hashable | None:
    return book.asin.upper() if book.asin else None


def _isbn(book: BookOutline) -> Hashable | None:
    return book.isbn.replace("-", "") if book.isbn else None


def _path(book: BookOutline) -> Hashable | None:
    return book.path or None


def _files(book: BookOutline) -> Hashable | None:
    return book.size or None


def _title(book: BookOutline) -> Hashable | None:
    return book.key[: book.key.find("|")] or None


def _title_and_author(book: BookOutline) -> Hashable | None:
    title, author, _ = book.key.split("|", 2)
    return (title, author)


def _slot(book: BookOutline) -> Hashable | None:
    """The place in a series by an author: titles differ from region to region."""
    if not book.series_keys:
        return None
    author, position = book.key.split("|", 2)[1], book.key.rpartition("|")[2]
    return (author, book.series_keys, position) if author and position else None


def _series(book: BookOutline) -> Hashable | None:
    return (book.key.split("|", 2)[1], book.series_keys) if book.series_keys else None


def _author(book: BookOutline) -> Hashable | None:
    return book.key.split("|", 2)[1] or None


def _begun(block: Sequence[BookOutline]) -> Iterator[tuple[int, int]]:
    """Each pair in which the title of the one begins that of the other (`Emma`, `Emma unabridged`)."""
    titled = sorted((book.key[: book.key.find("|")], book.id) for book in block)
    for place, (title, number) in enumerate(titled):
        for other, later in titled[place + 1 :]:
            if other != title and not other.startswith(f"{title} "):
                break
            if other != title:
                yield (min(number, later), max(number, later))


def _with_omnibus(block: Sequence[BookOutline]) -> Iterator[tuple[int, int]]:
    """Each book of a series that covers a range of places, with each that does not."""
    wide = [book for book in block if "-" in book.key.rpartition("|")[2]]
    if wide and len(wide) < len(block):
        covered = {book.id for book in wide}
        yield from (_pair(one, other) for one in wide for other in block if other.id not in covered)
