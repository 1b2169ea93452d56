"""What a shop of Audible has: products, each in one region, and the ids of regions, people and series."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

TLDS: Mapping[str, str] = {
    "us": "com",
    "ca": "ca",
    "uk": "co.uk",
    "au": "com.au",
    "fr": "fr",
    "de": "de",
    "es": "es",
    "it": "it",
    "in": "in",
    "jp": "co.jp",
}
"""The regions, and how the addresses of their shops end."""

_REGION_LETTERS: Mapping[str, str] = dict(zip(TLDS, "0CKAFDETNJ", strict=True))


@dataclass(frozen=True, slots=True)
class ShopPlace:
    """A product's place in a series, as its publisher typed it."""

    series: str
    sequence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopProduct:
    """A recording, or a series, or a podcast, in the shop of one region."""

    asin: str
    region: str = "us"
    title: str | None
    """None for one of the rows without a title."""
    subtitle: str | None = None
    authors: tuple[str, ...] = ()
    """As the shop writes them, with their roles: `Constance Garnett - translator`."""
    narrators: tuple[str, ...] = ()
    publisher: str | None = None
    summary: str | None = None
    """HTML."""
    released: date | None = None
    """May lie in the future."""
    minutes: int | None = None
    language: str | None = None
    """An English word in lower case."""
    format_type: str = "unabridged"
    delivery: str | None = "SinglePartBook"
    content_type: str = "Product"
    places: tuple[ShopPlace, ...] = ()
    publication: str | None = None
    """The `publication_name`; a series of exactly this name is the only one that Audnexus sees."""
    genres: tuple[str, ...] = ()
    isbn: str | None = None
    sku: str | None = None
    """The `sku_lite`, which the editions of one recording in several regions share."""

    @property
    def is_book(self) -> bool:
        """Whether Audnexus takes it for a book."""
        return not (self.delivery or "").startswith("Podcast")


def regional_asin(asin: str, region: str) -> str:
    """Return the ASIN a recording has in another region than its first."""
    return f"{asin[0]}{_REGION_LETTERS[region]}{asin[2:]}"


def author_asin(name: str) -> str:
    """Return the ASIN of a person, the same in all regions."""
    return _made(f"author {name}")


def series_asin(name: str, region: str) -> str:
    """Return the ASIN of a series in a region."""
    return _made(f"series {region} {name}")


def category_id(name: str) -> str:
    """Return the number of a category."""
    return str(18_500_000_000 + int(hashlib.sha256(name.encode()).hexdigest()[:6], 16))


def _made(text: str) -> str:
    return f"B0{hashlib.sha256(text.encode()).hexdigest()[:8].upper()}"
