"""Whether two records are one book: for what is owned, wanted twice, or found again at import."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.ids import normal_isbn
from audiobook_daemon.matching.numbers import read_positions
from audiobook_daemon.matching.people import natural_name
from audiobook_daemon.matching.titles.likeness import compare_readings
from audiobook_daemon.matching.titles.reading import TitleReading, read_title
from audiobook_daemon.matching.titles.tokens import joined, tokenise
from audiobook_daemon.matching.works.authors import agreement
from audiobook_daemon.matching.works.recordings import Recording, compare_recordings
from audiobook_daemon.matching.works.series import compare_series, series_key
from audiobook_daemon.models import Book

_SHORTEST_ID = 8
SURE = frozenset({Likeness.SAME, Likeness.SAME_EDITION, Likeness.SAME_WORK})


def compare_books(
    one: Book,
    other: Book,
    *,
    narrators: tuple[Sequence[str], Sequence[str]] = ((), ()),
    runtimes: tuple[float | None, float | None] = (None, None),
    media: tuple[str | None, str | None] = (None, None),
) -> Likeness:
    """Whether two records are one work, and one recording of it; UNSURE is no weak yes. Running times in seconds."""
    likeness = _compare_works(one, other)
    if likeness is Likeness.DIFFERENT and _one_slot(one, other):
        likeness = Likeness.SAME
    if likeness is not Likeness.SAME:
        return likeness
    if one.language and other.language and one.language != other.language:
        return Likeness.SAME_WORK
    recordings = (
        Recording(_reading(book).claims, tuple(readers), runtime, medium)
        for book, readers, runtime, medium in zip((one, other), narrators, runtimes, media, strict=True)
    )
    return compare_recordings(*recordings)


def is_same_book(one: Book, other: Book) -> bool:
    """Whether two records are surely one book in one language, read as it was written: an id, or title and author."""
    if one.language and other.language and one.language != other.language:
        return False
    left, right = _reading(one).claims, _reading(other).claims
    return bool(left.dramatised) == bool(right.dramatised) and _compare_works(one, other) is Likeness.SAME


def _compare_works(one: Book, other: Book) -> Likeness:
    titles = _compare_titles(one, other)
    people = agreement(one.authors, other.authors)
    if _share_id(one, other):
        strange = titles is Likeness.DIFFERENT and people is Likeness.DIFFERENT
        return Likeness.UNSURE if strange else Likeness.SAME
    if _halved(_reading(one), _reading(other)) or people is Likeness.DIFFERENT or titles is Likeness.DIFFERENT:
        return Likeness.DIFFERENT
    places = _compare_places(one, other)
    if places is Likeness.DIFFERENT:
        return Likeness.DIFFERENT
    if places is Likeness.SAME:
        return Likeness.SAME if people is not Likeness.UNSURE or titles is Likeness.SAME else Likeness.UNSURE
    if people is not Likeness.SAME or titles is Likeness.UNSURE:
        return Likeness.UNSURE
    return Likeness.SAME


def _compare_titles(one: Book, other: Book) -> Likeness:
    """The best that any title of the one has to do with any of the other; a part that differs outweighs all."""
    found = [compare_readings(mine, theirs) for mine in _readings(one, other) for theirs in _readings(other, one)]
    for likeness in (Likeness.SAME, Likeness.UNSURE):
        if likeness in found:
            return likeness
    return Likeness.DIFFERENT


def _readings(book: Book, other: Book) -> Iterator[TitleReading]:
    """The titles of a book, without the names of people and series that precede the title itself."""
    strange = _names_in_titles(book) | _names_in_titles(other)
    yield _without(_reading(book), strange)
    for alias in book.aliases:
        yield _without(read_title(alias), strange)


@lru_cache(maxsize=50_000)
def _reading(book: Book) -> TitleReading:
    title = read_title(book.title)
    if not book.subtitle or len(title.names) > 1:
        return title
    return read_title(f"{book.title}: {book.subtitle}")


def _without(title: TitleReading, strange: frozenset[str]) -> TitleReading:
    kept = tuple(name for name in title.names if name.key not in strange)
    if all(name.descriptive or name.numbers for name in kept) or len(kept) == len(title.names):
        return title
    moved = tuple(name for name in title.names if name.key in strange)
    return replace(title, names=kept, places=(*title.places, *moved))


@lru_cache(maxsize=50_000)
def _names_in_titles(book: Book) -> frozenset[str]:
    """The keys of people and series as they may precede a title (`Goethe - Faust 1`)."""
    found = {series_key(place.name)[0] for place in book.series}
    for name in book.authors:
        tokens = tokenise(natural_name(name))
        found |= {joined(tokens), joined(tokens[-1:])}
    return frozenset(found - {""})


def _halved(left: TitleReading, right: TitleReading) -> bool:
    """Whether only one is a part of a book, or they are different parts; `Salt 1` may be `Salt, Part 1`."""
    if left.part == right.part:
        return False
    return (left.part or left.numbers.get("")) != (right.part or right.numbers.get(""))


def _compare_places(one: Book, other: Book) -> Likeness | None:
    """SAME or DIFFERENT when both stand in the same series, None when that says nothing."""
    verdict: Likeness | None = None
    for mine in one.series:
        for theirs in other.series:
            if not mine.position or not theirs.position:
                continue
            if compare_series(mine.name, theirs.name, authors=(one.authors, other.authors)) is not Likeness.SAME:
                continue
            if read_positions(mine.position) != read_positions(theirs.position):
                return Likeness.DIFFERENT
            verdict = Likeness.SAME
    return verdict


def _one_slot(one: Book, other: Book) -> bool:
    """Whether two titles stand at one place of one series by one author: a title of another region, most likely."""
    left, right = _reading(one), _reading(other)
    if _halved(left, right) or left.collection != right.collection:
        return False
    return agreement(one.authors, other.authors) is Likeness.SAME and _compare_places(one, other) is Likeness.SAME


def _share_id(one: Book, other: Book) -> bool:
    return bool(_ids(one) & _ids(other))


@lru_cache(maxsize=50_000)
def _ids(book: Book) -> frozenset[str]:
    given = (book.asin, book.isbn, *book.other_ids)
    return frozenset(normal_isbn(item) or item.upper() for item in given if item and _is_id(item))


def _is_id(text: str) -> bool:
    """Whether a field holds an id and not `unknown`, `n/a` or a row of zeros."""
    signs = [char for char in text if char.isalnum()]
    return len(signs) >= _SHORTEST_ID and any(char.isdigit() for char in signs) and len(set(signs)) > 1
