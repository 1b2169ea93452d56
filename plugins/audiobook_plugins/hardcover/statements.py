"""Puts records of Hardcover into the words of the daemon. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from audiobook_daemon import Book, Facts, Likeness, SeriesPlace, Work, WorkKind, compare_books
from audiobook_plugins.hardcover.records import BookHit, BookRecord, Recording

_ARTICLES = frozenset({"a", "an", "the"})


def hit_book(hit: BookHit) -> Book:
    """A hit as a book, to be compared."""
    return Book(hit.title, hit.authors, hit.subtitle, aliases=hit.aliases, other_ids=hit.isbns)


def record_book(record: BookRecord, recording: Recording | None = None, others: Iterable[Recording] = ()) -> Book:
    """A record as a book, under the title of one of its recordings if that has its own (a translation, a region)."""
    ids = (number for one in others for number in (one.asin, one.isbn) if number)
    mine = {recording.asin, recording.isbn} if recording else set()
    published = (recording.published if recording else None) or record.published
    title, subtitle, aliases = record.title, record.subtitle, record.aliases
    if recording and recording.title and _has_own_title(record, recording.title):
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


def work_of(source: str, record: BookRecord, languages: Sequence[str]) -> Work:
    """List a book with its recording in a wanted language, or else the most used one."""

    def rank(one: Recording) -> tuple[bool, bool]:
        return bool(languages) and one.language not in languages, bool(one.abridged)

    chosen = min(record.recordings, key=rank, default=None)
    same = [one for one in record.recordings if chosen and one.language == chosen.language]
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


def _has_own_title(record: BookRecord, title: str) -> bool:
    """Whether an edition is called otherwise, and not only by its series and number."""
    words = set(title.casefold().split())
    named = any(set(place.name.casefold().split()) - _ARTICLES <= words for place in record.places)
    if named:
        return False
    return compare_books(Book(record.title, record.authors), Book(title, record.authors)) is Likeness.DIFFERENT
