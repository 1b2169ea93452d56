"""The rows of the table of books as the driver takes them; value by value, reading and writing cost far more."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from json.encoder import encode_basestring_ascii as _quoted
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Final

from audiobook_daemon.models import Book, LibraryItem, SeriesPlace

Raw = tuple[Any, ...]

BOOK: Final = ("title", "subtitle", "authors", "series", "language", "year", "isbn", "asin")
ITEM: Final = (
    *("narrators", "runtime", "size", "path", "missing", "added", "abridged", "publisher", "published", "description"),
    *("genres", "tags", "cover", "chapters", "files", "format"),
)
KEPT: Final = (*BOOK, *ITEM, "match_key", "author_key", "series_keys", "completeness")
"""What is compared, in the order of a raw row; `library` and `item_id` stand before it."""
_HEAD: Final = 2
CONTENT: Final = _HEAD + len(BOOK) + len(ITEM)
"""How many values of a raw row the item alone says; its keys follow."""
_LISTS: Final = frozenset({"authors", "narrators", "genres", "tags"})
_FLAGS: Final = frozenset({"missing", "abridged", "cover"})
_WRITTEN: Final = (*_LISTS, *_FLAGS, "series", "added")
"""What a raw row holds in another form than the value."""
_EDITED: Final = (
    *("title", "subtitle", "authors", "narrators", "series", "publisher", "year", "published", "description"),
    *("language", "isbn", "asin", "genres", "tags", "abridged", "cover"),
)
_AT: Final = {name: place for place, name in enumerate(KEPT, start=_HEAD)}
_MISSING, _FORMAT, _COMPLETENESS = _AT["missing"], _AT["format"], _AT["completeness"]
_of_book, _of_item = attrgetter(*BOOK), attrgetter(*ITEM)


@dataclass(frozen=True, slots=True)
class BookKeys:
    """What an item is found, listed and compared by; the caller computes it."""

    match: str
    author: str | None = None
    """The key of the first author."""
    series: tuple[str, ...] = ()
    """The keys of the names of its series."""
    completeness: int | None = None
    """In percent; None for an item that was not read in full."""
    marks: tuple[str, ...] = ()
    """What else it can be found by, as in `author jane austen`."""


@dataclass(frozen=True, slots=True)
class BookChange:
    """An item that is not as it was written down before."""

    item: LibraryItem
    id: int | None = None
    """The number of its row; None for one that was not known."""
    fields: Mapping[str, tuple[object, object]] = field(default_factory=lambda: MappingProxyType({}))
    """What is said of the book otherwise than before, by the names of the fields: old and new value."""

    @property
    def is_new(self) -> bool:
        """Whether it was not known before."""
        return self.id is None


def raw_content(item: LibraryItem) -> Raw:
    """Write what an item says as SQLite's driver takes it."""
    book = item.book
    return (
        *(item.library, item.id),
        *(book.title, book.subtitle, _list(book.authors), _places(book.series), book.language, book.year),
        *(book.isbn, book.asin, _list(item.narrators), item.runtime, item.size, item.path, int(item.missing)),
        *(_moment(item.added), _flag(item.abridged), item.publisher, item.published, item.description),
        *(_list(item.genres), _list(item.tags), _flag(item.cover), item.chapters, item.files, item.format),
    )


def value_content(item: LibraryItem) -> Raw:
    """Write what an item says as SQLAlchemy takes it, in the same order."""
    return (item.library, item.id, *_of_book(item.book), *_of_item(item))


def raw_keys(keys: BookKeys) -> Raw:
    """Write keys, in the order in which they end a raw row; SQLAlchemy takes them as well."""
    return keys.match, keys.author, _barred(keys.series), keys.completeness


def merged(row: Raw, known: Raw) -> Raw:
    """Keep of a known row what a new content cannot say: that files are gone is judged of all items at once."""
    if row[_MISSING] and not known[_MISSING]:
        row = (*row[:_MISSING], known[_MISSING], *row[_MISSING + 1 :])
    if row[_FORMAT] is None and known[_FORMAT] is not None:
        row = (*row[:_FORMAT], known[_FORMAT], *row[_FORMAT + 1 :])
    return row


def edits(row: Raw, known: Raw) -> dict[str, tuple[object, object]]:
    """Name the fields of Facts that differ; none for a row of a version that read less."""
    if known[_COMPLETENESS] is None:
        return {}
    found = {
        name: (plain(name, known[place]), plain(name, row[place]))
        for name in _EDITED
        if row[place := _AT[name]] != known[place]
    }
    if (series := found.get("series")) and _unordered(series[0]) == _unordered(series[1]):
        del found["series"]  # libraries give no order to them
    return found


def item_of(row: Raw) -> LibraryItem:
    """Read a raw row back."""
    values = dict(zip(BOOK + ITEM, row[_HEAD:CONTENT], strict=True))
    for name in _WRITTEN:
        values[name] = plain(name, values[name])
    book = Book(**{name: values.pop(name) for name in BOOK})
    return LibraryItem(row[0], row[1], book, **values)


def plain(name: str, value: Any) -> Any:  # noqa: ANN401
    """Read one value of a raw row; those of SQLAlchemy are read already."""
    if value is None:
        return None
    if name in _FLAGS:
        return bool(value)
    if not isinstance(value, str):
        return value
    if value == "[]":
        return ()
    if name in _LISTS:
        return _listed(value)
    if name == "series":
        return tuple(SeriesPlace(place["name"], place["position"]) for place in json.loads(value))
    return datetime.fromisoformat(value).replace(tzinfo=UTC) if name == "added" else value


@lru_cache(maxsize=4096)
def _listed(written: str) -> tuple[str, ...]:
    """Read names; those of one author, narrator or genre come again and again."""
    return tuple(json.loads(written))


def _list(names: tuple[str, ...]) -> str:
    """Write names as `json.dumps` does, in a fraction of the time."""
    return f"[{', '.join(map(_quoted, names))}]" if names else "[]"


def _places(places: Sequence[SeriesPlace]) -> str:
    return f"[{', '.join(map(_place, places))}]" if places else "[]"


def _place(place: SeriesPlace) -> str:
    position = "null" if place.position is None else _quoted(place.position)
    return f'{{"name": {_quoted(place.name)}, "position": {position}}}'


def _flag(value: bool | None) -> int | None:
    return None if value is None else int(value)


def _moment(moment: datetime | None) -> str | None:
    """Write a moment as SQLAlchemy does: in UTC, without saying so."""
    return None if moment is None else moment.astimezone(UTC).isoformat(" ", "microseconds")[:26]


def _barred(keys: Sequence[str]) -> str | None:
    return f"|{'|'.join(keys)}|" if keys else None


def _unordered(places: object) -> frozenset[object]:
    return frozenset(places) if isinstance(places, tuple) else frozenset()
