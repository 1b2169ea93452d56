"""Tells whole books from box sets, pieces, dramatisations and books about books, by what the shop writes. Pure."""

from __future__ import annotations

import re

from audiobook_daemon import WorkKind
from audiobook_plugins.audnexus.parse import Product
from audiobook_plugins.audnexus.positions import is_range

_DRAMA = re.compile(
    r"\bdramati[sz](?:ed|ation)\b|\baudio drama\b|\bradio (?:play|drama)\b|\bfull[- ]cast (?:drama|production)\b"
    r"|\bgraphic ?audio\b|\bh\u00f6rspiel\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:part|teil|partie|parte)\s+\d+\s*(?:of|von|de|di|/)\s*\d+|[(\[]\s*\d+\s+(?:of|von)\s+\d+\s*[)\]]",
    re.IGNORECASE,
)
_OMNIBUS = re.compile(
    r"\bbox(?:ed)?[ -]?set\b|\bomnibus\b|\b(?:book|audio(?:book)?|series) bundle\b|\bsammelband\b|\bgesamtausgabe\b"
    r"|\b(?:complete|entire) (?:series|trilogy|saga)\b"
    r"|\b(?:books|volumes|vols\.?|b\u00e4nde|b\u00e4nden)\s+\d+\s*(?:-|\u2013|\u2014|&|and|to|bis|und)\s*\d+"
    r"|\b\d+[- ]book (?:collection|set)\b",
    re.IGNORECASE,
)
_COMPANION = re.compile(
    r"\b(?:summary|analysis) (?:and (?:summary|analysis) )?of\b|\bstudy guide\b|\bconversation starters\b"
    r"|\b(?:official|unofficial) (?:companion|guide)\b",
    re.IGNORECASE,
)
_FULL_CAST = re.compile(r"\bfull cast\b", re.IGNORECASE)


def kind_of(product: Product, place: str | None = None) -> WorkKind:
    """Name what sort of work it is; `place` is its position in the series it is looked at in.

    What nothing speaks against is UNKNOWN: the shop does not tell novels from novellas.
    """
    words = f"{product.title} {product.subtitle or ''}"
    if _is_drama(product, words):
        return WorkKind.DRAMATISATION
    if _COMPANION.search(words):
        return WorkKind.COMPANION
    if _PART.search(words):
        return WorkKind.PART
    ranges = is_range(place) if place else any(is_range(it.position) for it in product.places)
    if ranges or product.delivery == "Bundle" or _OMNIBUS.search(words):
        return WorkKind.OMNIBUS
    return WorkKind.UNKNOWN


def _is_drama(product: Product, words: str) -> bool:
    """Told in title or by the publisher; a full cast alone reads whole books too."""
    if _DRAMA.search(words) or _DRAMA.search(product.publisher or ""):
        return True
    cast = any(_FULL_CAST.search(name) for name in product.narrators)
    return cast and product.format_type == "original_recording"
