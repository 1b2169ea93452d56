"""Reads the remarks that hold a number: bitrate, size, running time, year, part, edition."""

from __future__ import annotations

import re
from collections.abc import Callable

from audiobook_daemon.matching.claims import Claims
from audiobook_daemon.matching.parse.vocabulary import Weight

Measure = tuple[int, Claims, Weight]
"""Where the remark ends, what it says, how sure it is that it is one."""

_LADDER = frozenset({32, 40, 48, 56, 60, 62, 63, 64, 80, 96, 112, 125, 126, 127, 128, 160, 192, 224, 256, 320})
_EARLIEST_YEAR, _LATEST_YEAR = 1400, 2035
_END = r"(?![^\W_])"


def read_measure(text: str, start: int) -> Measure | None:
    """The remark with a number that begins at `start`, or None."""
    for pattern, read, weight in _MEASURES:
        found = pattern.match(text, start)
        if found and (claims := read(found)) is not None:
            return found.end(), claims, weight
    return None


def _bitrate(found: re.Match[str]) -> Claims | None:
    rate = int(found["rate"])
    return Claims(bitrate=rate) if rate in _LADDER or (rate and len(found["unit"]) > 1) else None


def _bare_rate(found: re.Match[str]) -> Claims | None:
    rate = int(found["rate"])
    return Claims(bitrate=rate) if rate in _LADDER else None


def _year(found: re.Match[str]) -> Claims | None:
    year = int(found["year"])
    return Claims(year=year) if _EARLIEST_YEAR <= year <= _LATEST_YEAR else None


def _part(found: re.Match[str]) -> Claims | None:
    part, count = int(found["part"]), int(found["count"])
    return Claims(part=str(part), part_count=str(count)) if 0 < part <= count else None


def _nothing(_: re.Match[str]) -> Claims:
    return Claims()


def _measure(
    pattern: str, read: Callable[[re.Match[str]], Claims | None], weight: Weight
) -> tuple[re.Pattern[str], Callable[[re.Match[str]], Claims | None], Weight]:
    return re.compile(pattern + _END, re.IGNORECASE), read, weight


_MEASURES = (
    _measure(r"(?P<rate>\d{2,3})\s?(?P<unit>kbps|kbits?(?:/s)?|kb/s|kbs|kbp|k)", _bitrate, Weight.CLEAR),
    _measure(r"\d{1,5}(?:[.,]\d{1,2})?\s?(?:[kmg]i?b|gigs?)", _nothing, Weight.CLEAR),
    _measure(r"\d{1,3}(?:[.,]\d{1,3})?\s?khz", _nothing, Weight.CLEAR),
    _measure(r"\d{1,2}[- ]?bits?", _nothing, Weight.NEAR),
    _measure(r"\d{1,3}([.:])[0-5]\d\1[0-5]\d", _nothing, Weight.CLEAR),
    _measure(
        r"\d{1,3}\s?(?:h|hrs?|hours?|std)\.?(?:[\s,]{1,3}(?:and\s)?\d{1,2}\s?(?:m|mins?|minutes?))?",
        _nothing,
        Weight.LOOSE,
    ),
    _measure(r"\d{1,4}\s?(?:mins?|minutes?)", _nothing, Weight.LOOSE),
    _measure(r"(?P<part>\d{1,3})\s?(?:of|von|sur|di)\s?(?P<count>\d{1,3})", _part, Weight.LOOSE),
    _measure(r"\d{1,3}\s?x?\s?(?:cds?|dis[ck]s?|dvds?|lps?|files?|tracks?|chapters?|hours?)", _nothing, Weight.LOOSE),
    _measure(r"(?P<year>\d{4})[-./]\d{1,2}[-./]\d{1,2}", _year, Weight.LOOSE),
    _measure(r"(?P<year>\d{4})(?:\s?[-–/]\s?\d{4})?", _year, Weight.NEAR),
    _measure(r"(?P<rate>\d{2,3})", _bare_rate, Weight.LOOSE),
)
