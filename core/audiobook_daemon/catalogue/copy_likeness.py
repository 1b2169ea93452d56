"""Whether two books of a library are copies of one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import PurePosixPath

from audiobook_daemon.matching import compare_books, position_key
from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.contents import is_disc_name, is_part_name
from audiobook_daemon.matching.titles.reading import TitleReading, read_title
from audiobook_daemon.matching.works import agreement, series_key
from audiobook_daemon.models import Book, LibraryItem

_SAME_SECOND = 1.0
"""Servers round running times."""
_TOLERANCE, _LEAST_TOLERANCE = 0.05, 600.0


@dataclass(frozen=True, slots=True)
class Copies:
    """Two books that are one; `exact` if they are one recording, else only one work."""

    exact: bool
    reason: str


def compare_copies(one: LibraryItem, other: LibraryItem) -> Copies | None:
    """Whether two items are one book; None if not, and for what people own besides each other on purpose.

    These are the abridged beside the whole, the play beside the reading, other languages, the parts and discs of one
    book, volumes of a series, and an e-book beside its recording.
    """
    if _apart(one, other):
        return None
    if same := _same_files(one, other):
        return Copies(exact=True, reason=same)
    left, right = _bare(one.book), _bare(other.book)
    works = compare_books(left, right)
    shared = _shared_id(one.book, other.book)
    if works in {Likeness.DIFFERENT, Likeness.UNSURE}:
        return _by_id_alone(one, other, shared, alike=works is Likeness.UNSURE)
    near = _near(one, other)
    readers = agreement(one.narrators, other.narrators)
    if readers is Likeness.DIFFERENT:
        return Copies(exact=False, reason="They are one work, read by different people.")
    if near is False:
        return Copies(exact=False, reason="They are one work, but their running times differ.")
    if shared:
        return Copies(exact=True, reason=f"They have the same {shared}.")
    if near and readers is Likeness.SAME:
        return Copies(exact=True, reason="They are one work by the same reader, equally long.")
    return Copies(exact=False, reason="They are one work, and nothing tells the recordings apart.")


def _by_id_alone(one: LibraryItem, other: LibraryItem, shared: str | None, *, alike: bool) -> Copies | None:
    """An id in common under titles that say less or otherwise: with recordings that differ too, the id is wrong."""
    near = _near(one, other)
    if shared is None or near is False:
        return None
    if alike:
        return Copies(exact=False, reason=f"They have the same {shared}, and too little else is known.")
    if not near:
        return None
    return Copies(exact=False, reason=f"They have the same {shared} and running time, but their titles differ.")


def _apart(one: LibraryItem, other: LibraryItem) -> bool:
    left, right = _reading(one.book), _reading(other.book)
    if one.book.language and other.book.language and one.book.language != other.book.language:
        return True
    return (
        left.part != right.part
        or bool(left.claims.dramatised) != bool(right.claims.dramatised)
        or bool(one.abridged or left.claims.abridged) != bool(other.abridged or right.claims.abridged)
        or (one.files == 0) != (other.files == 0)
        or _other_volume(one.book, other.book)
        or _other_disc(one.path, other.path)
    )


def _other_volume(one: Book, other: Book) -> bool:
    """Whether they have different places in one series."""
    places = {series_key(place.name): position_key(place.position) for place in one.series if place.position}
    return any(
        series_key(place.name) in places and places[series_key(place.name)] != position_key(place.position)
        for place in other.series
        if place.position
    )


def _other_disc(one: str | None, other: str | None) -> bool:
    """Whether they lie side by side as discs or parts of one book, or one in the other."""
    if not one or not other or one == other:
        return False
    left, right = PurePosixPath(one), PurePosixPath(other)
    if left in right.parents or right in left.parents:
        return True
    names = (left.name, right.name)
    return left.parent == right.parent and all(is_disc_name(name) or is_part_name(name) for name in names)


def _same_files(one: LibraryItem, other: LibraryItem) -> str | None:
    if one.path and one.path == other.path:
        return "They lie in the same folder."
    if one.size and one.size == other.size and one.runtime and other.runtime and not _strangers(one, other):
        counted = one.files is None or other.files is None or one.files == other.files
        if counted and abs(one.runtime - other.runtime) <= _SAME_SECOND:
            return "Their files are equal in size and running time."
    return None


def _strangers(one: LibraryItem, other: LibraryItem) -> bool:
    """Whether other people wrote and read them: recordings of a constant bitrate are equal in size by mere chance."""
    pairs = ((one.book.authors, other.book.authors), (one.narrators, other.narrators))
    return all(agreement(mine, theirs) is Likeness.DIFFERENT for mine, theirs in pairs)


def _shared_id(one: Book, other: Book) -> str | None:
    if compare_books(_only(one, asin=True), _only(other, asin=True)) is Likeness.SAME:
        return "ASIN"
    return "ISBN" if compare_books(_only(one, asin=False), _only(other, asin=False)) is Likeness.SAME else None


def _only(book: Book, *, asin: bool) -> Book:
    """The book with nothing but an id; without a title or people, only the ids can be the same."""
    return Book("", asin=book.asin) if asin else Book("", isbn=book.isbn)


def _near(one: LibraryItem, other: LibraryItem) -> bool | None:
    if not one.runtime or not other.runtime:
        return None
    return abs(one.runtime - other.runtime) <= max(_LEAST_TOLERANCE, _TOLERANCE * max(one.runtime, other.runtime))


def _bare(book: Book) -> Book:
    return replace(book, asin=None, isbn=None, other_ids=())


@lru_cache(maxsize=10_000)
def _reading(book: Book) -> TitleReading:
    return read_title(f"{book.title}: {book.subtitle}" if book.subtitle else book.title)
