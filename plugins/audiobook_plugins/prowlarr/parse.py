"""Turns Prowlarr's search answers into releases. Pure: nothing here asks, waits or remembers.

Prowlarr knows little of a recording: the title is handed on as it is, and others read it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from audiobook_daemon import Price, Release, Unavailable
from audiobook_plugins.prowlarr.addresses import download_link, public_page
from audiobook_plugins.prowlarr.config import AUDIOBOOKS
from audiobook_plugins.prowlarr.reading import count, moment, objects, text, words
from audiobook_plugins.prowlarr.trackers import Tracker, is_audiobook_name

Row = Mapping[str, object]

_STANDARD = MappingProxyType({
    3000: "Audio", 3010: "Audio/MP3", 3020: "Audio/Video", 3030: "Audio/Audiobook", 3040: "Audio/Lossless",
    3050: "Audio/Other", 3060: "Audio/Foreign", 7000: "Books", 7010: "Books/Mags", 7020: "Books/EBook",
    7030: "Books/Comics", 7040: "Books/Technical", 7050: "Books/Other", 7060: "Books/Foreign",
    8000: "Other", 8010: "Other/Misc",
})  # fmt: skip
_UNDECIDED = frozenset({7000, 7050, 7060, 8000, 8010})
"""Categories in which trackers without a better one file audiobooks."""
_MUSIC = re.compile(r"\b(?:music\w*|guitar|bass tabs|sheets?|lick library|instructional)\b", re.IGNORECASE)
_HEX, _BASE32 = re.compile(r"[0-9a-f]{40}"), re.compile(r"[A-Z2-7]{32}")
_FREE = frozenset({"freeleech", "neutralleech"})
_VIP = "[VIP]"


def read_releases(document: object, source: str, tracker: Tracker) -> list[Release]:
    """Read the answer of one tracker; rows that are no torrents to be had are left out.

    Raises Unavailable if it is no list of releases.
    """
    if not isinstance(document, list) or not all(isinstance(row, dict) for row in document):
        raise Unavailable("Prowlarr answered the search with something other than a list of releases.")
    found: dict[str, Release] = {}
    for row in document:
        if (release := read_release(row, source, tracker)) is not None:
            found.setdefault(release.key, release)
    return list(found.values())


def read_release(row: Row, source: str, tracker: Tracker) -> Release | None:
    """Read one row; None without a title, a name or a link, and for everything that is no torrent."""
    title, key = text(row.get("title")), _key(row, tracker)
    link = download_link(row.get("downloadUrl")) or download_link(row.get("magnetUrl"))
    if row.get("protocol") != "torrent" or title is None or key is None or link is None:
        return None
    numbers = _numbers(row)
    return Release(
        source=source,
        key=key,
        title=title,
        size=count(row.get("size")) or None,
        files=count(row.get("files")) or None,
        audio=_audio(numbers, tracker),
        categories=_names(numbers, row, tracker),
        seeders=count(row.get("seeders")),
        leechers=count(row.get("leechers")),
        snatches=count(row.get("grabs")),
        price=_price(words(row.get("indexerFlags")), tracker),
        vip_only=tracker.mam and title.endswith(_VIP),
        published=moment(row.get("publishDate")),
        page=public_page(row.get("infoUrl"), row.get("commentUrl"), row.get("guid")),
        info_hash=info_hash(row.get("infoHash")),
        seed_ratio=tracker.seed_ratio,
        seed_time=tracker.seed_time,
        extra=link,
    )


def info_hash(value: object) -> str | None:
    """Read an info-hash in 40 hexadecimal digits, or in the 32 letters of older magnet links."""
    plain = text(value) or ""
    if _HEX.fullmatch(plain.lower()):
        return plain.lower()
    if not _BASE32.fullmatch(plain.upper()):
        return None
    try:
        return base64.b32decode(plain.upper()).hex()
    except binascii.Error:
        return None


def _key(row: Row, tracker: Tracker) -> str | None:
    """Name the release: what a tracker calls it may hold a pass key, so only a digest is kept."""
    named = text(row.get("guid")) or text(row.get("infoUrl")) or text(row.get("infoHash"))
    return f"{tracker.id}-{hashlib.sha256(named.encode()).hexdigest()[:16]}" if named else None


def _numbers(row: Row) -> Sequence[int]:
    entries = objects(row.get("categories"))
    all_levels = [entry for top in entries for entry in (top, *objects(top.get("subCategories")))]
    return [number for entry in all_levels if (number := count(entry.get("id"))) is not None]


def _audio(numbers: Sequence[int], tracker: Tracker) -> bool | None:
    """Whether it is filed as an audiobook; None if the categories leave that open."""
    own = [tracker.categories.get(number, "") for number in numbers if number not in _STANDARD]
    if any(map(is_audiobook_name, own)):
        return True
    if AUDIOBOOKS in numbers:
        # Sheet music stands among the audiobooks of MyAnonamouse.
        return not any(map(_MUSIC.search, own))
    standard = [number for number in numbers if number < 100_000]
    if not standard or any(3000 <= number < 4000 or number in _UNDECIDED for number in standard):
        return None
    return False


def _names(numbers: Sequence[int], row: Row, tracker: Tracker) -> tuple[str, ...]:
    told = {count(entry.get("id")): text(entry.get("name")) for entry in objects(row.get("categories"))}
    names = (told.get(number) or tracker.categories.get(number) or _STANDARD.get(number) for number in numbers)
    return tuple(dict.fromkeys(name for name in names if name))


def _price(flags: Sequence[str], tracker: Tracker) -> Price:
    lower = {flag.lower() for flag in flags}
    if lower & _FREE or tracker.public:
        return Price.FREE
    # Elsewhere the flag is missing too when the tracker's answer says nothing of it.
    return Price.PAID if tracker.mam or "halfleech" in lower else Price.UNKNOWN
