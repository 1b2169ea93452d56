"""Puts records of Hardcover into the words of the daemon. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from audiobook_daemon import Book, Facts, Likeness, SeriesPlace, Work, WorkKind, compare_books, normal_isbn
from audiobook_plugins.hardcover.records import BookHit, BookRecord, Recording

_SCORES: Mapping[Likeness, float] = {
    Likeness.SAME: 0.9,
    Likeness.SAME_EDITION: 0.9,
    Likeness.SAME_WORK: 0.6,
    Likeness.UNSURE: 0.5,
    Likeness.DIFFERENT: 0.0,
}
_BY_NAME = 0.09
"""What the very same title adds."""


def by_book(recordings: Iterable[Recording]) -> dict[int, list[Recording]]:
    """Sort recordings to their books, the most used first."""
    found: dict[int, list[Recording]] = {}
    for one in sorted(recordings, key=lambda one: -one.readers):
        found.setdefault(one.book, []).append(one)
    return found


def score(book: Book, record: Book) -> float:
    """How well a record answers a question, 0 (another book) to 1 (an id agrees)."""
    rating = _SCORES[compare_books(book, record)]
    if rating > _SCORES[Likeness.UNSURE] and _ids(book) & _ids(record):
        return 1.0
    return round(rating + _BY_NAME, 3) if rating and _same_words(book.title, record.title) else rating


def hit_book(hit: BookHit) -> Book:
    """A hit as a book, to be compared."""
    return Book(hit.title, hit.authors, hit.subtitle, aliases=hit.aliases, other_ids=hit.isbns)


def record_book(record: BookRecord, recording: Recording | None = None, others: Iterable[Recording] = ()) -> Book:
    """A record as a book, in the words of one of its recordings if that has a title of its own (a translation)."""
    ids = (number for one in others for number in (one.asin, one.isbn) if number)
    mine = {recording.asin, recording.isbn} if recording else set()
    published = (recording.published if recording else None) or record.published
    title, subtitle, aliases = record.title, record.subtitle, record.aliases
    if recording and recording.title and _is_translation(record, recording):
        title, subtitle, aliases = recording.title, None, (record.title, *aliases)
    return Book(
        title,
        record.authors,
        subtitle,
        tuple(SeriesPlace(place.name, place.position) for place in record.places),
        recording.language if recording else None,
        int(published[:4]) if published else None,
        recording.isbn if recording else None,
        recording.asin if recording else None,
        aliases,
        tuple(dict.fromkeys(number for number in ids if number not in mine)),
    )


def facts_of(source: str, record: BookRecord, recording: Recording | None, rating: float) -> Facts:
    """State what a book and one of its recordings tell; without a recording nothing is said of narrators or time."""
    book = record_book(record, recording)
    return Facts(
        source=source,
        title=book.title,
        subtitle=book.subtitle,
        authors=book.authors or None,
        narrators=(recording.narrators or None) if recording else None,
        series=book.series or None,
        publisher=recording.publisher if recording else None,
        year=book.year,
        published=(recording.published if recording else None) or record.published,
        description=record.description,
        language=book.language,
        isbn=book.isbn,
        asin=book.asin,
        genres=record.genres or None,
        runtime=recording.seconds if recording else None,
        abridged=recording.abridged if recording else None,
        cover=record.cover,
        key=f"{record.id}/{recording.id}" if recording else str(record.id),
        score=rating,
    )


def work_of(source: str, record: BookRecord, recordings: Sequence[Recording], languages: Sequence[str]) -> Work:
    """List a book with its recording in a wanted language, or else the most used one."""
    ranked = sorted(recordings, key=lambda one: (bool(one.abridged), one.language not in languages if languages else 0))
    chosen = ranked[0] if ranked else None
    same = [one for one in recordings if chosen and one.language == chosen.language]
    return Work(
        record_book(record, chosen, same),
        source=source,
        key=str(record.id),
        kind=_kind(record),
        released=(chosen.published if chosen else None) or record.published,
        narrators=chosen.narrators if chosen else (),
        runtime=chosen.seconds if chosen else None,
        abridged=chosen.abridged if chosen else None,
        audiobook=True if chosen or record.spoken else None,
        readers=record.readers,
    )


def _kind(record: BookRecord) -> WorkKind:
    if record.part:
        return WorkKind.PART
    return WorkKind.OMNIBUS if record.compilation else WorkKind.UNKNOWN


def _is_translation(record: BookRecord, recording: Recording) -> bool:
    edition = Book(recording.title or "", record.authors)
    return compare_books(Book(record.title, record.authors, aliases=()), edition) is Likeness.DIFFERENT


def _ids(book: Book) -> set[str]:
    given = filter(None, (book.asin, book.isbn, *book.other_ids))
    return {normal_isbn(one) or one.upper() for one in given}


def _same_words(one: str, other: str) -> bool:
    return "".join(filter(str.isalnum, one.casefold())) == "".join(filter(str.isalnum, other.casefold()))
