"""The rows of the table of books as the driver takes them; value by value, reading and writing cost far more."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
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
_SAID: Final = _HEAD + len(BOOK)
CONTENT: Final = _SAID + len(ITEM)
"""How many values of a raw row the item alone says; its keys follow."""
_NONE: Final = "[]"
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
    """Read a raw row back; field by field, for a page of a list has a hundred of them."""
    library, key, title, subtitle, authors, series, language, year, isbn, asin = row[:_SAID]
    narrators, runtime, size, path, missing, added, abridged, publisher, published, *rest = row[_SAID:CONTENT]
    description, genres, tags, cover, chapters, files, form = rest
    book = Book(title, _names(authors), subtitle, _series(series), language, year, isbn, asin)
    return LibraryItem(
        library,
        key,
        book,
        narrators=_names(narrators),
        runtime=runtime,
        size=size,
        path=path,
        missing=bool(missing),
        added=moment(added),
        abridged=_truth(abridged),
        publisher=publisher,
        published=published,
        description=description,
        genres=_names(genres),
        tags=_names(tags),
        cover=_truth(cover),
        chapters=chapters,
        files=files,
        format=form,
    )


def plain(name: str, value: Any) -> Any:  # noqa: ANN401
    """Read one value of a raw row; those of SQLAlchemy are read already."""
    reader = _READERS.get(name)
    return value if reader is None else reader(value)


def moment(value: datetime | str | None) -> datetime | None:
    """Read a moment, of which SQLite does not say that it is in UTC."""
    return datetime.fromisoformat(f"{value}+00:00") if isinstance(value, str) else value


def _truth(value: bool | int | None) -> bool | None:
    return None if value is None else bool(value)


def _names(value: tuple[str, ...] | str) -> tuple[str, ...]:
    if not isinstance(value, str):
        return value
    return () if value == _NONE else _listed(value)


def _series(value: tuple[SeriesPlace, ...] | str) -> tuple[SeriesPlace, ...]:
    if not isinstance(value, str):
        return value
    if value == _NONE:
        return ()
    return tuple([SeriesPlace(place["name"], place["position"]) for place in json.loads(value)])


_READERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    **dict.fromkeys(("authors", "narrators", "genres", "tags"), _names),
    **dict.fromkeys(("missing", "abridged", "cover"), _truth),
    "series": _series,
    "added": moment,
}
"""What a raw row holds in another form than the value."""


@lru_cache(maxsize=4096)
def _listed(written: str) -> tuple[str, ...]:
    """Read names; those of one author, narrator or genre come again and again."""
    return tuple(json.loads(written))


def _list(names: tuple[str, ...]) -> str:
    """Write names as `json.dumps` does, in a fraction of the time."""
    return f"[{', '.join(map(_quoted, names))}]" if names else _NONE


def _places(places: Sequence[SeriesPlace]) -> str:
    return f"[{', '.join(map(_place, places))}]" if places else _NONE


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
