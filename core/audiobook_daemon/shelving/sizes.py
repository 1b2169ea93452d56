"""Sizes the way people say them."""

from __future__ import annotations

_UNITS = (("TB", 10**12), ("GB", 10**9), ("MB", 10**6), ("kB", 10**3))


def in_words(size: int) -> str:
    """A size in bytes with its unit and at most one decimal: `1.5 GB`, `12 MB`, `0 bytes`."""
    for unit, worth in _UNITS:
        if abs(size) >= worth:
            count = size / worth
            return f"{count:.0f} {unit}" if abs(count) >= 10 else f"{count:.1f} {unit}".replace(".0 ", " ")
    return f"{size} byte" if size == 1 else f"{size} bytes"
