"""Regions of Audible: an ASIN is good in one of them only, and the others have to be tried in turn. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from audiobook_daemon import Book, normal_asin

Region = Literal["us", "ca", "uk", "au", "fr", "de", "es", "it", "in", "jp"]

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
"""How the addresses of the shops end."""

_MOST_IDS = 4


def shop_address(pattern: str, region: str) -> str:
    """Put a region into the address of the shops."""
    return pattern.replace("{tld}", TLDS[region]).replace("{region}", region)


def ladder(regions: Sequence[Region], languages: Mapping[str, Region], language: str | None) -> tuple[Region, ...]:
    """Order the regions to ask: the language's own first."""
    own = languages.get((language or "").lower().partition("-")[0])
    return tuple(dict.fromkeys((own, *regions) if own else regions))


def regions_of(regions: Sequence[Region], languages: Mapping[str, Region], wanted: Iterable[str]) -> tuple[Region, ...]:
    """Name the regions where works in the wanted languages are listed; without a wish, those of the configuration."""
    found: dict[Region, None] = {}
    for language in wanted:
        own = languages.get(language.lower().partition("-")[0])
        found.update(dict.fromkeys([own] if own else regions))
    return tuple(found or regions)


def asins_of(book: Book) -> tuple[tuple[str | None, str], ...]:
    """List the ASINs of a book with the region, if one is written before it (`de:B0...`); the book's own first.

    An ISBN-10 looks like an ASIN and sometimes is one, but only what is given as the book's ASIN is tried as such.
    """
    found: dict[str, str | None] = {}
    for place, text in enumerate((book.asin or "", *book.other_ids)):
        region, marked, bare = text.strip().rpartition(":")
        asin = normal_asin(bare)
        if asin and (place == 0 or asin.startswith("B")) and (not marked or region.lower() in TLDS):
            found.setdefault(asin, region.lower() or None)
    return tuple((region, asin) for asin, region in list(found.items())[:_MOST_IDS])
