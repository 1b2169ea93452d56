"""What a library item is found, listed and compared by; pure."""

from __future__ import annotations

from audiobook_daemon.catalogue.completeness import completeness
from audiobook_daemon.matching import author_key, book_key
from audiobook_daemon.matching.works import series_key
from audiobook_daemon.models import Book, LibraryItem
from audiobook_daemon.pipeline.marks import author_marks, id_marks, title_marks
from audiobook_daemon.store import BookKeys


def keys_of(item: LibraryItem, match: str | None = None) -> BookKeys:
    """Return the keys of an item, as the store wants them; `match` is that of the want it came of, if there is one.

    A series' key is the first part of its key in `catalogue.series_names`.
    """
    book = item.book
    series = series_keys(item)
    return BookKeys(
        match or book_key(book),
        author_key(book.authors[0]) or None if book.authors else None,
        series,
        completeness(item),
        (*author_marks(book), *id_marks(book), *(f"series {key}" for key in series), *_by_each(book)),
    )


def _by_each(book: Book) -> tuple[str, ...]:
    """Marks of a book by several authors: its key names but the first of them, others know but another one."""
    return title_marks(book) if len(book.authors) > 1 else ()


def keyed(item: LibraryItem, match: str | None = None) -> tuple[LibraryItem, BookKeys]:
    """Return an item with its keys, as the store wants it."""
    return item, keys_of(item, match)


def series_keys(item: LibraryItem) -> tuple[str, ...]:
    """The keys of the names of an item's series, each once."""
    keys = (series_name_key(place.name) for place in item.book.series)
    return tuple(dict.fromkeys(key for key in keys if key))


def series_name_key(name: str) -> str:
    """The key of one series' name; empty for one that names none."""
    plain, note = series_key(name)
    key = f"{plain} ({note})" if plain and note else plain
    return key.replace("|", " ")
