"""One volume of the stand-in for Google Books, and the two records the service tells of it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

Record = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoogleVolume:
    """A volume as its own page describes it. Everything but the title can be missing, as in the real service."""

    id: str
    title: str
    subtitle: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published_date: str | None = None
    """As Google writes it: `2006`, `2006-07-25`, `2019-10-03T00:00:00+02:00`, `199?`."""
    description: str | None = None
    """HTML."""
    isbn_10: str | None = None
    isbn_13: str | None = None
    pages: int | None = None
    categories: tuple[str, ...] = ()
    """Full paths, such as `Fiction / Fantasy / Epic`; the search record tells the first word of the first."""
    language: str | None = None
    """ISO 639-1; a volume without one is lost to `langRestrict`."""
    rating: float | None = None
    ratings: int | None = None
    search_title: str | None = None
    """The title of the search record, where it is worded differently."""
    full_text: str = ""
    """Words inside the book: a plain word of a query finds them, as the real search does."""
    cover: bytes | None = None
    """A JPEG; without one the service sends a small grey image."""

    def identifiers(self) -> list[dict[str, str]]:
        """The `industryIdentifiers`."""
        pairs = (("ISBN_10", self.isbn_10), ("ISBN_13", self.isbn_13))
        return [{"type": kind, "identifier": value} for kind, value in pairs if value is not None]


def full_record(volume: GoogleVolume, base: str) -> Record:
    """The record of `/volumes/{id}`; `base` is the address of the service, for the links."""
    info = _info(volume, base, volume.title)
    info |= {
        "description": volume.description,
        "pageCount": volume.pages,
        "printedPageCount": volume.pages,
        "dimensions": {"height": "21.00 cm", "width": "14.00 cm", "thickness": "4.10 cm"},
        "categories": list(volume.categories) or None,
        "canonicalVolumeLink": f"{base}/store/books/details?id={volume.id}",
    }
    return _record(volume, base, info)


def search_record(volume: GoogleVolume, base: str) -> Record:
    """The reduced record of a search: plain text, no pages, one coarse category, perhaps another title."""
    info = _info(volume, base, volume.search_title or volume.title)
    plain = None if volume.description is None else _plain(volume.description)
    info |= {
        "description": plain,
        "pageCount": 0,
        "categories": [volume.categories[0].partition(" / ")[0]] if volume.categories else None,
        "canonicalVolumeLink": f"{base}/books/about?id={volume.id}",
    }
    record = _record(volume, base, info)
    if plain:
        record["searchInfo"] = {"textSnippet": html.escape(plain[:150]).replace("&#x27;", "&#39;")}
    return record


def _info(volume: GoogleVolume, base: str, title: str) -> Record:
    cover = f"{base}/books/content?id={volume.id}&printsec=frontcover&img=1"
    return {
        "title": title,
        "subtitle": volume.subtitle,
        "authors": list(volume.authors) or None,
        "publisher": volume.publisher,
        "publishedDate": volume.published_date,
        "industryIdentifiers": volume.identifiers() or None,
        "readingModes": {"text": False, "image": False},
        "printType": "BOOK",
        "averageRating": volume.rating,
        "ratingsCount": volume.ratings,
        "maturityRating": "NOT_MATURE",
        "allowAnonLogging": False,
        "contentVersion": "preview-1.0.0",
        "panelizationSummary": {"containsEpubBubbles": False, "containsImageBubbles": False},
        "imageLinks": {
            "smallThumbnail": f"{cover}&zoom=5&edge=curl&source=gbs_api",
            "thumbnail": f"{cover}&zoom=1&edge=curl&source=gbs_api",
        },
        "language": volume.language,
        "previewLink": f"{base}/books?id={volume.id}&hl=&source=gbs_api",
        "infoLink": f"{base}/books?id={volume.id}&source=gbs_api",
    }


def _record(volume: GoogleVolume, base: str, info: Record) -> Record:
    return {
        "kind": "books#volume",
        "id": volume.id,
        "etag": f"{volume.id[:8]}etag",
        "selfLink": f"{base}/books/v1/volumes/{volume.id}",
        "volumeInfo": {name: value for name, value in info.items() if value is not None},
        "saleInfo": {"country": "FR", "saleability": "NOT_FOR_SALE", "isEbook": False},
        "accessInfo": {
            "country": "FR",
            "viewability": "NO_PAGES",
            "embeddable": False,
            "publicDomain": False,
            "textToSpeechPermission": "ALLOWED",
            "epub": {"isAvailable": False},
            "pdf": {"isAvailable": False},
            "webReaderLink": f"{base}/books/reader?id={volume.id}&hl=&source=gbs_api",
            "accessViewStatus": "NONE",
            "quoteSharingAllowed": False,
        },
    }


def _plain(text: str) -> str:
    with_blanks = re.sub(r"<(br|/?p)\b[^>]*>", " ", text)
    without_tags = re.sub(r"<[^>]*>", "", with_blanks)
    return " ".join(html.unescape(without_tags).split())
