"""Reads single values of Prowlarr's JSON, in which a member without a value is left out.

None of these functions raises: what cannot be read is None or empty.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

_HUGE = 10**18
_WHOLE = re.compile(r"[+-]?\d{1,18}")
# Invisible and direction-changing characters, which would make two equal titles differ or a log line lie.
_UNSEEN = re.compile("[\u200b\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\s]+")


def text(value: object) -> str | None:
    """Read text; white space becomes one blank, everything else stays as it is."""
    if not isinstance(value, str):
        return None
    plain = value.encode("utf-8", "replace").decode("utf-8")  # half of a surrogate pair cannot be stored anywhere
    return _CONTROL.sub(" ", _UNSEEN.sub("", plain)).strip() or None


def whole(value: object) -> int | None:
    """Read a whole number, given as number or text."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return int(value) if abs(value) < _HUGE and value == int(value) else None
    if isinstance(value, str) and _WHOLE.fullmatch(plain := value.strip()):
        return int(plain)
    return None


def count(value: object) -> int | None:
    """Read a number of things."""
    read = whole(value)
    return read if read is not None and read >= 0 else None


def number(value: object) -> float | None:
    """Read a finite number, given as number or text."""
    try:
        read = float(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else None
    except (ValueError, OverflowError):
        return None
    return read if read is not None and abs(read) < _HUGE else None


def moment(value: object) -> datetime | None:
    """Read an ISO 8601 time stamp; one without a zone is UTC, and the year 1 stands for none."""
    try:
        read = datetime.fromisoformat(str(value))
        read = read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return read if read.year > 1 else None


def objects(value: object) -> Sequence[Mapping[str, object]]:
    """Read the objects of a list; anything else in it is left out."""
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def words(value: object) -> tuple[str, ...]:
    """Read the texts of a list."""
    return tuple(filter(None, map(text, value))) if isinstance(value, list) else ()
