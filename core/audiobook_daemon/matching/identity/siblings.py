"""Other books that a release might be: it must be more the wished one than any sibling."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.identity.judge import Identity, identify
from audiobook_daemon.matching.identity.labels import Labels
from audiobook_daemon.matching.identity.line import line_of
from audiobook_daemon.matching.titles import read_title
from audiobook_daemon.matching.works import SURE, compare_books
from audiobook_daemon.models import Book, Wish


@dataclass(frozen=True, slots=True)
class Siblings:
    """Other books that the releases of a search might be."""

    given: tuple[Book, ...]
    """As the caller knows them: they count unless they are surely the wished book under another title."""
    offered: tuple[Book, ...]
    """As the search brought them up: they count if they are surely another book."""


def siblings_among(given: Sequence[Book], found: Iterable[Identity]) -> Siblings:
    """The given siblings, and the other books that a search brought up."""
    offered = (book for identity in found if identity.odds < 0 and (book := _book_of(identity)))
    return Siblings(tuple(dict.fromkeys(given)), tuple(dict.fromkeys(offered)))


def nearest_sibling(wish: Wish, identity: Identity, siblings: Siblings) -> tuple[Book, float] | None:
    """The sibling that a release is most likely, and by how many powers of ten the wished book is likelier."""
    if identity.labels is None:
        return None
    states_part = identity.reading is not None and identity.reading.claims.part is not None
    rivals = [
        *(
            book
            for book in _plausible(identity, identity.labels, siblings.given)
            if _likeness(book, wish) not in SURE and (states_part or not _is_piece(book, wish.book))
        ),
        *(
            book
            for book in _plausible(identity, identity.labels, siblings.offered)
            if _likeness(book, wish) is Likeness.DIFFERENT
        ),
    ]
    leads = ((book, identity.odds - identify(Wish(book), identity.release).odds) for book in rivals)
    return min(leads, key=lambda rival: rival[1], default=None)


def _is_piece(book: Book, whole: Book) -> bool:
    """Whether a book is but a part of the wished one (`The Moonstone, Part 2`): a release that is one says so."""
    read, wanted = read_title(book.title), read_title(whole.title)
    if read.part is None or wanted.part is not None or not read.names or not wanted.names:
        return False
    return read.names[0].key == wanted.names[0].key and read.names[0].numbers == wanted.names[0].numbers


def _likeness(book: Book, wish: Wish) -> Likeness:
    return compare_books(book, wish.book)


def _plausible(identity: Identity, labels: Labels, siblings: Iterable[Book]) -> Iterator[Book]:
    """Siblings of the same title, and, where words are left unexplained, all."""
    if any(verdict.code == "unexplained_words" for verdict in identity.verdicts):
        yield from siblings
        return
    own = labels.spot.form.key if labels.spot else None
    yield from (sibling for sibling in siblings if own is None or line_of(sibling.title).keys.startswith(own))


def _book_of(identity: Identity) -> Book | None:
    """The book that a release claims to be, as far as it was read."""
    release, reading = identity.release, identity.reading
    if reading is None:
        return Book(release.title, release.authors, series=release.series) if release.authors else None
    claims = reading.claims
    if not claims.title or claims.collection:
        return None
    authors, series = release.authors or claims.authors, release.series or claims.series
    return Book(claims.title, authors, claims.subtitle, series)
