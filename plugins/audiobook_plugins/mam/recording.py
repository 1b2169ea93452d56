"""What a row tells about the recording itself: running time, bitrate, whether it is abridged."""

from __future__ import annotations

import re
from collections.abc import Mapping

from audiobook_plugins.mam.reading import members, text, whole

_ABRIDGED_FLAG = 32
_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,2}):(\d{2})(?:\.\d+)?")
_WORDS = re.compile(r"(?:(\d{1,4})\s*h\w*)?\s*(?:(\d{1,6})\s*m\w*)?\s*(?:(\d{1,8})\s*s\w*)?", re.IGNORECASE)
_BITRATE = re.compile(r"(\d{1,6}(?:[.,]\d{1,6})?)\s*([km])(?:(?:b(?:it)?(?:/s|ps))|b)?\b", re.IGNORECASE)
_TAGGED_BITRATE = re.compile(r"(?<![\d.])(\d{2,4})\s*kb(?:it)?(?:ps|/s)\b", re.IGNORECASE)
_ABRIDGED = re.compile(r"(?<!\w)(abridged|gekürzt\w*)", re.IGNORECASE)
_UNABRIDGED = re.compile(r"(?<!\w)(unabridged|ungekürzt\w*)", re.IGNORECASE)

_KBITS = range(8, 2001)
_SHORTEST = 60.0
_ONE_FILE, _MANY_FILES = (0.5, 2.5), (0.85, 1.15)


def bitrate(row: Mapping[str, object]) -> int | None:
    """Read kbit/s from the media info, else from the tags; None if implausible."""
    stated = _stated(row)
    if stated is None and (tagged := _TAGGED_BITRATE.search(text(row.get("tags")) or "")):
        stated = int(tagged[1])
    return stated if stated in _KBITS else None


def runtime(row: Mapping[str, object], size: int | None) -> float | None:
    """Read the running time in seconds, if it can be that of the whole release.

    The media info describes one file. So the rate that size and time imply has to agree with the stated bitrate:
    roughly for a release of one file (pictures and a PDF weigh something too), closely for one of many.
    """
    seconds = duration(members(members(row.get("mediainfo")).get("General")).get("Duration"))
    if seconds is None or seconds < _SHORTEST:
        return None
    one_file = whole(row.get("numfiles")) == 1
    if not size:
        return seconds if one_file else None
    implied = size * 8 / 1000 / seconds
    stated = bitrate(row)
    if stated is None:
        return seconds if one_file and int(implied) in _KBITS else None
    low, high = _ONE_FILE if one_file else _MANY_FILES
    return seconds if low <= implied / stated <= high else None


def duration(value: object) -> float | None:
    """Read `8:17:09`, `41:07` (minutes and seconds), `11 h 22 min` or plain seconds."""
    plain = text(value) or ""
    if found := _CLOCK.fullmatch(plain):
        return float(int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3]))
    if plain and (found := _WORDS.fullmatch(plain)):
        return float(int(found[1] or 0) * 3600 + int(found[2] or 0) * 60 + int(found[3] or 0)) or None
    seconds = whole(plain)
    return float(seconds) if seconds is not None and seconds > 0 else None


def abridged(row: Mapping[str, object], title: str) -> bool | None:
    """Read the site's flag, else the uploader's own word; None if nobody says, or both."""
    if (whole(row.get("browseflags")) or 0) & _ABRIDGED_FLAG:
        return True
    words = f"{title} {text(row.get('tags')) or ''}"
    short, full = bool(_ABRIDGED.search(words)), bool(_UNABRIDGED.search(words))
    return None if short == full else short


def _stated(row: Mapping[str, object]) -> int | None:
    value = members(members(row.get("mediainfo")).get("Audio1")).get("BitRate")
    plain = text(value) or ""
    if found := _BITRATE.fullmatch(plain):
        factor = 1000 if found[2].lower() == "m" else 1
        return round(float(found[1].replace(",", ".")) * factor)
    bits = whole(plain)
    return bits // 1000 if bits is not None and bits >= 8000 else bits
