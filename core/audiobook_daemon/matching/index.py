"""Finds the books of a large catalogue that a release may be, without looking at every book.

The index holds no books: only which words stand in the titles and authors of which numbers, as one sorted array.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from zlib import crc32

from audiobook_daemon.matching.identity import Identity, identify
from audiobook_daemon.matching.text import main_title, words
from audiobook_daemon.models import Book, Release, Wish

_COMMON = 1_500
"""A word of more books finds none of them; it only tells those apart that other words found."""
_ENOUGH = 4_000
"""After so many entries no further words are looked up."""
_VOTES = 0.5
"""What a book needs of the votes of the best."""
_MOST_LOOKED_AT = 16
_MOST_WEIGHED = 6


_ARTICLES = frozenset({"the", "a", "an", "and"})


@dataclass(frozen=True, slots=True)
class Match:
    """The book of a catalogue that a release most likely is."""

    number: int
    """The place of the book in the catalogue."""
    book: Book
    identity: Identity
    lead: float
    """By how many powers of ten it is likelier than the next book."""


class BookIndex:
    """An index of books by the words of their titles and authors; a book is known by its number from 0."""

    def __init__(self, books: Iterable[Book]) -> None:
        entries: array[int] = array("Q")
        self._size = 0
        for number, book in enumerate(books):
            entries.extend(_entries(number, book))
            self._size = number + 1
        self._entries = array("Q", sorted(entries))

    def __len__(self) -> int:
        return self._size

    @property
    def nbytes(self) -> int:
        """The memory that it takes, in bytes."""
        return len(self._entries) * self._entries.itemsize

    def candidates(self, release: Release, most: int = 40) -> Sequence[int]:
        """The numbers of the books that a release may be, the likeliest first."""
        votes = self._votes(release)
        return sorted(votes, key=lambda number: (-votes[number], number))[:most]

    def match(
        self, release: Release, book_of: Callable[[int], Book], *, accepted: tuple[str, ...] = ()
    ) -> Match | None:
        """The book that a release most likely is, or None; `book_of` fetches a book by its number."""
        found = [
            (identity.odds, number, book, identity)
            for number, book in self.likely(release, book_of)
            if (identity := identify(Wish(book), release, accepted)).score > 0
        ]
        if not found:
            return None
        found.sort(key=lambda item: (-item[0], item[1]))
        odds, number, book, identity = found[0]
        lead = odds - found[1][0] if len(found) > 1 else float("inf")
        return Match(number, book, identity, lead)

    def likely(self, release: Release, book_of: Callable[[int], Book]) -> Iterator[tuple[int, Book]]:
        """The few candidates whose titles stand in the release; if there is none, those of which most words do."""
        votes = self._votes(release)
        least = _VOTES * max(votes.values(), default=0.0)
        ranked = sorted((number for number in votes if votes[number] >= least), key=lambda number: -votes[number])
        told = _plain(release.title)
        spare: list[tuple[int, Book]] = []
        weighed = 0
        for number in ranked[:_MOST_LOOKED_AT]:
            book = book_of(number)
            if any(_plain(main_title(title)) in told for title in (book.title, *book.aliases)):
                yield number, book
                weighed += 1
                if weighed == _MOST_WEIGHED:
                    return
            else:
                spare.append((number, book))
        if not weighed:
            yield from spare[:_MOST_WEIGHED]

    def _votes(self, release: Release) -> dict[int, float]:
        """How far the rare words of a release speak for each book."""
        votes: dict[int, float] = {}
        seen = 0
        for count, start in sorted(self._ranges(release)):
            if votes and (count > _COMMON or seen > _ENOUGH):
                break
            seen += count
            weight = log(2 + self._size / count)
            for entry in self._entries[start : start + count]:
                number = entry & 0xFFFFFFFF
                votes[number] = votes.get(number, 0.0) + weight
        return votes

    def _ranges(self, release: Release) -> Iterator[tuple[int, int]]:
        """For every known word of a release how many entries it has, and where they begin."""
        told = dict.fromkeys(words(release.title))
        people = dict.fromkeys(word for name in release.authors for word in words(name)) if release.authors else told
        for code in (*map(_title_code, told), *map(_author_code, people)):
            start = bisect_left(self._entries, code << 32)
            count = bisect_left(self._entries, (code + 1) << 32, start) - start
            if count:
                yield count, start


def _entries(number: int, book: Book) -> Iterator[int]:
    codes = {_title_code(word) for title in (book.title, *book.aliases) for word in words(title)}
    codes.update(_author_code(word) for name in book.authors for word in words(name))
    for code in codes:
        yield code << 32 | number


def _plain(text: str) -> str:
    return "".join([word for word in words(text) if word not in _ARTICLES])


@lru_cache(maxsize=50_000)
def _title_code(word: str) -> int:
    return crc32(word.encode())


@lru_cache(maxsize=50_000)
def _author_code(word: str) -> int:
    return crc32(b"@" + word.encode())
