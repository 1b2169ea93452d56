"""Rows of a search answer, with every quirk the site's own rows have."""

from __future__ import annotations

import html
import json
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from html.entities import codepoint2name

from audiobook_daemon.demo.mam.tables import AUDIOBOOKS, CATEGORIES, LANGUAGE_CODES, MEDIA_TYPES, RADIO
from audiobook_daemon.demo.mam.torrent import MamTorrent

Row = dict[str, object]

_UNITS = (("TiB", 1024**4), ("GiB", 1024**3), ("MiB", 1024**2), ("KiB", 1024))


class RowShape(StrEnum):
    """The two shapes clients have met."""

    NATIVE = "native"
    """Captures of October 2026: 35 members, JSON numbers, sizes as text with a unit."""
    STRINGS = "strings"
    """The site's documentation and older captures: numbers as text, `name` for the title, sizes in bytes."""


def native_row(torrent: MamTorrent, *, weight: int, snatched: bool) -> Row:
    """The 35 members of a row of October 2026, in their order."""
    category = CATEGORIES[torrent.category]
    return {
        "id": torrent.id,
        "language": torrent.language,
        "lang_code": LANGUAGE_CODES.get(torrent.language, "UNK"),
        "main_cat": category.main,
        "category": torrent.category,
        "mediatype": MEDIA_TYPES[category.main],
        "maincat": 1 if category.fiction else 2,
        "categories": json.dumps([category.tag] if category.tag else []),
        "catname": category.name,
        "size": human_size(torrent.size),
        "numfiles": torrent.numfiles,
        "vip": int(torrent.vip),
        "vip_expire": _vip_expire(torrent),
        "free": int(torrent.free),
        "personal_freeleech": int(torrent.personal_freeleech),
        "fl_vip": int(torrent.free or torrent.vip),
        "title": numeric(html_special(torrent.title)),
        "w": weight,
        "tags": numeric(html_special(torrent.tags)),
        "author_info": _people(torrent.authors),
        "narrator_info": _people(torrent.narrators),
        "series_info": _series(torrent.series),
        "filetype": torrent.filetype,
        "seeders": torrent.seeders,
        "leechers": torrent.leechers,
        "added": _timestamp(torrent.added),
        "browseflags": torrent.browseflags,
        "times_completed": torrent.times_completed,
        "comments": torrent.comments,
        "bookmarked": None if torrent.bookmarked is None else _timestamp(torrent.bookmarked),
        "my_snatched": int(snatched),
        "poster_type": None if torrent.thumbnail is None else "image/jpeg",
        "mediainfo": _media_info(torrent),
        "ownership": json.dumps(list(torrent.owner)),
        "cat": f'<div class="cat{torrent.category}">&nbsp;</div>',
    }


def string_row(torrent: MamTorrent, *, snatched: bool) -> Row:
    """The row of the site's documentation: the older members, with numbers and booleans as text."""
    return {
        "id": str(torrent.id),
        "language": str(torrent.language),
        "lang_code": LANGUAGE_CODES.get(torrent.language, "UNK"),
        "main_cat": str(torrent.main_category),
        "category": str(torrent.category),
        "catname": CATEGORIES[torrent.category].name,
        "size": str(torrent.size),
        "numfiles": str(torrent.numfiles),
        "vip": str(int(torrent.vip)),
        "vip_expire": str(_vip_expire(torrent)),
        "free": str(int(torrent.free)),
        "personal_freeleech": str(int(torrent.personal_freeleech)),
        "name": html_special(torrent.title),
        "tags": html_special(torrent.tags),
        "author_info": _people(torrent.authors),
        "narrator_info": _people(torrent.narrators),
        "series_info": _series(torrent.series),
        "seeders": str(torrent.seeders),
        "leechers": str(torrent.leechers),
        "added": _timestamp(torrent.added),
        "browseflags": str(torrent.browseflags),
        "times_completed": str(torrent.times_completed),
        "comments": str(torrent.comments),
        "bookmarked": None if torrent.bookmarked is None else _timestamp(torrent.bookmarked),
        "my_snatched": str(int(snatched)),
        "poster_type": None if torrent.thumbnail is None else "image/jpeg",
        "filetypes": torrent.filetype,
        "owner": str(torrent.owner[0]),
        "owner_name": torrent.owner[1],
    }


def human_size(size: int) -> str:
    """Bytes as the site writes them: `451.8 MiB`, `1,016.2 KiB`."""
    for unit, factor in _UNITS:
        if size >= factor:
            return f"{size / factor:,.1f} {unit}"
    return f"{size} B"


def numeric(text: str) -> str | int:
    """Text of digits only becomes a JSON number: the site lets PHP guess."""
    return int(text) if text.isascii() and text.isdigit() and not text.startswith("0") else text


def html_special(text: str) -> str:
    """Text with `&`, quotes and angle brackets as entities, as the site stores titles."""
    return html.escape(text).replace("&#x27;", "&#039;")


def _html_all(text: str) -> str:
    """Text with accented Latin letters as entities too, as the site stores many names."""
    return "".join(
        f"&{codepoint2name[ord(letter)]};" if 0xA0 <= ord(letter) <= 0xFF else letter for letter in html_special(text)
    )


def _identifier(name: str) -> int:
    return zlib.crc32(name.encode()) % 1_000_000


def _people(names: Sequence[str]) -> str:
    """An object of number to name. Numbers rise, so authors rarely come in the order of the title page."""
    return json.dumps({str(number): _html_all(name) for number, name in sorted((_identifier(n), n) for n in names)})


def _series(series: Sequence[tuple[str, str]]) -> str:
    return json.dumps({str(_identifier(name)): [_html_all(name), number] for name, number in series})


def _media_info(torrent: MamTorrent) -> str:
    if torrent.main_category not in {AUDIOBOOKS, RADIO} or (torrent.duration is None and torrent.bitrate is None):
        return "{}"
    mpeg4 = {"m4b", "m4a", "mp4"} & set(torrent.filetype.split())
    audio: dict[str, object] = {"Format": "AAC" if mpeg4 else "MPEG Audio"}
    if torrent.bitrate is not None:
        audio["BitRate"] = f"{torrent.bitrate}k"
    if mpeg4:
        audio["CodecID"] = "2 / 40 / mp4a-40-2"
    audio |= {"Channels": 2, "BitRate_Mode": "CBR", "SamplingRate": "44.1kHz", "Compression_Mode": "Lossy"}
    general: dict[str, object] = {"Format": "MPEG-4" if mpeg4 else "MPEG Audio"}
    if torrent.duration is not None:
        seconds = round(torrent.duration)
        general["Duration"] = f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    menu: dict[str, object] = {"menu": {"extra": list(torrent.chapters)}} if torrent.chapters else {}
    return json.dumps(menu | {"Audio1": audio, "General": general})


def _vip_expire(torrent: MamTorrent) -> int:
    """Unix seconds; 0 means both "not VIP" and "VIP for ever"."""
    return int(torrent.vip_until.timestamp()) if torrent.vip and torrent.vip_until is not None else 0


def _timestamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
