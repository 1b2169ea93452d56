"""Reads single values of the site, which come as numbers, text or JSON inside text as PHP pleases.

None of these functions raises: what cannot be read is None or empty.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime

_HUGE = 10**18
_WHOLE = re.compile(r"[+-]?\d{1,18}")
_SIZE = re.compile(r"(\d[\d,]{0,17}(?:\.\d{1,6})?)\s*(?:([KMGTP]?)(i?)B)", re.IGNORECASE)
_POWERS = {"": 0, "K": 1, "M": 2, "G": 3, "T": 4, "P": 5}
# Invisible and direction-changing characters, which would make two equal names differ or a log line lie.
_UNSEEN = re.compile("[\u200b\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\s]+")


def text(value: object) -> str | None:
    """Read text or a number that should have been text; entities are decoded once, white space becomes one blank."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    plain = html.unescape(str(value)) if isinstance(value, str) else _digits(value)
    plain = plain.encode("utf-8", "replace").decode("utf-8")  # half of a surrogate pair cannot be stored anywhere
    return _CONTROL.sub(" ", _UNSEEN.sub("", plain)).strip() or None


def whole(value: object) -> int | None:
    """Read a whole number, given as number, text or boolean."""
    if isinstance(value, int | float):
        return int(value) if abs(value) < _HUGE and value == int(value) else None
    if isinstance(value, str) and _WHOLE.fullmatch(plain := value.strip()):
        return int(plain)
    return None


def number(value: object) -> float | None:
    """Read a finite number, given as number or text."""
    try:
        read = float(value) if isinstance(value, str | int | float) else None
    except (ValueError, OverflowError):
        return None
    return read if read is not None and abs(read) < _HUGE else None


def flag(value: object) -> bool | None:
    """Read a yes or no."""
    if isinstance(value, str) and value.strip().lower() in {"yes", "true"}:
        return True
    if isinstance(value, str) and value.strip().lower() in {"no", "false"}:
        return False
    read = whole(value)
    return None if read is None else read != 0


def inner(value: object) -> object:
    """Read JSON that travels inside text; what is no text is returned as it is."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return None


def members(value: object) -> Mapping[str, object]:
    """Read an object, itself or inside text; everything else is an empty one."""
    read = inner(value)
    return read if isinstance(read, dict) else {}


def size(value: object) -> int | None:
    """Read a size in bytes from `451.8 MiB`, `1,016.2 KiB`, `2.1 GB` or a plain number of bytes."""
    plain = whole(value)
    if plain is None and isinstance(value, str) and (found := _SIZE.fullmatch(value.strip())):
        base = 1024 if found[3] else 1000
        plain = round(float(found[1].replace(",", "")) * base ** _POWERS[found[2].upper()])
    return plain if plain is not None and plain >= 0 else None


def moment(value: object) -> datetime | None:
    """Read `YYYY-MM-DD HH:MM:SS`, which the site means in UTC; its zero date is None."""
    try:
        return datetime.strptime(str(value), "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def unix(value: object) -> datetime | None:
    """Read seconds since 1970; 0 is None."""
    seconds = whole(value)
    try:
        return datetime.fromtimestamp(seconds, UTC) if seconds else None
    except (ValueError, OverflowError, OSError):
        return None


def _digits(value: float) -> str:
    try:
        return str(value)
    except ValueError:  # Python writes no integer of more than 4300 digits
        return ""
