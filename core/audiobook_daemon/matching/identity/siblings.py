"""Other books that a release might be: it must be more the wished one than any sibling."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.identity.judge import Identity, identify
from audiobook_daemon.matching.identity.reading import Reading
from audiobook_daemon.matching.works import compare_books
from audiobook_daemon.models import Book, Release, Wish


def nearest_sibling(identity: Identity, release: Release, siblings: Iterable[Book]) -> tuple[Book, float] | None:
    """The sibling that a release is most likely, with how much better (in decimal logarithm) the wished book does."""
    best: tuple[Book, float] | None = None
    for sibling in siblings:
        rival = identify(Wish(sibling), release)
        lead = identity.odds - rival.odds
        if best is None or lead < best[1]:
            best = sibling, lead
    return best


def siblings_among(wish: Wish, given: Sequence[Book], found: Iterable[Identity]) -> tuple[Book, ...]:
    """The given siblings and the other books that a search brought up; the wished book itself is none of them."""
    offered = (_book_of(identity.release, identity.reading) for identity in found if identity.odds < 0)
    books = dict.fromkeys((*given, *(book for book in offered if book)))
    return tuple(book for book in books if compare_books(book, wish.book) is Likeness.DIFFERENT)


def _book_of(release: Release, reading: Reading | None) -> Book | None:
    """The book that a release claims to be, as far as it was read."""
    if reading is None:
        return Book(release.title, release.authors, series=release.series) if release.authors else None
    claims = reading.claims
    if not claims.title or claims.collection:
        return None
    authors, series = release.authors or claims.authors, release.series or claims.series
    return Book(claims.title, authors, claims.subtitle, series)
