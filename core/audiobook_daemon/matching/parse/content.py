"""Tells what kind of content a release holds, by its title or its category."""

from __future__ import annotations

import re
from enum import StrEnum

from audiobook_daemon.matching.parse.filenames import spaced, without_extension
from audiobook_daemon.matching.parse.remarks import scan
from audiobook_daemon.matching.parse.vocabulary import (
    AUDIO_FORMATS,
    COMIC_FORMATS,
    EBOOK_FORMATS,
    VIDEO_FORMATS,
    Weight,
)
from audiobook_daemon.matching.text import words


class Content(StrEnum):
    """A kind of content."""

    AUDIOBOOK = "audiobook"
    EBOOK = "ebook"
    COMIC = "comic"
    MAGAZINE = "magazine"
    VIDEO = "video"
    OTHER = "other"
    UNKNOWN = "unknown"


_CATEGORY_WORDS = (
    (Content.COMIC, {"comic", "comics", "manga", "graphic"}),
    (Content.MAGAZINE, {"magazine", "magazines", "newspaper", "newspapers", "mags"}),
    (Content.AUDIOBOOK, {"audiobook", "audiobooks", "horbuch", "horbucher", "audiolibro", "audiolibros", "spoken"}),
    (Content.EBOOK, {"ebook", "ebooks", "book", "books", "epub", "livre", "livres", "libros", "bucher"}),
    (Content.VIDEO, {"movie", "movies", "tv", "video", "videos", "anime", "xxx"}),
    (Content.OTHER, {"music", "musicology", "radio", "audio", "software", "games", "pc", "console", "app", "apps"}),
)
_CATEGORY_NUMBERS = {"3030": Content.AUDIOBOOK, "7010": Content.MAGAZINE, "7020": Content.EBOOK, "7030": Content.COMIC}
_CATEGORY_THOUSANDS = {"2": Content.VIDEO, "5": Content.VIDEO, "7": Content.EBOOK}

_AUDIO_WORDS = re.compile(
    r"(?<![^\W_])(?:audio[\s._-]?books?|hörbuch|hoerbuch|livre[\s._]audio|audiolibro|luisterboek|ljudbok|lydbog|unabridged|"
    r"abridged|ungekürzt|graphic[\s._]?audio|narrated[\s._]by|read[\s._]by|gelesen[\s._]von)(?![^\W_])",
    re.IGNORECASE,
)
_VIDEO_MARKS = re.compile(
    r"(?<![^\W_])(?:s\d{1,2}[\s._]?e\d{1,3}|\d{3,4}[pi]|[xh][\s._]?26[45]|hevc|xvid|divx|av1|hdtv|pdtv|dvdrip|dvdscr|bdrip|brrip|"
    r"blu-?ray|bdremux|hdrip|web-?dl|dolby[\s._]vision|hdr10|uhd|ddp5|dts-?hd|atmos)(?![^\W_])",
    re.IGNORECASE,
)
_OTHER_MARKS = re.compile(
    r"(?<![^\W_])(?:nsw|eshop|ps[2345]|psvita|xbox\w{0,5}|wii|gog|codex|fitgirl|keygen|crack(?:ed)?|incl[\s._]keymaker|x86|x64|"
    r"macosx?|linux|android|ios|apk|ipa|pluralsight|udemy|lynda|skillshare|jgtiso|bookware|videogame|discography|"
    r"ost|soundtrack|vinyl|2cd|3cd|\d?cd[\s._-]flac|flac[\s._-]\d{4})(?![^\W_])",
    re.IGNORECASE,
)
_MAGAZINE_MARKS = re.compile(
    r"(?<![^\W_])(?:magazine|(?:january|february|march|april|may|june|july|august|september|october|november|december)"
    r"[\s._](?:\d{1,2}[\s._,]{1,2})?(?:19|20)\d\d|issue[\s._](?:no[\s._]{0,2})?\d{1,4})(?![^\W_])",
    re.IGNORECASE,
)


def content_type(title: str = "", category: str = "") -> Content:
    """The kind of content that a category names, else that a title shows; UNKNOWN when neither says it."""
    return _of_category(category) or _of_title(title) or Content.UNKNOWN


def _of_category(category: str) -> Content | None:
    text = category.strip()
    if text.isdigit():
        return _CATEGORY_NUMBERS.get(text) or _CATEGORY_THOUSANDS.get(text[:1])
    found = set(words(text.replace("/", " ")))
    if {"audio", "book"} <= found or {"audio", "books"} <= found:
        return Content.AUDIOBOOK
    return next((kind for kind, names in _CATEGORY_WORDS if found & names), None)


def _of_title(title: str) -> Content | None:
    name, extension = without_extension(title.strip())
    formats = _formats(name) | ({extension} if extension else set())
    if formats & COMIC_FORMATS:
        return Content.COMIC
    if _AUDIO_WORDS.search(spaced(name)):
        return Content.AUDIOBOOK
    if extension in VIDEO_FORMATS or (_VIDEO_MARKS.search(name) and not formats & (EBOOK_FORMATS | {"m4b"})):
        return Content.VIDEO
    if _OTHER_MARKS.search(name) and not formats & (EBOOK_FORMATS | {"m4b"}):
        return Content.OTHER
    return _of_formats(formats, name)


def _of_formats(formats: set[str], name: str) -> Content | None:
    if formats & AUDIO_FORMATS or _says_bitrate(name):
        return Content.AUDIOBOOK
    if formats & EBOOK_FORMATS:
        return Content.MAGAZINE if _MAGAZINE_MARKS.search(name) else Content.EBOOK
    return Content.MAGAZINE if _MAGAZINE_MARKS.search(name) else None


def _formats(name: str) -> set[str]:
    sure = (remark.claims.formats for remark in scan(spaced(name)).remarks if remark.weight is Weight.CLEAR)
    return {kind for formats in sure for kind in formats}


def _says_bitrate(name: str) -> bool:
    return any(remark.claims.bitrate and remark.weight is Weight.CLEAR for remark in scan(spaced(name)).remarks)
