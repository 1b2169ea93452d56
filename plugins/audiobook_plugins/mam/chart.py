"""Makes a ranking of books out of a ranking of uploads. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from audiobook_daemon import Book, ChartEntry, Release

_EDITION = re.compile(r"\s*[\[(](?:un)?abridged[^\])]*[\])]", re.IGNORECASE)
_NOT_A_LETTER = re.compile(r"[\W_]+")


def rank(releases: Iterable[Release], limit: int) -> list[ChartEntry]:
    """Number the books in the order of their best upload; further editions of a book are left out.

    An abridged upload is no edition to learn narrator and running time from, so it does not count at all.
    """
    entries: list[ChartEntry] = []
    known: dict[str, list[Book]] = {}
    for release in releases:
        if len(entries) >= limit:
            break
        if release.abridged:
            continue
        book = _book(release)
        alike = known.setdefault(_normal(book.title), [])
        if any(_same(book, other) for other in alike):
            continue
        alike.append(book)
        entries.append(ChartEntry(len(entries) + 1, book, release.narrators, release.runtime))
    return entries


def work_title(title: str, authors: Sequence[str]) -> str:
    """Take the edition and the author out of a title: `Emma (Unabridged) by Jane Austen` is `Emma`."""
    plain = _EDITION.sub("", title).strip()
    for author in authors:
        name = re.escape(author)
        plain = re.sub(rf"\s+by\s+{name}$|^{name}\s+[-–]\s+", "", plain, flags=re.IGNORECASE).strip() or plain
    return plain or title


def _book(release: Release) -> Book:
    return Book(
        title=work_title(release.title, release.authors),
        authors=release.authors,
        series=release.series,
        language=release.language,
        isbn=release.isbn,
        asin=release.asin,
    )


def _same(one: Book, other: Book) -> bool:
    authors = {_normal(author) for author in one.authors}, {_normal(author) for author in other.authors}
    if all(authors) and not authors[0] & authors[1]:
        return False
    places = {_normal(place.name): place.position for place in other.series if place.position}
    # Some series give every volume the same title.
    return not any(
        place.position and places.get(_normal(place.name), place.position) != place.position for place in one.series
    )


def _normal(text: str) -> str:
    return _NOT_A_LETTER.sub(" ", text.casefold()).strip()
