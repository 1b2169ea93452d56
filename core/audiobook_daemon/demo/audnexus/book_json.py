"""The JSON of Audnexus: the same products once more, in its own words, and with fewer series."""

from __future__ import annotations

import html
import re
from typing import Any

from audiobook_daemon.demo.audnexus.shop import ShopPlace, ShopProduct, author_asin, category_id, series_asin

Json = dict[str, Any]
_INTRO_MS, _OUTRO_MS = 2_043, 5_062
_CHAPTER_MINUTES = 30
_SHORT = 240


def book_json(product: ShopProduct, base: str) -> Json:
    """A book. `isbn` is empty when unknown; what else is unknown is missing."""
    released = product.released.isoformat() if product.released else None
    told: Json = {
        "asin": product.asin,
        "title": product.title,
        "subtitle": product.subtitle,
        "authors": [{"asin": author_asin(name), "name": name} for name in product.authors],
        "narrators": [{"name": name} for name in product.narrators],
        "publisherName": product.publisher,
        "summary": product.summary,
        "description": _plain(product.summary),
        "releaseDate": f"{released}T00:00:00.000Z" if released else None,
        "runtimeLengthMin": product.minutes,
        "formatType": product.format_type,
        "isbn": product.isbn or "",
        "language": product.language,
        "image": f"{base}/images/I/{product.asin}.png",
        "genres": [_genre(name, "tag" if at else "genre") for at, name in enumerate(product.genres)],
        "literatureType": "fiction",
        "isAdult": False,
        "copyright": product.released.year if product.released else None,
        "rating": "4.5",
        "region": product.region,
    }
    told |= _series(product)
    return {name: value for name, value in told.items() if value is not None}


def chapters_json(product: ShopProduct) -> Json:
    """The chapters: half an hour each, with the brand's words before the first and behind the last."""
    whole = (product.minutes or 0) * 60_000
    starts = range(0, whole, _CHAPTER_MINUTES * 60_000)
    chapters = [
        {
            "title": f"Chapter {number}",
            "startOffsetMs": start,
            "startOffsetSec": start // 1000,
            "lengthMs": min(_CHAPTER_MINUTES * 60_000, whole - start),
        }
        for number, start in enumerate(starts, start=1)
    ]
    return {
        "asin": product.asin,
        "brandIntroDurationMs": _INTRO_MS,
        "brandOutroDurationMs": _OUTRO_MS,
        "chapters": chapters,
        "isAccurate": True,
        "region": product.region,
        "runtimeLengthMs": whole,
        "runtimeLengthSec": whole // 1000,
    }


def _series(product: ShopProduct) -> Json:
    """Lost are all series if none has exactly the name of the publication, and those beyond the second anyway."""
    primary = next((place for place in product.places if place.series == product.publication), None)
    if primary is None:
        return {}
    others = [place for place in product.places if place is not primary]
    told = {"seriesPrimary": _place(primary, product.region)}
    return told | ({"seriesSecondary": _place(others[0], product.region)} if others else {})


def _place(place: ShopPlace, region: str) -> Json:
    told = {"asin": series_asin(place.series, region), "name": place.series}
    return told | ({"position": place.sequence} if place.sequence else {})


def _genre(name: str, kind: str) -> Json:
    return {"asin": category_id(name), "name": name, "type": kind}


def _plain(summary: str | None) -> str | None:
    text = html.unescape(re.sub(r"<[^>]*>", " ", summary or "")).strip()
    return f"{text[:_SHORT].rstrip()}..." if text else None
