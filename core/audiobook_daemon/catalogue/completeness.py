"""How completely a book is described: one formula for lists, charts and the choice of what to look after.

The weights are those of an audiobook: title, author, reader and running time count for more than half. A book that
belongs to no series loses nothing by that; one that names a series without its place in it does. What a library does
not tell about its items at all (`cover` is None) is left out of the sum. Percents are rounded down: only a book that
lacks nothing has 100.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from audiobook_daemon.models import LibraryItem

WEIGHTS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "title": 15,
        "authors": 15,
        "narrators": 15,
        "runtime": 12,
        "description": 10,
        "cover": 8,
        "id": 6,
        "year": 5,
        "genres": 5,
        "publisher": 5,
        "language": 4,
        "position": 5,
    }
)
"""What each field is worth: `id` is an ASIN or an ISBN, `position` the place in any of its series."""
BUCKETS: Final = ("100", "80-99", "50-79", "0-49")
"""The classes of quality, the best first."""
_LEAST: Final = (100, 80, 50)


def completeness(item: LibraryItem) -> int:
    """The share of what one wants to know of an audiobook that is known of this one, 0 to 100."""
    return described(item)[0]


def missing_fields(item: LibraryItem) -> tuple[str, ...]:
    """What is not known of it, the weightiest first."""
    return described(item)[1]


def described(item: LibraryItem) -> tuple[int, tuple[str, ...]]:
    """Both at once: the share that is known, and what is not."""
    has = _has(item)
    missing = tuple([field for field, there in has.items() if not there])
    whole = sum([WEIGHTS[field] for field in has])
    return 100 * (whole - sum([WEIGHTS[field] for field in missing])) // whole, missing


def bucket(percent: int) -> str:
    """The class of quality of a percentage."""
    return next((name for name, least in zip(BUCKETS, _LEAST, strict=False) if percent >= least), BUCKETS[-1])


def _has(item: LibraryItem) -> dict[str, bool]:
    """Which of the fields that can be asked of this book have a value; a sync asks a hundred thousand times."""
    book = item.book
    found = {
        "title": _said(book.title),
        "authors": _any(book.authors),
        "narrators": _any(item.narrators),
        "runtime": item.runtime is not None and item.runtime > 0,
        "description": _said(item.description),
        "cover": item.cover is True,
        "id": _said(book.asin) or _said(book.isbn),
        "year": bool(book.year) or _said(item.published),
        "genres": _any(item.genres),
        "publisher": _said(item.publisher),
        "language": _said(book.language),
        "position": any(_said(place.position) for place in book.series),
    }
    if item.cover is None:
        del found["cover"]
    if not book.series:
        del found["position"]
    return found


def _any(values: tuple[str, ...]) -> bool:
    return bool(values) and any(map(_said, values))


def _said(value: str | None) -> bool:
    return value is not None and not value.isspace() and value != ""
