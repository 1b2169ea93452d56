"""Sizes as sites print them."""

from __future__ import annotations

import re

_SIZE = re.compile(r"\s*(\d[\d ,'.\u00a0\u202f]{0,30})\s*([kmgtpe]?)(i?)(?:b|o|bytes?)?\s*", re.IGNORECASE)
_POWERS = {letter: power for power, letter in enumerate(("", "k", "m", "g", "t", "p", "e"))}


def parse_size(text: str) -> int | None:
    """Bytes of a size text: `1.5 GiB` in powers of 1024, `1.5 GB` in powers of 1000; None when it is no size."""
    found = _SIZE.fullmatch(text)
    if found is None:
        return None
    amount = _decimal(found[1])
    if amount is None:
        return None
    base = 1024 if found[3] else 1000
    unit: int = base ** _POWERS[found[2].casefold()]
    return round(amount * unit)


def _decimal(text: str) -> float | None:
    bare = re.sub(r"[ '\u00a0\u202f]", "", text)
    if "," in bare and "." in bare:
        thousands = "," if bare.rfind(",") < bare.rfind(".") else "."
        bare = bare.replace(thousands, "").replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(?:,\d{3})+", bare):
        bare = bare.replace(",", "")
    else:
        bare = bare.replace(",", ".")
    try:
        return float(bare)
    except ValueError:
        return None
