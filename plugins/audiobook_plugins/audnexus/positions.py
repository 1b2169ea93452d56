"""Brings what publishers typed as a place in a series to one form. Pure."""

from __future__ import annotations

import re

_NUMBER = r"(\d{1,6}(?:\.\d{1,4})?|\.\d{1,4})"
_LONGEST = 40
_DASH = r"\s*(?:-|\u2010|\u2011|\u2012|\u2013|\u2014|&|\band\b|\bto\b|\bbis\b)\s*"
_LABEL = r"(?:(?:books?|volumes?|vols?\.?|band|b\u00e4nde|b\u00e4nden|teil|tome|libro|episode|no\.?|nr\.?|#)\s*)?"
_RANGE = re.compile(f"{_LABEL}{_NUMBER}{_DASH}{_NUMBER}(?![\\d.])", re.IGNORECASE | re.ASCII)
_SINGLE = re.compile(f"{_LABEL}{_NUMBER}(?![\\d.])", re.IGNORECASE | re.ASCII)


def position(typed: str | None) -> str | None:
    """Return `1` for `Book 1`, `0.5` for `.5`, `1-3` for `Books 1 – 3`, and short text without a number as it is."""
    plain = " ".join((typed or "").split())
    if len(plain) > _LONGEST:
        return None
    if found := _RANGE.match(plain):
        first, last = _plain(found[1]), _plain(found[2])
        return f"{first}-{last}" if float(first) < float(last) else first
    if found := _SINGLE.match(plain):
        return _plain(found[1])
    return plain or None


def is_range(place: str | None) -> bool:
    """Whether a position, in its one form, spans several books."""
    return bool(place and re.fullmatch(r"[\d.]+-[\d.]+", place, re.ASCII))


def _plain(number: str) -> str:
    whole, _, part = number.partition(".")
    part = part.rstrip("0")
    return f"{int(whole or '0')}.{part}" if part else str(int(whole or "0"))
