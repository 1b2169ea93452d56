"""What the fields of a template stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping

from audiobook_daemon.models import Book
from audiobook_daemon.shelving.naming.editions import Edition
from audiobook_daemon.shelving.naming.letters import is_visible
from audiobook_daemon.shelving.naming.safe import clean

UNKNOWN_AUTHOR = "Unknown Author"
_UNKNOWN = {"author": UNKNOWN_AUTHOR, "authors": UNKNOWN_AUTHOR, "title": "Unknown Title"}
_MOST_PEOPLE = 2
_POSITION = re.compile(r"\d{1,3}(?:\.\d+)?")
"""The numbers that Audiobookshelf reads as such; it would take any other for a part of the title."""
_ASIN = re.compile(r"[A-Z0-9]{10}")


def values_of(book: Book, edition: Edition) -> Mapping[str, str]:
    """The known fields of a book, clean but not cut; `author`, `authors` and `title` are always among them.

    `authors` and `narrators` are the first two of them, `position` is there for a plain number in a series only.
    """
    place = book.series[0] if book.series else None
    numbered = place and place.position and _POSITION.fullmatch(place.position)
    year = edition.year or book.year
    known = {
        "author": book.authors[0] if book.authors else None,
        "authors": _people(book.authors),
        "title": book.title,
        "subtitle": book.subtitle,
        "series": place.name if place else None,
        "position": place.position if place and numbered else None,
        "narrator": edition.narrators[0] if edition.narrators else None,
        "narrators": _people(edition.narrators),
        "year": str(year) if year else None,
        "asin": book.asin if book.asin and _ASIN.fullmatch(book.asin) else None,
        "isbn": book.isbn,
        "publisher": edition.publisher,
        "language": edition.language or book.language,
        "format": edition.format,
        "bitrate": f"{edition.bitrate} kbps" if edition.bitrate else None,
        "edition": edition.label,
    }
    found = {name: text for name, raw in known.items() if raw and is_visible(text := clean(raw))}
    if place and "series" not in found:
        found["series"] = "Unknown Series"
    return {**_UNKNOWN, **found}


def _people(names: tuple[str, ...]) -> str:
    return " & ".join(names[:_MOST_PEOPLE])
