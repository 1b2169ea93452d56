"""Names folders the way Audiobookshelf reads them back, and so that every file system takes them."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from audiobook_daemon.models import Book

_MOST_BYTES = 180
"""Of a 255-byte name, so that a suffix and a temporary mark still fit."""
_FORBIDDEN = re.compile(r'[<>"/\\|?*]')
_SPACES = re.compile(r"\s+")
_JOINERS = "\u200c\u200d"
"""Invisible, but words of Persian and Indic scripts change without them."""
_EDGES = f". {_JOINERS}"
_RESERVED = frozenset({
    *("con", "prn", "aux", "nul", "conin$", "conout$", "clock$"),
    *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"),
})  # fmt: skip
"""Names that Windows keeps for devices, whatever follows their first dot."""


def folder_for(book: Book, *, mark: str | None = None) -> PurePosixPath:
    """The folder of a book below the library's root: `Author/Series/Book N - Title [ASIN]` or `Author/Title [ASIN]`.

    `mark` is added to tell editions apart, as `{Narrator}` or a number.
    """
    author = safe_name(" & ".join(book.authors[:2]) or "Unknown Author", "Unknown Author")
    title = book.title.strip()
    place = book.series[0] if book.series else None
    if place and place.position and re.fullmatch(r"\d{1,3}(?:\.\d+)?", place.position):
        title = f"Book {place.position} - {title}"
    name = safe_name(title, "Unknown Title")
    marks = (f"[{book.asin}]" if _is_asin(book.asin) else "", safe_name(mark or "", ""))
    suffix = "".join(f" {part}" for part in marks if part)
    leaf = safe_name(f"{_cut(name, max(0, _MOST_BYTES - len(suffix.encode())))}{suffix}", "Unknown Title")
    folders = (author, safe_name(place.name, "Unknown Series"), leaf) if place else (author, leaf)
    return PurePosixPath(*folders)


def safe_name(text: str, otherwise: str) -> str:
    """One path part that ext4, NTFS, CIFS and exFAT accept; `otherwise` stands in for a text with nothing left."""
    text = _SPACES.sub(" ", text)
    text = "".join(char for char in text if unicodedata.category(char)[0] != "C" or char in _JOINERS)
    text = unicodedata.normalize("NFC", text).replace(": ", " - ").replace(":", "-")
    text = _SPACES.sub(" ", _FORBIDDEN.sub("", text)).strip(_EDGES)
    text = _cut(text, _MOST_BYTES).rstrip(_EDGES)
    if text.split(".")[0].rstrip().casefold() in _RESERVED:
        text = f"_{text}"
    return text or otherwise


def folded(name: str) -> str:
    """What a file system that ignores case and the composition of letters compares; equal names are one file to it."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold()).rstrip(". ")


def _cut(text: str, most_bytes: int) -> str:
    return text.encode()[:most_bytes].decode("utf-8", "ignore")


def _is_asin(text: str | None) -> bool:
    return bool(text and re.fullmatch(r"[A-Z0-9]{10}", text))
