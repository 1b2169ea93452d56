"""A library of any size, made while it is read: it takes no memory of its own."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import overload

from audiobook_daemon.matching import book_key
from audiobook_daemon.models import Book, LibraryItem, SeriesPlace

Keyed = tuple[LibraryItem, str]
_BEGIN = datetime(2020, 1, 1, tzinfo=UTC)
_WORDS = ("river", "winter", "crown", "shadow", "garden", "letter", "stone", "harbour", "silence", "orchard", "mirror")


def item(number: int) -> LibraryItem:
    """The item of this number, always the same, with every field filled."""
    first, second = _WORDS[number % 11], _WORDS[number // 11 % 11]
    author = f"{first.title()} {_WORDS[number // 7 % 11].title()}son {number // 12}"
    title = f"The {first} of {second} {number}"
    series = (SeriesPlace(f"{second.title()} Cycle {number // 6}", str(number % 6 + 1)),) if number % 3 else ()
    book = Book(
        title=title,
        authors=(author,),
        subtitle="A Novel" if number % 4 else None,
        series=series,
        language="en",
        year=1950 + number % 75,
        isbn=f"978{number:010d}",
        asin=f"B{number:09d}",
    )
    return LibraryItem(
        library="audiobookshelf",
        id=f"{number:08x}-0000-4000-8000-{number:012x}",
        book=book,
        narrators=(f"Reader {number % 977}",),
        runtime=36_000.0 + number % 7200,
        size=400_000_000 + number,
        path=f"/books/{author}/{title}",
        added=_BEGIN + timedelta(minutes=number),
    )


class Shelf(Sequence[Keyed]):
    """So many items with their match keys."""

    def __init__(self, size: int) -> None:
        self._size = size
        self.seconds = 0.0
        """The time that the making of items has taken so far."""

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, index: int) -> Keyed: ...

    @overload
    def __getitem__(self, index: slice) -> list[Keyed]: ...

    def __getitem__(self, index: int | slice) -> Keyed | list[Keyed]:
        begin = time.perf_counter()
        try:
            if isinstance(index, slice):
                return [_keyed(number) for number in range(*index.indices(self._size))]
            return _keyed(range(self._size)[index])
        finally:
            self.seconds += time.perf_counter() - begin


def _keyed(number: int) -> Keyed:
    found = item(number)
    return found, book_key(found.book)
