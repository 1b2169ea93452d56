"""Makes names that ext4, NTFS, CIFS and exFAT take, and that no title from outside can break out of."""

from __future__ import annotations

import re
import unicodedata

from audiobook_daemon.shelving.naming.letters import cut, is_visible

LONGEST = 180
"""Bytes of a name where nothing else is said: of the 255 of a file system, so that suffixes and marks still fit.

255 UTF-16 units, the most that NTFS and exFAT take, are never fewer bytes than that.
"""
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
_HIDDEN = frozenset({"@eadir", "#recycle", "$recycle.bin", "system volume information", "lost+found"})
"""Folders that file servers keep for themselves; scans pass them over."""


def safe_name(text: str, otherwise: str, longest: int = LONGEST) -> str:
    """One part of a path of at most `longest` bytes; `otherwise` stands in for a text with nothing left to see."""
    name = cut(clean(text), longest).rstrip(_EDGES)
    if not is_visible(name):
        return otherwise
    if name.split(".")[0].rstrip().casefold() in _RESERVED or name.casefold() in _HIDDEN:
        name = cut(f"_{name}", longest).rstrip(_EDGES)
    return name


def clean(text: str) -> str:
    """A text without what some file system refuses: forbidden, control and direction characters, dots at its ends."""
    text = _SPACES.sub(" ", text)
    text = "".join(char for char in text if unicodedata.category(char)[0] != "C" or char in _JOINERS)
    text = _FORBIDDEN.sub("", text.replace(": ", " - ").replace(":", "-"))
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip(_EDGES)


def folded(name: str) -> str:
    """What a file system that ignores case and the composition of letters compares; equal names are one file to it."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold()).rstrip(". ")
