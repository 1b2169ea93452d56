"""Reads the remarks that hold a number: bitrate, size, running time, year, part, edition."""

from __future__ import annotations

import re
from collections.abc import Callable

from audiobook_daemon.matching.claims import Claims
from audiobook_daemon.matching.numbers import read_positions
from audiobook_daemon.matching.parse.claiming import NOTHING
from audiobook_daemon.matching.parse.vocabulary import Weight

Measure = tuple[int, Claims, Weight]
"""Where the remark ends, what it says, how sure it is that it is one."""

_LADDER = frozenset({32, 40, 48, 56, 60, 62, 63, 64, 80, 96, 112, 125, 126, 127, 128, 160, 192, 224, 256, 320})
_EARLIEST_YEAR, _LATEST_YEAR = 1400, 2035
_DISC_WORDS = ("disc", "disk", "cd", "dvd", "tape", "cassette", "version", "rev", "file", "side")
_END = r"(?![^\W_])"


def read_part(text: str, start: int) -> Measure | None:
    """The part of a book (`Part 1 of 2`), or the disc or version, that is named at `start`; or None."""
    if found := _PART.match(text, start):
        claims = _part(found)
        return (found.end(), claims, Weight.CLEAR if found["count"] else Weight.LOOSE) if claims else None
    if found := _VERSION.match(text, start):
        return found.end(), NOTHING, Weight.NEAR
    found = _DISC.match(text, start)
    return (found.end(), NOTHING, Weight.LOOSE) if found else None


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


def _part_of(found: re.Match[str]) -> Claims | None:
    part, count = (read_positions(found[name]) for name in ("part", "count"))
    if not part or not count or not 0 < float(part[0].first) <= float(count[0].first):
        return None
    return Claims(part=part[0].first, part_count=count[0].first)


def _part(found: re.Match[str]) -> Claims | None:
    if found["count"]:
        return _part_of(found)
    positions = read_positions(found["part"])
    return Claims(part=positions[0].first) if positions else None


def _nothing(_: re.Match[str]) -> Claims:
    return NOTHING


def _measure(
    pattern: str, read: Callable[[re.Match[str]], Claims | None], weight: Weight
) -> tuple[re.Pattern[str], Callable[[re.Match[str]], Claims | None], Weight]:
    return re.compile(pattern + _END, re.IGNORECASE), read, weight


PART_WORDS = frozenset({*("part", "pt", "teil", "partie", "parte", "deel", "del"), *_DISC_WORDS})
"""The folded words at which `read_part` finds anything."""
_NUMBER = r"(?:\d{1,3}|[ivx]{1,5}|one|two|three|four|five|six|eins|zwei|drei|un|deux|trois)"
_PART = re.compile(
    rf"(?:part|pt|teil|partie|parte|deel|del)\.?\s?(?P<part>{_NUMBER})"
    rf"(?:\s?(?:of|von|sur|de|di|van|av|/)\s?(?P<count>{_NUMBER}))?{_END}",
    re.IGNORECASE,
)
_VERSION = re.compile(rf"v\d{{1,2}}(?:\.\d{{1,3}}){{0,3}}{_END}", re.IGNORECASE)
_DISC = re.compile(rf"(?:{'|'.join(_DISC_WORDS)})\.?\s?\d{{1,3}}(?:\s?(?:of|/|-)\s?\d{{1,3}})?{_END}", re.IGNORECASE)
_MEASURES = (
    _measure(r"(?P<rate>\d{2,3})\s?(?P<unit>kbps|kbits?(?:/s)?|kb/s|kbs|kbp|k)", _bitrate, Weight.CLEAR),
    _measure(r"\d{1,5}(?:[.,]\d{1,2})?\s?(?:[kmg]i?b|gigs?)", _nothing, Weight.CLEAR),
    _measure(r"\d{1,3}(?:[.,]\d{1,3})?\s?khz", _nothing, Weight.CLEAR),
    _measure(r"\d{4,6}\s?hz", _nothing, Weight.CLEAR),
    _measure(r"(?:8|16|24|32)[- ]?bits?", _nothing, Weight.CLEAR),
    _measure(r"\d{1,3}h\s?\d{1,2}m(?:in)?", _nothing, Weight.CLEAR),
    _measure(r"\d{1,3}([.:])[0-5]\d\1[0-5]\d", _nothing, Weight.CLEAR),
    _measure(
        r"\d{1,3}\s?(?:h|hrs?|hours?|std)\.?(?:[\s,]{1,3}(?:and\s)?\d{1,2}\s?(?:m|mins?|minutes?))?",
        _nothing,
        Weight.LOOSE,
    ),
    _measure(r"\d{1,4}\s?(?:mins?|minutes?)", _nothing, Weight.LOOSE),
    _measure(r"(?P<part>\d{1,3})\s?(?:of|von|sur|di)\s?(?P<count>\d{1,3})", _part_of, Weight.CLEAR),
    _measure(r"\d{1,3}\s?x?\s?(?:cds?|dis[ck]s?|dvds?|lps?|files?|tracks?|chapters?|hours?)", _nothing, Weight.LOOSE),
    _measure(r"(?P<year>\d{4})[-./]\d{1,2}[-./]\d{1,2}", _year, Weight.LOOSE),
    _measure(r"\d{1,2}[-./]\d{1,2}[-./](?P<year>\d{4})", _year, Weight.LOOSE),
    _measure(r"(?P<year>\d{4})(?:\s?[-–/]\s?\d{4})?", _year, Weight.NEAR),
    _measure(r"(?P<rate>\d{2,3})", _bare_rate, Weight.LOOSE),
)
