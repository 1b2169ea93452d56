"""What MyAnonamouse and Google Books are told of the catalogue: one function for each, pure."""

from __future__ import annotations

import base64
import hashlib
import html

from audiobook_daemon.demo.audio import BITRATE
from audiobook_daemon.demo.books import DemoBook
from audiobook_daemon.demo.catalogue import Catalogue, DemoRelease
from audiobook_daemon.demo.content import genre_title
from audiobook_daemon.demo.google_volume import GoogleVolume
from audiobook_daemon.demo.mam import MamTorrent
from audiobook_daemon.models import SeriesPlace

# The site's numbers of a genre, for audiobooks and for e-books.
_CATEGORIES = {
    "fantasy": (41, 63),
    "horror": (43, 65),
    "humor": (99, 103),
    "literary-classics": (45, 67),
    "mystery": (87, 94),
    "philosophy": (88, 95),
    "science-fiction": (47, 69),
}
_LANGUAGES = {"en": 1, "de": 37, "fr": 36, "ja": 38, "ru": 16}
_ABRIDGED_FLAG = 32


def mam_torrents(catalogue: Catalogue) -> tuple[MamTorrent, ...]:
    """Every release as MyAnonamouse lists it."""
    return tuple(_mam_torrent(release) for release in catalogue.releases)


def google_volumes(catalogue: Catalogue) -> tuple[GoogleVolume, ...]:
    """Every book as a printed volume at Google Books, which knows nothing of recordings."""
    books = dict.fromkeys((*catalogue.books, *(release.book for release in catalogue.elsewhere)))
    return tuple(_google_volume(book) for book in books)


def _mam_torrent(release: DemoRelease) -> MamTorrent:
    audiobook, ebook = _CATEGORIES[release.book.genre]
    audio = release.format != "epub"
    return MamTorrent(
        id=release.id,
        title=release.title,
        torrent=release.torrent,
        authors=release.book.authors,
        narrators=release.narrators if audio else (),
        series=tuple((place.name, place.position or "") for place in release.series),
        category=audiobook if audio else ebook,
        language=_LANGUAGES[release.language],
        filetype=release.format,
        size=release.size,
        numfiles=release.files,
        seeders=release.seeders,
        leechers=release.seeders // 20,
        times_completed=release.snatches,
        comments=release.snatches // 150,
        added=release.added,
        tags=release.tags,
        vip=release.vip,
        free=release.free,
        isbn=_number(release),
        description=f"<p>{html.escape(release.book.description)}</p>",
        # The media info of the site describes one file only.
        duration=release.runtime / release.parts if audio else None,
        bitrate=BITRATE if audio else None,
        browseflags=_ABRIDGED_FLAG if release.abridged else 0,
    )


def _number(release: DemoRelease) -> str | None:
    """Uploaders give the ISBN, the ASIN or nothing; only those of the book's own recording know them."""
    book = release.book
    if (release.title, release.narrators, release.abridged) != (book.title, book.narrators, False):
        return None
    return (book.isbn, f"ASIN:{book.asin}", None)[release.id % 3]


def _google_volume(book: DemoBook) -> GoogleVolume:
    return GoogleVolume(
        id=base64.urlsafe_b64encode(hashlib.sha256(book.isbn.encode()).digest())[:12].decode(),
        title=book.title,
        subtitle=book.subtitle,
        authors=book.authors,
        publisher=book.publisher,
        published_date=str(book.year),
        description=f"<p>{html.escape(book.description)}</p>",
        isbn_13=book.isbn,
        pages=round(book.hours * 32),
        categories=(f"Fiction / {genre_title(book.genre)}",),
        language=book.language,
        full_text=" ".join(_series_words(place) for place in book.series),
    )


def _series_words(place: SeriesPlace) -> str:
    return f"{place.name} {place.position}"
