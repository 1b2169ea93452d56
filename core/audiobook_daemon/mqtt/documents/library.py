"""How much the library holds, and what came last."""

from __future__ import annotations

from typing_extensions import TypedDict

from audiobook_daemon.doors import LastAdded, LibraryCounts
from audiobook_daemon.mqtt.documents.shape import NAME_LENGTH, TITLE_LENGTH, cut, described
from audiobook_daemon.mqtt.payloads import moment, shortened


@described
class AddedBook(TypedDict):
    """The book that came into the library last."""

    id: str | None
    """The library's id of it."""
    title: str
    """Its title."""
    author: str | None
    """Its first author."""
    series: str | None
    """Its series, with its place (`Dune #1`)."""
    duration_h: float | None
    """Hours of listening."""
    at: str | None
    """When it came."""


@described
class LibraryDocument(TypedDict):
    """The library in numbers, as last looked over."""

    books: int | None
    """Books."""
    authors: int | None
    """Authors with a book."""
    series: int | None
    """Series with a book."""
    duration_h: float | None
    """Hours of listening, all books together."""
    size_bytes: int | None
    """Bytes of all books."""
    free_bytes: int | None
    """Bytes left where the library lies."""
    missing: int | None
    """Books whose files the library no longer finds."""
    incomplete: int | None
    """Books that are described to less than 80 percent."""
    completeness: float | None
    """How well the books are described, the mean in percent."""
    duplicates: int | None
    """Books that are owned more than once."""
    missing_books: int | None
    """Books that are out and missing from owned series and authors."""
    series_known: int | None
    """Series of which it is known what there is."""
    series_complete: int | None
    """Series of which nothing that is out is missing."""
    series_completeness: float | None
    """The latter as a share of the former, in percent."""
    trash_books: int | None
    """Books that lie in the trash."""
    trash_bytes: int | None
    """Bytes of those."""
    added_total: int | None
    """Books the daemon has ever shelved."""
    last_added: AddedBook | None
    """The book that came last; its cover is `library/last_added/cover`."""


def library_document(counts: LibraryCounts) -> LibraryDocument:
    """Describe the library in numbers."""
    complete, known = counts.series_complete, counts.series_known
    return {
        "books": counts.books,
        "authors": counts.authors,
        "series": counts.series,
        "duration_h": hours(counts.runtime),
        "size_bytes": counts.size,
        "free_bytes": counts.free,
        "missing": counts.missing,
        "incomplete": counts.incomplete,
        "completeness": None if counts.completeness is None else round(counts.completeness, 1),
        "duplicates": counts.duplicates,
        "missing_books": counts.missing_books,
        "series_known": known,
        "series_complete": complete,
        "series_completeness": round(100 * complete / known, 1) if known and complete is not None else None,
        "trash_books": counts.trash_books,
        "trash_bytes": counts.trash_size,
        "added_total": counts.added_total,
        "last_added": None if counts.last_added is None else _added(counts.last_added),
    }


def _added(last: LastAdded) -> AddedBook:
    return {
        "id": cut(last.id, NAME_LENGTH),
        "title": shortened(last.title, TITLE_LENGTH),
        "author": cut(last.author, TITLE_LENGTH),
        "series": cut(last.series, TITLE_LENGTH),
        "duration_h": hours(last.runtime),
        "at": moment(last.at),
    }


def hours(seconds: float | None) -> float | None:
    """Turn seconds into hours of listening."""
    return None if seconds is None else round(seconds / 3600, 1)
